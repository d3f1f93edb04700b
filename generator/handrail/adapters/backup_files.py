"""Backup files on the disk, and the notes beside them."""

import os
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from hashlib import sha256

from handrail.adapters.new_file import new_file
from handrail.core.backup import HEAD, Seen
from handrail.core.errors import HandrailError
from handrail.ports import Progress

_PIECE = 1 << 20
_OWN_FILES = ("-wal", "-journal")
"""What SQLite lays beside a database in use. A ``-shm`` holds locks only, and no rows."""

_IGNORE = "# Backups hold the data of the database: they do not belong in a repository.\n*\n"


class DiskBackups:
    """``commands.backup_world.BackupFiles``."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def seen(self, path: str, database: str) -> Seen:
        """Return what a file shows from outside. It is read once, or twice where ``database`` is as long."""
        try:
            with open(path, "rb") as file:
                head = file.read(HEAD)
            found = os.stat(path)
            digest = self._sha256(path)
            return Seen(
                path,
                head,
                found.st_size,
                digest,
                datetime.fromtimestamp(found.st_mtime, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
                tuple(os.path.basename(path) + each for each in _OWN_FILES if os.path.exists(path + each)),
                bool(database) and os.path.exists(database) and os.path.samefile(path, database),
                self._is_copy(database, found.st_size, digest),
                bool(database) and _size(f"{os.path.realpath(database)}-wal") > 0,
            )
        except OSError as error:
            hint = "Name the file of a backup." if isinstance(error, FileNotFoundError) else ""
            raise HandrailError(f"{path}: {(error.strerror or str(error)).lower()}", hint) from None

    def _is_copy(self, database: str, size: int, digest: str) -> bool:
        return bool(database) and _size(database) == size and self._sha256(database) == digest

    def _sha256(self, path: str) -> str:
        total, done, size = sha256(), 0, _size(path)
        with open(path, "rb") as file:
            while piece := file.read(_PIECE):
                total.update(piece)
                done += len(piece)
                self._progress.say("reading the file", done, size)
        return total.hexdigest()

    def place(self, folder: str, name: str) -> str:
        """Return the path of a new file in a folder; one that is made here is no part of a repository."""
        try:
            if not os.path.isdir(folder):
                os.makedirs(folder, 0o700)
                with open(os.path.join(folder, ".gitignore"), "w", encoding="utf-8") as file:
                    file.write(_IGNORE)
        except OSError as error:
            raise HandrailError(f"{folder}: {(error.strerror or str(error)).lower()}") from None
        return os.path.join(folder, name)

    def new(self, path: str) -> AbstractContextManager[str]:
        """Yield the path of a draft; when the block ends well, it becomes the new file ``path``."""
        return new_file(path)

    def save(self, path: str, text: str) -> None:
        """Write a new file, whole or not at all."""
        with new_file(path) as draft, open(draft, "x", encoding="utf-8") as file:
            file.write(text)

    def read_or_none(self, path: str) -> bytes | None:
        """Return the bytes of a file, or None when there is no such file."""
        try:
            with open(path, "rb") as file:
                return file.read()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise HandrailError(f"{path}: {(error.strerror or str(error)).lower()}") from None


def _size(path: str) -> int:
    """Return how long a file is, 0 where there is none."""
    return os.path.getsize(path) if os.path.exists(path) else 0
