"""handrail rehearse at the command line, on real SQLite databases: what it prints, writes, leaves alone."""

import hashlib
import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from handrail.review.evidence import Wanted, find_objection
from handrail.source.evidence import Kind, read_evidence
from tests.fakes import CHECKOUT
from tests.minimal.builder import Done, run

EXAMPLE = "examples/meal-planner/prisma/migrations"
FIRST, SECOND, THIRD = "20260101000000_first", "20260102000000_second", "20260103000000_third"
TABLES = """
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL, nick TEXT);
CREATE TABLE posts (
    id INTEGER PRIMARY KEY, author INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE, body TEXT
);
"""
ROWS = """
INSERT INTO users VALUES (1, 'a@example.test', 'ann'), (2, 'b@example.test', NULL);
INSERT INTO posts VALUES (1, 1, 'x'), (2, 1, 'y'), (3, 2, 'z');
"""
HISTORY = """
CREATE TABLE _prisma_migrations (
    migration_name TEXT, checksum TEXT, started_at TEXT, finished_at TEXT, rolled_back_at TEXT
);
INSERT INTO _prisma_migrations VALUES ('{name}', '', '2026-01-01', '2026-01-01', NULL);
"""
ADD = "ALTER TABLE users ADD COLUMN bio TEXT;\n"
KINDS: tuple[Kind, ...] = ("rehearsal", "rollback")
LOSE = "DELETE FROM users WHERE id = 1;\n"


@pytest.fixture
def team(tmp_path: Path) -> Path:
    """Return a folder with a starter policy for Prisma on SQLite, and two migrations."""
    team = tmp_path / "team"
    migration(team, FIRST, TABLES)
    migration(team, SECOND, ADD)
    (team / "prisma/migrations/migration_lock.toml").write_text('provider = "sqlite"\n', encoding="utf-8")
    schema = 'datasource db {\n  provider = "sqlite"\n  url = "file:dev.db"\n}\n'
    (team / "prisma/schema.prisma").write_text(schema, encoding="utf-8")
    assert run(team, "init").code == 0
    return team


def migration(team: Path, name: str, up: str, down: str = "") -> Path:
    """Write a migration and return its script."""
    folder = team / "prisma" / "migrations" / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "migration.sql").write_text(up, encoding="utf-8")
    if down:
        (folder / "down.sql").write_text(down, encoding="utf-8")
    return folder / "migration.sql"


def database(team: Path, applied: str = FIRST) -> Path:
    """Return a database file that has the first migration, in which a writer left its log."""
    path = team / "app.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(TABLES + ROWS + HISTORY.format(name=applied))
    return path


