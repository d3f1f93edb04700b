"""What a rehearsal sees of a SQLite file: content, schema, problems, counters; what a script may do in it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest

from handrail.adapters.sqlite_copy import SqliteCopy
from handrail.core.database import Problem, TableContent
from handrail.rehearsal.look import look_at
from handrail.rehearsal.objects import differences

USERS = """
CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT, email TEXT NOT NULL UNIQUE, nick TEXT);
CREATE TABLE posts (
    id TEXT PRIMARY KEY, author INTEGER REFERENCES users (id) ON DELETE CASCADE, body TEXT NOT NULL DEFAULT ''
);
CREATE INDEX posts_author ON posts (author);
CREATE VIEW names AS SELECT id, nick FROM users;
CREATE TRIGGER keep BEFORE DELETE ON users BEGIN SELECT raise(ABORT, 'kept') WHERE OLD.nick = 'root'; END;
INSERT INTO users VALUES (1, 'a@x', 'ann'), (2, 'b@x', NULL), (5, 'c@x', 'root');
INSERT INTO posts VALUES ('p1', 1, 'one'), ('p2', 1, 'two'), ('p3', 2, 'three');
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def database(folder: Path, script: str = USERS) -> SqliteCopy:
    """Return a copy whose file holds what a script makes."""
    numbers = count(len(list(folder.iterdir())))
    path = str(folder / f"{next(numbers)}.db")
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(script)
    return SqliteCopy(path, lambda: str(folder / f"copy{next(numbers)}.db"))


def content(folder: Path, script: str, table: str = "t") -> TableContent:
    made = database(folder, script)
    shape = made.schema().tables[table]
    return made.content([shape])[table]


def errors(made: SqliteCopy, *statements: str, transaction: bool = False) -> list[str]:
    """Run statements, and return what the engine said to each."""
    return [each.error for each in made.run(enumerate(statements, 1), transaction=transaction)]


TABLE = "CREATE TABLE t (id INTEGER PRIMARY KEY, v);"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1", "2"),
        ("1", "'1'"),
        ("1", "1.0"),
        ("'a'", "'A'"),
        ("''", "NULL"),
        ("'NULL'", "NULL"),
        ("x'00'", "x'0000'"),
        ("x'61'", "'a'"),
        ("0.1", "0.10000000000000002"),
        ("9007199254740993", "9007199254740992"),
        ("'a '", "'a'"),
        ("CAST(x'ff61' AS TEXT)", "CAST(x'fe61' AS TEXT)"),
    ],
)
def test_an_altered_value_has_another_hash(folder: Path, one: str, other: str) -> None:
    first, second = (content(folder, f"{TABLE} INSERT INTO t VALUES (1, {each});") for each in (one, other))
    assert first.rows == second.rows == 1
    assert first.columns["id"] == second.columns["id"]
    assert first.columns["v"].digest != second.columns["v"].digest


def test_values_that_two_rows_swap_are_seen(folder: Path) -> None:
    first = content(folder, f"{TABLE} INSERT INTO t VALUES (1, 'a'), (2, 'b');")
    second = content(folder, f"{TABLE} INSERT INTO t VALUES (1, 'b'), (2, 'a');")
    assert first.columns["v"].digest != second.columns["v"].digest


def test_the_order_of_rows_and_columns_does_not_count(folder: Path) -> None:
    first = content(
        folder, "CREATE TABLE t (k TEXT PRIMARY KEY, v); INSERT INTO t VALUES ('a', 1), ('b', 2);"
    )
    second = content(
        folder, "CREATE TABLE t (v, k TEXT PRIMARY KEY); INSERT INTO t VALUES (2, 'b'), (1, 'a');"
    )
    assert first == second


def test_equal_content_has_equal_hashes_without_a_key(folder: Path) -> None:
    first = content(folder, "CREATE TABLE t (v); INSERT INTO t VALUES (1), (NULL), (2), (2);")
    second = content(folder, "CREATE TABLE t (v); INSERT INTO t VALUES (2), (2), (NULL), (1);")
    third = content(folder, "CREATE TABLE t (v); INSERT INTO t VALUES (2), (1), (NULL), (1);")
    assert first == second
    assert first.columns["v"].filled == 3
    assert first != third


