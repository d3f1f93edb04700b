"""The same script on rows: which values live on where, and which rows go without being named.

Two rows stand in every table, and each value is a number that occurs nowhere
else. Afterwards the numbers tell what was copied, whatever words did it.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from handrail.migrations.front_end import Runner
from handrail.migrations.quotes import quoted
from handrail.migrations.sqlite.catalog import Master
from handrail.migrations.tables import Catalog, Column, ForeignKey, Table
from handrail.ports import Scratch

_ROWS = (0, 1)
_STEP = 50_000_000_000
"""Between the numbers of the two rows: far apart, so that dates made of them differ too."""

_BASE = 100_000
_WORD = re.compile(r"\w+")


class Trial(NamedTuple):
    """What stands in the tables afterwards, row by row. ``seeded`` are the tables that had rows before."""

    rows: Mapping[str, Sequence[Mapping[str, Any]]]
    seeded: Sequence[Table] = ()


def tag(column: Column, row: int) -> int:
    """Return the number that stands in a column of a row; the mean of two is not that of a third."""
    return _BASE + column.uid * column.uid + row * _STEP


def try_on_rows(
    scratch: Scratch,
    schema: Master,
    before: Catalog,
    statements: Sequence[tuple[int, str]],
    runner: Runner,
    *,
    linked: bool,
) -> Trial:
    """Run a script, (line, statement) by (line, statement), on rows.

    ``schema`` is what the database held before it. ``linked``: keys
    lead to rows that are there, and foreign keys are enforced as the runner
    does; without it every number is its own, they are off, and only the tables
    are there that the script can mean.
    """
    meant = _everything if linked else _meant(before, statements)
    scratch.load(b"")
    scratch.run("PRAGMA foreign_keys=OFF")
    scratch.run("PRAGMA ignore_check_constraints=ON")
    _create(scratch, schema, before, meant)
    seeded = [each for each in before.tables.values() if each.kind == "table" and meant(each.name)]
    for table in seeded:
        _seed(scratch, before, table, linked=linked)
    if linked and runner.foreign_keys:
        scratch.run("PRAGMA foreign_keys=ON")
    _run(scratch, statements, runner)
    return Trial(dict(_contents(scratch, meant)), seeded)


def _create(scratch: Scratch, schema: Master, before: Catalog, meant: Callable[[str], bool]) -> None:
    """Create what a script can mean, and the tables that keys lead to: a big schema is slow to alter."""
    views = [each.name for each in before.things.values() if each.kind == "view"]
    names = {name.lower() for name in (*before.tables, *views) if meant(name)}
    keys = (key for each in before.tables.values() if each.name.lower() in names for key in each.foreign_keys)
    parents = {key.table.lower() for key in keys}
    for kind, _, owner, sql, _ in schema:
        if owner.lower() in names or (kind in ("table", "index") and owner.lower() in parents):
            scratch.run(sql)


def _run(scratch: Scratch, statements: Sequence[tuple[int, str]], runner: Runner) -> None:
    """Run the statements as the runner would."""
    if runner.transaction:
        scratch.run("BEGIN")
    for _, statement in statements:
        scratch.run(statement)
    if runner.transaction:
        scratch.run("COMMIT")


def _everything(_: str) -> bool:
    return True


def _meant(before: Catalog, statements: Sequence[tuple[int, str]]) -> Callable[[str], bool]:
    """Tell which tables a script can mean: those that it, its views or its triggers have the words of."""
    words = {word for _, text in statements for word in _WORD.findall(text.lower())}

    def meant(name: str) -> bool:
        return words.issuperset(_WORD.findall(name.lower()))

    waiting = dict(before.things)
    while True:
        met = [key for key, each in waiting.items() if meant(each.name) or (each.table and meant(each.table))]
        if not met:
            return meant
        words.update(word for key in met for word in _WORD.findall(waiting.pop(key).text.lower()))


def _seed(scratch: Scratch, catalog: Catalog, table: Table, *, linked: bool) -> None:
    columns = [each for each in table.columns if not each.generated]
    names = ", ".join(quoted(each.name) for each in columns)
    for row in _ROWS:
        values = []
        for column in columns:
            root = _root(catalog, table, column) if linked else column
            values.append(_literal(column, tag(root, row)))
        scratch.run(f"INSERT INTO {quoted(table.name)} ({names}) VALUES ({', '.join(values)})")  # noqa: S608  # quoted names, our own literals


def _root(catalog: Catalog, table: Table, column: Column) -> Column:
    """Return the column that a reference leads to in the end."""
    seen = {column.uid}
    while True:
        key = next((each for each in table.foreign_keys if column.name in each.columns), None)
        there = catalog.tables.get(key.table) if key else None
        target = _referred(there, key, column.name) if there and key else None
        if there is None or target is None or target.uid in seen:
            return column
        table, column = there, target
        seen.add(column.uid)


def _referred(table: Table, key: ForeignKey, column: str) -> Column | None:
    names = key.references or table.primary_key
    place = key.columns.index(column)
    return table.column(names[place]) if place < len(names) else None


def _literal(column: Column, number: int) -> str:
    """Return a number as a literal that the column keeps as it is."""
    kind = column.type.upper()
    text = any(part in kind for part in ("CHAR", "CLOB", "TEXT")) or not kind or "BLOB" in kind
    return f"'{number}'" if text and "INT" not in kind else str(number)


def _contents(
    scratch: Scratch, meant: Callable[[str], bool]
) -> Iterator[tuple[str, Sequence[Mapping[str, Any]]]]:
    names = scratch.rows(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~' "
        "AND sql NOT LIKE 'create virtual%'"  # one whose content is gone cannot even be described
    )
    for name in filter(meant, (each[0] for each in names)):
        columns = [row[0] for row in scratch.rows("SELECT name FROM pragma_table_xinfo(?)", (name,))]
        listed = ", ".join(quoted(each) for each in columns)
        rows = scratch.rows(f"SELECT {listed} FROM {quoted(name)} LIMIT 9") if columns else []  # noqa: S608  # quoted names
        yield name, [dict(zip(columns, row, strict=True)) for row in rows]


class Found(NamedTuple):
    """Where the values of one column come from: uids of columns; and whether every row has one."""

    sources: frozenset[int]
    filled: bool


def trace(values: Sequence[Any], tags: Mapping[str, int], same: int) -> Found:
    """Return where the values of a column come from.

    ``tags`` maps a number, as text, to the uid of its column; ``same`` is the
    uid of the column of the same name that the table had, 0 for none: values
    that differ from row to row, and are no number of ours, were made from it.
    """
    filled = bool(values) and all(each is not None for each in values)
    found = {tags[text] for each in values for text in _numbers(each) if text in tags}
    if not found and same and len({str(each) for each in values}) > 1:
        found = {same}
    return Found(frozenset(found), filled)


def _numbers(value: Any) -> Iterator[str]:
    """Yield the numbers in a value, as text."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bytes):
        value = value.decode("latin-1")
    yield from re.findall(r"\d+", str(value))
