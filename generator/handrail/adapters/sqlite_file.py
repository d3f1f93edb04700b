"""A SQLite database file, opened to be read only."""

import os
import sqlite3
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from handrail.core.errors import HandrailError


class SqliteFile:
    """``ports.Database`` over a file. Nothing is written, not even beside it."""

    def __init__(self, path: str) -> None:
        self.path = path
        address = f"file:{quote(os.path.abspath(path))}?mode=ro"
        if not os.path.exists(f"{path}-wal"):
            address += "&immutable=1"  # so that no -shm file is laid beside it
        self._connection = sqlite3.connect(address, uri=True)

    def rows(self, query: str) -> Sequence[tuple[Any, ...]]:
        """Return the rows of a query. Raises ``HandrailError`` when the file is damaged or locked."""
        try:
            return self._connection.execute(query).fetchall()
        except sqlite3.Error as error:
            raise HandrailError(
                f"{self.path}: {error}", "Try: sqlite3 FILE 'PRAGMA integrity_check'"
            ) from None
