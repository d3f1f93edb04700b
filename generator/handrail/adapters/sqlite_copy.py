"""A SQLite file of ours: what a rehearsal runs on and looks at."""

import marshal
import os
import re
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from hashlib import blake2b
from typing import Any

from handrail.adapters.sqlite_health import find_problems
from handrail.adapters.sqlite_source import copy_database, have_same_pages
from handrail.core.database import ColumnContent, Counter, Problem, Schema, Shape, StatementRun, TableContent
from handrail.core.errors import HandrailError
from handrail.migrations.quotes import quoted
from handrail.migrations.sqlite.catalog import catalog_of
from handrail.ports import DatabaseCopy
from handrail.rehearsal.items import schema_of

_ROWS = 2000
"""Rows that are read at once. Hashes depend on it: they are compared within one version of Handrail."""

_VACUUM = re.compile(r"VACUUM(\s+\w+)?\s*;?", re.IGNORECASE)
_PLAIN = 2
"""The version of marshal that writes equal values as equal bytes, whoever else holds them."""

_NO_SCHEMA = """
SELECT 1 FROM sqlite_master WHERE typeof(type) || typeof(name) || typeof(tbl_name) <> 'texttexttext'
OR typeof(sql) NOT IN ('text', 'null')"""

_SEQUENCES = """
SELECT name, CAST(seq AS INTEGER) FROM sqlite_sequence
WHERE typeof(name) = 'text' AND seq NOT NULL ORDER BY name"""


_CONTENT_ELSEWHERE = re.compile(r"USING\s+fts.*\bcontent\s*=", re.IGNORECASE | re.DOTALL)


class SqliteCopy:
    """``ports.DatabaseCopy`` over the file at ``path``; ``new_path`` names the file of a copy."""

    def __init__(self, path: str, new_path: Callable[[], str]) -> None:
        self.path, self._new_path = path, new_path
        self._connection = _connect(path)

    def schema(self) -> Schema:
        """Return the schema as the catalog shows it. A search index over a table has no rows of its own."""
        if self._rows(_NO_SCHEMA):
            raise HandrailError("the database cannot be read: its schema is damaged")
        whole = schema_of(catalog_of(self._rows))
        made = self._rows("SELECT name, sql FROM sqlite_master WHERE sql LIKE 'create virtual%'")
        derived = {name for name, sql in made if _CONTENT_ELSEWHERE.search(sql)}
        return whole._replace(
            tables={name: each for name, each in whole.tables.items() if name not in derived}
        )

    def _rows(self, query: str) -> Sequence[tuple[Any, ...]]:
        try:
            return self._connection.execute(query).fetchall()
        except (sqlite3.Error, UnicodeDecodeError) as error:  # the latter in a message about damaged text
            raise HandrailError(f"the database cannot be read: {error}") from None

    def content(self, shapes: Iterable[Shape]) -> Mapping[str, TableContent]:
        """Count and hash what is in tables, in bounded memory."""
        return {shape.name: self._content(shape) for shape in shapes}

    def _content(self, shape: Shape) -> TableContent:
        names = tuple(shape.columns)
        listed = ", ".join(map(quoted, names))
        order = ", ".join(map(quoted, shape.key or names))
        query = f"SELECT {listed} FROM {quoted(shape.name)} ORDER BY {order}"  # noqa: S608  # names, quoted
        try:
            return _hashed(self._connection, query, names)
        except sqlite3.DatabaseError as error:
            if "decode" not in str(error):
                raise HandrailError(f"the table {shape.name} cannot be read: {error}") from None
        with closing(_connect(self.path)) as connection:  # text that is not UTF-8: slower, but exact
            connection.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
            return _hashed(connection, query, names)

    def rows(self, shape: Shape, columns: Sequence[str]) -> Iterator[tuple[str | None, ...]]:
        """Yield key and columns of each row as literals of SQL, which tell 1 from '1', in their order."""
        wanted = [f"quote({quoted(name)})" for name in (*shape.key, *columns)]
        order = ", ".join(str(place + 1) for place in range(len(shape.key) or len(wanted)))
        listed = ", ".join(f"CASE {each} WHEN 'NULL' THEN NULL ELSE {each} END" for each in wanted)
        query = f"SELECT {listed} FROM {quoted(shape.name)} ORDER BY {order}"  # noqa: S608  # names, quoted
        with closing(_connect(self.path)) as connection:
            connection.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
            try:
                yield from connection.execute(query)
            except sqlite3.DatabaseError as error:
                raise HandrailError(f"the table {shape.name} cannot be read: {error}") from None

    def run(self, statements: Iterable[tuple[int, str]], *, transaction: bool) -> Iterator[StatementRun]:
        """Run statements as a runner does, with foreign keys on, and yield how each went."""
        connection = self._connection
        connection.execute("PRAGMA foreign_keys=ON")
        failed = False
        try:
            if transaction:
                connection.execute("BEGIN")
            for line, text in statements:
                ran = _run(connection, line, text)
                yield ran
                failed = bool(ran.error)
                if failed:
                    return
        finally:
            if connection.in_transaction:
                connection.execute("COMMIT" if transaction and not failed else "ROLLBACK")

    def query(self, statement: str) -> Sequence[tuple[Any, ...]]:
        """Return the rows of one query. Raises ``HandrailError`` with what the engine said."""
        return self._rows(statement)

    def problems(self) -> Sequence[Problem]:
        """Return what is wrong whatever the rows are: damage, orphans, what no longer compiles."""
        try:
            return tuple(find_problems(self._connection))
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            raise HandrailError(f"the database cannot be checked: {error}") from None

    def counters(self) -> Sequence[Counter]:
        """Return the next numbers of AUTOINCREMENT tables; other tables count on from their highest."""
        if not self._rows("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_sequence'"):
            return ()
        found = []
        for name, last in self._rows(_SEQUENCES):
            (highest,) = self._rows(f"SELECT coalesce(max(rowid), 0) FROM {quoted(name)}")[0]  # noqa: S608  # quoted
            found.append(Counter(name, last + 1, int(highest), name, "rowid"))
        return tuple(found)

    def copy(self) -> "SqliteCopy":
        """Return another database with the same content."""
        path = self._new_path()
        copy_database(self.path, path)
        return SqliteCopy(path, self._new_path)

    def is_twin_of(self, other: DatabaseCopy) -> bool:
        """Tell whether both files have the same pages, apart from what each write changes in the header."""
        files = (self.path, other.address().get("DB", ""))
        return not any(map(_has_log, files)) and have_same_pages(*files)

    def address(self) -> Mapping[str, str]:
        """Return the variable by which a command finds it."""
        return {"DB": self.path}

    def remove(self) -> None:
        """Remove the file, and what lies beside it."""
        self._connection.close()
        for suffix in ("", "-wal", "-shm", "-journal"):
            if os.path.exists(self.path + suffix):
                os.remove(self.path + suffix)


