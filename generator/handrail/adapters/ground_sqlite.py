"""A SQLite file that stands for production."""

import os
import shutil
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from itertools import count

from handrail.adapters.ground_folder import GroundFolder, new_folder
from handrail.adapters.sqlite_copy import SqliteCopy
from handrail.adapters.sqlite_source import copy_database
from handrail.adapters.sqlite_workshop import SqliteWorkshop
from handrail.core.database import Origin
from handrail.core.errors import HandrailError
from handrail.ports import DatabaseCopy, Progress
from handrail.rehearsal.drill.ground import Ground, Terminal

_FILE = "app.db"
_JUNK = b"\xff" * 64
_CLIENT = 'sqlite3 -bail "$DB"'
_HASH_SECONDS = 3600


class SqliteGrounds:
    """``rehearsal.ground.Grounds`` in ``folder``, which is ours. ``source`` is a database file, or ''."""

    engine = "sqlite"
    version = sqlite3.sqlite_version

    def __init__(self, folder: str, source: str, progress: Progress) -> None:
        if not shutil.which("sqlite3"):
            hint = "Install the sqlite3 program: the commands of the runbooks call it."
            raise HandrailError("not drilled: sqlite3 is not on the PATH", hint)
        self._folder, self._source = folder, source
        self._workshop = SqliteWorkshop(folder, source, progress)
        self._numbers = count(1)

    def origin(self) -> Origin | None:
        """Return what the database is that was asked for, None where there is none."""
        return self._workshop.origin() if self._source else None

    def base(self) -> DatabaseCopy:
        """Return a copy of that database, or an empty one."""
        return self._workshop.copy_source() if self._source else self._workshop.empty()

    @contextmanager
    def open(self, base: DatabaseCopy) -> Iterator[Ground]:
        """Open a new ground with what is in ``base``."""
        path = os.path.join(self._folder, f"drill-{next(self._numbers)}")
        with new_folder(path, {"DB": _FILE}, _CLIENT) as folder:
            copy_database(base.address()["DB"], folder.inside(_FILE))
            with closing(sqlite3.connect(folder.inside(_FILE))) as connection:
                connection.execute("PRAGMA journal_mode=DELETE")
            yield SqliteGround(folder)


class SqliteGround:
    """``rehearsal.ground.Ground`` over the file ``app.db`` of the clone."""

    address: Mapping[str, str] = {"DATABASE FILE": _FILE}

    def __init__(self, folder: GroundFolder) -> None:
        self._folder = folder
        self._path = folder.inside(_FILE)
        self._unseen = 0

    def lay(self, path: str, data: bytes) -> None:
        """Write a file."""
        self._folder.lay(path, data)

    def terminal(self) -> Terminal:
        """Return a new terminal, open until the ground is left."""
        return self._folder.terminal()

    def look(self) -> DatabaseCopy:
        """Return a copy of the database to look at."""
        path = self._folder.spare()
        copy_database(self._path, path)
        return SqliteCopy(path, self._folder.spare)

    def run(self, statements: Sequence[str]) -> str:
        """Run statements one by one, each on its own, and return '' or why one of them was refused."""
        with closing(sqlite3.connect(self._path, isolation_level=None)) as connection:
            return _run(connection, statements)

    def run_unseen(self, statements: Sequence[str]) -> str:
        """Run statements so that what they did lies in the ``-wal`` alone, as after a crash.

        Nothing is run once the file is another one than the one that they were first run on.
        """
        if self._unseen not in (0, _number(self._path)):
            return ""
        parts = [self._path, f"{self._path}-wal"]
        with closing(sqlite3.connect(self._path, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
            error = _run(connection, statements)
            there = [part for part in parts if os.path.exists(part)]
            for part in there:
                shutil.copy(part, f"{part}.crashed")
        for part in there:
            os.replace(f"{part}.crashed", part)
        self._unseen = _number(self._path)
        return error

    def take_backup(self, path: str) -> str:
        """Write a backup to a new file, and return the hash of the content that is noted with it."""
        copy_database(self._path, self._folder.inside(path))
        return self._folder.terminal().run(f"sqlite3 {path} .sha3sum", _HASH_SECONDS).text.strip()

    def damage(self, table: str) -> None:
        """Overwrite the head of the first page of a table."""
        _damage(self._path, table)

    def damage_backup(self, path: str) -> None:
        """Overwrite the head of the first page of a table of the backup."""
        _damage(self._folder.inside(path), "")


def _number(path: str) -> int:
    """Return what the system knows a file by, -1 where there is none."""
    return os.stat(path).st_ino if os.path.exists(path) else -1


def _run(connection: sqlite3.Connection, statements: Sequence[str]) -> str:
    try:
        connection.execute("PRAGMA foreign_keys=ON")
        for each in statements:
            connection.execute(each)
    except sqlite3.Error as error:
        return str(error)
    return ""


def _damage(path: str, table: str) -> None:
    """Overwrite the head of the first page of a table, or of the last one (sqlite.org/fileformat2.html)."""
    query = "SELECT rootpage FROM sqlite_master WHERE type = 'table' AND ? IN ('', name) ORDER BY 1 DESC"
    with closing(sqlite3.connect(path)) as connection:
        (page,) = connection.execute(query, (table,)).fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    with open(path, "r+b") as file:
        file.seek((page - 1) * size)
        file.write(_JUNK)
