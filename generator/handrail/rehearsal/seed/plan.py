"""One table -> all that its rows are made with, worked out once."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from handrail.migrations.quotes import Dialect
from handrail.migrations.tables import Catalog, Column, ForeignKey, Table
from handrail.rehearsal.seed.checks import Condition, Group, choices, group, read_checks
from handrail.rehearsal.seed.expression_parts import constants_of
from handrail.rehearsal.seed.kinds import Kind, kind_of
from handrail.rehearsal.seed.numbers import Make, mark_of
from handrail.rehearsal.seed.order import may_be_null
from handrail.rehearsal.seed.parents import Key, Parents
from handrail.rehearsal.seed.uniques import Unique, uniques_of
from handrail.rehearsal.seed.values import Use, maker

_TEXT_DEFAULT = re.compile(r"\(?\s*N?'([\[{][^']*)'")


class Field(NamedTuple):
    """A column that gets values: ``make`` gives them, ``ways`` are choices where checks speak of it.

    A ``steady`` one has the same value however often its row is made anew.
    """

    name: str
    mark: int
    optional: bool
    make: Make
    ways: tuple[Make, ...] = ()
    steady: bool = False


class Plan(NamedTuple):
    """What the rows of a table are made with.

    ``empty`` columns stay NULL for now; ``spare`` ones have a default and may be left out.
    """

    table: Table
    fields: Mapping[str, Field]
    keys: tuple[Key, ...]
    groups: tuple[Group, ...]
    uniques: tuple[Unique, ...]
    empty: frozenset[str]
    spare: frozenset[str]


class Given(NamedTuple):
    """What a table is planned from: the schema, and what its keys point at by table and columns."""

    catalog: Catalog
    dialect: Dialect
    seed: int
    parents: Mapping[tuple[str, tuple[str, ...]], Parents]
    plain: bool = False


def plan_table(table: Table, late: Sequence[ForeignKey], given: Given) -> Plan:
    """Return the plan of a table. Raises ``Unmet`` when its checks cannot be satisfied.

    ``late`` are keys that get their values when the other tables are filled.
    """
    names = names_of(table)
    uniques = tuple(uniques_of(table, names, given.dialect))
    keys = _keys(table, late, uniques, given)
    empty = _empty(table, late, keys)
    conditions, unread = read_checks(table.checks, names, given.dialect)
    checked = frozenset[str]().union(*(each.columns for each in conditions))
    used = _used(table, keys, uniques)
    spare = frozenset(
        each.name
        for each in table.columns
        if each.default and not each.identity and each.name not in used | checked | unread.keys()
    )
    fields = {
        each.name: _field(table, each, uniques, conditions, given)
        for each in table.columns
        if not each.generated and not (each.name in spare and _kind(each, given).family == "unknown")
    }
    fields = {**fields, **_forced(fields, keys, empty, unread)}
    options = {name: each.ways for name, each in fields.items() if each.ways}
    return Plan(table, fields, keys, group(conditions, options), uniques, empty, spare)


def names_of(table: Table) -> dict[str, str]:
    """Return the names of the columns by their name in small letters."""
    return {each.name.lower(): each.name for each in table.columns}


def _kind(column: Column, given: Given) -> Kind:
    return kind_of(column, given.catalog.enums, given.dialect)


def _field(
    table: Table, column: Column, uniques: Sequence[Unique], conditions: Sequence[Condition], given: Given
) -> Field:
    kind = _kind(column, given)
    if kind.family in ("text", "bytes") and _is_read_as_json(table, column):
        kind = Kind("json")
    mark = mark_of(table.name, column.name, str(given.seed))
    default = _TEXT_DEFAULT.match(column.default)
    use = Use(
        column.name,
        mark,
        any(column.name in each.columns for each in uniques),
        _is_reckoned_with(table, column, given.catalog),
        default[1] if default else "",
        given.plain,
    )
    optional = may_be_null(table, column.name)
    make = maker(kind, use, given.dialect)
    if kind.family == "unknown" and optional:
        make = _nothing
    about = [each for each in conditions if column.name in each.columns]
    constants = [value for each in about for value in constants_of(each.node)]
    ways = choices(kind, column.name, make, constants, optional=optional) if about else ()
    return Field(column.name, mark, optional, make, tuple(ways), bool(column.identity))


def _nothing(_: int) -> object:
    return None


def _is_reckoned_with(table: Table, column: Column, catalog: Catalog) -> bool:
    """Tell whether the database computes something from a column, so that large numbers may not fit."""
    word = re.compile(rf"\b{re.escape(column.name)}\b", re.IGNORECASE)
    computed = [each.default for each in table.columns if each.generated]
    computed += [part for index in table.indexes for part in index.columns if table.column(part) is None]
    triggered = any(each.kind == "trigger" and each.table == table.name for each in catalog.things.values())
    return triggered or any(word.search(each) for each in computed) or bool(table.checks)


def _is_read_as_json(table: Table, column: Column) -> bool:
    """Tell whether a check, an index or a computed column reads JSON from a column."""
    word = re.compile(rf"json\w*\s*\(\s*(?:cast\s*\(\s*)?[\"`\[]?{re.escape(column.name)}\b", re.IGNORECASE)
    texts = [each.text for each in table.checks] + [part for index in table.indexes for part in index.columns]
    return any(
        word.search(each) for each in texts + [each.default for each in table.columns if each.generated]
    )


def _keys(
    table: Table, late: Sequence[ForeignKey], uniques: Sequence[Unique], given: Given
) -> tuple[Key, ...]:
    """Return the keys in the order in which they are filled: the widest first, those to itself last."""
    found = []
    for number, key in enumerate(table.foreign_keys):
        if key in late or any(table.column(each) is None for each in key.columns):
            continue
        parents = given.parents.get(address(key, given.catalog), Parents())
        single = any(each.plain is not None and each.plain <= set(key.columns) for each in uniques)
        found.append(
            Key(
                key.columns,
                frozenset(each for each in key.columns if may_be_null(table, each)),
                parents,
                mark_of(table.name, str(number), str(given.seed)),
                single,
                address(key, given.catalog)[1] if key.table == table.name else (),
            )
        )
    return tuple(sorted(found, key=lambda each: (bool(each.own), -len(each.columns), bool(each.optional))))


def address(key: ForeignKey, catalog: Catalog) -> tuple[str, tuple[str, ...]]:
    """Return the table and columns that a key points at."""
    parent = catalog.tables.get(key.table)
    return key.table, key.references or (parent.primary_key if parent else ())


def _empty(table: Table, late: Sequence[ForeignKey], keys: Sequence[Key]) -> frozenset[str]:
    """Return the columns that stay NULL: of late keys, and of optional ones whose parent has no rows."""
    waiting = {name for key in late for name in key.columns if may_be_null(table, name)}
    orphaned = {name for key in keys if not key.own and not key.parents.rows for name in key.optional}
    return frozenset(waiting | orphaned)


def _used(table: Table, keys: Sequence[Key], uniques: Sequence[Unique]) -> frozenset[str]:
    """Return the columns that need a value of ours: another one depends on it."""
    used = {name for key in keys for name in key.columns}
    used.update(*(each.columns for each in uniques), table.primary_key)
    return frozenset(used)


def _forced(
    fields: Mapping[str, Field],
    keys: Sequence[Key],
    empty: frozenset[str],
    unread: Mapping[str, Sequence[object]],
) -> dict[str, Field]:
    """Return the fields that are not free: those of keys and of checks that nobody could read."""
    found: dict[str, Field] = {}
    for name, texts in unread.items():
        if name in fields:
            found[name] = fields[name]._replace(make=_cycle(texts))
    for key in keys:
        for place, name in enumerate(key.columns):
            field = fields.get(name)
            if field and field.ways and key.parents.rows and not key.own:
                values = [row[place] for row in key.parents.rows[:50]]
                nothing = (_nothing,) if field.optional else ()
                ways = (_cycle(values, 0), _cycle(values, 1 + key.mark % 7), *nothing)
                found[name] = field._replace(ways=ways)
    for name in empty & fields.keys():
        found[name] = fields[name]._replace(make=_nothing, ways=(_nothing,) if fields[name].ways else ())
    return found


def _cycle(values: Sequence[object], shift: int = 0) -> Make:
    return lambda number: values[(number + shift) % len(values)]
