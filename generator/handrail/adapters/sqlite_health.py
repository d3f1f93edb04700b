"""What is wrong in a SQLite database, whatever its rows are."""

import sqlite3
from collections.abc import Iterator

from handrail.core.database import Problem
from handrail.migrations.quotes import quoted

_MOST = 20
"""Lines of damage that are told."""


def find_problems(connection: sqlite3.Connection) -> Iterator[Problem]:
    """Yield damage, orphans, views and triggers that no longer compile, search indexes that lie.

    The connection is of a copy: the check of a search index is a statement that writes.
    """
    yield from _damage(connection)
    yield from _orphans(connection)
    for kind, name, sql in connection.execute(
        "SELECT type, name, coalesce(sql, '') FROM sqlite_master WHERE name NOT LIKE 'sqlite~_%' ESCAPE '~'"
    ).fetchall():
        if kind == "view":
            yield from _compiles(connection, "view-broken", name, f"SELECT * FROM {quoted(name)}")  # noqa: S608  # quoted
        elif kind == "table" and "USING FTS" in sql.upper():
            yield from _search_index(connection, name, newest="USING FTS5" in sql.upper())
        elif kind == "table" and not sql.upper().startswith("CREATE VIRTUAL"):
            yield from _triggers(connection, name)


def _damage(connection: sqlite3.Connection) -> Iterator[Problem]:
    try:
        for (line,) in connection.execute(f"PRAGMA integrity_check({_MOST})"):
            if line != "ok":
                yield Problem("integrity", "", f"The check of the file says: {line}.")
    except sqlite3.Error as error:
        yield Problem("integrity", "", f"The file cannot be checked: {error}.")


def _orphans(connection: sqlite3.Connection) -> Iterator[Problem]:
    counts: dict[tuple[str, str], int] = {}
    try:
        for child, _, parent, _ in connection.execute("PRAGMA foreign_key_check"):
            counts[child, parent] = counts.get((child, parent), 0) + 1
    except sqlite3.Error as error:
        yield Problem("foreign-key", "", f"The foreign keys cannot be checked: {error}.")
    for (child, parent), number in sorted(counts.items()):
        text = f"{number} {'row' if number == 1 else 'rows'} of {child} point at no row of {parent}."
        yield Problem("foreign-key", child, text)


def _compiles(connection: sqlite3.Connection, code: str, name: str, statement: str) -> Iterator[Problem]:
    try:
        connection.execute(f"EXPLAIN {statement}").fetchall()
    except sqlite3.Error as error:
        yield Problem(code, name, f"{name} no longer compiles: {error}.")


def _triggers(connection: sqlite3.Connection, table: str) -> Iterator[Problem]:
    """Compile a write of each kind, and so the triggers that it would fire."""
    found = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND lower(tbl_name) = lower(?)", (table,)
    ).fetchall()
    if not found:
        return
    name = quoted(table)
    columns = [quoted(row[1]) for row in connection.execute(f"PRAGMA table_info({name})").fetchall()]
    writes = (
        f"DELETE FROM {name}",  # noqa: S608  # quoted
        f"INSERT INTO {name} DEFAULT VALUES",
        f"UPDATE {name} SET {', '.join(f'{each} = {each}' for each in columns)}",  # noqa: S608  # quoted
    )
    told = set()
    for write in writes:
        for problem in _compiles(connection, "trigger-broken", ", ".join(each[0] for each in found), write):
            if problem.text not in told:
                told.add(problem.text)
                yield problem


def _search_index(connection: sqlite3.Connection, name: str, *, newest: bool) -> Iterator[Problem]:
    """Ask FTS to compare its index with its content: https://sqlite.org/fts5.html#the_integrity_check_command

    Without the 1, FTS5 leaves out content that lies in another table.
    """
    table = quoted(name)
    columns, values = (f"{table}, rank", "'integrity-check', 1") if newest else (table, "'integrity-check'")
    try:
        connection.execute(f"INSERT INTO {table}({columns}) VALUES({values})")
    except sqlite3.Error as error:
        yield Problem("search-index", name, f"The search index {name} does not fit its content: {error}.")
