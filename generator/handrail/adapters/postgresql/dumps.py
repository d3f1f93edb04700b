"""pg_dump and pg_restore: copies of a database that others may be writing to, and backups."""

import os
import re
import subprocess
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from types import TracebackType
from typing import IO, NamedTuple, Self

from handrail.adapters.postgresql.binaries import Binaries
from handrail.core.database_address import DatabaseAddress
from handrail.core.errors import HandrailError

_VARIABLES = {"dbname": "PGDATABASE", "connect_timeout": "PGCONNECT_TIMEOUT", "application_name": "PGAPPNAME"}
_NOT_FOR_CHILDREN = ("sslpassword", "passfile")
_TIMES = ("keepalives", "keepalives_idle", "keepalives_interval", "keepalives_count", "tcp_user_timeout")
"""Words of libpq that have no variable."""

_CREATED = re.compile(r"^CREATE DATABASE .*? WITH TEMPLATE = template0 (.*);$", re.MULTILINE)
_ROLE = re.compile(
    r"^(?:ALTER .* OWNER TO|(?:GRANT|REVOKE) .* (?:TO|FROM)|ALTER DEFAULT PRIVILEGES FOR ROLE"
    r"|CREATE POLICY .* TO) "
    r'("(?:[^"]|"")+"|\w+)(?:[ ;,]|$)',
    re.MULTILINE,
)
_LAST = 600
"""Letters of what a program said that are shown."""


class Made(NamedTuple):
    """What a backup says of its database: the words that made it, and the roles that it mentions."""

    words: str
    roles: tuple[str, ...]


def environment(address: DatabaseAddress, passfile: str) -> dict[str, str]:
    """Return the variables by which libpq finds a database. The password is in a file, not in them."""
    words = {key: value for key, value in address.options if key not in (*_NOT_FOR_CHILDREN, *_TIMES)}
    words |= {"host": address.host, "port": address.port, "user": address.user, "dbname": address.database}
    known = {_variable(key): value for key, value in words.items() if value}
    return {**known, **({"PGPASSFILE": passfile} if address.password else {})}


def write_passfile(address: DatabaseAddress, folder: str) -> str:
    """Write the password to a file that only we can read, in libpq's own form; return its path."""
    handle, path = tempfile.mkstemp(prefix="pass-", dir=folder)
    secret = address.password.replace("\\", "\\\\").replace(":", "\\:")
    with os.fdopen(handle, "w", encoding="utf-8", errors="surrogateescape") as file:
        file.write(f"*:*:*:*:{secret}\n")
    return path


def dump_to(path: str, binaries: Binaries, source: Mapping[str, str]) -> None:
    """Write a dump to a file that is not there: whole, or not at all. Raises ``HandrailError``."""
    if os.path.lexists(path):
        raise HandrailError(f"{path} is there already", "Name a new file: a backup is never written over.")
    try:
        handle, part = tempfile.mkstemp(
            prefix=f".{os.path.basename(path)}.", dir=os.path.dirname(path) or "."
        )
        os.close(handle)
    except OSError as error:
        raise HandrailError(f"{path} cannot be written: {error.strerror}") from None
    try:
        with _Program([*_dump(binaries), "-f", part], source) as dump:
            dump.finish()
        with open(part, "rb") as file:
            os.fsync(file.fileno())
        os.rename(part, path)
    except OSError as error:
        raise HandrailError(f"{path} cannot be written: {error.strerror}") from None
    finally:
        with suppress(OSError):
            os.unlink(part)


def pipe(binaries: Binaries, source: Mapping[str, str], target: Mapping[str, str], *, owners: bool) -> None:
    """Copy a database into an empty one, without a file between. Raises ``HandrailError``."""
    with _Program([*_dump(binaries), "-Z0"], source, stdout=subprocess.PIPE) as dump:
        given = dump.process.stdout
        with _Program(_restore(binaries, target, owners=owners), target, stdin=given) as restore:
            if given is not None:
                given.close()  # so that pg_dump ends when pg_restore does
            restored = restore.failure()
        dumped = dump.failure()
    # Whichever stopped first has the reason; the other one says only that its end of the pipe went.
    if dumped and (not restored or "input file" in restored):
        raise HandrailError(f"pg_dump failed: {dumped}")
    if restored:
        raise HandrailError(f"pg_restore failed: {restored}")


def restore_from(path: str, binaries: Binaries, target: Mapping[str, str], *, owners: bool) -> None:
    """Restore a dump into an empty database. Raises ``HandrailError`` with what pg_restore says."""
    with _Program([*_restore(binaries, target, owners=owners), os.path.abspath(path)], target) as restore:
        restore.finish()


def look_into(path: str, binaries: Binaries) -> Made:
    """Return what a dump says of its database. Raises ``HandrailError`` where it is none."""
    if not os.path.isfile(path):
        raise HandrailError(f"there is no file {path}")
    command = [binaries.program("pg_restore"), "--create", "--schema-only", "-f", "-", os.path.abspath(path)]
    with _Program(command, {}, stdout=subprocess.PIPE) as restore:
        assert restore.process.stdout is not None
        script = restore.process.stdout.read().decode("utf-8", "replace")
        restore.finish()
    words = _CREATED.search(script)
    roles = {each.strip('"').replace('""', '"') for each in _ROLE.findall(script)} - {"PUBLIC"}
    return Made(words[1] if words else "", tuple(sorted(roles)))


def _dump(binaries: Binaries) -> list[str]:
    return [binaries.program("pg_dump"), "-Fc", "--no-password"]


def _restore(binaries: Binaries, target: Mapping[str, str], *, owners: bool) -> list[str]:
    given = [] if owners else ["--no-owner", "--no-privileges", "--no-publications"]
    where = ["--no-password", "-d", target["PGDATABASE"]]
    return [binaries.program("pg_restore"), "--exit-on-error", "--no-subscriptions", *given, *where]


def _variable(word: str) -> str:
    return _VARIABLES.get(word, f"PG{word.upper().replace('_', '')}")


class _Program:
    """A program that runs; it is ended with its block, whatever happens."""

    def __init__(
        self,
        command: list[str],
        variables: Mapping[str, str],
        stdin: IO[bytes] | None = None,
        stdout: int = subprocess.DEVNULL,
    ) -> None:
        self._name = os.path.basename(command[0])
        self._said = tempfile.TemporaryFile()  # noqa: SIM115  # closed with the block; a pipe could fill
        try:
            self.process = subprocess.Popen(
                command, stdin=stdin or subprocess.DEVNULL, stdout=stdout, stderr=self._said,
                env={**_inherited(variables), "LC_ALL": "C", **variables},
            )  # fmt: skip
        except OSError as error:
            self._said.close()
            raise HandrailError(f"{self._name} does not run: {error.strerror}") from None

    def failure(self) -> str:
        """Wait until it ends; return '' or what it said when it failed."""
        code = self.process.wait()
        self._said.seek(0)
        said = " ".join(self._said.read().decode("utf-8", "replace").split())
        return (said[-_LAST:] or f"exit code {code}") if code else ""

    def finish(self) -> None:
        """Wait until it ends. Raises ``HandrailError`` when it failed."""
        failure = self.failure()
        if failure:
            raise HandrailError(f"{self._name} failed: {failure}")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()
        self._said.close()


def _inherited(variables: Mapping[str, str]) -> dict[str, str]:
    """Return our own variables, without those that would send a program to another server."""
    elsewhere = ("PGSERVICE", "PGHOSTADDR", "PGOPTIONS") if "PGHOST" in variables else ()
    return {key: value for key, value in os.environ.items() if key not in elsewhere}
