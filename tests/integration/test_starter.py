"""What a new team gets, stack by stack: a handbook that is checked, built, and true of the stack it has."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.minimal.builder import Done, environment, git, lay_down, run, tree


class Team(NamedTuple):
    """A repository as ``init`` finds it, its engine, and a command of its runner that the guide must show."""

    files: dict[str, str]
    engine: str
    shown: str


def prisma(provider: str) -> str:
    return f'datasource db {{\n  provider = "{provider}"\n}}\n'


POSTGRESQL = "CREATE TABLE a (id BIGSERIAL PRIMARY KEY);\n"
SQLITE = "CREATE TABLE a (id INTEGER PRIMARY KEY AUTOINCREMENT);\n"
MYSQL = "CREATE TABLE `a` (id INT AUTO_INCREMENT PRIMARY KEY) ENGINE=InnoDB;\n"
PRISMA_COPY = 'DATABASE_URL="<ADDRESS OF THE COPY>" npx prisma migrate deploy'
TEAMS = {
    "prisma-sqlite": Team(
        {
            "app/prisma/schema.prisma": prisma("sqlite"),
            "app/prisma/migrations/20240101120000_init/migration.sql": SQLITE,
        },
        "sqlite",
        'DATABASE_URL="file:$PWD/copy.db" npx prisma migrate deploy',
    ),
    "prisma-postgresql": Team(
        {"prisma/schema.prisma": prisma("postgresql")},
        "postgresql",
        'DATABASE_URL="$COPY" npx prisma migrate deploy',
    ),
    "prisma-mysql": Team({"prisma/schema.prisma": prisma("mysql")}, "mysql", PRISMA_COPY),
    "golang-migrate-postgresql": Team(
        {"db/migrations/000001_a.up.sql": POSTGRESQL, "db/migrations/000001_a.down.sql": "DROP TABLE a;\n"},
        "postgresql",
        'migrate -path db/migrations -database "$COPY" up',
    ),
    "golang-migrate-sqlite": Team(
        {"db/migrations/000001_a.up.sql": SQLITE},
        "sqlite",
        'migrate -path db/migrations -database "sqlite3://copy.db" up',
    ),
    "dbmate-sqlite": Team(
        {"db/migrations/20240101120000_a.sql": f"-- migrate:up\n{SQLITE}"},
        "sqlite",
        'dbmate --url "sqlite:copy.db" --migrations-dir db/migrations --no-dump-schema up',
    ),
    "flyway-mysql": Team(
        {"src/main/resources/db/migration/V1__Create_a.sql": MYSQL},
        "mysql",
        "flyway -locations=filesystem:src/main/resources/db/migration migrate",
    ),
    "plain-postgresql": Team({"migrations/0001_a.sql": POSTGRESQL}, "postgresql", "your-runner up"),
    "nothing": Team({}, "sqlite", "npx prisma migrate dev"),
}
FOREIGN = {
    "sqlite": r"sqlite|\bPRAGMA\b|-wal\b|\.sha3sum|\.backup '",
    "postgresql": r"postgres|\bpsql\b|\bpg_\w+|\bCONCURRENTLY\b|lock_timeout",
    "mysql": r"mysql|AUTO_INCREMENT",
}
"""Engine -> words that a team without it never reads."""

PRISMA = r"prisma|\bnpx\b"
NOT_READ = re.compile(r"(policies|\.handrail|\.git)/|app/|prisma/|db/|src/|migrations/")
"""Files that no command generates, and the schemas of the policy: these name every value there is."""


@pytest.fixture(scope="module", params=TEAMS)
def team(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Path, list[Done]]:
    """Return the name, the folder after init, validate, render and check, and how these went."""
    name: str = request.param
    root = tmp_path_factory.mktemp(name)
    git(root, "init", "-q")
    git(root, "remote", "add", "origin", "git@github.com:acme/ledger.git")
    lay_down(root, {path: text.encode() for path, text in TEAMS[name].files.items()})
    done = [run(root, *words) for words in (["init"], ["validate"], ["render"], ["check", "--full"])]
    return name, root, done


def generated(root: Path) -> dict[str, str]:
    """Return what people and programs read: everything but the policy and the team's own files."""
    return {path: raw.decode() for path, raw in tree(root).items() if not NOT_READ.match(path)}


def hits(root: Path, pattern: str) -> dict[str, list[str]]:
    """Return the lines of generated files that hold ``pattern``."""
    look = re.compile(pattern, re.IGNORECASE)
    found = {
        path: [line for line in text.splitlines() if look.search(line)]
        for path, text in generated(root).items()
    }
    return {path: lines for path, lines in found.items() if lines}


def test_nothing_is_wrong(team: tuple[str, Path, list[Done]]) -> None:
    _, root, done = team
    assert [(each.code, each.err) for each in done] == [(0, "")] * 4, done
    assert "error" not in done[1].out
    assert len(generated(root)) > 30
    assert "0 written" not in done[2].out
    assert "written" not in run(root, "render").out


def test_the_site_builds(team: tuple[str, Path, list[Done]], tmp_path: Path) -> None:
    pytest.importorskip("mkdocs")
    _, root, _ = team
    build = [
        sys.executable,
        "-m",
        "mkdocs",
        "build",
        "--strict",
        "--quiet",
        "--site-dir",
        str(tmp_path / "site"),
    ]
    quiet = environment(NO_MKDOCS_2_WARNING="1")
    done = subprocess.run(build, cwd=root, env=quiet, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert os.path.exists(tmp_path / "site" / "runbooks" / "restore" / "index.html")


def test_no_other_engine_is_named(team: tuple[str, Path, list[Done]]) -> None:
    name, root, _ = team
    own = TEAMS[name].engine
    for engine, words in FOREIGN.items():
        assert bool(hits(root, words)) is (engine == own), (engine, hits(root, words))


def test_prisma_is_named_where_it_is_used_only(team: tuple[str, Path, list[Done]]) -> None:
    name, root, _ = team
    used = "schema.prisma" in "".join(TEAMS[name].files) or name == "nothing"
    assert bool(hits(root, PRISMA)) is used, hits(root, PRISMA)


def test_the_guide_shows_the_runner(team: tuple[str, Path, list[Done]]) -> None:
    name, root, _ = team
    guide = (root / "docs" / "DATABASE_MIGRATION_GUIDE.md").read_text(encoding="utf-8")
    assert f"\n{TEAMS[name].shown}\n" in guide
    assert ("your-runner" in guide) is (name.startswith("plain"))


def test_no_rest_of_the_example_is_left(team: tuple[str, Path, list[Done]]) -> None:
    _, root, _ = team
    assert hits(root, r"meal.planner|\bbackend/|make render|\[\[\w+:") == {}


def test_engine_changed_in_one_line_changes_the_commands(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    lay_down(tmp_path, {"prisma/schema.prisma": prisma("sqlite").encode()})
    assert run(tmp_path, "init").code == 0
    place = tmp_path / "policies" / "database.yaml"
    text = place.read_text(encoding="utf-8")
    assert text.count("engine: sqlite") == 1
    place.write_text(text.replace("engine: sqlite", "engine: postgresql"), encoding="utf-8")
    assert run(tmp_path, "render").code == 0
    runbook = (tmp_path / "docs" / "runbooks" / "restore.md").read_text(encoding="utf-8")
    assert "pg_restore" in runbook
    assert "sqlite3" not in runbook
