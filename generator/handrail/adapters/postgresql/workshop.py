"""A place for copies of a PostgreSQL database: the user's server, or one of our own."""

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import count

from handrail.adapters.clock import SystemClock
from handrail.adapters.postgresql import dumps
from handrail.adapters.postgresql.binaries import Binaries, find_binaries, for_client, for_server
from handrail.adapters.postgresql.copies import PostgresCopy
from handrail.adapters.postgresql.scratch import Databases, drop_left_behind
from handrail.adapters.postgresql.server import SUPERUSER, private_server
from handrail.adapters.postgresql.session import Refused, Session, literal, quoted
from handrail.core.database import Origin
from handrail.core.database_address import DatabaseAddress
from handrail.core.errors import HandrailError
from handrail.ports import DatabaseCopy

_KEEPERS = ("postgres", "template1")
"""Databases that every server has: from one of them others are made and dropped."""

_PORT = "5432"
_INSTALL = "Install PostgreSQL (Debian: apt-get install postgresql), or: pip install 'handrail[postgres]'"
_MAY = "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
_RULES = "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"
_MAJOR = "SELECT current_setting('server_version_num')::int / 10000"
_MADE = """
SELECT to_jsonb(d)::text, pg_encoding_to_char(encoding) FROM pg_database d
WHERE datname = current_database()"""
_IDENTITY = """
SELECT (SELECT system_identifier::text FROM pg_control_system()) || '/' || oid
FROM pg_database WHERE datname = current_database()"""
_ROLES = r"SELECT rolname FROM pg_roles WHERE rolname NOT LIKE 'pg\_%'"


class PostgresWorkshop:
    """``ports.Workshop``. Every database that it made goes when it is closed."""

    engine = "postgresql"

    def __init__(
        self,
        source: DatabaseAddress | None,
        server: DatabaseAddress,
        place: str,
        found: tuple[Binaries, ...],
        *,
        own: bool,
    ) -> None:
        """``server`` is where copies are made; ``own``: it is ours alone, and we are its superuser."""
        self._source = source
        self._server = server._replace(schema=source.schema if source else server.schema)
        self._place = place
        self._found = found
        self._own = own
        self._numbers = count(1)
        self._databases = Databases(_keeper(server))
        number = int(self._databases.keeper.value("SELECT current_setting('server_version_num')"))
        self._major = number // 10000
        self._owners = own or bool(self._databases.keeper.value(_RULES))
        self.version = f"{self._major}.{number % 10000}"

    def close(self) -> None:
        """Drop every database that was made here."""
        self._databases.drop_all()
        self._databases.keeper.close()

    def copy_source(self) -> PostgresCopy:
        """Return a copy of the source as it is at one moment; those who use it go on."""
        source = self._given()
        with _reading(source) as session:
            ways, major = _ways(session), session.value(_MAJOR)
            if self._own:
                self._make_roles(name for (name,) in session.rows(_ROLES))
        made = self._create(ways)
        there = self._variables(made.location)
        with _removed_when_failed(made):
            dumps.pipe(self._client(major), self._variables(source), there, owners=self._owners)
            _unplug(made)
        return made

    def empty(self) -> PostgresCopy:
        """Return an empty database, which sorts and stores text as the source does."""
        ways: tuple[str, ...] = ("",)
        if self._source is not None:
            with _reading(self._source) as session:
                ways = _ways(session)
        made = self._create(ways)
        if made.location.schema:
            made.query(f"CREATE SCHEMA IF NOT EXISTS {quoted(made.location.schema)}")
        return made

    def origin(self) -> Origin:
        """Return what the source is. Others write to it, so it is of now. Without one, rows are seeded."""
        now = SystemClock().now()
        if self._source is None:
            return Origin("an empty database", now, "seeded")
        identity = ""
        with _reading(self._source) as session, suppress(Refused):  # some servers keep it to themselves
            identity = str(session.value(_IDENTITY) or "")
        return Origin(self._source.shown(), now, "production", identity)

    def take_backup(self, path: str, of: DatabaseCopy | None = None) -> None:
        """Write a backup of the source, or of a copy, to a new file, in the form of pg_dump -Fc."""
        source = self._server._replace(database=of.address()["PGDATABASE"]) if of else self._given()
        with _reading(source) as session:
            major = session.value(_MAJOR)
        dumps.dump_to(path, self._client(major), self._variables(source))

    def of(self, name: str) -> PostgresCopy:
        """Return a database of the server by its name."""
        return PostgresCopy(self._server._replace(database=name), self._databases, self._variables)

    def spare_file(self) -> str:
        """Return the path of a file that is not there yet, removed with the copies."""
        return os.path.join(self._place, f"backup-{next(self._numbers)}.dump")

    def restore(self, path: str) -> PostgresCopy:
        """Return a database with what is in a backup."""
        said, binaries = self._look_into(path)
        if self._own:
            self._make_roles(said.roles)
        known = {name for (name,) in self._databases.keeper.rows(_ROLES)}
        owners = self._owners and known.issuperset(said.roles)
        ways = (f"TEMPLATE template0 {said.words}", "TEMPLATE template0") if said.words else ("",)
        made = self._create(ways)
        with _removed_when_failed(made):
            dumps.restore_from(path, binaries, self._variables(made.location), owners=owners)
            _unplug(made)
        return made

    def _given(self) -> DatabaseAddress:
        if self._source is None:
            raise HandrailError(
                "there is no source database", "Name one: --database postgresql://USER@HOST/NAME"
            )
        return self._source

    def _create(self, ways: tuple[str, ...]) -> PostgresCopy:
        """Make a database in the first of several ways that the server takes."""
        for words in ways:
            try:
                name = self._databases.create(words)
            except Refused:
                if words == ways[-1]:
                    raise
            else:
                return PostgresCopy(self._server._replace(database=name), self._databases, self._variables)
        raise AssertionError("no way to make a database")

    def _make_roles(self, names: Iterable[str]) -> None:
        """Make the roles that own or may do something in the source: without them it cannot be restored."""
        for name in names:
            with suppress(Refused):  # it is there
                self._databases.keeper.execute(f"CREATE ROLE {quoted(name)}")

    def _look_into(self, path: str) -> tuple[dumps.Made, Binaries]:
        """Return what a backup says, and the programs that can read it: an older pg_restore cannot."""
        fitting = sorted(
            (each for each in self._found if each.major >= self._major), key=lambda each: each.major
        )
        for binaries in fitting or [self._client(self._major)]:
            try:
                return dumps.look_into(path, binaries), binaries
            except HandrailError as error:
                if "unsupported version" not in str(error) or binaries == fitting[-1]:
                    raise
        raise AssertionError("no programs")

    def _client(self, major: int) -> Binaries:
        binaries = for_client(self._found, major)
        if binaries is None:
            raise HandrailError(
                f"not rehearsed: there is no pg_dump of PostgreSQL {major} or newer here", _INSTALL
            )
        return binaries

    def _variables(self, address: DatabaseAddress) -> Mapping[str, str]:
        passfile = dumps.write_passfile(address, self._place) if address.password else ""
        found = for_client(self._found, self._major)
        path = {"PATH": f"{found.folder}{os.pathsep}{os.environ.get('PATH', os.defpath)}"} if found else {}
        return {**dumps.environment(address, passfile), **path}


