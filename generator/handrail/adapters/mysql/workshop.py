"""A place for copies of a MySQL or MariaDB database: the server that it is on."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count

from handrail.adapters.clock import SystemClock
from handrail.adapters.mysql import dumps
from handrail.adapters.mysql.copies import MysqlCopy
from handrail.adapters.mysql.session import Refused, Session, quoted
from handrail.adapters.scratch_names import is_left_behind, new_name
from handrail.core.database import Origin
from handrail.core.database_address import DatabaseAddress
from handrail.core.errors import HandrailError
from handrail.ports import DatabaseCopy

_COLLATION = """
SELECT default_character_set_name, default_collation_name FROM information_schema.schemata
WHERE schema_name = DATABASE()"""


class MysqlWorkshop:
    """``ports.Workshop``. Every database that it made goes when it is closed."""

    engine = "mysql"

    def __init__(self, source: DatabaseAddress, place: str) -> None:
        """``source`` may name no database: then it is a server to make some on."""
        self._source = source
        self._server = source._replace(database="")
        self._place = place
        self._made: list[MysqlCopy] = []
        self._numbers = count(1)
        with Session(self._server) as session:
            said = str(session.value("SELECT VERSION()"))
            _drop_left_behind(session)
        self.version = said.partition("-")[0]
        if "mariadb" in said.lower():
            self.version += " (MariaDB)"

    def close(self) -> None:
        """Drop every database that was made here."""
        for each in self._made:
            with suppress(HandrailError):
                each.remove()

    def copy_source(self) -> MysqlCopy:
        """Return a copy of the source as it is at one moment, as far as its tables are InnoDB."""
        made = self.empty()
        dumps.pipe(dumps.options_file(self._given(), self._place), self._source.database, made.options)
        return made

    def empty(self) -> MysqlCopy:
        """Return an empty database, which sorts and stores text as the source does."""
        words = ""
        if self._source.database:
            with Session(self._source) as session:
                charset, collation = session.rows(_COLLATION)[0]
                words = f"CHARACTER SET {charset} COLLATE {collation}"
        name = new_name()
        made = MysqlCopy(self._server._replace(database=name), self._place, self.empty)
        self._made.append(made)
        with Session(self._server) as session:
            try:
                session.rows(f"CREATE DATABASE {quoted(name)} {words}")
            except Refused as error:
                hint = "Name a user who may: GRANT ALL ON `handrail\\_%`.* TO …"
                raise HandrailError(f"not rehearsed: no database can be made: {error}", hint) from None
        return made

    def origin(self) -> Origin:
        """Return what the source is. Others write to it, so it is of now."""
        now = SystemClock().now()
        if not self._source.database:
            return Origin("an empty database", now, "seeded")
        return Origin(self._source.shown(), now, "production")

    def take_backup(self, path: str, of: DatabaseCopy | None = None) -> None:
        """Write a backup of the source, or of a copy, to a new file, in the form of mysqldump."""
        given = self._server._replace(database=of.address()["MYSQL_DATABASE"]) if of else self._given()
        dumps.dump_to(path, dumps.options_file(given, self._place), given.database)

    def spare_file(self) -> str:
        """Return the path of a file that is not there yet, removed with the copies."""
        return os.path.join(self._place, f"backup-{next(self._numbers)}.sql")

    def restore(self, path: str) -> MysqlCopy:
        """Return a database with what is in a backup."""
        made = self.empty()
        dumps.restore_from(path, made.options)
        return made

    def _given(self) -> DatabaseAddress:
        if not self._source.database:
            raise HandrailError("there is no source database", "Name one: --database mysql://USER@HOST/NAME")
        return self._source


@contextmanager
def open_mysql(source: DatabaseAddress, place: str) -> Iterator[MysqlWorkshop]:
    """Yield a workshop on the server of the source."""
    workshop = MysqlWorkshop(source, place)
    try:
        yield workshop
    finally:
        workshop.close()


def _drop_left_behind(session: Session) -> None:
    """Drop the scratch databases of runs on this machine that have ended without doing so."""
    for (name,) in session.rows("SHOW DATABASES LIKE 'handrail\\_%'"):
        if is_left_behind(name):
            with suppress(Refused):
                session.rows(f"DROP DATABASE IF EXISTS {quoted(name)}")
