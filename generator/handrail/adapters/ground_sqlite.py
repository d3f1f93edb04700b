"""A SQLite file that stands for production, in a folder that stands for the clone."""

import os
import shutil
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from itertools import count

from handrail.adapters.processes import end_groups
from handrail.adapters.sqlite_copy import SqliteCopy
from handrail.adapters.sqlite_source import copy_database
from handrail.adapters.sqlite_workshop import SqliteWorkshop
from handrail.adapters.terminal import BashTerminal
from handrail.core.database import Origin
from handrail.core.errors import HandrailError
from handrail.ports import DatabaseCopy, Progress
from handrail.rehearsal.ground import Ground, Terminal

_FILE = "app.db"
_JUNK = b"\xff" * 64
_CLIENT = 'sqlite3 -bail "$DB"'


class SqliteGrounds:
    """``rehearsal.ground.Grounds`` in ``folder``, which is ours. ``source`` is a database file, or ''."""

    engine = "sqlite"
    version = sqlite3.sqlite_version

    def __init__(self, folder: str, source: str, progress: Progress) -> None:
        if not shutil.which("sqlite3"):
            hint = "Install the sqlite3 program: the runbook's commands call it."
            raise HandrailError("sqlite3 is not on the PATH", hint)
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
        folder = os.path.join(self._folder, f"drill-{next(self._numbers)}")
        os.makedirs(os.path.join(folder, "work"))
        path = os.path.join(folder, "work", _FILE)
        copy_database(base.address()["DB"], path)
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE")
        ground = SqliteGround(folder)
        try:
            yield ground
        finally:
            ground.close()
            end_groups(folder)
            shutil.rmtree(folder, ignore_errors=True)


class SqliteGround:
    """``rehearsal.ground.Ground`` over ``work/app.db`` in ``folder``."""

    address: Mapping[str, str] = {"DATABASE FILE": _FILE}

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._work = os.path.join(folder, "work")
        self._path = self._inside(_FILE)
        self._terminals: list[BashTerminal] = []
        self._looks = count(1)

    def _inside(self, path: str) -> str:
        return os.path.join(self._work, path)

    def lay(self, path: str, data: bytes) -> None:
        """Write a file."""
        place = self._inside(path)
        os.makedirs(os.path.dirname(place), exist_ok=True)
        with open(place, "wb") as file:
            file.write(data)

    def look(self) -> DatabaseCopy:
        """Return a copy of the database to look at."""
        path = os.path.join(self._folder, f"look-{next(self._looks)}.db")
        copy_database(self._path, path)
        return SqliteCopy(path, lambda: f"{path}.copy")

    def run(self, statements: Sequence[str]) -> str:
        """Run statements one by one, each on its own, and return '' or why one of them was refused."""
        with closing(sqlite3.connect(self._path, isolation_level=None)) as connection:
            return _run(connection, statements)

    def run_unseen(self, statements: Sequence[str]) -> str:
        """Run statements so that what they did lies in the ``-wal`` alone, as after a crash."""
        parts = [self._path, f"{self._path}-wal"]
        with closing(sqlite3.connect(self._path, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
            error = _run(connection, statements)
            for part in parts:
                if os.path.exists(part):
                    shutil.copy(part, f"{part}.crashed")
        for part in parts:
            if os.path.exists(f"{part}.crashed"):
                os.replace(f"{part}.crashed", part)
        return error

    def take_backup(self, path: str) -> str:
        """Write a backup to a new file, and return the hash of the content that is noted with it."""
        copy_database(self._path, self._inside(path))
        terminal = self._open()
        return terminal.run(f"sqlite3 {path} .sha3sum", 60).text.strip()

    def damage(self, table: str) -> None:
        """Overwrite the head of the first page of a table."""
        _damage(self._path, table)

    def damage_backup(self, path: str) -> None:
        """Overwrite the head of the first page of the backup's first table."""
        _damage(self._inside(path), "")

    def terminal(self) -> Terminal:
        """Return a new terminal, open until the ground is left."""
        return self._open()

    def _open(self) -> BashTerminal:
        hidden = os.path.join(self._folder, f"terminal-{len(self._terminals)}")
        opened = BashTerminal(self._work, hidden, {"DB": _FILE}, _CLIENT)
        self._terminals.append(opened)
        return opened

    def close(self) -> None:
        """Close its terminals."""
        for each in self._terminals:
            each.close()


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
