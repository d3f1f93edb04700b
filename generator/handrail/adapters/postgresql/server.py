"""A PostgreSQL server of our own, in a private folder, and the end of those that killed runs left behind."""

import glob
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from handrail.adapters.postgresql.binaries import Binaries
from handrail.core.errors import HandrailError

SUPERUSER = "postgres"
_PREFIX = "postgresql-"
_USERS = ("postgres", "nobody")
"""Whom root runs a server as: PostgreSQL refuses root."""

_OPTIONS = (
    "-c listen_addresses='' -c unix_socket_permissions=0700 -c fsync=off -c synchronous_commit=off "
    "-c full_page_writes=off -c shared_buffers=32MB -c max_connections=40 -c autovacuum=off -c jit=off "
    "-c max_wal_size=4GB -c wal_level=minimal -c max_wal_senders=0 -c logging_collector=off"
)
_LOCALES = ("C.UTF-8", "C")
_START_SECONDS = 60
_STOP_SECONDS = 10


@contextmanager
def private_server(binaries: Binaries, place: str) -> Iterator[str]:
    """Start a server in a new folder below ``place``; yield the folder of its socket; stop and remove it.

    It listens on a socket that only its user and root can reach, and forgets
    what it was told when the machine stops. Raises ``HandrailError``.
    """
    home = tempfile.mkdtemp(prefix=_PREFIX, dir=place)
    try:
        user = _given_to_user(binaries, home, place)
        _make_cluster(binaries, home, user)
        options = f"-c unix_socket_directories='{home}' {_OPTIONS}"
        control = [binaries.program("pg_ctl"), "-D", f"{home}/data", "-w", "-t", str(_START_SECONDS), "-s"]
        _run([*control, "-l", f"{home}/log", "-o", options, "start"], home, user)
        yield home
    finally:
        _end(home)
        shutil.rmtree(home, ignore_errors=True)


def stop_servers(place: str) -> None:
    """Stop every server whose data lies below ``place``: the folder of a run that is over."""
    for home in glob.glob(os.path.join(glob.escape(place), _PREFIX + "*")):
        _end(home)


def _make_cluster(binaries: Binaries, home: str, user: str) -> None:
    command = [binaries.program("initdb"), "-D", f"{home}/data", "-U", SUPERUSER, "-A", "trust", "-E", "UTF8"]
    for locale in _LOCALES:
        try:
            _run([*command, f"--locale={locale}", "--no-sync"], home, user)
        except HandrailError:
            if locale == _LOCALES[-1]:
                raise
        else:
            return


def _given_to_user(binaries: Binaries, home: str, place: str) -> str:
    """Give the folder to the user that the server runs as; return its name, '' for ourselves."""
    if sys.platform == "win32" or os.geteuid() != 0:
        return ""
    reason = ""
    for user in _USERS:
        try:
            shutil.chown(home, user)
            _open_way(place, user)
            _run([binaries.program("initdb"), "--version"], home, user)
        except (LookupError, OSError, HandrailError) as error:
            reason = str(error)
        else:
            return user
    raise HandrailError(
        f"not rehearsed: PostgreSQL refuses to run as root, and no other user can run it here: {reason}",
        "Run handrail as another user, or set TMPDIR to a folder that others can reach.",
    )


def _open_way(place: str, user: str) -> None:
    """Let the server's user, and no other, pass through the folder of this run to its own."""
    import pwd

    os.chown(place, -1, pwd.getpwnam(user).pw_gid)
    os.chmod(place, 0o710)  # noqa: S103  # its group is the one of that user


def _run(command: list[str], home: str, user: str) -> None:
    """Run a program of PostgreSQL as ``user`` in ``home``. Raises ``HandrailError`` with its last words."""
    # A file, not a pipe: the server inherits it, and a pipe would be open as long as that runs.
    with open(os.path.join(home, "said"), "w+b") as said:
        try:
            done = subprocess.run(
                command, cwd=home, stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT,
                env={"PATH": os.defpath, "LC_ALL": "C", "HOME": home, "TMPDIR": home},
                timeout=_START_SECONDS * 2, check=False, **_as_user(user),
            )  # fmt: skip
        except (OSError, subprocess.SubprocessError) as error:
            raise HandrailError(f"{os.path.basename(command[0])} does not run: {error}") from None
        if done.returncode:
            said.seek(0)
            words = said.read() + _tail(os.path.join(home, "log"))
            reason = " ".join(words.decode(errors="replace").split())[-400:]
            raise HandrailError(f"{os.path.basename(command[0])} failed: {reason}")


def _as_user(user: str) -> dict[str, Any]:
    if not user:
        return {}
    import pwd

    return {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []}


def _tail(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read()[-400:]
    except OSError:
        return b""


def _end(home: str) -> None:
    """End what runs in the folder of a server, at once: nothing in it is kept."""
    pids = _running(home)
    for number in (signal.SIGQUIT, signal.SIGKILL):
        for pid in pids:
            with suppress(OSError):
                os.kill(pid, number)
        until = time.monotonic() + _STOP_SECONDS
        while pids and time.monotonic() < until:
            time.sleep(0.02)
            pids = [pid for pid in pids if _is_of(pid, home)]


def _running(home: str) -> list[int]:
    """Return the processes of a server: the one that it names itself, and a start that was cut off."""
    pids = set()
    with suppress(OSError, ValueError), open(os.path.join(home, "data", "postmaster.pid"), "rb") as file:
        pids.add(int(file.readline()))
    with suppress(OSError):
        pids.update(int(name) for name in os.listdir("/proc") if name.isdigit())
    return [pid for pid in sorted(pids) if pid != os.getpid() and _is_of(pid, home)]


def _is_of(pid: int, home: str) -> bool:
    """Tell whether a process is a program of PostgreSQL that works in ``home``: numbers are used again."""
    try:
        with open(f"/proc/{pid}/cmdline", "rb") as file:
            words = os.fsdecode(file.read()).split("\0")
    except OSError:
        if os.path.isdir("/proc/self"):
            return False
        words = _told_by_ps(pid)
    return bool(words) and "-D" in words and os.path.join(home, "data") in words


def _told_by_ps(pid: int) -> list[str]:
    try:
        told = subprocess.run(
            ["ps", "-ww", "-o", "args=", "-p", str(pid)],
            capture_output=True,
            timeout=_STOP_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return []
    return os.fsdecode(told.stdout).split()