def rehearsed(team: Path, *words: str) -> tuple[Done, dict[str, Any]]:
    """Run the command with JSON, hold it against its schema, and return it with each migration by name."""
    done = run(team, "rehearse", *words, "--format", "json")
    data = json.loads(done.out)
    schema = json.loads((CHECKOUT / "docs/schemas/rehearse.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(data)
    assert data["passed"] is (done.code == 0)
    return done, {each["name"]: each for each in data["migrations"]}


def codes(migration: dict[str, Any], severity: str) -> list[str]:
    return [each["code"] for each in migration["findings"] if each["severity"] == severity]


def test_the_example_of_the_readme_is_what_is_printed() -> None:
    readme = (CHECKOUT / "README.md").read_text(encoding="utf-8")
    block = re.search(r"```text\n\$ (handrail rehearse .*?)\n(sqlite .*?)```", readme, re.DOTALL)
    assert block is not None
    words = block[1].replace("\\\n", "").split()[1:]
    printed = run(CHECKOUT, *words).out
    version = r"sqlite \S+"
    plain = [re.sub(version, "sqlite", re.sub(r"\d+ ms", "N ms", text)) for text in (printed, block[2])]
    assert plain[0] == plain[1]
    assert all(len(line) < 80 for line in printed.splitlines())


def test_the_example_has_migrations_that_a_transaction_would_break_and_others() -> None:
    done, migrations = rehearsed(CHECKOUT, EXAMPLE, "--no-evidence")
    assert done.code == 0
    broken = {name for name, each in migrations.items() if "rehearsal.other-mode" in codes(each, "warning")}
    assert broken == {"20251117_100000_default_recipes_to_two_servings", "20251203_141500_drop_user_nickname"}
    assert len(migrations) == 8


def test_what_a_database_lacks_is_rehearsed_on_a_copy_of_it(team: Path) -> None:
    path = database(team)
    before = path.read_bytes()
    _, migrations = rehearsed(team, "--database", "app.db")
    assert list(migrations) == [SECOND]
    tables = migrations[SECOND]["tables"]
    assert {"name": "posts", "rows_before": 3, "rows_after": 3} in tables
    assert path.read_bytes() == before
    assert sorted(each.name for each in team.iterdir() if each.name.startswith("app.db")) == ["app.db"]


def test_several_pending_migrations_follow_one_another(team: Path) -> None:
    database(team)
    migration(team, THIRD, "UPDATE users SET bio = 'none' WHERE bio IS NULL;\n")
    _, migrations = rehearsed(team, "--database", "app.db", "--no-evidence")
    assert list(migrations) == [SECOND, THIRD]
    assert codes(migrations[THIRD], "error") == []


def test_nothing_is_pending(team: Path) -> None:
    database(team, SECOND)
    with closing(sqlite3.connect(team / "app.db")) as connection:
        connection.execute(
            "INSERT INTO _prisma_migrations VALUES (?, '', '2026-01-01', '2026-01-01', NULL)", (FIRST,)
        )
        connection.commit()
    done = run(team, "rehearse", "--database", "app.db")
    assert (done.code, done.out.splitlines()[-1]) == (0, "Nothing is pending.")


def test_a_cascade_that_nobody_mentions_fails(team: Path) -> None:
    database(team)
    migration(team, SECOND, LOSE)
    done = run(team, "rehearse", "--database", "app.db", "--no-evidence")
    assert done.code == 1
    text = " ".join(done.out.split())
    assert "x line 1: 2 rows of 3 in posts were deleted with rows of users (ON DELETE CASCADE)." in text
    assert "! line 1: 1 row of 2 in users are deleted." in text
    assert "back restored backup" in text


def test_a_script_that_fails_half_way_says_what_stays(team: Path) -> None:
    database(team)
    migration(team, SECOND, ADD + "CREATE TABLE new_users (id);\nINSERT INTO nowhere VALUES (1);\n")
    done, migrations = rehearsed(team, "--database", "app.db", "--no-evidence")
    assert done.code == 1
    assert codes(migrations[SECOND], "error") == ["rehearsal.failed", "rehearsal.half-applied"]
    assert "table new_users is left over" in done.out


def test_a_runner_with_a_transaction_deletes_the_children_of_a_rebuild(team: Path) -> None:
    rebuild = """
    PRAGMA foreign_keys=OFF;
    CREATE TABLE new_users (id INTEGER PRIMARY KEY, email TEXT NOT NULL DEFAULT '', nick TEXT);
    INSERT INTO new_users SELECT id, email, nick FROM users;
    DROP TABLE users;
    ALTER TABLE new_users RENAME TO users;
    PRAGMA foreign_keys=ON;
    """
    database(team)
    migration(team, SECOND, rebuild)
    _, migrations = rehearsed(team, "--database", "app.db", "--no-evidence")
    assert codes(migrations[SECOND], "error") == []
    assert "rehearsal.other-mode" in codes(migrations[SECOND], "warning")
    policy = team / "policies" / "database.yaml"
    text = policy.read_text(encoding="utf-8")
    policy.write_text(text.replace("transaction: false", "transaction: true"), encoding="utf-8")
    done, migrations = rehearsed(team, "--database", "app.db", "--no-evidence")
    assert done.code == 1
    assert codes(migrations[SECOND], "error") == ["rehearsal.children-lost"]


def test_two_verdicts_on_the_way_back(team: Path) -> None:
    database(team)
    migration(
        team, SECOND, "ALTER TABLE users DROP COLUMN nick;\n", "ALTER TABLE users ADD COLUMN nick TEXT;\n"
    )
    _, migrations = rehearsed(team, "--database", "app.db", "--no-evidence")
    rollback, restore = (migrations[SECOND][each] for each in ("rollback", "restore"))
    assert (rollback["way"], rollback["schema_restored"], rollback["data_restored"]) == (
        "down script",
        True,
        False,
    )
    assert rollback["lost"] == [{"table": "users", "column": "nick", "rows": 1}]
    assert (restore["schema_restored"], restore["data_restored"]) == (True, True)


def test_evidence_counts_for_this_script_and_for_no_other(team: Path) -> None:
    database(team)
    script = team / "prisma" / "migrations" / SECOND / "migration.sql"
    done = run(team, "rehearse", "--database", "app.db", "--data", "production")
    assert done.code == 0
    folder = team / "migration-evidence"
    schema = json.loads((CHECKOUT / "docs/schemas/evidence.schema.json").read_text(encoding="utf-8"))
    files = sorted(folder.iterdir())
    assert [each.name for each in files] == [f"{SECOND}-rehearsal.json", f"{SECOND}-rollback.json"]
    for each in files:
        Draft202012Validator(schema).validate(json.loads(each.read_bytes()))
        assert f"evidence  migration-evidence/{each.name}" in done.out
    read = [read_evidence(each.name, each.read_bytes()) for each in files]
    now = json.loads(files[0].read_bytes())["finished_at"]
    for kind in KINDS:
        digest = hashlib.sha256(script.read_bytes()).hexdigest()
        assert find_objection(Wanted(kind, SECOND, digest, 24), read, now)[1] == ""
        other = hashlib.sha256(script.read_bytes() + b"\n").hexdigest()
        objection = find_objection(Wanted(kind, SECOND, other, 24), read, now)[1]
        assert "another version of the script" in objection


def test_rows_made_here_say_nothing_about_production(team: Path) -> None:
    assert run(team, "rehearse").code == 0
    data = json.loads((team / "migration-evidence" / f"{SECOND}-rehearsal.json").read_bytes())
    assert data["source"]["data"] == "seeded"
    assert [each["rows_before"] for each in data["tables"]] == [200, 200]


def test_a_script_of_rows(team: Path) -> None:
    (team / "rows.sql").write_text(ROWS, encoding="utf-8")
    _, migrations = rehearsed(team, "--seed", "rows.sql", "--no-evidence")
    assert {"name": "users", "rows_before": 2, "rows_after": 2} in migrations[SECOND]["tables"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["20260102000000_secnd"], f"Did you mean '{SECOND}'?"),
        (["--database", "gone.db"], "there is no such file"),
        (["--database", "prisma/schema.prisma"], "is no SQLite database"),
        (["--database", "postgresql://user:secret@127.0.0.1:1/app"], "are written for sqlite"),
        ([FIRST, "--database", "app.db"], "is in that database already"),
        (["--seed", "bad.sql"], "bad.sql:2: no such table: nowhere"),
    ],
)
def test_what_cannot_be_rehearsed_says_why(team: Path, words: list[str], said: str) -> None:
    database(team)
    (team / "bad.sql").write_text("SELECT 1;\nINSERT INTO nowhere VALUES (1);\n", encoding="utf-8")
    done = run(team, "rehearse", *words)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert "secret" not in done.err
    assert not (team / "migration-evidence").exists()


