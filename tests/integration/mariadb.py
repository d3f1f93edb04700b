"""A real MariaDB for the integration tests, and what it shows of a schema.

It runs from the system's own binaries, in a temporary folder, on a unix socket
only and with durability off.
"""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import NamedTuple

from handrail.migrations.statements import split

SERVER = ("mariadbd", "mysqld")
CLIENT = ("mariadb", "mysql")
INSTALL = ("mariadb-install-db", "mysql_install_db")
FOLDERS = "/usr/sbin:/usr/local/sbin"
START_SECONDS = 60
COMMAND_SECONDS = 60

COLUMNS = """SELECT table_name, column_name, column_type, is_nullable, IFNULL(column_default, 'NULL'), extra,
 IFNULL(generation_expression, '') FROM information_schema.columns
 WHERE table_schema = database() ORDER BY table_name, ordinal_position"""
INDEXES = """SELECT table_name, index_name, non_unique, GROUP_CONCAT(column_name ORDER BY seq_in_index)
 FROM information_schema.statistics WHERE table_schema = database()
 GROUP BY table_name, index_name, non_unique"""
KEYS = """SELECT k.table_name, k.constraint_name, GROUP_CONCAT(k.column_name ORDER BY k.ordinal_position),
 k.referenced_table_name, GROUP_CONCAT(k.referenced_column_name ORDER BY k.ordinal_position),
 r.delete_rule, r.update_rule
 FROM information_schema.key_column_usage k JOIN information_schema.referential_constraints r
 ON r.constraint_schema = k.constraint_schema AND r.constraint_name = k.constraint_name
 AND r.table_name = k.table_name
 WHERE k.table_schema = database() AND k.referenced_table_name IS NOT NULL
 GROUP BY k.table_name, k.constraint_name, k.referenced_table_name, r.delete_rule, r.update_rule"""
TABLES = """SELECT table_name, table_type, IFNULL(engine, ''), IFNULL(table_collation, '')
 FROM information_schema.tables WHERE table_schema = database()"""


class Unavailable(Exception):
    """There is no MariaDB to test with; the message says why."""


class Server(NamedTuple):
    """A running MariaDB. ``names`` numbers its scratch databases."""

    client: str
    socket: Path
    names: Iterator[int]

    def database(self) -> str:
        """Create an empty database and return its name."""
        name = f"scratch_{next(self.names)}"
        self.run("", f"CREATE DATABASE {name} CHARACTER SET utf8mb4")
        return name

    def run(self, database: str, script: str) -> list[list[str]]:
        """Run a script and return the rows that it shows; what the server refuses is a ``RuntimeError``."""
        command = [
            self.client,
            "--no-defaults",
            "-S",
            str(self.socket),
            "-uroot",
            "-N",
            "-B",
            "--raw",
            database,
        ]
        done = subprocess.run(
            [each for each in command if each], input=script.encode(), capture_output=True,
            timeout=COMMAND_SECONDS, check=False,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(done.stderr.decode(errors="replace").strip())
        return [line.split("\t") for line in done.stdout.decode().splitlines()]

    def play(self, database: str, script: str) -> None:
        """Run a script as Handrail splits it: the client would cut procedures at their semicolons."""
        texts = [each.text for each in split(script, "mysql")]
        self.run(database, "DELIMITER $$$$\n" + "".join(f"{each}\n$$$$\n" for each in texts))


def _program(names: tuple[str, ...]) -> str:
    path = f"{os.environ.get('PATH', '')}:{FOLDERS}"
    found = next((each for each in (shutil.which(name, path=path) for name in names) if each), None)
    if found is None:
        raise Unavailable(f"no {names[0]} on this machine (Debian: mariadb-server)")
    return found


@contextmanager
def running() -> Iterator[Server]:
    """Yield a running MariaDB in a temporary folder, or raise ``Unavailable``."""
    server, client, install = (_program(each) for each in (SERVER, CLIENT, INSTALL))
    with tempfile.TemporaryDirectory(prefix="mdb") as folder:
        home = Path(folder)
        user = f"--user={'root' if os.geteuid() == 0 else os.environ.get('USER', 'nobody')}"
        made = subprocess.run(
            [install, "--no-defaults", f"--datadir={home}/data", "--auth-root-authentication-method=normal",
             "--skip-test-db", user],
            capture_output=True, timeout=COMMAND_SECONDS, check=False,
        )  # fmt: skip
        if made.returncode:
            raise Unavailable(f"{install} failed: {made.stderr.decode(errors='replace').strip()[-300:]}")
        socket = home / "s"
        process = subprocess.Popen(
            [server, "--no-defaults", f"--datadir={home}/data", f"--socket={socket}", user,
             "--skip-networking", "--innodb-flush-log-at-trx-commit=0", "--innodb-buffer-pool-size=16M",
             f"--pid-file={home}/pid", f"--log-error={home}/log"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            found = Server(client, socket, count(1))
            _wait(found, process)
            yield found
        finally:
            process.terminate()
            process.wait(timeout=START_SECONDS)


def _wait(server: Server, process: subprocess.Popen[bytes]) -> None:
    ends = time.monotonic() + START_SECONDS
    while True:
        try:
            server.run("", "SELECT 1")
        except RuntimeError as reason:
            if process.poll() is not None or time.monotonic() > ends:
                raise Unavailable(f"MariaDB does not start: {reason}") from reason
            time.sleep(0.1)
        else:
            return
