"""What MySQL statements do to rows, and which values they copy where."""

import re
from collections.abc import Iterator, Sequence
from itertools import dropwhile, islice, takewhile
from typing import NamedTuple

from handrail.migrations.conditions import leaves_values
from handrail.migrations.mysql.keys import column_name
from handrail.migrations.mysql.picture import MysqlPicture
from handrail.migrations.mysql.reader import Reader, Unreadable
from handrail.migrations.mysql.scope import Scope
from handrail.migrations.tables import NOTHING, Table
from handrail.migrations.tokens import Token, chooses, depths, tokens

VERBS = ("INSERT", "REPLACE", "UPDATE", "DELETE")

_MODIFIERS = ("LOW_PRIORITY", "DELAYED", "HIGH_PRIORITY", "QUICK", "IGNORE", "INTO")
_CHOOSE = ("WHERE", "LIMIT", "JOIN", "STRAIGHT_JOIN", "USING")
_NOT_ALL = (*_CHOOSE, "GROUP", "HAVING", "DISTINCT", "UNION", "EXCEPT", "INTERSECT")
_AFTER_ITEMS = (
    *("FROM", "WHERE", "UNION", "GROUP", "HAVING", "ORDER"),
    *("LIMIT", "FOR", "INTO", "EXCEPT", "INTERSECT", "ON"),
)
_BEFORE_ITEMS = ("DISTINCT", "ALL", "DISTINCTROW", "HIGH_PRIORITY", "STRAIGHT_JOIN")
_UPSERT = re.compile(r"\bON\s+DUPLICATE\s+KEY\s+UPDATE\b", re.IGNORECASE)
_HEAD = 2000
"""Tokens of an INSERT that are enough to see whether it has VALUES."""


class Item(NamedTuple):
    """One column of a query: its name, the columns that it reads, and the one that it is, if it is one."""

    name: str
    sources: frozenset[int]
    plain: str = ""


class Query(NamedTuple):
    """A query: its columns, and the table of which it takes every row, or ''."""

    items: tuple[Item, ...]
    whole: str = ""


def change_rows(picture: MysqlPicture, text: str) -> None:
    """Note what an INSERT, REPLACE, UPDATE or DELETE does, with or without WITH before it."""
    head = list(islice(tokens(text, "mysql"), _HEAD))
    if _has_values(head):
        _insert(picture, Reader(head), upsert=_UPSERT.search(text) is not None)
        return
    pieces = list(tokens(text, "mysql"))
    outer = enumerate(depths(pieces))
    place = next((i for i, (depth, each) in outer if depth == 0 and each.says(*VERBS, "SELECT")), 0)
    verb = pieces[place].text.upper()
    if verb in ("INSERT", "REPLACE"):
        _insert(picture, Reader(pieces[place:]), upsert=_UPSERT.search(text) is not None)
    elif verb == "UPDATE":
        _update(picture, pieces, place)
    elif verb == "DELETE":
        _delete(picture, pieces, place)
    elif verb == "SELECT":
        picture.did("statement.other", "", "", verb)
    else:
        raise Unreadable("what it does to rows is unknown")


def _has_values(head: Sequence[Token]) -> bool:
    """Tell whether it is an INSERT of values: all that matters is at its beginning, and it may be long."""
    if not head[0].says("INSERT", "REPLACE"):
        return False
    words = (each for depth, each in depths(head) if depth == 0)
    return next(
        (each.says("VALUES", "VALUE") for each in words if each.says("VALUES", "VALUE", "SELECT")), False
    )


def _outer(pieces: Sequence[Token]) -> list[Token]:
    return [piece for depth, piece in depths(pieces) if depth == 0]


def _insert(picture: MysqlPicture, reader: Reader, *, upsert: bool) -> None:
    replaces = reader.any().says("REPLACE")
    while reader.takes_one(*_MODIFIERS):
        pass
    name = picture.called(reader.name())
    if not picture.is_new(name):
        picture.did("rows.update.some" if replaces or upsert else "rows.insert", name)
        if replaces:  # it deletes the old row first
            picture.take_children(name)
    if reader.takes("PARTITION"):
        reader.group()
    names: Sequence[str] = ()
    if reader.sees("(") and not (reader.sees("(", "SELECT") or reader.sees("(", "WITH")):
        inside = reader.group()
        names = inside.names() if inside.next else ()
    rest = reader.rest()
    if rest and rest[0].says("SELECT", "WITH", "(", "TABLE"):
        _copy(picture, name, names, read_query(picture, rest))