@contextmanager
def open_postgresql(
    source: DatabaseAddress | None, place: str, wanted: int = 0
) -> Iterator[PostgresWorkshop]:
    """Yield a workshop: on the source's server where we may make databases, else on a server of our own.

    ``wanted`` is the major version to rehearse on, if there is a choice; 0 for
    that of the source. Raises ``HandrailError`` that says "not rehearsed" where
    there is no server.
    """
    found, least = find_binaries(), 0
    if source is not None:
        with _reading(source) as session:
            may, least = bool(session.value(_MAY)), session.value(_MAJOR)
        if may and for_client(found, least):
            with _closing(PostgresWorkshop(source, source, place, found, own=False)) as workshop:
                yield workshop
            return
    with open_own_server(source, place, wanted, least) as workshop:
        yield workshop


@contextmanager
def open_own_server(
    source: DatabaseAddress | None, place: str, wanted: int = 0, least: int = 0
) -> Iterator[PostgresWorkshop]:
    """Yield a workshop on a server of our own, of the major version ``wanted`` where there is a choice.

    ``least`` is the major version of the source, 0 to ask it.
    """
    found = find_binaries()
    if source is not None and not least:
        with _reading(source) as session:
            least = session.value(_MAJOR)
    binaries = for_server(found, wanted or least, least)
    if binaries is None:
        raise HandrailError("not rehearsed: there is no PostgreSQL server here to make copies on", _INSTALL)
    with private_server(binaries, place) as home:
        own = DatabaseAddress("postgresql", "postgres", user=SUPERUSER, host=home, port=_PORT)
        with _closing(PostgresWorkshop(source, own, place, found, own=True)) as workshop:
            yield workshop


def _unplug(made: PostgresCopy) -> None:
    """Take from a copy what it reaches other servers with: a migration tried on it must not write there."""
    for server, user in made.query("SELECT srvname, usename FROM pg_user_mappings"):
        role = "PUBLIC" if user == "public" else quoted(user)
        made.query(f"DROP USER MAPPING FOR {role} SERVER {quoted(server)}")


@contextmanager
def _closing(workshop: PostgresWorkshop) -> Iterator[PostgresWorkshop]:
    try:
        yield workshop
    finally:
        workshop.close()


@contextmanager
def _removed_when_failed(made: PostgresCopy) -> Iterator[None]:
    try:
        yield
    except BaseException:
        with suppress(HandrailError):
            made.remove()
        raise


def _keeper(server: DatabaseAddress) -> Session:
    """Return a session of a database from which others can be made: where possible not of the source."""
    for name in _KEEPERS:
        with suppress(Refused):
            keeper = Session(server._replace(database=name))
            drop_left_behind(keeper)
            return keeper
    return Session(server)


def _reading(source: DatabaseAddress) -> Session:
    """Return a session of the source that can only read."""
    session = Session(source)
    session.execute("SET default_transaction_read_only TO on")
    return session


def _ways(session: Session) -> tuple[str, ...]:
    """Return words for CREATE DATABASE: as the session's own database was made, and what comes near to it."""
    text, encoding = session.rows(_MADE)[0]
    found = json.loads(text)
    near = f"TEMPLATE template0 ENCODING {literal(encoding)}"
    exact = f"{near} LC_COLLATE {literal(found['datcollate'])} LC_CTYPE {literal(found['datctype'])}"
    locale = found.get("datlocale") or found.get("daticulocale")
    if locale and found["datlocprovider"] == "i":
        exact += f" LOCALE_PROVIDER icu ICU_LOCALE {literal(locale)}"
    elif locale and found["datlocprovider"] == "b":
        exact += f" LOCALE_PROVIDER builtin BUILTIN_LOCALE {literal(locale)}"
    elif found.get("datlocprovider"):
        exact += " LOCALE_PROVIDER libc"
    return exact, near, f"{near} LC_COLLATE 'C' LC_CTYPE 'C'"
