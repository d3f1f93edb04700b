"""SQLite: the standard library's, foreign keys on, in autocommit, as Prisma runs scripts."""

import re
import sqlite3
from collections.abc import Iterator, Sequence

from rows import Row
from schema import Catalog, Column, Content, Contents, Key, Table, Unique, content_of

_CHECK = re.compile(r"\bCHECK\s*\((.*)", re.IGNORECASE | re.DOTALL)
LIMIT = 20_000


def quoted(name: str) -> str:
    """Return a name as SQL."""
    return '"' + name.replace('"', '""') + '"'


class SqliteEngine:
    """Two databases with one schema: one with the rows that migrations write, one with invented rows too."""

    def __init__(self) -> None:
        self._bare = _opened()
        self._full = _opened()

    def close(self) -> None:
        """Give the memory back."""
        self._bare.close()
        self._full.close()

    def apply(self, text: str) -> tuple[str, str]:
        """Run a script; return (``rows``, ``bare`` or ``failed``, what the engine said)."""
        before = _image(self._bare)
        said = _run(self._bare, text)
        if said:
            _restore(self._bare, before)
            for statement in _statements(text):
                _run(self._bare, statement)
            self._clone()
            return "failed", said
        said = _run(self._full, text)
        if said:
            self._clone()
            return "bare", said
        return "rows", ""

    def _clone(self) -> None:
        self._full.close()
        self._full = _opened()
        _restore(self._full, _image(self._bare))

    def catalog(self) -> Catalog:
        """Read the catalog."""
        return _catalog(self._bare)

    def contents(self, catalog: Catalog, only: set[str] | None = None) -> Contents:
        """Read what is in the tables, or in some of them."""
        names = catalog.tables if only is None else only
        return {name: self._content(catalog.tables[name]) for name in names}

    def _content(self, table: Table) -> Content:
        names = ", ".join(f"quote({quoted(each)})" for each in table.columns)
        try:
            rows = self._full.execute(f"SELECT {names} FROM {quoted(table.name)} LIMIT {LIMIT}").fetchall()
        except sqlite3.Error:
            rows = []
        return content_of(table, [tuple(None if v == "NULL" else v for v in row) for row in rows])

    def insert(self, table: Table, row: Row) -> bool:
        """Insert a row; triggers run, as they would."""
        names, marks = ", ".join(map(quoted, row)), ", ".join("?" * len(row))
        try:
            self._full.execute(
                f"INSERT INTO {quoted(table.name)} ({names}) VALUES ({marks})", [*row.values()]
            )
        except sqlite3.Error:
            return False
        return True

    def update(self, table: Table, column: str, values: Sequence[str | None]) -> None:
        """Change the first rows, where it can be done."""
        name = quoted(table.name)
        try:
            places = [each[0] for each in self._full.execute(f"SELECT rowid FROM {name} ORDER BY rowid")]
        except sqlite3.Error:
            return
        for place, value in zip(places, values, strict=False):
            if value is not None:
                try:
                    sql = f"UPDATE {name} SET {quoted(column)} = ? WHERE rowid = ?"
                    self._full.execute(sql, (value, place))
                except sqlite3.Error:
                    return

    def sample(self, table: str, columns: Sequence[str]) -> list[tuple[str | None, ...]]:
        """Return the first rows of some columns."""
        names = ", ".join(map(quoted, columns)) or "rowid"
        try:
            return self._full.execute(f"SELECT {names} FROM {quoted(table)} LIMIT 10").fetchall()
        except sqlite3.Error:
            return []


def _statements(text: str) -> Iterator[str]:
    """Yield the statements of a script, so that what follows a wrong one is run as well."""
    kept = ""
    for part in text.split(";"):
        kept += part + ";"
        if sqlite3.complete_statement(kept):
            yield kept
            kept = ""


def _opened() -> sqlite3.Connection:
    base = sqlite3.connect(":memory:", isolation_level=None)
    base.execute("PRAGMA foreign_keys = ON")
    return base


