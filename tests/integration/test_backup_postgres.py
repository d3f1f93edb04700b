"""Backups of a real PostgreSQL database: each fault is found and named, its clean twin is not refused."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.integration.backups import Project, cut, flip, verdict
from tests.integration.databases import name_of, psql, url
from tests.integration.servers import Server, Target

Capture = pytest.CaptureFixture[str]
SCRIPT = """
CREATE TABLE users (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email text UNIQUE NOT NULL);
CREATE TABLE recipes (id serial PRIMARY KEY, user_id int NOT NULL REFERENCES users, title text);
CREATE INDEX recipes_title ON recipes (title);
CREATE VIEW titles AS SELECT title FROM recipes;
CREATE TABLE _prisma_migrations (
  migration_name text, checksum text, started_at timestamptz, finished_at timestamptz,
  rolled_back_at timestamptz);
INSERT INTO _prisma_migrations VALUES ('20260101000000_first', '', now(), now(), NULL);
INSERT INTO users (email) SELECT 'u' || g || '@example.org' FROM generate_series(1, 400) g;
INSERT INTO recipes (user_id, title)
  SELECT g, md5(g::text) || md5((g + 1)::text) FROM generate_series(1, 400) g;
"""


@pytest.fixture
def filled(source: Target) -> Target:
    """Return a database with rows."""
    psql(source, SCRIPT)
    return source


@pytest.fixture
def good(filled: Target, tmp_path: Path) -> Path:
    """Return a backup of it."""
    return Project(tmp_path).take("good.dump", database=url(filled))


def plain_dump(target: Target, path: Path, *words: str) -> Path:
    """Write what pg_dump writes, without a note."""
    command = ["pg_dump", "-f", str(path), *words, name_of(target)]
    subprocess.run(command, env={**os.environ, **target.env}, check=True, timeout=60)
    return path


def content(target: Target) -> str:
    """Return what a change of the database would change."""
    return psql(
        target,
        "SELECT string_agg(u::text || r::text, '' ORDER BY r.id) FROM users u, recipes r WHERE user_id=u.id",
    )


def test_a_backup_is_noted_and_verified(filled: Target, good: Path, capsys: Capture) -> None:
    before = content(filled)
    assert verdict(capsys, good).data["compared_with"] == ["note"]
    found = verdict(capsys, good, "--database", url(filled))
    assert (found.code, found.errors, found.data["compared_with"]) == (0, set(), ["note", "database"])
    assert {each["name"]: each["rows"] for each in found.data["tables"]}["recipes"] == 400
    assert content(filled) == before


def test_no_password_in_what_is_noted(filled: Target, tmp_path: Path) -> None:
    address = url(filled).replace("postgres@", "postgres:hunter22@")
    path = Project(tmp_path).take("good.dump", database=address)
    assert "hunter22" not in Path(f"{path}.json").read_text()


def test_a_dump_without_a_note_is_compared_with_the_database(
    filled: Target, tmp_path: Path, capsys: Capture
) -> None:
    dump = plain_dump(filled, tmp_path / "own.dump", "-Fc")
    assert verdict(capsys, dump, "--database", url(filled)).code == 0


@pytest.mark.parametrize("noted", [True, False], ids=["noted", "against the database"])
def test_truncated(filled: Target, good: Path, capsys: Capture, noted: bool) -> None:
    cut(good, 0.6)
    if not noted:
        os.remove(f"{good}.json")
    found = verdict(capsys, good, *(() if noted else ("--database", url(filled))))
    assert (found.code, found.errors) == (1, {"truncated"})


@pytest.mark.parametrize("share", [0.3, 0.5, 0.7, 0.9])
def test_a_flipped_byte(good: Path, capsys: Capture, share: float) -> None:
    flip(good, int(good.stat().st_size * share))
    found = verdict(capsys, good)
    assert (found.code, "damaged" in found.errors) == (1, True)


def test_a_flipped_byte_of_compressed_rows_without_a_note(
    filled: Target, good: Path, capsys: Capture
) -> None:
    os.remove(f"{good}.json")
    raw = good.read_bytes()
    flip(good, raw.rfind(b"\x78\x9c") + 400)
    assert verdict(capsys, good, "--database", url(filled)).code == 1


def test_a_script_of_sql_is_refused(filled: Target, tmp_path: Path, capsys: Capture) -> None:
    dump = plain_dump(filled, tmp_path / "own.sql", "-Fp")
    assert verdict(capsys, dump, "--database", url(filled)).errors == {"plain-dump"}


def test_another_databases_backup(
    filled: Target, good: Path, postgresql: Server, tmp_path: Path, capsys: Capture
) -> None:
    other = postgresql.target(tmp_path)
    psql(other, SCRIPT)
    try:
        assert verdict(capsys, good, "--database", url(other)).errors == {"another-database"}
        dump = plain_dump(other, tmp_path / "strange.dump", "-Fc")
        psql(filled, "UPDATE recipes SET title = 'other'; UPDATE users SET email = 'x' || email")
        assert verdict(capsys, dump, "--database", url(filled)).errors == {"another-database"}
    finally:
        psql(filled, f'DROP DATABASE "{name_of(other)}"', "postgres")


MIGRATE = """
ALTER TABLE recipes ADD COLUMN notes text;
INSERT INTO _prisma_migrations VALUES ('20260202000000_notes', '', now(), now(), NULL);
"""


def test_an_older_and_a_newer_schema(filled: Target, good: Path, capsys: Capture) -> None:
    psql(filled, MIGRATE)
    found = verdict(capsys, good, "--database", url(filled))
    assert (found.errors, "20260202000000_notes" in found.messages) == ({"older-schema"}, True)
    new = Project(good.parent).take("new.dump", database=url(filled))
    psql(
        filled,
        "ALTER TABLE recipes DROP notes; DELETE FROM _prisma_migrations WHERE migration_name ~ 's$'",
    )
    assert verdict(capsys, new, "--database", url(filled)).errors == {"newer-schema"}


def test_a_sequence_that_is_behind(filled: Target, tmp_path: Path, capsys: Capture) -> None:
    psql(filled, "SELECT setval('recipes_id_seq', 3)")
    dump = plain_dump(filled, tmp_path / "own.dump", "-Fc")
    psql(filled, "SELECT setval('recipes_id_seq', 400)")
    assert "counter-behind" in verdict(capsys, dump, "--database", url(filled)).errors


def test_a_table_that_was_left_out(filled: Target, tmp_path: Path, capsys: Capture) -> None:
    dump = plain_dump(filled, tmp_path / "own.dump", "-Fc", "-T", "_prisma_migrations")
    found = verdict(capsys, dump, "--database", url(filled))
    assert (found.errors, "_prisma_migrations" in found.messages) == ({"schema-differs"}, True)


def test_rows_that_were_left_out(filled: Target, tmp_path: Path, capsys: Capture) -> None:
    dump = plain_dump(filled, tmp_path / "own.dump", "-Fc", "--exclude-table-data=recipes")
    found = verdict(capsys, dump, "--database", url(filled))
    assert ("differs" in found.errors, "recipes: 400 rows more" in found.messages) == (True, True)


def test_rows_that_came_since_are_no_damage(filled: Target, good: Path, capsys: Capture) -> None:
    psql(filled, "INSERT INTO users (email) VALUES ('late')")
    found = verdict(capsys, good, "--database", url(filled))
    assert (found.code, "users: 1 row more" in found.messages) == (0, True)
