"""A MariaDB of our own: in a temporary folder, on a unix socket, durability off."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager

_PATH = f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin"
_MODE = (
    "ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,"
    "NO_ENGINE_SUBSTITUTION"
)
"""What MySQL 8 is strict about."""

_START_SECONDS = 60


@contextmanager
def running_mariadb() -> Iterator[str]:
    """Yield the socket of a running server."""
    server, install, admin = map(_program, ("mariadbd", "mariadb-install-db", "mariadb-admin"))
    home = tempfile.mkdtemp(prefix="accuracy-my-")
    user = "root" if os.geteuid() == 0 else os.environ.get("USER", "nobody")
    common = ["--no-defaults", f"--datadir={home}/data", f"--user={user}"]
    try:
        made = [install, *common, "--auth-root-authentication-method=normal", "--skip-test-db"]
        subprocess.run(made, check=True, capture_output=True)
        options = [
            *(f"--socket={home}/s", "--skip-networking", f"--log-error={home}/log", f"--pid-file={home}/pid"),
            *("--innodb-flush-log-at-trx-commit=0", "--innodb-flush-method=nosync", f"--sql-mode={_MODE}"),
            *(
                "--character-set-server=utf8mb4",
                "--event-scheduler=OFF",
                "--log-bin-trust-function-creators=1",
            ),
        ]
        process = subprocess.Popen([server, *common, *options], stderr=subprocess.DEVNULL)
        try:
            _wait([admin, "--no-defaults", "-S", f"{home}/s", "-uroot", "ping"], process)
            yield f"{home}/s"
        finally:
            process.terminate()
            process.wait(timeout=_START_SECONDS)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _program(name: str) -> str:
    found = shutil.which(name, path=_PATH)
    if found is None:
        raise SystemExit(f"There is no {name} here; on Debian: apt-get install mariadb-server")
    return found


def _wait(ping: list[str], process: "subprocess.Popen[bytes]") -> None:
    ends = time.monotonic() + _START_SECONDS
    while subprocess.run(ping, capture_output=True, check=False).returncode:
        if process.poll() is not None or time.monotonic() > ends:
            raise SystemExit("MariaDB does not start")
        time.sleep(0.1)
