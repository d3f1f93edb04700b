"""mysqldump and the client: copies of a database that others may be writing to, and backups."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import IO

from handrail.adapters.mysql.session import socket_of
from handrail.core.database_address import DatabaseAddress
from handrail.core.errors import HandrailError

_DUMP = ("mariadb-dump", "mysqldump")
_CLIENT = ("mariadb", "mysql")
_WHOLE = (
    "--single-transaction", "--quick", "--routines", "--triggers", "--events", "--hex-blob",
    "--skip-lock-tables", "--default-character-set=utf8mb4", "--no-tablespaces",
)  # fmt: skip
_LAST_WORDS = b"-- Dump completed"
_OTHER_DATABASE = re.compile(rb"\s*(?:/\*!\d+ )?(?:USE|(?:CREATE|DROP) (?:DATABASE|SCHEMA))\b", re.IGNORECASE)
_DEFINER = re.compile(rb"DEFINER=(?:`(?:[^`]|``)*`|'[^']*'|\S+?)@(?:`(?:[^`]|``)*`|'[^']*'|\S+) ?")
_ENABLED = re.compile(rb"(\bON COMPLETION (?:NOT )?PRESERVE) ENABLE\b")
_LAST = 600


def options_file(address: DatabaseAddress, folder: str) -> str:
    """Write how a program of MySQL finds a database to a file that only we can read; return its path."""
    words = {
        "user": address.user,
        "password": address.password,
        "host": address.host if not address.host.startswith("/") else "",
        "port": address.port,
        "socket": socket_of(address) or "",
    }
    lines = ["[client]", *(f"{key}={_quoted(value)}" for key, value in words.items() if value)]
    if address.database:
        lines += ["[mysql]", f"database={_quoted(address.database)}"]
    home = tempfile.mkdtemp(prefix="mysql-", dir=folder)
    path = os.path.join(home, "my.cnf")
    with open(path, "w", encoding="utf-8", errors="surrogateescape", opener=_private) as file:
        file.write("\n".join(lines) + "\n")
    return path


def dump_to(path: str, options: str, database: str) -> None:
    """Write a dump to a file that is not there: whole, or not at all. Raises ``HandrailError``."""
    if os.path.lexists(path):
        raise HandrailError(f"{path} is there already", "Name a new file: nothing is overwritten.")
    part = ""
    try:
        handle, part = tempfile.mkstemp(
            prefix=f".{os.path.basename(path)}.", dir=os.path.dirname(path) or "."
        )
        with os.fdopen(handle, "wb") as file:
            _finish(_start(_dump(options, database), stdout=file))
            os.fsync(file.fileno())
        os.link(part, path)  # unlike a rename it never replaces what came meanwhile
    except OSError as error:
        raise HandrailError(f"{path} cannot be written: {error.strerror}") from None
    finally:
        with suppress(OSError):
            os.unlink(part)


def pipe(options: str, database: str, target: str) -> None:
    """Copy a database into an empty one, without a file between. ``target`` is its file of options."""
    dump = _start(_dump(options, database), stdout=subprocess.PIPE)
    try:
        assert dump.stdout is not None
        load(dump.stdout, target)
    finally:
        _end(dump)
    _finish(dump)


def restore_from(path: str, target: str) -> None:
    """Restore a dump into an empty database. Raises ``HandrailError`` with what the client says."""
    try:
        with open(path, "rb") as file:
            file.seek(max(os.fstat(file.fileno()).st_size - 200, 0))
            if _LAST_WORDS not in file.read():
                raise HandrailError(f"{path} is not whole: it lacks the last line of a dump")
            file.seek(0)
            load(file, target)
    except OSError as error:
        raise HandrailError(f"{path} cannot be read: {error.strerror}") from None


def load(lines: Iterable[bytes], target: str) -> None:
    """Give the lines of a dump to the client. Raises ``HandrailError``."""
    command = [_program(_CLIENT), f"--defaults-extra-file={target}", "--default-character-set=utf8mb4"]
    client = _start([*command, "--batch"], stdin=subprocess.PIPE)
    try:
        assert client.stdin is not None
        with suppress(BrokenPipeError):  # the client ended, and says why
            client.stdin.writelines(_harmless(lines))
            client.stdin.close()
        _finish(client)
    finally:
        _end(client)


def _harmless(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the lines of a dump without what reaches beyond the copy: databases, users, clocks."""
    for line in lines:
        if line.startswith(b"INSERT INTO "):
            yield line
        elif _OTHER_DATABASE.match(line):
            raise HandrailError("the dump names a database of its own", "Take it without --databases.")
        elif line.startswith(b"ALTER DATABASE "):
            continue  # around a routine of another collation: it names the source
        elif line.startswith((b"/*!", b"CREATE ")):
            yield _ENABLED.sub(rb"\1 DISABLE", _DEFINER.sub(b"", line))
        else:
            yield line


def _dump(options: str, database: str) -> list[str]:
    return [_program(_DUMP), f"--defaults-extra-file={options}", *_WHOLE, "--", database]


def _program(names: tuple[str, ...]) -> str:
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        hint = "Debian: apt-get install mariadb-client"
        raise HandrailError(f"not rehearsed: neither {' nor '.join(names)} is on this machine", hint)
    return found


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


class _Program(subprocess.Popen[bytes]):
    """A program that runs, and the file of what it says."""

    said: IO[bytes]


def _start(
    command: list[str], stdin: int = subprocess.DEVNULL, stdout: int | IO[bytes] = subprocess.DEVNULL
) -> _Program:
    said = tempfile.TemporaryFile()  # noqa: SIM115  # closed at the end; a pipe could fill
    try:
        program = _Program(
            command, stdin=stdin, stdout=stdout, stderr=said, env={**os.environ, "LC_ALL": "C"}
        )
    except OSError as error:
        said.close()
        raise HandrailError(f"{os.path.basename(command[0])} does not run: {error.strerror}") from None
    program.said = said
    return program


def _finish(program: _Program) -> None:
    """Wait for the end of a program. Raises ``HandrailError`` when it failed."""
    code = program.wait()
    if not program.said.closed:
        program.said.seek(0)
        words = " ".join(program.said.read().decode("utf-8", "replace").split())
        _end(program)
        if code:
            name = os.path.basename(str(program.args[0]))  # type: ignore[index]  # a list, always
            raise HandrailError(f"{name} failed: {words[-_LAST:] or f'exit code {code}'}")


def _end(program: _Program) -> None:
    """End a program that may still run."""
    if program.poll() is None:
        program.kill()
    program.wait()
    for each in (program.stdin, program.stdout, program.said):
        if each is not None and not each.closed:
            with suppress(BrokenPipeError):
                each.close()
