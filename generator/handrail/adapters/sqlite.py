"""SQLite in memory: the judge of what a script does."""

import sqlite3
from collections.abc import Sequence
from typing import Any

LONGEST = 50_000_000
"""Bytes of a value or statement."""

MOST_WORK = 50_000_000
"""Instructions of SQLite's machine for one statement: a second or so, then it is stopped."""

_STEP = 100_000


class SqliteScratch:
    """``ports.Scratch`` over the SQLite of the standard library. It touches no file.

    The caller sees to it that no statement begins with ATTACH or VACUUM, the two
    that could open one.
    """

    def __init__(self) -> None:
        self._steps = 0
        self._open()

    def _open(self) -> None:
        # A statement kept from before its tables were made anew gives no error, or crashes (SQLite 3.40).
        self._connection = sqlite3.connect(":memory:", isolation_level=None, cached_statements=0)
        self._connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST)
        self._connection.set_progress_handler(self._too_long, _STEP)

    def _too_long(self) -> int:
        self._steps += 1
        return self._steps * _STEP > MOST_WORK

    def run(self, statement: str) -> str:
        """Run one statement; return '' or why the engine refused it."""
        self._steps = 0
        try:
            self._connection.execute(statement).fetchall()
        except (sqlite3.Error, sqlite3.Warning, ValueError, OverflowError) as error:
            return str(error)
        return ""

    def rows(self, query: str, values: Sequence[object] = ()) -> Sequence[tuple[Any, ...]]:
        """Return the rows of a query of ours."""
        self._steps = 0
        return self._connection.execute(query, tuple(values)).fetchall()

    def image(self) -> bytes:
        """Return the whole database, b'' for an empty one, which SQLite refuses to serialize."""
        pages = self._connection.execute("PRAGMA page_count").fetchone()[0]
        return self._connection.serialize() if pages else b""

    def load(self, image: bytes) -> None:
        """Become the database of an image; b'' is an empty one."""
        self._connection.close()
        self._open()
        if image:
            self._connection.deserialize(image)
