"""A folder with copies of a SQLite database."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from hashlib import blake2b
from itertools import count

from handrail.adapters.new_file import new_file
from handrail.adapters.sqlite_copy import SqliteCopy
from handrail.adapters.sqlite_source import MAGIC, copy_database, written_at
from handrail.core.database import Origin
from handrail.core.errors import HandrailError
from handrail.ports import DatabaseCopy, Progress


class SqliteWorkshop:
    """``ports.Workshop`` in ``folder``, which is ours. ``source`` is the path of a database file, or ''."""

    engine = "sqlite"
    version = sqlite3.sqlite_version

    def __init__(self, folder: str, source: str, progress: Progress) -> None:
        self._folder, self._source, self._progress = folder, source, progress
        self._numbers = count(1)

    def _new(self) -> str:
        return os.path.join(self._folder, f"copy-{next(self._numbers)}.db")

    def copy_source(self) -> SqliteCopy:
        """Return a copy of the source, consistent even while others write to it."""
        path = self._new()
        copy_database(self._source, path, self._tell("copying the database"))
        return SqliteCopy(path, self._new)

    def _tell(self, what: str) -> Callable[[int, int], None]:
        return lambda done, of: self._progress.say(what, done, of)

    def empty(self) -> SqliteCopy:
        """Return an empty database."""
        return SqliteCopy(self._new(), self._new)

    def origin(self) -> Origin:
        """Return the name of the file, when it was last written to, and a hash of the place where it lies."""
        place = blake2b(os.fsencode(os.path.realpath(self._source)), digest_size=8).hexdigest()
        name = os.path.basename(self._source)
        return Origin(name, written_at(self._source), "production", f"place:{place}")

    def take_backup(self, path: str, of: DatabaseCopy | None = None) -> None:
        """Write a backup of the source, or of a copy, to a new file: as a whole, or not at all."""
        source = of.address()["DB"] if of else self._source
        with new_file(path) as draft:
            copy_database(source, draft, self._tell("taking the backup"))
            _settle(draft)

    def spare_file(self) -> str:
        """Return the path of a file that is not there yet, removed with the copies."""
        return self._new()

    def restore(self, path: str) -> SqliteCopy:
        """Return a database with what is in a backup. Raises ``HandrailError`` when it cannot be restored."""
        for suffix in ("-wal", "-journal"):
            if os.path.exists(path + suffix):
                raise HandrailError(
                    f"{path}{suffix} lies beside it: this is a database in use, or a copy of its files",
                    "Take a backup of it: handrail backup take",
                )
        place = self._new()
        try:
            with open(path, "rb") as file:
                if file.read(len(MAGIC)) != MAGIC:
                    raise HandrailError(f"{path} is no SQLite database", "It is not a backup of one.")
            shutil.copyfile(path, place)
        except OSError as error:
            raise HandrailError(f"{path}: {(error.strerror or str(error)).lower()}") from None
        return SqliteCopy(place, self._new)


def _settle(path: str) -> None:
    """Leave one file that is whole: no log beside it, whatever the source used."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