SMOKE = """    smoke:
      - SELECT nick FROM users LIMIT 1
      - SELECT nothing FROM users
"""


@pytest.mark.parametrize(("column", "code"), [("nick", 1), ("bio", 0)])
def test_a_smoke_query_that_worked_before_and_fails_after(team: Path, column: str, code: int) -> None:
    policy = team / "policies/database.yaml"
    text = policy.read_text(encoding="utf-8")
    policy.write_text(text.replace("\npaths:\n", f"\n{SMOKE}\npaths:\n", 1), encoding="utf-8")
    migration(team, THIRD, f"ALTER TABLE users DROP COLUMN {column};\n")
    done = run(team, "rehearse", "--format", "json", "--no-evidence")
    found = json.loads(done.out)["migrations"][0]["findings"]
    smoke = [each["hint"] for each in found if each["code"] == "rehearsal.smoke"]
    assert (done.code, smoke) == (code, ["The application reads so: SELECT nick FROM users LIMIT 1"] * code)


def test_a_migration_that_failed_in_the_database_comes_before_any_rehearsal(team: Path) -> None:
    path = database(team)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(
            "INSERT INTO _prisma_migrations VALUES (?, '', '2026-01-02', NULL, NULL)", (SECOND,)
        )
        connection.commit()
    done = run(team, "rehearse", "--database", "app.db")
    assert (done.code, done.out) == (2, "")
    assert f"{SECOND} failed in that database and was not resolved" in done.err
