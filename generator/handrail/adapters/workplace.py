"""A private folder for copies of databases. What a killed run left behind, the next one removes.

The folders of all runs lie together in one place of the user's. The name of
each says whose it is, from the moment on in which it is there; only one whose
owner is provably gone is removed, and never one of another user.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from handrail.core.errors import HandrailError


def _nothing(_: str) -> None:
    pass


@contextmanager
def open_workplace(stop: Callable[[str], None] = _nothing) -> Iterator[str]:
    """Yield the path of an empty folder of our own; it is removed at the end.

    Before, the folders of runs that were killed are removed. ``stop`` is called on
    each folder before it goes: it stops a server that still runs in it.
    Raises ``HandrailError`` when there is no place to write to.
    """
    home = _home()
    for each in _left_behind(home):
        _remove(each, stop)
    folder = tempfile.mkdtemp(prefix=f"{owner()}-", dir=home)
    try:
        yield folder
    finally:
        _remove(folder, stop)


def _remove(folder: str, stop: Callable[[str], None]) -> None:
    stop(folder)
    shutil.rmtree(folder, ignore_errors=True)


def _home() -> str:
    """Return the folder that holds those of all runs. It is ours, and only we may list it."""
    home = os.path.join(tempfile.gettempdir(), f"handrail-{_user()}")
    with suppress(FileExistsError):
        os.mkdir(home, 0o711)  # a server that runs as another user has to get to its own folder below
    if os.path.islink(home) or not os.path.isdir(home) or os.lstat(home).st_uid != _user():
        hint = "Set TMPDIR to a folder of yours with room for copies of the database."
        raise HandrailError(f"{home} is no folder of this user", hint)
    return home


def _left_behind(home: str) -> list[str]:
    with os.scandir(home) as entries:
        return [each.path for each in entries if _is_ours(each) and is_gone(each.name)]


def _is_ours(entry: "os.DirEntry[str]") -> bool:
    try:
        return entry.is_dir(follow_symlinks=False) and entry.stat(follow_symlinks=False).st_uid == _user()
    except FileNotFoundError:  # its run has ended since
        return False


def owner() -> str:
    """Return words that tell this run from every other: process, when it began, start of the machine."""
    return f"{os.getpid()}-{_began(os.getpid())}-{_boot()}"


def is_gone(name: str) -> bool:
    """Tell whether the run whose ``owner()`` opens the name has ended. In doubt it has not."""
    words = name.split("-")
    if len(words) < 3 or not words[0].isdecimal():
        return False
    process, began, boot = int(words[0]), words[1], words[2]
    return boot != _boot() or not _runs(process, began)


def _runs(process: int, began: str) -> bool:
    """Tell whether a process still runs. Its number may have gone to another since."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True  # it is another user's: that number is in use
    return not began or _began(process) in ("", began)


def _began(process: int) -> str:
    """Return when a process began, in ticks since the machine did, '' where the system does not tell.

    The 22nd field of ``/proc/PID/stat``: proc(5). A command's name may hold anything but its last ``)``.
    """
    try:
        with open(f"/proc/{process}/stat", encoding="utf-8", errors="replace") as file:
            return file.read().rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""


def _boot() -> str:
    """Return what changes whenever the machine starts, '' where it does not tell."""
    try:
        with open("/proc/sys/kernel/random/boot_id", encoding="utf-8") as file:
            return file.read(8)
    except OSError:
        return ""


def _user() -> int:
    return 0 if sys.platform == "win32" else os.getuid()
