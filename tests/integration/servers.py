"""Real databases for the integration tests: a SQLite file, a private PostgreSQL server.

The server runs from the system's own binaries, in a temporary folder, on a
unix socket only and with durability off. Root may not run PostgreSQL, so as
root it runs as the system user ``postgres``.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import NamedTuple

SYSTEM_BINARIES = Path("/usr/lib/postgresql")
NEEDED = ("initdb", "pg_ctl", "psql", "pg_dump", "pg_restore")
NO_DURABILITY = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c shared_buffers=16MB"
START_SECONDS = 60
COMMAND_SECONDS = 60


class Unavailable(Exception):
    """There is no PostgreSQL to test with; the message says why."""


class Target(NamedTuple):
    """A scratch database: ``engine``, the variables that name it, and a folder of its own."""

    engine: str
    env: Mapping[str, str]
    folder: Path


class Server(NamedTuple):
    """A running PostgreSQL. ``names`` numbers its scratch databases."""

    binaries: Path
    socket: Path
    names: Iterator[int]

    def target(self, folder: Path) -> Target:
        """Create an empty database and return it as a target that works in ``folder``."""
        name = f"scratch_{next(self.names)}"
        env = {
            "PATH": f"{self.binaries}:{os.environ['PATH']}",
            "PGHOST": str(self.socket),
            "PGUSER": "postgres",
            "DATABASE_URL": f"postgresql:///{name}",
        }
        create = ["psql", "-Xq", "-d", "postgres", "-c", f'CREATE DATABASE "{name}"']
        subprocess.run(create, env={**os.environ, **env}, check=True, timeout=COMMAND_SECONDS)
        return Target("postgresql", env, folder)


def sqlite_target(folder: Path) -> Target:
    """Return a SQLite database in ``folder``; the file is made by its first statement."""
    return Target("sqlite", {"DB": str(folder / "app.db")}, folder)


def find_binaries() -> Path:
    """Return the folder of the newest PostgreSQL on this machine, or raise ``Unavailable``."""
    found = [path for path in SYSTEM_BINARIES.glob("*/bin") if all((path / name).exists() for name in NEEDED)]
    if found:
        return max(found, key=lambda path: int(path.parent.name))
    on_path = shutil.which("initdb")
    if on_path and all(shutil.which(name) for name in NEEDED):
        return Path(on_path).parent
    raise Unavailable("no PostgreSQL server binaries (initdb, pg_ctl); on Debian: apt-get install postgresql")


def as_server_user(command: list[str]) -> list[str]:
    """Return ``command`` so that it runs as a user that PostgreSQL accepts, or raise ``Unavailable``."""
    if os.geteuid() != 0:
        return command
    if not shutil.which("runuser"):
        raise Unavailable("PostgreSQL refuses to run as root, and runuser is missing")
    return ["runuser", "-u", "postgres", "--", *command]


@contextmanager
def private_postgresql() -> Iterator[Server]:
    """Start a server of our own, and stop and remove it afterwards. Raises ``Unavailable``."""
    binaries = find_binaries()
    as_server_user([])
    home = Path(tempfile.mkdtemp(prefix="pg-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(home, "postgres", "postgres")
        _run([str(binaries / "initdb"), "-D", str(home / "data"), "-U", "postgres", "-A", "trust",
              "-E", "UTF8", "--locale=C", "--no-sync"], home)  # fmt: skip
        control = [str(binaries / "pg_ctl"), "-D", str(home / "data"), "-w", "-t", str(START_SECONDS)]
        options = f"-c listen_addresses='' -c unix_socket_directories='{home}' {NO_DURABILITY}"
        _run([*control, "-l", str(home / "log"), "-o", options, "start"], home)
        try:
            yield Server(binaries, home, count(1))
        finally:
            _run([*control, "-m", "immediate", "stop"], home)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _run(command: list[str], folder: Path) -> None:
    """Run ``command`` as the server's user in ``folder``; its output is shown only when it fails."""
    with (folder / f"{Path(command[0]).name}.out").open("a+") as output:
        done = subprocess.run(
            as_server_user(command), cwd=folder, stdin=subprocess.DEVNULL, stdout=output,
            stderr=subprocess.STDOUT, timeout=START_SECONDS * 2, check=False,
        )  # fmt: skip
        output.seek(0)
        assert done.returncode == 0, output.read()
