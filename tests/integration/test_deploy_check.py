"""handrail deploy-check as a process: a real SQLite file, real git, and PostgreSQL where there is one."""

import json
import os
import sqlite3
import subprocess
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest

from handrail.adapters.read_only import open_read_only
from handrail.core.errors import HandrailError
from tests.deploys.cases import APPLIED, BACKUP, NOW, PRISMA, prisma_table
from tests.integration.servers import Server
from tests.minimal.builder import Done, git, lay_down, run
from tests.pull_requests.cases import HERE as SHARED
from tests.pull_requests.cases import Files, below, world

DROP = "20251126_090000_drop_drafts"


@pytest.fixture
def release(tmp_path: Path) -> Path:
    """Return a repository with a release, and a commit after it that drops a table, with its evidence."""
    root = tmp_path / "app"
    root.mkdir()
    git(root, "init", "-q")
    lay_down(root, dict(world()))
    git(root, "add", "-A")
    git(root, "commit", "-qm", "release 1")
    git(root, "tag", "v1")
    files: Files = {}
    for name in ("critical", "critical-evidence"):
        files |= below(SHARED / "changes" / name)
    files["migration-evidence/production.backup.json"] = json.dumps(BACKUP).encode()
    lay_down(root, files)
    git(root, "add", "-A")
    git(root, "commit", "-qm", "drop the drafts")
    return root


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Return the SQLite file of production, as Prisma left it: with a log beside it."""
    path = tmp_path / "production.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(prisma_table(dict(world()), APPLIED))
    return path


def asked(root: Path, *words: str, **more: str) -> Done:
    """Run the gate at a time within the window."""
    return run(root, "deploy-check", "--at", NOW, *words, **more)


def test_a_deploy_that_has_everything(release: Path, database: Path) -> None:
    before = (database.read_bytes(), sorted(os.listdir(database.parent)))
    done = asked(release, "--database", str(database), "--base", "v1")
    assert (done.code, done.err) == (0, "")
    assert "Risk level: CRITICAL" in done.out
    assert done.out.endswith("Nothing is missing. Ready to deploy.\n")
    assert (database.read_bytes(), sorted(os.listdir(database.parent))) == before


def test_one_byte_of_the_script_and_nothing_counts_any_more(release: Path, database: Path) -> None:
    script = release / "prisma" / "migrations" / DROP / "migration.sql"
    script.write_bytes(script.read_bytes() + b"\n")
    done = asked(release, "--database", str(database), "--format", "json")
    state = {each["id"]: each["state"] for each in json.loads(done.out)["items"]}
    assert done.code == 1
    assert state["way-back-rehearsed"] == state["rehearsed-on-copy"] == "missing"
    assert state["backup-verified"] == "met"


def test_outside_of_the_window(release: Path, database: Path) -> None:
    done = run(
        release,
        "deploy-check",
        "--database",
        str(database),
        "--at",
        "2026-11-24T13:00:00Z",
        "--format",
        "json",
    )
    state = {each["id"]: each["state"] for each in json.loads(done.out)["items"]}
    assert (done.code, state["window-open"]) == (1, "missing")


def test_after_the_deploy_nothing_is_pending(release: Path, database: Path) -> None:
    raw = (release / "prisma" / "migrations" / DROP / "migration.sql").read_bytes()
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        row = ("9", sha256(raw).hexdigest(), "2026", DROP, "", None, "2026-11-24", 1)
        connection.execute("INSERT INTO _prisma_migrations VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
    done = asked(release, "--database", str(database))
    assert done.code == 0
    assert done.out.startswith("Nothing is pending")


def test_a_failed_deploy_is_found(release: Path, database: Path) -> None:
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        row = ("9", "f" * 64, None, DROP, "it broke", None, "2026-11-24", 1)
        connection.execute("INSERT INTO _prisma_migrations VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
    done = asked(release, "--database", str(database), "--format", "github")
    assert done.code == 1
    assert f"{DROP}" in done.out
    assert done.out.startswith("::error file=policies/checklists.yaml,line=")


def test_before_the_click_git_alone_says_what_is_new(release: Path) -> None:
    done = asked(release, "--base=v1", "--later", "backup-verified")
    assert done.code == 0
    assert f"prisma/migrations/{DROP}/migration.sql" in done.out
    assert "note: No database was named" in done.out
    assert "note: Left for later: Backup verified (backup-verified)." in done.out


def test_the_database_may_stand_in_the_environment(release: Path, database: Path) -> None:
    done = asked(release, HANDRAIL_DATABASE_URL=f"file:{database}")
    assert done.code == 0
    assert "No database was named" not in done.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "which migrations are to be deployed?"),
        (("--database", "nowhere.db"), "there is no such file"),
        (("--database", "README.md"), "file is not a database"),
        (("--base", "v9"), "v9"),
        (("--migrations", "drop_drafts"), "there is no migration 'drop_drafts'"),
        (("--database", "oracle://host/db"), "is no database"),
        (("--database", "mysql://root:secret@host/db"), "cannot be read yet"),
    ],
    ids=["nothing", "no file", "no database", "no revision", "no migration", "no engine", "mysql"],
)
def test_what_cannot_be_answered_is_no_green_light(release: Path, words: tuple[str, ...], said: str) -> None:
    (release / "README.md").write_text("# Not a database, and long enough to be looked at as one.\n" * 20)
    done = asked(release, *words)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert "secret" not in done.err


def test_a_time_that_is_none(release: Path) -> None:
    done = run(release, "deploy-check", "--base", "v1", "--at", "tomorrow")
    assert done.code == 2
    assert "no time that can be read" in done.err


def test_in_a_workflow_the_summary_is_written(release: Path, tmp_path: Path) -> None:
    summary = tmp_path / "summary.md"
    done = asked(
        release, "--base=v1", "--format", "github", GITHUB_ACTIONS="true", GITHUB_STEP_SUMMARY=str(summary)
    )
    assert done.code == 0
    assert summary.read_text("utf-8").startswith("## Deploy: nothing is missing\n")


def test_postgresql_is_read_and_cannot_be_written(postgresql: Server, tmp_path: Path) -> None:
    target = postgresql.target(tmp_path)
    script = PRISMA.replace("DATETIME", "timestamptz") + ";"
    psql = ["psql", "-Xq", "-v", "ON_ERROR_STOP=1", target.env["DATABASE_URL"], "-c", script]
    subprocess.run(psql, env={**os.environ, **target.env}, check=True, timeout=60)
    name = target.env["DATABASE_URL"].rpartition("/")[2]
    address = f"postgresql://postgres@/{name}?host={postgresql.socket}"
    with open_read_only(address) as (engine, database):
        assert engine == "postgresql"
        assert database.rows("SELECT count(*) FROM _prisma_migrations") == [(0,)]
        with pytest.raises(HandrailError, match="read-only"):
            database.rows("DELETE FROM _prisma_migrations")


def test_postgresql_says_what_is_pending(postgresql: Server, tmp_path: Path, release: Path) -> None:
    target = postgresql.target(tmp_path)
    script = PRISMA.replace("DATETIME", "timestamptz") + ";"
    psql = ["psql", "-Xq", "-v", "ON_ERROR_STOP=1", target.env["DATABASE_URL"], "-c", script]
    subprocess.run(psql, env={**os.environ, **target.env}, check=True, timeout=60)
    name = target.env["DATABASE_URL"].rpartition("/")[2]
    done = asked(release, "--database", f"postgresql://postgres@/{name}?host={postgresql.socket}")
    assert done.code == 1  # its migrations are for SQLite
    assert "It is PostgreSQL" in done.out