def _copy(picture: MysqlPicture, name: str, names: Sequence[str], query: Query) -> None:
    """Note that a query's values were written into a table."""
    table = picture.table(name)
    targets = [column_name(table, each) for each in names] or [each.name for each in table.columns]
    for target, item in zip(targets, query.items, strict=False):
        picture.copied(name, target, item.sources, everywhere=picture.is_new(name))
    if picture.is_new(name):
        for column in table.columns:
            if column.name not in targets and (column.default or column.generated or column.identity):
                picture.copied(name, column.name, frozenset())
    source = picture.tables.get(query.whole)
    if source is not None and name in picture.tables:
        mine = picture.tables[name]
        picture.tables[name] = mine._replace(sources=mine.sources | {source.uid, *source.sources})


def read_query(picture: MysqlPicture, pieces: Sequence[Token]) -> Query:
    """Return what a SELECT or TABLE yields; of a UNION, what any of its parts does."""
    scope = Scope(pieces, picture)
    if pieces[0].says("TABLE"):
        return Query(tuple(_all_columns(scope.named_at(0))), next((name for _, name in scope.tables), ""))
    main = min((depth for depth, each in depths(pieces) if each.says("SELECT")), default=0)
    branches = list(_branches(pieces, main))
    rows = [_items(scope, branch, main) for branch in branches]
    merged = list(rows[0]) if rows else []
    for row in rows[1:]:
        for place, item in enumerate(row[: len(merged)]):
            merged[place] = merged[place]._replace(sources=merged[place].sources | item.sources)
    outer = [each for depth, each in depths(pieces) if depth == main]
    tables = scope.named_at(main)
    chosen = len(tables) != 1 or any(each.says(*_NOT_ALL) for each in outer)
    return Query(tuple(merged), "" if chosen else tables[0].name)


def _branches(pieces: Sequence[Token], main: int) -> Iterator[list[list[Token]]]:
    """Yield the select lists that stand in ``main`` brackets, each as its items."""
    items: list[list[Token]] | None = None
    for depth, piece in depths(pieces):
        if depth == main and piece.says("SELECT"):
            items = [[]]
        elif items is None:
            continue
        elif depth < main or (depth == main and piece.says(*_AFTER_ITEMS)):
            yield items
            items = None
        elif depth == main and piece.says(","):
            items.append([])
        elif not (depth == main and not items[-1] and piece.says(*_BEFORE_ITEMS)):
            items[-1].append(piece)
    if items is not None:
        yield items


def _items(scope: Scope, branch: list[list[Token]], main: int) -> list[Item]:
    found: list[Item] = []
    for item in branch:
        if item and item[-1].says("*") and (len(item) == 1 or item[-2].says(".")):
            tables = scope.named_at(main)
            if len(item) > 1:
                wanted = scope.table(item[-3].value) if len(item) > 2 else ""
                tables = [each for each in tables if each.name == wanted]
            found += _all_columns(tables)
        elif item:
            found.append(_item(scope, item))
    return found


def _all_columns(tables: Sequence[Table]) -> Iterator[Item]:
    for table in tables:
        for column in table.columns:
            yield Item(column.name, column.sources | {column.uid}, column.name)


def _item(scope: Scope, item: list[Token]) -> Item:
    expression, name = item, item[-1].value
    if len(item) > 2 and item[-2].says("AS"):
        expression = item[:-2]
    elif len(item) > 1 and item[-1].kind in ("name", "word", "string") and _is_value(item[-2]):
        expression = item[:-1]
    is_column = all(each.kind in ("word", "name") or each.says(".") for each in expression)
    return Item(name, scope.sources(expression), expression[-1].value if is_column else "")


def _is_value(piece: Token) -> bool:
    return piece.kind in ("name", "word", "string", "number") or piece.says(")")


