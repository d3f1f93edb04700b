"""A PostgreSQL of our own: in a temporary folder, on a unix socket, durability off."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from glob import glob

_FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_locks_per_transaction=1024"


def binaries() -> str:
    """Return the folder of the newest PostgreSQL here, '' when there is none."""
    found = glob("/usr/lib/postgresql/*/bin/initdb")
    newest = max(found, key=lambda path: int(path.split("/")[-3]), default=shutil.which("initdb") or "")
    return os.path.dirname(newest)


@contextmanager
def running() -> Iterator[str]:
    """Yield the folder of the socket of a running server."""
    tools = binaries()
    if not tools:
        raise SystemExit("There is no PostgreSQL here; on Debian: apt-get install postgresql")
    home = tempfile.mkdtemp(prefix="accuracy-pg-")
    try:
        if os.geteuid() == 0:
            shutil.chown(home, "postgres")
        data = os.path.join(home, "data")
        _run(f"{tools}/initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
        options = f"-c listen_addresses='' -k {home} {_FAST}"
        _run(f"{tools}/pg_ctl", "-D", data, "-l", f"{home}/log", "-o", options, "-w", "start")
        try:
            yield home
        finally:
            _run(f"{tools}/pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _run(*command: str) -> None:
    user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run([*user, *command], check=True, stdout=subprocess.DEVNULL, cwd="/")