def test_many_rows_are_hashed_alike_in_any_page_size(folder: Path) -> None:
    numbers = "WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < 5000) "
    rows = f"{numbers} INSERT INTO t SELECT value, 'v' || value FROM n;"
    first = content(folder, f"PRAGMA page_size=512; {TABLE} {rows}")
    second = content(folder, f"PRAGMA page_size=8192; {TABLE} {rows}")
    assert first == second
    assert first.rows == 5000


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("DROP TRIGGER keep", "trigger keep is missing"),
        ("DROP INDEX posts_author", "index posts_author is missing"),
        ("DROP VIEW names", "view names is missing"),
        ("ALTER TABLE users ADD COLUMN x TEXT", "column users.x is left over"),
        ("CREATE TABLE new_users (id)", "table new_users is left over"),
    ],
)
def test_a_difference_of_the_schema_is_named(folder: Path, script: str, said: str) -> None:
    made = database(folder)
    before = made.schema()
    assert errors(made, script) == [""]
    assert said in [str(each) for each in differences(before, made.schema())]


def test_a_column_that_moved_is_no_difference(folder: Path) -> None:
    first = database(folder, "CREATE TABLE t (a TEXT, b TEXT DEFAULT 'x');")
    second = database(folder, 'CREATE TABLE "t" ("b" text default \'x\', "a" text);')
    assert differences(first.schema(), second.schema()) == ()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("v TEXT DEFAULT 'a'", "v TEXT DEFAULT 'b'", "column t.v is TEXT NULL DEFAULT 'b'"),
        ("v TEXT NOT NULL", "v TEXT", "column t.v is TEXT NULL"),
        ("v TEXT COLLATE NOCASE", "v TEXT", "column t.v is TEXT NULL"),
        ("v TEXT UNIQUE", "v TEXT", "unique t(v) is missing"),
        ("v TEXT CHECK (v <> '')", "v TEXT", "check t: v <> '' is missing"),
        (
            "v INT REFERENCES p ON DELETE CASCADE",
            "v INT REFERENCES p",
            "foreign key t(v) is p ON DELETE NO ACTION",
        ),
        ("v INT AS (id + 1)", "v INT AS (id + 2)", "column t.v is INT NULL GENERATED VIRTUAL AS id + 2"),
    ],
)
def test_what_a_rebuild_can_lose_is_compared(folder: Path, old: str, new: str, said: str) -> None:
    schemas = [
        database(
            folder,
            f"CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE t (id INTEGER PRIMARY KEY, {each});",
        )
        for each in (old, new)
    ]
    found = [str(each) for each in differences(schemas[0].schema(), schemas[1].schema())]
    assert any(each.startswith(said) for each in found), found


def test_statements_run_on_their_own_or_in_one_transaction(folder: Path) -> None:
    script = ("UPDATE users SET nick = 'x' WHERE id = 1", "UPDATE nowhere SET x = 1", "DELETE FROM posts")
    for transaction, left in ((False, "x"), (True, "ann")):
        made = database(folder)
        assert errors(made, *script, transaction=transaction) == ["", "no such table: nowhere"]
        assert made.query("SELECT nick FROM users WHERE id = 1") == [(left,)]
        assert made.query("SELECT count(*) FROM posts") == [(3,)]


def test_a_transaction_that_the_script_leaves_open_is_rolled_back(folder: Path) -> None:
    made = database(folder)
    assert errors(made, "BEGIN", "DELETE FROM posts") == ["", ""]
    assert made.query("SELECT count(*) FROM posts") == [(3,)]


def test_foreign_keys_act_as_in_production(folder: Path) -> None:
    made = database(folder)
    assert errors(made, "DELETE FROM users WHERE id = 1") == [""]
    assert made.query("SELECT count(*) FROM posts") == [(1,)]


