"""Files on disk."""

from __future__ import annotations

import os
import sys

from handrail.core.errors import HandrailError

TYPE_CHECKING = False  # typing's constant of that name, without loading typing
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

SKIPPED = frozenset({".git", ".venv", "node_modules", "__pycache__", "site"})
"""Folders that hold nothing of the team's own; they are not looked into."""

LOCK = ".handrail/lock"


class Disk:
    """``ports.Files`` and ``ports.Watched`` over a folder."""

    def __init__(self, root: str) -> None:
        self.root = os.path.abspath(root)

    def find(self, folder: str, suffixes: tuple[str, ...]) -> tuple[str, ...]:
        """Return the files below ``folder`` with one of the suffixes, sorted.

        Hidden names count; folders of ``SKIPPED`` do not, nor do, when the whole
        repository is asked for, those that only others may read.
        """
        return tuple(sorted(path for path in self._walk(folder) if path.endswith(suffixes)))

    def _walk(self, folder: str) -> Iterator[str]:
        top = os.path.normpath(os.path.join(self.root, folder))
        home = os.path.relpath(top, self.root).replace(os.sep, "/")
        return self._below(top, "" if home == "." else f"{home}/", whole=folder == ".")

    def _below(self, place: str, inside: str, *, whole: bool) -> Iterator[str]:
        """Yield the files below a folder; ``inside`` stands before their names, links to folders are left."""
        try:
            with os.scandir(place) as there:
                entries = list(there)
        except OSError as error:
            foreign = whole and inside and isinstance(error, PermissionError)
            if not (foreign or isinstance(error, FileNotFoundError)):
                raise _problem(inside.rstrip("/") or ".", error) from None
            return
        for each in entries:
            link = each.is_symlink()
            if not (os.path.isdir(each.path) if link else each.is_dir()):
                yield inside + each.name
            elif not link and each.name not in SKIPPED:
                yield from self._below(f"{place}/{each.name}", f"{inside}{each.name}/", whole=whole)

    def top(self) -> tuple[str, ...]:
        """Return the names of the files that lie in the root itself, sorted."""
        _, _, names = next(os.walk(self.root), ("", [], []))
        return tuple(sorted(names))

    def read(self, path: str, limit: int | None = None) -> bytes:
        """Return the bytes of a file, at most ``limit`` of them."""
        try:
            with open(os.path.join(self.root, path), "rb") as file:
                return file.read(-1 if limit is None else limit)
        except OSError as error:
            raise _problem(path, error) from None

    def read_or_none(self, path: str) -> bytes | None:
        """Return the bytes of a file, or None when there is no such file."""
        try:
            with open(os.path.join(self.root, path), "rb") as file:
                return file.read()
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise _problem(path, error) from None

    def exists(self, path: str) -> bool:
        """Tell whether a file or folder is there."""
        return os.path.lexists(os.path.join(self.root, path))

    def inside(self, path: str) -> str:
        """Return a path, given as one of this process or of the root, as the root sees it.

        Raises ``HandrailError`` for one that lies outside.
        """
        real = os.path.realpath(path if os.path.lexists(path) else os.path.join(self.root, path))
        inside = os.path.relpath(real, os.path.realpath(self.root)).replace(os.sep, "/")
        if inside == ".." or inside.startswith("../"):
            raise HandrailError(f"{path} lies outside the repository", "Point --root at the folder above it.")
        return inside

    def is_folder(self, path: str) -> bool:
        """Tell whether a folder is there."""
        return os.path.isdir(os.path.join(self.root, path))

    def is_link(self, path: str) -> bool:
        """Tell whether ``path`` itself is a symbolic link."""
        return os.path.islink(os.path.join(self.root, path))

    def problem_with(self, path: str) -> str:
        """Say why ``path`` is no safe place to write to, or ''."""
        if os.path.isabs(path) or path.startswith(("/", "\\")) or ":" in path.split("/", 1)[0]:
            return "the path is absolute"
        if ".." in path.replace("\\", "/").split("/"):
            return "the path leads upwards (..)"
        real_root = os.path.realpath(self.root)
        target = os.path.realpath(os.path.join(self.root, path))
        if target != real_root and not target.startswith(real_root + os.sep):
            return "a symbolic link on the path leads out of the repository"
        if os.path.islink(os.path.join(self.root, path)):
            return "the path is a symbolic link"
        if os.path.isdir(target):
            return "there is a folder of that name"
        above = self._nearest_folder(path)
        if not os.path.isdir(above):
            return f"'{os.path.relpath(above, self.root).replace(os.sep, '/')}' is a file, not a folder"
        return ""

    def may_write(self, path: str) -> bool:
        """Tell whether the system lets us write and remove where ``path`` is."""
        return os.access(self._nearest_folder(path), os.W_OK | os.X_OK)

    def _nearest_folder(self, path: str) -> str:
        """Return the folder of ``path``, or what stands there instead of it or of one above."""
        folder = os.path.dirname(os.path.join(self.root, path))
        while not os.path.lexists(folder):
            folder = os.path.dirname(folder)
        return folder

    def write(self, path: str, data: bytes) -> None:
        """Write a file as a whole: to a neighbour first, flushed, then renamed over the old one."""
        target = os.path.join(self.root, path)
        folder, name = os.path.split(target)
        draft = os.path.join(folder, f".{name}.{os.getpid()}.handrail-new")
        try:
            os.makedirs(folder, exist_ok=True)
            mode = os.stat(target).st_mode & 0o777 if os.path.exists(target) else None
            with open(draft, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            if mode is not None:
                os.chmod(draft, mode)
            os.replace(draft, target)
        except OSError as error:
            _discard(draft)
            raise _problem(path, error) from None

    def remove(self, path: str) -> None:
        """Remove a file, and the folders that this leaves empty."""
        target = os.path.join(self.root, path)
        try:
            os.remove(target)
        except (FileNotFoundError, NotADirectoryError):
            return
        except OSError as error:
            raise _problem(path, error) from None
        folder = os.path.dirname(target)
        while folder != self.root and not os.listdir(folder):
            os.rmdir(folder)
            folder = os.path.dirname(folder)

    def locked(self) -> Lock:
        """Return the repository's lock; a writer that holds it first clears up after a killed one."""
        return Lock(os.path.join(self.root, LOCK), self.sweep)

    def sweep(self) -> None:
        """Remove the drafts of a writer that was killed; nobody else holds the lock now."""
        for path in self.find(".", (".handrail-new",)):
            _discard(os.path.join(self.root, path))

    def stamps(self, folders: Iterable[str]) -> Mapping[str, tuple[int, int]]:
        """Return (modification time in ns, size) of every file below ``folders``."""
        found: dict[str, tuple[int, int]] = {}
        for folder in folders:
            for path in (folder, *self._walk(folder)):
                try:
                    status = os.stat(os.path.join(self.root, path))
                except OSError:
                    continue
                found[path] = (status.st_mtime_ns, status.st_size)
        return found


class Lock:
    """An exclusive lock on a file, held inside ``with``. The system frees it when the process dies."""

    def __init__(self, path: str, once_held: Callable[[], None]) -> None:
        self.path, self.once_held, self.handle = path, once_held, -1

    def __enter__(self) -> None:
        try:
            os.makedirs(os.path.dirname(self.path), exist_ok=True)
            self.handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise _problem(LOCK, error) from None
        _lock(self.handle)
        self.once_held()

    def __exit__(self, *_: object) -> None:
        os.close(self.handle)


def _lock(handle: int) -> None:
    """Wait for an exclusive lock on an open file."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_LOCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX)


def _discard(path: str) -> None:
    try:
        os.remove(path)
    except OSError:
        return


def _problem(path: str, error: OSError) -> HandrailError:
    reason = (error.strerror or str(error)).lower()
    hints = {
        IsADirectoryError: "A file is expected there, not a folder.",
        NotADirectoryError: "A part of the path is a file, not a folder.",
        FileExistsError: "A part of the path is a file, not a folder.",
        PermissionError: "Give yourself the right to it: chmod u+rw",
        FileNotFoundError: "Look at the path, or at --root.",
    }
    return HandrailError(f"{path}: {reason}", hints.get(type(error), ""))


def read_anywhere(path: str) -> bytes:
    """Return the bytes of a file that may lie outside of any repository, of standard input for '-'."""
    if path == "-":
        return sys.stdin.buffer.read()
    folder, name = os.path.split(os.path.abspath(path))
    return Disk(folder).read(name)
