"""Histories: what stands before a migration counts, and what its down script comes to."""

from typing import Any

import pytest

from handrail.adapters.sqlite import SqliteScratch
from handrail.migrations.fold import Opened, Reading, read_histories
from handrail.migrations.front_end import Runner
from handrail.migrations.front_ends import front_end
from handrail.migrations.histories import Migration
from handrail.migrations.operations import Script
from handrail.migrations.snapshots import KEPT, Snapshots

TABLE = "CREATE TABLE users (id TEXT NOT NULL PRIMARY KEY, nickname TEXT);\n"
INDEX = "CREATE INDEX n ON users (nickname);\n"
USERS = TABLE + INDEX
GONE = "DROP INDEX n; ALTER TABLE users DROP COLUMN nickname;"


def opened(first: Migration) -> Opened:
    """Return an unused front end."""
    return Opened(front_end(first.dialect, Runner(), SqliteScratch), Runner())


def one(name: str, up: str, down: str | None = None, **more: Any) -> Migration:
    """Return a migration of a SQLite history."""
    script = None if down is None else Script(f"{name}.down.sql", down)
    folder = more.pop("folder", "m")
    return Migration(name, f"{folder}/{name}.sql", "sqlite", Script(name, up), script, folder=folder, **more)


def read(*migrations: Migration, wanted: str = "", known: Snapshots | None = None) -> list[Reading]:
    """Read a history; ``wanted`` names the one migration to show, '' all."""
    return list(read_histories(migrations, opened, lambda each: wanted in ("", each.name), known))


def test_a_migration_is_judged_against_the_schema_as_it_stood() -> None:
    drop = one("2", "ALTER TABLE users DROP COLUMN nickname;")
    readings = read(
        one("1", USERS.split("\n", maxsplit=1)[0]), drop, one("3", "DROP TABLE users;"), wanted="2"
    )
    assert [each.migration.name for each in readings] == ["2"]
    assert [each.kind for each in readings[0].operations] == ["column.drop.optional"]


def test_histories_do_not_mix() -> None:
    first = one("1", USERS, folder="a")
    second = one("1", "DROP TABLE IF EXISTS users;\nCREATE TABLE users (id TEXT);", folder="b")
    kinds = [[each.kind for each in reading.operations] for reading in read(first, second)]
    assert kinds == [["table.create"], ["table.create"]]


DOWNS = {
    "missing": (None, "missing", ()),
    "undoes": ("DROP TABLE notes;", "undone", ()),
    "nothing": ("-- nothing\n", "empty", ()),
    "a wrong one": ("SELECT 1;", "not undone", ("table notes is left over",)),
    "too much": (
        "DROP TABLE notes; DROP INDEX n;",
        "not undone",
        ("users: the indexes differ",),
    ),
    "another column": (
        "DROP TABLE notes; ALTER TABLE users DROP COLUMN id;",
        "not checked",
        ('line 1: SQLite refuses it: error in table users after drop column: near ")": syntax error',),
    ),
}


@pytest.mark.parametrize("case", DOWNS)
def test_down_scripts(case: str) -> None:
    down, way, differences = DOWNS[case]
    (reading,) = read(one("1", USERS), one("2", "CREATE TABLE notes (id TEXT);", down), wanted="2")
    undo = reading.undo
    assert undo.way == way
    if way != "not checked":
        assert undo.differences == differences
    else:
        assert len(undo.differences) == 1
        assert undo.differences[0].startswith("line 1: SQLite refuses it: ")


def test_a_dropped_column_that_comes_back_is_the_schema_restored() -> None:
    """The values are another matter: the level of the operation says so."""
    drop = one("2", GONE, f"ALTER TABLE users ADD COLUMN nickname TEXT; {INDEX}")
    (reading,) = read(one("1", USERS), drop, wanted="2")
    assert reading.undo.way == "undone"


def test_a_column_that_comes_back_otherwise_is_told() -> None:
    drop = one("2", GONE, f"ALTER TABLE users ADD COLUMN nickname TEXT NOT NULL DEFAULT ''; {INDEX}")
    (reading,) = read(one("1", USERS), drop, wanted="2")
    assert reading.undo.way == "not undone"
    assert reading.undo.differences == ("users.nickname is TEXT NOT NULL DEFAULT '', was TEXT NULL",)


def test_the_down_script_leaves_no_trace() -> None:
    first = one("1", USERS, "DROP TABLE users;")
    readings = read(first, one("2", "ALTER TABLE users ADD COLUMN age INTEGER;"))
    assert [each.kind for each in readings[1].operations] == ["column.add.optional"]


def test_declared_irreversible() -> None:
    (reading,) = read(one("1", USERS, irreversible="The rows are gone."))
    assert reading.undo.way == "declared irreversible"


def test_statements_that_nobody_read() -> None:
    (reading,) = read(one("1", "FROBNICATE;\nCREATE TABLE a (b TEXT);\n"))
    assert [(each.line, each.text) for each in reading.unread] == [(1, "FROBNICATE")]
    assert [each.kind for each in reading.operations] == ["statement.opaque", "table.create"]


HISTORY = [
    one("1", USERS),
    one("2", "ALTER TABLE users RENAME TO people;"),
    one("3", "CREATE TABLE notes (id TEXT, who TEXT REFERENCES people (id) ON DELETE CASCADE);"),
    one("4", "ALTER TABLE people RENAME COLUMN nickname TO name;"),
    one("5", f"{GONE.replace('users', 'people').replace('nickname', 'name')} DROP TABLE notes;"),
]


def test_snapshots_change_nothing_but_the_work() -> None:
    cold = read(*HISTORY)
    known = Snapshots()
    for place, each in enumerate(HISTORY):
        (warm,) = read(*HISTORY[: place + 1], wanted=each.name, known=known)
        assert warm == cold[place]
        known = Snapshots(known.dump())


def test_a_history_that_differs_earlier_is_folded_anew() -> None:
    known = Snapshots()
    read(*HISTORY, wanted="4", known=known)
    other = [one("1", USERS.replace("nickname TEXT", "nickname TEXT NOT NULL")), *HISTORY[1:]]
    assert read(*other, wanted="5", known=known) == read(*other, wanted="5")


def test_few_snapshots_are_kept() -> None:
    known = Snapshots()
    for number in range(3 * KEPT):
        read(one("1", f"CREATE TABLE t{number} (a TEXT);"), known=known)
    assert len(Snapshots(known.dump())._known) == KEPT  # what is kept is the point