@pytest.mark.parametrize(
    "statement",
    ["ATTACH '{other}' AS other", "VACUUM INTO '{other}'", "SELECT load_extension('{other}')"],
)
def test_a_script_reaches_no_other_file(folder: Path, statement: str) -> None:
    other = folder / "other.db"
    made = database(folder)
    (said,) = errors(made, statement.format(other=other))
    assert "not authorized" in said or "too many attached databases" in said
    assert not other.exists()


def test_vacuum_is_no_other_file(folder: Path) -> None:
    assert errors(database(folder), "VACUUM") == [""]


def test_a_copy_has_the_same_content_and_lives_on_its_own(folder: Path) -> None:
    made = database(folder)
    copy = made.copy()
    assert look_at(copy) == look_at(made)
    assert errors(copy, "DELETE FROM posts") == [""]
    assert made.query("SELECT count(*) FROM posts") == [(3,)]
    copy.remove()
    assert not Path(copy.path).exists()


def problems(folder: Path, script: str) -> Iterator[Problem]:
    made = database(folder, "PRAGMA foreign_keys=OFF;" + USERS + script)
    yield from made.problems()


def test_a_sound_database_has_no_problem(folder: Path) -> None:
    assert list(problems(folder, "")) == []


@pytest.mark.parametrize(
    ("script", "code", "said"),
    [
        ("DELETE FROM users WHERE id = 1;", "foreign-key", "2 rows of posts point at no row of users."),
        (
            "DROP VIEW names; CREATE VIEW names AS SELECT gone FROM users;",
            "view-broken",
            "no such column: gone",
        ),
        (
            "CREATE TRIGGER t AFTER UPDATE ON users BEGIN INSERT INTO log VALUES (1); END;",
            "trigger-broken",
            "no such table: main.log",
        ),
        (
            "CREATE TABLE d (b); CREATE VIRTUAL TABLE f USING fts5(b, content=d);INSERT INTO d VALUES ('x');",
            "search-index",
            "The search index f does not fit its content",
        ),
    ],
)
def test_what_is_wrong_whatever_the_rows_are(folder: Path, script: str, code: str, said: str) -> None:
    (problem,) = problems(folder, script)
    assert problem.code == code
    assert said in problem.text


def test_the_next_number_of_an_autoincrement_key(folder: Path) -> None:
    made = database(folder)
    (counter,) = made.counters()
    assert (counter.table, counter.next, counter.highest) == ("users", 6, 5)
    assert errors(made, "UPDATE sqlite_sequence SET seq = 1") == [""]
    assert made.counters()[0].next == 2


def test_rows_are_exact_and_in_the_order_of_their_key(folder: Path) -> None:
    made = database(
        folder,
        "CREATE TABLE t (k TEXT PRIMARY KEY, v); INSERT INTO t VALUES ('b', 1), ('a', NULL), ('B', '1');",
    )
    shape = made.schema().tables["t"]
    assert list(made.rows(shape, ["v"])) == [("'B'", "'1'"), ("'a'", None), ("'b'", "1")]


def test_a_backup_that_came_back_is_a_twin_until_one_value_changes(folder: Path) -> None:
    made = database(folder)
    twin = made.copy()
    assert twin.is_twin_of(made)
    assert made.is_twin_of(twin)
    assert errors(twin, "UPDATE users SET nick = 'anm' WHERE id = 1") == [""]
    assert not twin.is_twin_of(made)
    twin = made.copy()
    assert errors(twin, "INSERT INTO posts SELECT 'q' || id, author, body FROM posts") == [""]
    assert not twin.is_twin_of(made)


def test_what_lies_in_a_log_makes_no_twin(folder: Path) -> None:
    made = database(folder)
    twin = made.copy()
    assert errors(twin, "PRAGMA journal_mode=WAL", "UPDATE users SET nick = 'x' WHERE id = 1") == ["", ""]
    assert not twin.is_twin_of(made)
