"""What a run that was killed leaves behind, and who removes it; what is never removed."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from handrail.adapters.workshops import open_workshop
from tests.integration.databases import Silent, databases, psql, url
from tests.integration.servers import Target

Process = subprocess.Popen[bytes]

PROBE = """
import sys, time
from handrail.adapters.workshops import open_workshop
from tests.integration.databases import Silent
with open_workshop("postgresql", sys.argv[1], Silent()) as workshop:
    made = workshop.copy_source() if sys.argv[1] else workshop.empty()
    print(made.address()["PGDATABASE"], made.address()["PGHOST"], flush=True)
    time.sleep(60)
"""


def start(address: str) -> Process:
    return subprocess.Popen([sys.executable, "-c", PROBE, address], stdout=subprocess.PIPE)


def told(process: Process) -> list[str]:
    assert process.stdout is not None
    return process.stdout.readline().decode().split()


def end(process: Process, number: int) -> None:
    process.send_signal(number)
    process.wait(timeout=30)


@pytest.fixture
def beside(source: Target) -> Iterator[Process]:
    """Yield another run that has a copy on the server of the source."""
    with start(url(source)) as process:
        yield process
        process.kill()
    with open_workshop("postgresql", url(source), Silent()):
        pass  # what is left of it goes


@pytest.fixture
def alone(postgresql: object) -> Iterator[Process]:
    """Yield another run that has a server of its own."""
    assert postgresql
    with start("") as process:
        yield process
        process.kill()


def server_of(folder: str) -> int:
    return int((Path(folder) / "data" / "postmaster.pid").read_text().splitlines()[0])


def test_a_database_of_a_dead_run_goes_and_that_of_a_live_one_stays(beside: Process, source: Target) -> None:
    name, _ = told(beside)
    with open_workshop("postgresql", url(source), Silent()):
        assert name in databases(source)
    end(beside, signal.SIGKILL)
    assert name in databases(source)
    with open_workshop("postgresql", url(source), Silent()):
        assert name not in databases(source)


def test_what_only_looks_like_ours_stays(source: Target) -> None:
    names = ["handrail_1", "handrail_0a0a0a0a_1_2_3_0a0a0a0a", "handrail_production"]
    for name in names:
        psql(source, f"CREATE DATABASE {name}", "postgres")
    try:
        with open_workshop("postgresql", url(source), Silent()):
            assert set(names) <= databases(source)
    finally:
        for name in names:
            psql(source, f"DROP DATABASE {name}", "postgres")


def test_a_server_of_a_dead_run_is_stopped_and_removed(alone: Process) -> None:
    _, folder = told(alone)
    pid = server_of(folder)
    end(alone, signal.SIGKILL)
    os.kill(pid, 0)
    with open_workshop("postgresql", "", Silent()):
        assert not os.path.exists(os.path.dirname(folder))
        assert pid not in running()


def test_a_run_that_is_told_to_stop_takes_its_server_along(alone: Process) -> None:
    _, folder = told(alone)
    pid = server_of(folder)
    end(alone, signal.SIGINT)
    assert not os.path.exists(os.path.dirname(folder))
    assert pid not in running()


def running() -> set[int]:
    """Return the processes that are no zombies."""
    found = subprocess.run(["ps", "-eo", "pid=,stat="], capture_output=True, text=True, check=True).stdout
    return {int(line.split()[0]) for line in found.splitlines() if not line.split()[1].startswith("Z")}
