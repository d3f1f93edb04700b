"""What a SQLite statement says it does, read off its words.

Whether it does so is SQLite's to say; the words tell what its catalog cannot:
who was renamed, which rows are written, what leaves the transaction.
"""

from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from typing import NamedTuple

from handrail.migrations.conditions import leaves_values
from handrail.migrations.tokens import Token, chooses, depths, tokens

_HEAD = 24
"""Tokens that are enough to tell what a change of the schema is about."""

ROWS = ("INSERT", "REPLACE", "UPDATE", "DELETE")
_FEWER = ("DISTINCT", "GROUP", "JOIN", "HAVING", "IGNORE", "EXCEPT", "INTERSECT")
"""Words by which an INSERT … SELECT can leave rows out."""
_CREATED = ("TABLE", "INDEX", "VIEW", "TRIGGER")


class Words(NamedTuple):
    """``verb`` and what it is about: ``alter.rename_column`` has the table, ``old`` and ``new``.

    Verbs: ``create.table``, ``create.index``, ``create.view``, ``create.trigger``,
    ``create.virtual``, ``drop.…``, ``alter.rename``, ``alter.rename_column``,
    ``alter.add_column``, ``alter.drop_column``, ``insert``, ``replace``, ``upsert``,
    ``update``, ``delete``, ``begin``, ``end``, ``pragma``, ``attach``, ``vacuum``,
    ``reindex``, and the first word of all others. ``some`` tells that not all
    rows are meant; ``source`` is the table that an INSERT … SELECT reads.
    """

    verb: str
    name: str = ""
    old: str = ""
    new: str = ""
    some: bool = False
    source: str = ""


def read_words(text: str) -> Words:
    """Return what a statement says."""
    stream = tokens(text, "sqlite")
    head = list(islice(stream, _HEAD))
    if not head:
        return Words("")
    first = head[0].text.upper()
    match first:
        case "CREATE" | "DROP":
            return _object(first.lower(), head)
        case "ALTER":
            return _alter(head)
        case "BEGIN" | "SAVEPOINT":
            return Words("begin")
        case "COMMIT" | "END" | "ROLLBACK" | "RELEASE":
            return Words("end")
        case "PRAGMA":
            return Words("pragma", _after(head, 1)[0].lower(), new=head[-1].value)
        case "WITH" | "INSERT" | "REPLACE" | "UPDATE" | "DELETE":
            return _rows([*head, *stream])
        case _:
            return Words(first.lower(), _after(head, 1)[0] if len(head) > 1 else "")


def _object(verb: str, head: Sequence[Token]) -> Words:
    """Return what CREATE or DROP is about."""
    place = next((i for i, each in enumerate(head) if each.says(*_CREATED)), 0)
    kind = head[place].text.lower()
    if kind == "table" and place and head[place - 1].says("VIRTUAL"):
        kind = "virtual"
    name, after = _after(head, place + 1)
    owner = ""
    if verb == "create" and kind in ("index", "trigger"):
        on = next((i for i in range(after, len(head)) if head[i].says("ON")), len(head) - 1)
        owner, _ = _after(head, on + 1)
    return Words(f"{verb}.{kind}", name, new=owner)


def _after(head: Sequence[Token], place: int) -> tuple[str, int]:
    """Return the name that begins at ``place``, without IF [NOT] EXISTS and schema, and where it ends."""
    while place < len(head) and head[place].says("IF", "NOT", "EXISTS"):
        place += 1
    if place + 2 < len(head) and head[place + 1].says("."):
        place += 2
    return (head[place].value, place + 1) if place < len(head) else ("", place)


def _alter(head: Sequence[Token]) -> Words:
    table, at = _after(head, 2)
    rest = head[at:]
    said = [each.text.upper() for each in rest]
    match said:
        case ["RENAME", "TO", *_] if len(said) > 2:
            return Words("alter.rename", table, new=rest[2].value)
        case ["RENAME", "COLUMN", _, "TO", *_] if len(said) > 4:
            return Words("alter.rename_column", table, rest[2].value, rest[4].value)
        case ["RENAME", _, "TO", *_] if len(said) > 3:
            return Words("alter.rename_column", table, rest[1].value, rest[3].value)
        case ["ADD" | "DROP" as verb, *_] if len(said) > 1:
            column = rest[2] if said[1] == "COLUMN" and len(rest) > 2 else rest[1]
            return Words(f"alter.{verb.lower()}_column", table, new=column.value)
    return Words("alter", table)


def _rows(all_tokens: Sequence[Token]) -> Words:
    """Return what a statement does to rows; of a WITH, what follows the common table expressions."""
    outer = list(_depth_0(all_tokens))
    place = next((i for i, each in enumerate(outer) if each.says(*ROWS, "SELECT", "VALUES")), 0)
    main = outer[place:]
    verb = main[0].text.lower()
    if verb in ("select", "values", "with"):
        return Words("select")
    name, at = _after(main, _target(main))
    some = chooses(main[at:], "WHERE", "LIMIT")
    fewer = some or any(each.says(*_FEWER) for each in main)
    if verb == "insert":
        overwrites = [each.text.upper() for each in main[1:3]] == ["OR", "REPLACE"]
        updates = any(a.says("DO") and b.says("UPDATE") for a, b in pairwise(main))
        verb = "replace" if overwrites else "upsert" if updates else verb
    reads = next((i for i in range(at, len(main)) if main[i].says("FROM")), -1)
    source = _after(main, reads + 1)[0] if reads > 0 and verb != "update" else ""
    return Words(verb, name, some=fewer if source else some, source=source)


def _target(main: Sequence[Token]) -> int:
    """Return the place of the table's name behind the verb."""
    verb = main[0].text.upper()
    if verb == "UPDATE":
        return 3 if len(main) > 1 and main[1].says("OR") else 1
    word = "FROM" if verb == "DELETE" else "INTO"
    return next((i + 1 for i, each in enumerate(main[:5]) if each.says(word)), 1)


def written(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the columns that an UPDATE copies values into, in small letters, and whether it leaves some."""
    clauses: dict[str, list[list[Token]]] = {}
    now: list[list[Token]] = []
    for depth, each in depths(tokens(text, "sqlite")):
        if depth == 0 and each.says("SET", "FROM", "WHERE", "RETURNING"):
            now = clauses.setdefault(each.text.upper(), [[]])
        elif depth == 0 and each.says(","):
            now.append([])
        elif now:
            now[-1].append(each)
    condition = [each for part in clauses.get("WHERE", ()) for each in part]
    for pieces in clauses.get("SET", ()):
        place = next((i for i, each in enumerate(pieces) if each.says("=")), len(pieces))
        read = _names(pieces[place:])
        for name in _names(pieces[:place]) if read else ():
            yield name, leaves_values(condition, name, read)


def _names(pieces: Sequence[Token]) -> set[str]:
    return {each.value.lower() for each in pieces if each.kind in ("word", "name")}


def _depth_0(all_tokens: Sequence[Token]) -> Iterator[Token]:
    return (each for depth, each in depths(all_tokens) if depth == 0 and not each.says("(", ")"))
