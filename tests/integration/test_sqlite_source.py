"""A SQLite database is copied with every committed row, and nothing of it or beside it changes."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from handrail.adapters.sqlite_source import copy_database, written_at
from handrail.core.errors import HandrailError


def make(path: Path, journal: str = "delete", rows: int = 3) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA journal_mode={journal}")
        connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT)")
        connection.executemany("INSERT INTO t (v) VALUES (?)", [(f"v{n}",) for n in range(rows)])


def files(folder: Path) -> dict[str, bytes]:
    """Return what lies in a folder; of files that hold locks only their names."""
    return {
        path.name: b"" if path.name.endswith("-shm") else path.read_bytes()
        for path in sorted(folder.iterdir())
    }


def count(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("SELECT count(*) FROM t").fetchone()[0])


@contextmanager
def writer(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        yield connection


def copied(path: Path, tmp_path: Path) -> Path:
    """Copy, see that the source did not change, and return the copy."""
    target = tmp_path / "away" / "copy.db"
    target.parent.mkdir()
    before = files(path.parent)
    copy_database(str(path), str(target))
    assert files(path.parent) == before
    assert [each.name for each in target.parent.iterdir() if "files" in each.name] == []
    return target


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    return folder / "app.db"


@pytest.mark.parametrize("journal", ["delete", "wal", "truncate", "persist"])
def test_a_database_that_nobody_has_open(home: Path, tmp_path: Path, journal: str) -> None:
    make(home, journal)
    assert count(copied(home, tmp_path)) == 3


@pytest.mark.parametrize("journal", ["delete", "wal"])
def test_a_database_that_somebody_has_open(home: Path, tmp_path: Path, journal: str) -> None:
    make(home, journal)
    with writer(home) as connection:
        connection.execute("INSERT INTO t (v) VALUES ('late')")
        assert count(copied(home, tmp_path)) == 4


def test_rows_that_lie_in_the_log_only(home: Path, tmp_path: Path) -> None:
    make(home, "wal")
    with writer(home) as connection:
        connection.execute("PRAGMA wal_autocheckpoint=0")
        connection.execute("INSERT INTO t (v) VALUES ('in the log')")
        crashed = home.with_name("crashed.db")
        for suffix in ("", "-wal"):
            shutil.copy(f"{home}{suffix}", f"{crashed}{suffix}")
    assert count(copied(crashed, tmp_path)) == 4
    assert not os.path.exists(f"{crashed}-shm")


def test_rows_that_are_not_committed_stay_behind(home: Path, tmp_path: Path) -> None:
    make(home, "wal")
    with writer(home) as connection:
        connection.execute("BEGIN")
        connection.execute("INSERT INTO t (v) VALUES ('not yet')")
        assert count(copied(home, tmp_path)) == 3


def test_an_empty_file_is_an_empty_database(home: Path, tmp_path: Path) -> None:
    home.touch()
    with closing(sqlite3.connect(copied(home, tmp_path))) as connection:
        assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)


def test_a_name_with_letters_of_an_address(tmp_path: Path) -> None:
    folder = tmp_path / "a b?c#d%20"
    folder.mkdir()
    make(folder / "x ü?.db")
    assert count(copied(folder / "x ü?.db", tmp_path)) == 3


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"this is no database at all, only text\n" * 50, "is no SQLite database"),
        (None, "there is no such file"),
    ],
)
def test_what_is_no_database_is_refused(home: Path, tmp_path: Path, content: bytes | None, said: str) -> None:
    if content is not None:
        home.write_bytes(content)
    with pytest.raises(HandrailError, match=said):
        copy_database(str(home), str(tmp_path / "copy.db"))


def test_a_transaction_that_a_crash_left_half_written_is_undone_in_the_copy(
    home: Path, tmp_path: Path
) -> None:
    """Only a program that may write can undo it: reading on would show a state that never was."""
    make(home, rows=2000)
    with writer(home) as connection:
        connection.execute("PRAGMA cache_size=1")
        connection.execute("BEGIN")
        connection.execute("UPDATE t SET v = v || 'x'")
        crashed = home.with_name("crashed.db")
        for suffix in ("", "-journal"):
            shutil.copy(f"{home}{suffix}", f"{crashed}{suffix}")
        connection.execute("ROLLBACK")
    with closing(sqlite3.connect(copied(crashed, tmp_path))) as connection:
        values = connection.execute("SELECT count(*), max(v LIKE '%x') FROM t").fetchone()
    assert values == (2000, 0)


def test_a_lock_that_does_not_go_is_told(home: Path, tmp_path: Path) -> None:
    make(home)
    with writer(home) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        with pytest.raises(HandrailError, match="locked"):
            copy_database(str(home), str(tmp_path / "copy.db"))


def test_when_it_was_written_last(home: Path) -> None:
    make(home)
    os.utime(home, (1764061200, 1764061200))
    assert written_at(str(home)) == "2025-11-25T09:00:00Z"
