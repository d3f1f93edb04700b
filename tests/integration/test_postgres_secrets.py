"""A password is nowhere: in no message, no argument of a program, no variable of a command."""

import os
import subprocess
import threading
import time
from pathlib import Path

import pytest

from handrail.adapters.workshops import open_workshop
from handrail.core.errors import HandrailError
from tests.integration.databases import Silent, name_of, psql, url
from tests.integration.servers import Target

PASSWORD = "s3cret-Pa:ss\\w@rd/%"  # noqa: S105  # of a role that lives as long as a test
ESCAPED = "s3cret-Pa%3Ass%5Cw%40rd%2F%25"
PART = "s3cret"


def with_password(source: Target, password: str) -> str:
    return url(source, f"ann:{password}")


@pytest.fixture
def guarded(source: Target) -> Target:
    """Return a source with a role that has a password, and something to copy."""
    psql(source, f"CREATE ROLE ann LOGIN CREATEDB PASSWORD '{PASSWORD}'; CREATE TABLE t (id int);"
                 "INSERT INTO t SELECT generate_series(1, 200000); ALTER TABLE t OWNER TO ann;")  # fmt: skip
    return source


def test_no_argument_of_a_program_holds_it(guarded: Target, tmp_path: Path) -> None:
    seen: set[str] = set()
    over = threading.Event()

    def watch() -> None:
        while not over.is_set():
            listed = subprocess.run(["ps", "-ewwo", "args="], capture_output=True, check=True).stdout.decode()
            seen.update(line for line in listed.splitlines() if "pg_" in line or PART in line)
            time.sleep(0.01)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        with open_workshop("postgresql", with_password(guarded, ESCAPED), Silent()) as workshop:
            copy = workshop.copy_source()
            workshop.take_backup(str(tmp_path / "b.dump"))
            workshop.restore(str(tmp_path / "b.dump"))
            told = f"{copy.address()} {workshop.origin()}"
    finally:
        over.set()
        watcher.join()
    assert any("pg_dump" in line for line in seen)
    assert not [line for line in seen if PART in line]
    assert PART not in told


def test_a_command_finds_it_in_a_file_that_nobody_else_reads(guarded: Target) -> None:
    with open_workshop("postgresql", with_password(guarded, ESCAPED), Silent()) as workshop:
        address = workshop.copy_source().address()
        passfile = address["PGPASSFILE"]
        assert os.stat(passfile).st_mode & 0o077 == 0
        assert "s3cret-Pa\\:ss\\\\w@rd/%" in Path(passfile).read_text()
    assert not os.path.exists(passfile)


def test_no_error_quotes_it(guarded: Target, tmp_path: Path) -> None:
    said = []
    addresses = (
        with_password(guarded, ESCAPED).replace(name_of(guarded), "nowhere"),
        with_password(guarded, ESCAPED).replace(guarded.env["PGHOST"], str(tmp_path)),
        f"postgresql://ann:{ESCAPED}@localhost:1/{name_of(guarded)}",
        f"postgresql://ann:{ESCAPED}@localhost:none/{name_of(guarded)}",
        f"postgresql://ann:{ESCAPED}@localhost/x?host={guarded.env['PGHOST']}&sslmode=nonsense",
    )
    for address in addresses:
        with pytest.raises(HandrailError) as raised, open_workshop("postgresql", address, Silent()):
            pass
        said.append(f"{raised.value} {raised.value.hint} {raised.value.__cause__} {raised.value.__context__}")
    assert len(said) == 5
    assert not [each for each in said if PART in each]


def test_what_a_server_quotes_is_hidden(guarded: Target) -> None:
    with open_workshop("postgresql", with_password(guarded, ESCAPED), Silent()) as workshop:
        copy = workshop.copy_source()
        with pytest.raises(HandrailError, match=r"\*\*\*") as raised:
            copy.query(f"SELECT '{PASSWORD}'::int")
        assert PART not in str(raised.value)
