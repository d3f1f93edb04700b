"""A SQLite database of the user's, read as it is at one moment and not touched."""

import os
import shutil
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from typing import BinaryIO
from urllib.parse import quote

from handrail.core.errors import HandrailError

MAGIC = b"SQLite format 3\x00"
_PAGES = 4096
"""Pages that are copied between two looks at the keyboard."""

_TRIES = 5

_SHARED_FIRST, _SHARED_SIZE = 0x40000002, 510

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
    real = os.path.realpath(path)  # its log lies beside the file that a link points at
    try:
        for _ in range(_TRIES):
            before = _stamps(real)
            if _copied(real, target, tell) or _stamps(real) == before:
                return
            os.remove(target)
    except sqlite3.Error as error:
        raise HandrailError(f"{path}: {error}", _hint(error)) from None
    except OSError as error:
        raise HandrailError(f"{path}: {(error.strerror or str(error)).lower()}") from None
    raise HandrailError(f"{path} was opened and changed while it was read", "Try again.")


def _copied(path: str, target: str, tell: Callable[[int, int], None]) -> bool:
    """Copy a database; tell whether its locks kept others from changing it meanwhile.

    Where nobody has it open there are no locks to take without laying files beside it.
    """
    has_log, is_open = os.path.exists(f"{path}-wal"), os.path.exists(f"{path}-shm")
    if has_log and not is_open:
        _copy_files(path, target, "-wal", tell)
        return False
    if not has_log and _journal(path) == _WAL:
        _copy(_address(path) + "&immutable=1", target, tell)
        return False
    try:
        _copy(_address(path), target, tell)
    except sqlite3.OperationalError as error:
        half_written = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_READONLY
        if not half_written or not os.path.exists(f"{path}-journal"):
            raise
    else:
        return True
    _copy_files(path, target, "-journal", tell)
    return False


def _address(path: str) -> str:
    return f"file:{quote(os.fsencode(path))}?mode=ro"


def _copy(address: str, target: str, tell: Callable[[int, int], None]) -> None:
    with (
        closing(sqlite3.connect(address, uri=True, isolation_level=None)) as source,
        closing(sqlite3.connect(target)) as copy,
    ):
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()  # from here on it stands still
        source.backup(copy, pages=_PAGES, progress=lambda _, left, of: tell(of - left, of))


def _copy_files(path: str, target: str, log: str, tell: Callable[[int, int], None]) -> None:
    """Copy a database that a crash left with its log, by way of a copy of both files."""
    draft = f"{target}.files"
    try:
        for suffix in ("", log):
            with open(path + suffix, "rb") as file, open(draft + suffix, "wb") as copy:
                if not suffix:
                    _refuse_locked(file)
                shutil.copyfileobj(file, copy)
        _copy(f"file:{quote(os.fsencode(draft))}?mode=rw", target, tell)
    finally:
        for suffix in ("", "-wal", "-shm", "-journal"):
            if os.path.exists(draft + suffix):
                os.remove(draft + suffix)


def _refuse_locked(file: BinaryIO) -> None:
    """Raise ``sqlite3.OperationalError`` when a process has the database for itself alone.

    It then keeps in its memory what others find in ``-shm``. The bytes that are
    locked: https://sqlite.org/fileformat2.html#the_lock_byte_page
    """
    if sys.platform == "win32":
        return  # there such a file cannot be read
    import fcntl

    try:
        fcntl.lockf(file, fcntl.LOCK_SH | fcntl.LOCK_NB, _SHARED_SIZE, _SHARED_FIRST)
    except OSError:
        raise sqlite3.OperationalError("database is locked") from None


def _stamps(path: str) -> tuple[tuple[int, int, int] | None, ...]:
    return tuple(_stamp(path + suffix) for suffix in ("", "-wal", "-journal"))


def _stamp(path: str) -> tuple[int, int, int] | None:
    try:
        found = os.stat(path)
    except FileNotFoundError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


def _hint(error: sqlite3.Error) -> str:
    if "locked" in str(error):
        return "Somebody holds it for writing alone. Try again when that is over, or stop the writer."
    return "Try on a copy of the file: sqlite3 FILE 'PRAGMA integrity_check'"


def _journal(path: str) -> int:
    """Return the byte of the header that says how commits are written: https://sqlite.org/fileformat2.html"""
    with open(path, "rb") as file:
        header = file.read(20)
    if header and header[:16] != MAGIC:
        raise HandrailError(f"{path} is no SQLite database", "Name the SQLite file of the application.")
    return header[18] if len(header) == 20 else 0


_COUNTED = (18, 19, *range(24, 28), *range(40, 44), *range(92, 100))
"""Bytes of the header: how commits are written, how many there were and of the schema, by which SQLite.

https://sqlite.org/fileformat2.html
"""


def _uncounted(header: bytes) -> bytes:
    return bytes(letter for place, letter in enumerate(header) if place not in _COUNTED)


def have_same_pages(one: str, other: str) -> bool:
    """Tell whether two database files hold the same, byte for byte."""
    with open(one, "rb") as left, open(other, "rb") as right:
        if _uncounted(left.read(100)) != _uncounted(right.read(100)):
            return False
        while chunk := left.read(1 << 20):
            if chunk != right.read(1 << 20):
                return False
        return not right.read(1)


def written_at(path: str) -> str:
    """Return when a database was last written to, in UTC: 2026-11-24T09:00:00Z."""
    real = os.path.realpath(path)
    newest = max((stamp[2] for stamp in _stamps(real) if stamp), default=0)
    return datetime.fromtimestamp(newest / 1e9, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
