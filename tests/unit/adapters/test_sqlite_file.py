import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from handrail.adapters.sqlite_file import SqliteFile
from handrail.core.errors import HandrailError


def make(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        for statement in statements:
            database.execute(statement)


def test_rows_are_read_and_nothing_is_laid_beside(tmp_path: Path) -> None:
    path = tmp_path / "a b#?.db"
    make(path, "PRAGMA journal_mode = WAL", "CREATE TABLE t(a)", "INSERT INTO t VALUES (1)")
    before = (path.read_bytes(), os.listdir(tmp_path))
    assert SqliteFile(str(path)).rows("SELECT a FROM t") == [(1,)]
    assert (path.read_bytes(), os.listdir(tmp_path)) == before


def test_what_stands_in_the_log_only_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "app.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("PRAGMA journal_mode = WAL")
        writer.execute("CREATE TABLE t(a)")
        assert SqliteFile(str(path)).rows("SELECT name FROM sqlite_master") == [("t",)]


def test_nothing_can_be_written(tmp_path: Path) -> None:
    make(tmp_path / "app.db", "CREATE TABLE t(a)")
    with pytest.raises(HandrailError, match="readonly"):
        SqliteFile(str(tmp_path / "app.db")).rows("INSERT INTO t VALUES (1)")


def test_a_damaged_file_is_told_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "app.db"
    path.write_bytes(b"SQLite format 3\0" + b"\xff" * 2000)
    with pytest.raises(HandrailError, match=r"app\.db: ") as caught:
        SqliteFile(str(path)).rows("SELECT * FROM sqlite_master")
    assert "integrity_check" in caught.value.hint
