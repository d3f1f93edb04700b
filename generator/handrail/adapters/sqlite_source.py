"""A SQLite database of the user's, read as it is at one moment and not touched."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from urllib.parse import quote

from handrail.core.errors import HandrailError

MAGIC = b"SQLite format 3\x00"
_PAGES = 4096
"""Pages that are copied between two looks at the keyboard."""

_WAL = 2


def _silent(done: int, of: int) -> None:
    """Tell nobody."""


def copy_database(path: str, target: str, tell: Callable[[int, int], None] = _silent) -> None:
    """Copy the database at ``path`` to a new file, with every committed row and no other.

    Others may go on writing to it. ``tell`` gets pages done, and all pages.
    Nothing is written to the source or beside it; only a ``-shm`` file that is there already, which holds
    locks, is used. Raises ``HandrailError`` when it is no database, damaged, locked, or half written.
    """
    if not os.path.isfile(path):
        raise HandrailError(f"{path}: there is no such file", "Name the SQLite file of the application.")
    try:
        with _opened(path, target) as source, closing(sqlite3.connect(target)) as copy:
            source.execute("BEGIN")
            source.execute("SELECT count(*) FROM sqlite_master").fetchone()  # from here on it stands still
            source.backup(copy, pages=_PAGES, progress=lambda _, left, of: tell(of - left, of))
    except sqlite3.Error as error:
        hint = "Try on a copy of the file: sqlite3 FILE 'PRAGMA integrity_check'"
        raise HandrailError(f"{path}: {error}", hint) from None
    except OSError as error:
        raise HandrailError(f"{path}: {(error.strerror or str(error)).lower()}") from None


@contextmanager
def _opened(path: str, target: str) -> Iterator[sqlite3.Connection]:
    """Yield a connection that reads the source, in the one way that leaves nothing beside it."""
    has_log, is_open = os.path.exists(f"{path}-wal"), os.path.exists(f"{path}-shm")
    if has_log and not is_open:
        yield from _unpacked(path, target)
        return
    address = f"file:{quote(os.path.abspath(path))}?mode=ro"
    if not has_log and _journal(path) == _WAL:
        address += "&immutable=1"  # nobody has it open, and opening it otherwise lays files beside it
    with closing(sqlite3.connect(address, uri=True, isolation_level=None)) as connection:
        yield connection


def _unpacked(path: str, target: str) -> Iterator[sqlite3.Connection]:
    """Yield a connection to a copy of the files of a database that a crash left with its log."""
    draft = f"{target}.files"
    try:
        for suffix in ("", "-wal"):
            shutil.copyfile(path + suffix, draft + suffix)
        with closing(sqlite3.connect(draft, isolation_level=None)) as connection:
            yield connection
    finally:
        for suffix in ("", "-wal", "-shm"):
            if os.path.exists(draft + suffix):
                os.remove(draft + suffix)


def _journal(path: str) -> int:
    """Return the byte of the header that says how commits are written: https://sqlite.org/fileformat2.html"""
    with open(path, "rb") as file:
        header = file.read(20)
    if header and header[:16] != MAGIC:
        raise HandrailError(f"{path} is no SQLite database", "Name the SQLite file of the application.")
    return header[18] if len(header) == 20 else 0


def written_at(path: str) -> str:
    """Return when a database was last written to, in UTC: 2026-11-24T09:00:00Z."""
    files = [each for each in (path, f"{path}-wal") if os.path.exists(each)]
    newest = max(os.stat(each).st_mtime for each in files)
    return datetime.fromtimestamp(newest, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
