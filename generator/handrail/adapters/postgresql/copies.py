"""A scratch database on a PostgreSQL server."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from handrail.adapters.postgresql.catalog import HOME, find_places, read_schema
from handrail.adapters.postgresql.content import STEADY, read_content, read_rows
from handrail.adapters.postgresql.problems import find_problems, read_counters
from handrail.adapters.postgresql.runs import Runner
from handrail.adapters.postgresql.scratch import Databases
from handrail.adapters.postgresql.session import Session, quoted
from handrail.core.database import Counter, Problem, Schema, Shape, StatementRun, TableContent
from handrail.core.database_address import DatabaseAddress
from handrail.core.errors import HandrailError
from handrail.ports import DatabaseCopy

Variables = Callable[[DatabaseAddress], Mapping[str, str]]


class PostgresCopy:
    """``ports.DatabaseCopy``. It holds no connection between calls: others would have to wait for it."""

    def __init__(self, location: DatabaseAddress, databases: Databases, variables: Variables) -> None:
        """``databases`` are those of this run, ``variables`` how a command finds one."""
        self.location = location
        self._databases = databases
        self._variables = variables
        self._home = location.schema or HOME

    def schema(self) -> Schema:
        """Return the schema as the catalog shows it."""
        with self._steady() as session:
            return read_schema(session, self._home)

    def content(self, shapes: Iterable[Shape]) -> Mapping[str, TableContent]:
        """Count and hash what is in tables, in the server."""
        with self._steady() as session:
            places = find_places(session, self._home)
            return {shape.name: read_content(session, _of(places, shape), shape) for shape in shapes}

    def rows(self, shape: Shape, columns: Sequence[str]) -> Iterator[tuple[str | None, ...]]:
        """Yield the key of each row and then ``columns``, in the order of the key's text."""
        with self._steady() as session:
            yield from read_rows(session, _of(find_places(session, self._home), shape), shape, columns)

    def run(self, statements: Iterable[tuple[int, str]], *, transaction: bool) -> Iterator[StatementRun]:
        """Run (line, statement) one by one in a session of their own."""
        with self._session() as session:
            yield from Runner(session, self._home).run(statements, transaction=transaction)

    def query(self, statement: str) -> Sequence[tuple[Any, ...]]:
        """Return the rows of one query."""
        with self._session() as session:
            return session.rows(statement)

    def problems(self) -> Sequence[Problem]:
        """Return what is wrong whatever the rows are."""
        with self._steady() as session:
            return list(find_problems(session, self._home))

    def counters(self) -> Sequence[Counter]:
        """Return what numbers new rows."""
        with self._steady() as session:
            return read_counters(session, self._home)

    def copy(self) -> "PostgresCopy":
        """Return another database with the same content."""
        name = self._databases.copy(self.location.database)
        return PostgresCopy(self.location._replace(database=name), self._databases, self._variables)

    def is_twin_of(self, other: DatabaseCopy) -> bool:
        """Nothing but the rows tells."""
        return self is other

    def address(self) -> Mapping[str, str]:
        """Return the variables by which a command finds it. One names a file with the password, if any."""
        return {**self._variables(self.location), "DATABASE_URL": _url(self.location)}

    def remove(self) -> None:
        """Drop the database."""
        self._databases.drop(self.location.database)

    def _session(self) -> Session:
        session = Session(self.location)
        if self._home != HOME:
            session.execute(f"SET search_path TO {quoted(self._home)}")
        return session

    def _steady(self) -> Session:
        session = self._session()
        for setting in (f"SET search_path TO {quoted(self._home)}", *STEADY):
            session.execute(setting)
        return session


def _of(places: Mapping[str, tuple[str, str, bool]], shape: Shape) -> tuple[str, str, bool]:
    if shape.name not in places:
        raise HandrailError(f"there is no table '{shape.name}'")
    return places[shape.name]


def _url(address: DatabaseAddress) -> str:
    """Return a URL without a password. A folder of sockets is written as Prisma and libpq both take it."""
    user = f"{_escaped(address.user)}@" if address.user else ""
    name = _escaped(address.database)
    if address.host.startswith("/"):
        port = f"&port={address.port}" if address.port else ""
        return f"postgresql://{user}localhost/{name}?host={_escaped(address.host)}{port}"
    port = f":{address.port}" if address.port else ""
    return f"postgresql://{user}{address.host}{port}/{name}"


def _escaped(text: str) -> str:
    return "".join(
        each if (each.isalnum() and each.isascii()) or each in "_-./" else _percent(each) for each in text
    )


def _percent(letter: str) -> str:
    return "".join(f"%{byte:02X}" for byte in letter.encode())