def _update(picture: MysqlPicture, pieces: Sequence[Token], place: int) -> None:
    scope = Scope(pieces, picture)
    outer = _outer(pieces[place:])
    several = any(
        each.says(",") for each in outer[: next((i for i, e in enumerate(outer) if e.says("SET")), 0)]
    )
    some = several or chooses(outer, *_CHOOSE)
    condition = _condition(pieces[place:])
    updated: dict[str, None] = {}
    for target, column, expression in _assignments(scope, picture, pieces[place:]):
        updated[target] = None
        everywhere = not some or _fills_nulls(outer, column)
        read = {each.value.lower() for each in expression}
        some_values = some and leaves_values(condition, column, read)
        sources = NOTHING if some_values else scope.sources(expression)
        picture.copied(target, column, sources, everywhere=everywhere)
    if not updated:
        raise Unreadable("it sets no column")
    for name in updated:
        if not picture.is_new(name):
            picture.did("rows.update.some" if some else "rows.update.all", name)


def _condition(pieces: Sequence[Token]) -> Sequence[Token]:
    """Return what says which rows an UPDATE writes."""
    found = dropwhile(lambda each: each[0] or not each[1].says("WHERE"), depths(pieces))
    return [each for _, each in found][1:]


def _assignments(
    scope: Scope, picture: MysqlPicture, pieces: Sequence[Token]
) -> Iterator[tuple[str, str, Sequence[Token]]]:
    """Yield (table, column, expression) of the SET of an UPDATE."""
    inside: list[Token] = []
    started = False
    for depth, piece in depths(pieces):
        if depth == 0 and piece.says("SET") and not started:
            started = True
        elif depth == 0 and started and piece.says("WHERE", "ORDER", "LIMIT", "RETURNING"):
            break
        elif started:
            inside.append(piece)
    for part in Reader(inside).parts():
        left = part.rest()
        place = next((i for i, each in enumerate(left) if each.says("=", ":=")), 0)
        if place:
            column = left[place - 1].value
            table = _target(scope, picture, column, left[place - 3].value if place > 2 else "")
            yield table, column_name(picture.table(table), column), left[place + 1 :]


def _target(scope: Scope, picture: MysqlPicture, column: str, qualifier: str) -> str:
    """Return the table that a column of an UPDATE belongs to."""
    if qualifier:
        return scope.table(qualifier)
    names = [name for _, name in scope.tables]
    having = (each for each in names if picture.table(each).column(column_name(picture.table(each), column)))
    return next(having, names[0] if names else "")


def _fills_nulls(outer: Sequence[Token], column: str) -> bool:
    """Tell whether an UPDATE is for the rows where the column has no value: then all rows have one."""
    condition = [each.value.upper() for each in _condition(outer)]
    return condition[-3:] == [column.upper(), "IS", "NULL"] and len(condition) in (3, 5)


def _delete(picture: MysqlPicture, pieces: Sequence[Token], place: int) -> None:
    scope = Scope(pieces, picture)
    outer = _outer(pieces[place:])
    some = chooses(outer, *_CHOOSE)
    rest = list(dropwhile(lambda each: each.says(*_MODIFIERS), outer[1:]))
    ends = ("USING", "ORDER", "RETURNING", *_CHOOSE) if rest and rest[0].says("FROM") else ("FROM",)
    listed = list(takewhile(lambda each: not each.says(*ends), rest))
    names = list(_listed(scope, listed))
    if not names:
        raise Unreadable("it names no table")
    for name in names:
        if not picture.is_new(name):
            picture.did("rows.delete.some" if some else "rows.delete.all", name)
    picture.take_children(*names)


def _listed(scope: Scope, pieces: Sequence[Token]) -> Iterator[str]:
    """Yield the tables of a list such as ``a, db.b, c.*``."""
    found: dict[str, None] = {}
    begins = True
    for place, piece in enumerate(pieces):
        if piece.kind in ("word", "name") and begins and not piece.says("FROM"):
            named = pieces[place + 2] if _qualified(pieces, place) else piece
            found[scope.table(named.value)] = None
            begins = False
        elif piece.says(","):
            begins = True
    yield from found


def _qualified(pieces: Sequence[Token], place: int) -> bool:
    return place + 2 < len(pieces) and pieces[place + 1].says(".") and not pieces[place + 2].says("*")
