"""SQLite in memory: it says no where SQLite does, ends what runs on, and goes back to an image."""

import os
import time
from pathlib import Path

import pytest

from handrail.adapters.scratch import open_scratch
from handrail.adapters.sqlite import LONGEST, SqliteScratch
from handrail.migrations.front_end import Runner
from handrail.migrations.front_ends import front_end
from handrail.migrations.operations import Script

FOREVER = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"
WHILE = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n LIMIT 100000"
TOO_LONG = f"SELECT zeroblob({LONGEST + 1})"


def scratch(*statements: str) -> SqliteScratch:
    made = SqliteScratch()
    for statement in statements:
        assert made.run(statement) == ""
    return made


def names(of: SqliteScratch) -> list[str]:
    return [name for (name,) in of.rows("SELECT name FROM sqlite_schema ORDER BY name")]


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("SELECT * FROM nowhere", "no such table: nowhere"),
        ("CREATE TABLE t (a)", "table t already exists"),
        ("INSERT INTO t VALUES (NULL)", "NOT NULL constraint failed: t.a"),
        ("FLY", 'near "FLY": syntax error'),
        ("SELECT 1; SELECT 2", "You can only execute one statement at a time."),
        ("SELECT '\0'", "the query contains a null character"),
    ],
)
def test_what_the_engine_refuses_is_said(statement: str, problem: str) -> None:
    assert scratch("CREATE TABLE t (a NOT NULL)").run(statement) == problem


@pytest.mark.parametrize(
    "statement",
    [
        FOREVER,
        "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) INSERT INTO t SELECT x FROM n",
        f"CREATE TABLE u AS {FOREVER}",
    ],
)
def test_what_runs_on_is_stopped_and_leaves_nothing(statement: str) -> None:
    made = scratch("CREATE TABLE t (a)")
    begin = time.monotonic()
    assert made.run(statement) == "interrupted"
    assert time.monotonic() - begin < 30
    assert names(made) == ["t"]
    assert made.rows("SELECT count(*) FROM t") == [(0,)]


def test_each_statement_has_its_own_time() -> None:
    made = scratch()
    assert made.run(FOREVER) == "interrupted"
    for _ in range(3):
        assert made.run(WHILE) == ""


def test_a_value_that_is_too_long_is_refused() -> None:
    assert scratch().run(TOO_LONG) == "string or blob too big"


def test_rows_take_values() -> None:
    made = scratch("CREATE TABLE t (a)", "INSERT INTO t VALUES ('x'), ('it''s')")
    assert made.rows("SELECT a FROM t WHERE a = ?", ("it's",)) == [("it's",)]


def test_an_image_is_gone_back_to() -> None:
    made = scratch("CREATE TABLE t (a)", "INSERT INTO t VALUES (1)")
    image = made.image()
    assert made.run("DROP TABLE t") == ""
    made.load(image)
    assert made.rows("SELECT a FROM t") == [(1,)]
    made.load(b"")
    assert names(made) == []


def test_nothing_made_is_no_image() -> None:
    assert scratch().image() == b""


def test_what_was_loaded_has_the_same_limits() -> None:
    made = scratch("CREATE TABLE t (a)")
    made.load(made.image())
    assert made.run(FOREVER) == "interrupted"
    assert made.run(TOO_LONG) == "string or blob too big"


def test_a_scratch_is_opened_empty() -> None:
    assert open_scratch().rows("SELECT * FROM sqlite_schema") == []


FILES = {
    "ATTACH 'there.db' AS there": "statement.opaque",
    "/* */ attach database 'there.db' as there": "statement.opaque",
    "VACUUM INTO 'there.db'": "maintenance",
    "vacuum main into 'there.db'": "maintenance",
    "ATTACH 'there.db' AS there; CREATE TABLE there.t (a)": "statement.opaque",
    "PRAGMA temp_store_directory = '.'": "statement.opaque",
    "SELECT load_extension('./there.so')": "statement.opaque",
    "SELECT writefile('there.db', 'x')": "statement.opaque",
    "CREATE VIRTUAL TABLE c USING csv(filename='there.csv')": "statement.opaque",
}


@pytest.mark.parametrize("sql", FILES)
def test_no_script_reaches_a_file(sql: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    step = front_end("sqlite", Runner(), open_scratch).apply(Script("x.sql", sql))
    assert os.listdir(tmp_path) == []
    assert step.operations[0].kind == FILES[sql]
