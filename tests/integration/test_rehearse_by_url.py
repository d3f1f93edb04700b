"""handrail rehearse on a database named by its address: PostgreSQL and MariaDB, at the command line."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.mariadb import Server as MariaDB
from tests.integration.mariadb import Unavailable, running
from tests.integration.servers import Server
from tests.minimal.builder import Done, run

FIRST, SECOND = "20260101000000_first", "20260102000000_second"
TABLES = """
CREATE TABLE users (id INTEGER PRIMARY KEY, email VARCHAR(40) NOT NULL, nick VARCHAR(40));
CREATE TABLE posts (
    id INTEGER PRIMARY KEY, author INTEGER NOT NULL, body VARCHAR(90),
    FOREIGN KEY (author) REFERENCES users (id) ON DELETE CASCADE
);
"""
ROWS = """
INSERT INTO users VALUES (1, 'a@example.test', 'ann'), (2, 'b@example.test', NULL);
INSERT INTO posts VALUES (1, 1, 'x'), (2, 1, 'y'), (3, 2, 'z');
CREATE TABLE _prisma_migrations (
    id VARCHAR(36), checksum VARCHAR(64), migration_name VARCHAR(255), started_at TIMESTAMP NULL,
    finished_at TIMESTAMP NULL, rolled_back_at TIMESTAMP NULL
);
INSERT INTO _prisma_migrations VALUES
    ('1', 'c', '20260101000000_first', '2026-01-01 00:00:00', '2026-01-01 00:00:00', NULL);
"""
DOWN = "ALTER TABLE users ADD COLUMN nick VARCHAR(40);\n"


def team(folder: Path, provider: str) -> Path:
    """Return a repository with a starter policy, whose second migration drops a column and a parent row."""
    team = folder / "team"
    for name, up in ((FIRST, TABLES), (SECOND, "ALTER TABLE users DROP COLUMN nick;\n")):
        place = team / "prisma" / "migrations" / name
        place.mkdir(parents=True)
        (place / "migration.sql").write_text(up, encoding="utf-8")
    (team / "prisma" / "migrations" / SECOND / "down.sql").write_text(DOWN, encoding="utf-8")
    lock = team / "prisma" / "migrations" / "migration_lock.toml"
    lock.write_text(f'provider = "{provider}"\n', encoding="utf-8")
    schema = f'datasource db {{\n  provider = "{provider}"\n  url = "x"\n}}\n'
    (team / "prisma" / "schema.prisma").write_text(schema, encoding="utf-8")
    assert run(team, "init").code == 0
    return team


@pytest.fixture(scope="module")
def mariadb() -> Iterator[MariaDB]:
    try:
        with running() as server:
            yield server
    except Unavailable as reason:
        pytest.skip(str(reason))


def check(done: Done) -> None:
    """See that the column's loss is named, the schema came back, and the values did not."""
    assert done.err == ""
    data = json.loads(done.out)
    assert data["source"]["data"] == "production"
    (migration,) = data["migrations"]
    assert migration["name"] == SECOND
    assert [
        each["message"] for each in migration["findings"] if each["code"] == "rehearsal.values-dropped"
    ] == ["users.nick is gone with 1 value."]
    assert {"name": "posts", "rows_before": 3, "rows_after": 3} in migration["tables"]
    back, restore = migration["rollback"], migration["restore"]
    assert (back["way"], back["schema_restored"], back["data_restored"]) == ("down script", True, False)
    assert back["lost"] == [{"table": "users", "column": "nick", "rows": 1}]
    assert (restore["schema_restored"], restore["data_restored"]) == (True, True)
    assert done.code == 0


def test_postgresql(postgresql: Server, tmp_path: Path) -> None:
    from tests.integration.procedures import Block, run_block

    target = postgresql.target(tmp_path)
    run_block(Block("rows", None, "sql", TABLES + ROWS, None), target)
    address = (
        f"postgresql://postgres@/{target.env['DATABASE_URL'].rpartition('/')[2]}?host={postgresql.socket}"
    )
    words = ("rehearse", "--database", address, "--data", "production", "--no-evidence", "--format", "json")
    check(run(team(tmp_path, "postgresql"), *words))


def test_mariadb(mariadb: MariaDB, tmp_path: Path) -> None:
    name = mariadb.database()
    mariadb.play(name, TABLES + ROWS)
    address = f"mysql://root@localhost/{name}?socket={mariadb.socket}"
    words = ("rehearse", "--database", address, "--data", "production", "--no-evidence", "--format", "json")
    check(run(team(tmp_path, "mysql"), *words))