def _image(base: sqlite3.Connection) -> bytes:
    """Return a database as bytes; SQLite has none for one that nobody wrote to."""
    return base.serialize() if base.execute("PRAGMA page_count").fetchone()[0] else b""


def _restore(base: sqlite3.Connection, image: bytes) -> None:
    if image:
        base.deserialize(image)


def _run(base: sqlite3.Connection, text: str) -> str:
    try:
        base.executescript(text)
    except (sqlite3.Error, ValueError) as error:
        said = str(error)
        if said.startswith("cannot commit") and not text.startswith("BEGIN;"):
            return _run(base, "BEGIN;" + text)  # written for a runner that opens a transaction
    else:
        said = ""
    if base.in_transaction:
        base.execute("ROLLBACK" if said else "COMMIT")
    base.execute("PRAGMA foreign_keys = ON")
    base.execute("PRAGMA legacy_alter_table = OFF")
    base.execute("PRAGMA defer_foreign_keys = OFF")
    return said


def _catalog(base: sqlite3.Connection) -> Catalog:
    found = base.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    ).fetchall()
    shadows = _shadows(base)
    return Catalog({name: _table(base, name, sql or "") for name, sql in found if name not in shadows})


def _shadows(base: sqlite3.Connection) -> set[str]:
    return {row[1] for row in base.execute("PRAGMA table_list") if row[2] == "shadow"}


def _table(base: sqlite3.Connection, name: str, sql: str) -> Table:
    info = base.execute(f"PRAGMA table_xinfo({quoted(name)})").fetchall()
    keys = [(row[5], row[1]) for row in info if row[5]]
    primary = tuple(column for _, column in sorted(keys))
    columns = {
        row[1]: Column(
            row[1],
            row[2].upper(),
            bool(row[3]) or (primary == (row[1],) and row[2].upper() == "INTEGER"),
            row[4] or "",
            row[6] in (2, 3),
        )
        for row in info
        if row[6] != 1
    }
    check = _CHECK.search(sql)
    return Table(
        name, columns, primary, _uniques(base, name), _keys(base, name), (check[1],) if check else ()
    )


def _uniques(base: sqlite3.Connection, name: str) -> frozenset[Unique]:
    found = set()
    for _, index, unique, origin, partial in base.execute(f"PRAGMA index_list({quoted(name)})").fetchall():
        if unique and origin != "pk":
            rows = base.execute(f"PRAGMA index_info({quoted(index)})").fetchall()
            where = _where(base, index) if partial else ""
            found.add(Unique(tuple(row[2] or "" for row in rows), where))
    return frozenset(found)


def _where(base: sqlite3.Connection, index: str) -> str:
    sql = base.execute("SELECT sql FROM sqlite_master WHERE name = ?", (index,)).fetchone()[0]
    return " ".join(re.split(r"(?i)\bwhere\b", sql)[-1].split())


def _keys(base: sqlite3.Connection, name: str) -> tuple[Key, ...]:
    found: dict[int, list[tuple[str, str | None]]] = {}
    about: dict[int, tuple[str, str]] = {}
    for row in base.execute(f"PRAGMA foreign_key_list({quoted(name)})").fetchall():
        found.setdefault(row[0], []).append((row[3], row[4]))
        about[row[0]] = row[2], row[6]
    made = []
    for number, pairs in found.items():
        table, action = about[number]
        theirs = tuple(each[1] for each in pairs if each[1]) or _primary(base, table)
        made.append(Key(tuple(each[0] for each in pairs), table, theirs, action))
    return tuple(made)


def _primary(base: sqlite3.Connection, table: str) -> tuple[str, ...]:
    rows = base.execute(f"PRAGMA table_info({quoted(table)})").fetchall()
    return tuple(name for _, name in sorted((row[5], row[1]) for row in rows if row[5]))
