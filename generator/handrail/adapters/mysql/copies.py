"""A scratch database on a MySQL or MariaDB server."""

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from handrail.adapters.mysql import dumps
from handrail.adapters.mysql.catalog import read_schema
from handrail.adapters.mysql.content import STEADY, read_content, read_rows
from handrail.adapters.mysql.problems import find_problems, read_counters
from handrail.adapters.mysql.session import Refused, Session, quoted, socket_of
from handrail.core.database import Counter, Problem, Schema, Shape, StatementRun, TableContent
from handrail.core.database_address import DatabaseAddress
from handrail.ports import DatabaseCopy

_LIMITS = ("SET lock_wait_timeout = 10", "SET innodb_lock_wait_timeout = 10")
_FRESH = "SET information_schema_stats_expiry = 0"
"""MySQL 8 shows the next number of a table as it was a day ago. MariaDB has no such setting."""


class MysqlCopy:
    """``ports.DatabaseCopy``."""

    def __init__(self, location: DatabaseAddress, place: str, create: Callable[[], "MysqlCopy"]) -> None:
        """``place`` is a private folder, ``create`` makes another empty database."""
        self.location = location
        self._create = create
        self.options = dumps.options_file(location, place)

    def schema(self) -> Schema:
        """Return the schema as the catalog shows it."""
        with self._session() as session:
            return read_schema(session)

    def content(self, shapes: Iterable[Shape]) -> Mapping[str, TableContent]:
        """Count and hash what is in tables, in the server."""
        with self._session() as session:
            return {shape.name: read_content(session, shape) for shape in shapes}

    def rows(self, shape: Shape, columns: Sequence[str]) -> Iterator[tuple[str | None, ...]]:
        """Yield the key of each row and then ``columns``, in the order of the key's text."""
        with self._session() as session:
            yield from read_rows(session, shape, columns)

    def run(self, statements: Iterable[tuple[int, str]], *, transaction: bool) -> Iterator[StatementRun]:
        """Run (line, statement) one by one. A transaction holds rows only: a change of the schema ends it."""
        with Session(self.location) as session:
            for setting in _LIMITS:
                session.rows(setting)
            if transaction:
                session.rows("START TRANSACTION")
            last = 0
            for last, text in statements:
                done = _run(session, last, text)
                yield done
                if done.error:
                    return  # and what is open is rolled back with the connection
            ended = _run(session, last, "COMMIT")
            if ended.error:
                yield ended

    def query(self, statement: str) -> Sequence[tuple[Any, ...]]:
        """Return the rows of one query, each value as text."""
        with Session(self.location) as session:
            return session.rows(statement)

    def problems(self) -> Sequence[Problem]:
        """Return what is wrong whatever the rows are."""
        with self._session() as session:
            return list(find_problems(session))

    def counters(self) -> Sequence[Counter]:
        """Return what numbers new rows."""
        with self._session() as session:
            return read_counters(session)

    def copy(self) -> "MysqlCopy":
        """Return another database with the same content."""
        made = self._create()
        dumps.pipe(self.options, self.location.database, made.options)
        return made

    def is_twin_of(self, other: DatabaseCopy) -> bool:
        """Nothing but the rows tells."""
        return self is other

    def address(self) -> Mapping[str, str]:
        """Return the variables by which a command finds it. The client reads the password from a file."""
        where = self.location
        named = {
            "MYSQL_HOST": where.host,
            "MYSQL_TCP_PORT": where.port,
            "MYSQL_UNIX_PORT": socket_of(where) or "",
        }
        home = os.path.dirname(self.options)
        url = {"DATABASE_URL": _url(where), "MYSQL_DATABASE": where.database}
        return {key: value for key, value in named.items() if value} | url | {"MYSQL_HOME": home}

    def remove(self) -> None:
        """Drop the database."""
        with Session(self.location._replace(database="")) as session:
            session.rows(f"DROP DATABASE IF EXISTS {quoted(self.location.database)}")

    def _session(self) -> Session:
        session = Session(self.location)
        for setting in STEADY:
            session.rows(setting)
        with suppress(Refused):
            session.rows(_FRESH)
        return session


def _run(session: Session, line: int, text: str) -> StatementRun:
    begun = time.perf_counter()
    error = ""
    try:
        session.rows(text)
    except Refused as refused:
        error = str(refused)
    return StatementRun(line, text, round((time.perf_counter() - begun) * 1000, 3), error=error)


def _url(where: DatabaseAddress) -> str:
    socket = socket_of(where)
    user = f"{where.user}@" if where.user else ""
    port = f":{where.port}" if where.port else ""
    host = where.host if where.host and not where.host.startswith("/") else "localhost"
    return f"mysql://{user}{host}{port}/{where.database}" + (f"?socket={socket}" if socket else "")