def _has_log(path: str) -> bool:
    return any(os.path.exists(path + end) and os.path.getsize(path + end) for end in ("-wal", "-journal"))


def _connect(path: str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, cached_statements=0)
    try:
        connection.execute("PRAGMA synchronous=OFF")  # a copy need not outlive a power cut
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:  # it reads the schema
        connection.close()
        raise HandrailError(f"the database cannot be read: {error}") from None
    return connection


def _stay_inside(connection: sqlite3.Connection, text: str) -> None:
    """Refuse what reaches for other files; a plain VACUUM attaches a nameless one of its own.

    It is a limit and no authorizer: SQLite swallows what is raised in a function of ours, Ctrl-C too.
    """
    own = _VACUUM.fullmatch(text.strip()) is not None
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, int(own))


def _run(connection: sqlite3.Connection, line: int, text: str) -> StatementRun:
    _stay_inside(connection, text)
    begin, error = time.perf_counter(), ""
    try:
        for _ in connection.execute(text):
            pass
    except (sqlite3.Error, sqlite3.Warning, ValueError, OverflowError) as problem:
        error = str(problem)
    return StatementRun(line, text, (time.perf_counter() - begin) * 1000, error=error)


def _hashed(connection: sqlite3.Connection, query: str, names: Sequence[str]) -> TableContent:
    """Return counts and hashes of a query's columns; the rows come in an order of their own."""
    hashes = [blake2b(digest_size=16) for _ in names]
    filled, rows = [0] * len(names), 0
    cursor = connection.execute(query)
    while some := cursor.fetchmany(_ROWS):
        rows += len(some)
        for place, values in enumerate(zip(*some, strict=True)):
            filled[place] += len(values) - values.count(None)
            hashes[place].update(marshal.dumps(values, _PLAIN))
    columns = {
        name: ColumnContent(filled[place], hashes[place].hexdigest()) for place, name in enumerate(names)
    }
    return TableContent(rows, columns)
