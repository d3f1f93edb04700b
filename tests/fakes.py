"""The ports, in memory. ``tests/unit/adapters`` holds them against the real adapters."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from handrail.adapters.disk import SKIPPED
from handrail.core.errors import HandrailError

CHECKOUT = Path(__file__).resolve().parents[1]


class MemoryFiles:
    """``ports.Files`` and ``ports.Watched`` over a dictionary.

    ``log`` says what was done to it; ``barred`` are paths that the system does not let us
    write, ``links`` those that are symbolic links.
    """

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = dict(files)
        self.log: list[str] = []
        self.barred: set[str] = set()
        self.links: set[str] = set()

    def find(self, folder: str, suffixes: tuple[str, ...]) -> tuple[str, ...]:
        """Return the files below ``folder`` with one of the suffixes, sorted."""
        if folder in self.files:
            raise _problem(folder, "not a directory")
        inside = "" if folder == "." else folder + "/"
        found = (path for path in self.files if path.startswith(inside))
        seen = (path for path in found if not SKIPPED & set(path.removeprefix(inside).split("/")[:-1]))
        return tuple(sorted(path for path in seen if path.endswith(suffixes)))

    def top(self) -> tuple[str, ...]:
        """Return the names of the files that lie in the root itself, sorted."""
        return tuple(sorted(path for path in self.files if "/" not in path))

    def read(self, path: str, limit: int | None = None) -> bytes:
        """Return the bytes of a file, at most ``limit`` of them."""
        self._refuse_folder(path)
        if path not in self.files:
            raise _problem(path, "not a directory" if self._above(path) else "no such file or directory")
        return self.files[path][:limit]

    def read_or_none(self, path: str) -> bytes | None:
        """Return the bytes of a file, or None."""
        self._refuse_folder(path)
        return self.files.get(path)

    def exists(self, path: str) -> bool:
        """Tell whether a file or folder is there."""
        return path in self.files or self._is_folder(path)

    def is_folder(self, path: str) -> bool:
        """Tell whether a folder is there."""
        return self._is_folder(path)

    def is_link(self, path: str) -> bool:
        """Tell whether ``path`` is a symbolic link."""
        return path in self.links

    def problem_with(self, path: str) -> str:
        """Say why ``path`` is no safe place to write to, or ''."""
        if path.startswith(("/", "\\")) or ":" in path.split("/", 1)[0]:
            return "the path is absolute"
        if ".." in path.replace("\\", "/").split("/"):
            return "the path leads upwards (..)"
        if self._above(path):
            return f"'{self._above(path)}' is a file, not a folder"
        return "there is a folder of that name" if self._is_folder(path) else ""

    def may_write(self, path: str) -> bool:
        """Tell whether the system lets us write and remove where ``path`` is."""
        return path not in self.barred

    def write(self, path: str, data: bytes) -> None:
        """Write a file as a whole."""
        self._refuse_folder(path)
        if self._above(path):
            raise _problem(path, "not a directory")
        self.log.append(f"write {path}")
        self.files[path] = data

    def remove(self, path: str) -> None:
        """Remove a file."""
        self._refuse_folder(path)
        self.log.append(f"remove {path}")
        self.files.pop(path, None)

    def _is_folder(self, path: str) -> bool:
        return any(each.startswith(path + "/") for each in self.files)

    def _refuse_folder(self, path: str) -> None:
        if self._is_folder(path):
            raise _problem(path, "is a directory")

    def _above(self, path: str) -> str:
        """Return the file that stands where ``path`` needs a folder, or ''."""
        parts = path.split("/")
        above = ("/".join(parts[:count]) for count in range(1, len(parts)))
        return next((each for each in above if each in self.files), "")

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the lock."""
        self.log.append("lock")
        try:
            yield
        finally:
            self.log.append("unlock")

    def stamps(self, folders: Iterable[str]) -> Mapping[str, tuple[int, int]]:
        """Return (a number that changes with the content, size) of every file below ``folders``."""
        paths = [path for folder in folders for path in self.find(folder, ("",))]
        return {path: (hash(self.files[path]), len(self.files[path])) for path in paths}


def _problem(path: str, reason: str) -> HandrailError:
    return HandrailError(f"{path}: {reason}", "Look at the path.")


class MemoryRepository:
    """``ports.Repository``: revision -> files."""

    def __init__(self, revisions: Mapping[str, Mapping[str, bytes]]) -> None:
        self.revisions = revisions

    def files_at(self, revision: str, folder: str) -> Mapping[str, bytes]:
        """Return the files below ``folder`` as they were at ``revision``."""
        if revision not in self.revisions:
            raise HandrailError(f"there is no revision '{revision}'")
        return {p: raw for p, raw in self.revisions[revision].items() if p.startswith(folder + "/")}

    def origin(self) -> tuple[str, str]:
        """Return (web address, default branch) of the remote."""
        return "https://github.com/acme/ledger", "main"

    def folder(self) -> str:
        """Return the folder of the repository that is worked in."""
        return ""


class ShippedTemplates:
    """``ports.Shipped`` over this checkout, as ``adapters.resources`` would find it."""

    def find(self, folder: str) -> tuple[str, ...]:
        """Return the shipped files below ``folder``, sorted."""
        found = (path for path in (CHECKOUT / folder).rglob("*") if path.is_file())
        return tuple(sorted(path.relative_to(CHECKOUT).as_posix() for path in found))

    def read(self, path: str) -> bytes:
        """Return the bytes of a shipped file."""
        return (CHECKOUT / path).read_bytes()


class StoppingClock:
    """``ports.Clock`` that does something at each wait, and in the end is interrupted."""

    def __init__(self, steps: Iterable[object]) -> None:
        self.steps = iter(steps)

    def sleep(self, seconds: float) -> None:
        """Run the next step instead of waiting ``seconds``."""
        assert seconds > 0
        step = next(self.steps, None)
        if not callable(step):
            raise KeyboardInterrupt
        step()

    def today(self) -> str:
        """Return a day that does not pass."""
        return "2026-11-24"

    def now(self) -> str:
        """Return a time that does not pass."""
        return "20261124174129"
