"""Examples on a real SQLite, as Prisma applies them: in autocommit, with foreign keys on."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

from handrail.rules.examples import Example
from tests.records.folders import migrations_of
from tests.records.snapshot import Rows, outcome

_TABLES = """
SELECT name FROM pragma_table_list
WHERE schema = 'main' AND type IN ('table', 'virtual') AND name NOT LIKE 'sqlite~_%' ESCAPE '~' ORDER BY name
"""
_COLUMNS = "SELECT name, pk FROM pragma_table_xinfo(?) WHERE hidden <> 1"


def version() -> str:
    """Return the version of SQLite."""
    return sqlite3.sqlite_version


def play(example: Example) -> Example:
    """Return the example with what happened."""
    return example._replace(
        untouched=_played(example, "") if example.then else (),
        after_bad=_played(example, example.bad),
        after_good=_played(example, example.good) if example.good else (),
    )


def _played(example: Example, script: str) -> tuple[str, ...]:
    """Return what a script does to the example's rows ('' for none), and what comes later."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
        database.executescript(example.before)
        database.execute("PRAGMA foreign_keys = ON")
        said = tuple(_script(database, script)) if script else ()
        then = tuple(_script(database, example.then)) if example.then else ()
    return (*said, *(f"Then: {each}" if said else each for each in then))


def _script(database: sqlite3.Connection, script: str) -> Iterator[str]:
    before = _snapshot(database)
    error = _run(database, script)
    yield from outcome(error, before, _snapshot(database))
    orphans = database.execute("PRAGMA foreign_key_check").fetchall()
    if orphans:
        rows = "1 row" if len(orphans) == 1 else f"{len(orphans)} rows"
        yield f"PRAGMA foreign_key_check names {rows} of {orphans[0][0]} without a parent."


def _run(database: sqlite3.Connection, script: str) -> str:
    """Run a script up to its first error. A transaction left open is rolled back, as at a disconnect."""
    for number, part in enumerate(migrations := migrations_of(script), 1):
        try:
            database.executescript(part)
        except sqlite3.Error as error:
            which = f"Migration {number}" if len(migrations) > 1 else "It"
            if database.in_transaction:
                database.rollback()
            return f"{which} fails: {error}"
    return ""


def _snapshot(database: sqlite3.Connection) -> dict[str, Rows]:
    return {name: _rows(database, name) for (name,) in database.execute(_TABLES).fetchall()}


def _rows(database: sqlite3.Connection, name: str) -> Rows:
    info = database.execute(_COLUMNS, (name,)).fetchall()
    columns = tuple(column for column, _ in info)
    key = tuple(column for column, place in info if place)
    listed = ", ".join(f'"{column}"' for column in columns)
    query = f'SELECT {listed} FROM "{name}" ORDER BY {listed}'  # noqa: S608  # names of the catalog
    return Rows(key, columns, tuple(dict(zip(columns, row, strict=True)) for row in database.execute(query)))
