"""From a branch to green and back to red, as a new user goes the way: real git, the real command line."""

import json
import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.fakes import CHECKOUT
from tests.minimal.builder import git, run

SCHEMA = """datasource db {
  provider = "sqlite"
  url      = env("DATABASE_URL")
}

model User {
  id Int @id
%s}
"""
NOTES = """
model Note {
  id   Int     @id
  text String?
}
"""
FIRST = "20250101_000000_create_users_and_notes"
FIRST_SCRIPT = """CREATE TABLE "User" ("id" INTEGER NOT NULL PRIMARY KEY);
CREATE TABLE "Note" ("id" INTEGER NOT NULL PRIMARY KEY, "text" TEXT);
"""
NAME = "20260101_000000_drop_notes"
DROPPED = f"prisma/migrations/{NAME}"
ALL = [
    "change-declared",
    "checklists-done",
    "migration-reviewed",
    "rollback-documented",
    "rollback-rehearsed",
    "production-like-rehearsal",
    "backup-verified",
    "restore-rehearsed",
    "window-booked",
]
"""What is missing from an untouched template beside a dropped table."""

PEOPLE = {"code-reviewer": "rita", "data-engineer": "dan", "tech-lead": "tess"}


def commit(team: Path, message: str) -> str:
    """Commit everything and return the commit."""
    git(team, "add", "-A")
    git(team, "commit", "-qm", message)
    return git(team, "rev-parse", "HEAD").strip()


def write(team: Path, path: str, text: str) -> None:
    """Write a file with the folders above it."""
    (team / path).parent.mkdir(parents=True, exist_ok=True)
    (team / path).write_text(text, encoding="utf-8")


@pytest.fixture
def team(tmp_path: Path) -> Path:
    """Return a repository that ``handrail init`` set up, on a branch that drops a table."""
    team = tmp_path / "team"
    write(team, "prisma/schema.prisma", SCHEMA % "" + NOTES)
    write(team, "prisma/migrations/migration_lock.toml", 'provider = "sqlite"\n')
    write(team, f"prisma/migrations/{FIRST}/migration.sql", FIRST_SCRIPT)
    git(team, "init", "-q", "-b", "main")
    assert run(team, "init").code == 0
    roles = (team / "policies" / "roles.yaml").read_text(encoding="utf-8")
    for role, login in PEOPLE.items():
        entry = re.compile(rf"(  - id: {role}\n.*?)members: \[\] # TODO", re.DOTALL)
        roles = entry.sub(rf"\1members: [{{login: {login}}}]", roles, count=1)
    write(team, "policies/roles.yaml", roles)
    assert run(team, "render").code == 0
    commit(team, "The policy")
    git(team, "switch", "-qc", "drop-notes")
    write(team, f"{DROPPED}/migration.sql", 'DROP TABLE "Note";\n')
    write(team, "prisma/schema.prisma", SCHEMA % "")
    commit(team, "Drop notes")
    return team


def review(team: Path, body: Path, *words: str) -> tuple[int, dict[str, dict[str, str]], str]:
    """Return exit code, requirement -> {part: state} of what is missing, and the text."""
    shown = run(team, "review", "--base", "main", "--author", "ann", "--body", str(body), *words)
    data = json.loads(
        run(
            team,
            "review",
            "--base",
            "main",
            "--author",
            "ann",
            "--body",
            str(body),
            *words,
            "--format",
            "json",
        ).out
    )
    missing = {
        each["id"]: {part["id"]: part["said"] for part in each["parts"] if part["state"] == "missing"}
        for each in data["requirements"]
        if each["state"] == "missing"
    }
    assert data["passed"] is (shown.code == 0)
    return shown.code, missing, shown.out


def next_tuesday() -> str:
    """Return a day that is not over and in the deploy window."""
    day = datetime.now(UTC).date() + timedelta(days=1)
    while day.weekday() != 1:
        day += timedelta(days=1)
    return day.isoformat()


def filled_in(body: str) -> str:
    """Return the section with the answers that only a person can give."""
    answers = {
        "data-impact": "Note goes with all 12 rows; nothing refers to it.",
        "rollback-text": "Restore the backup of the same hour: 4 minutes. The rows written since are lost.",
        "backup": "nightly.db of today, restored on scratch at 08:10, 12 rows, same hashes.",
        "deploy-window": f"{next_tuesday()} 09:30, by omar; tess decides about a restore.",
    }
    for field, answer in answers.items():
        body = re.sub(
            rf"(<!-- handrail:field {field} -->\n\n<!--.*?-->\n)", rf"\1\n{answer}\n", body, flags=re.DOTALL
        )
    body = re.sub(r"- \[ \] (.*<!-- item:)", r"- [x] \1", body)
    for box in ("tested-locally:yes", "rollback:forward-only"):
        body = re.sub(rf"- \[ \] (.*<!-- {box} -->)", r"- [x] \1", body)
    return body


def production(path: Path) -> None:
    """Make the database of production: it has the first migration, and rows."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(f"""
            {FIRST_SCRIPT}
            INSERT INTO "User" VALUES (1), (2);
            INSERT INTO "Note" VALUES (1, 'x'), (2, NULL);
            CREATE TABLE _prisma_migrations (
                migration_name TEXT, checksum TEXT, started_at TEXT, finished_at TEXT, rolled_back_at TEXT
            );
            INSERT INTO _prisma_migrations VALUES ('{FIRST}', '', '2025-01-01', '2025-01-01', NULL);
        """)


def approvals(team: Path, head: str) -> Path:
    """Save the approvals of three people for a commit, as GitHub's API shows them."""
    reviews = [
        {
            "user": {"login": login, "type": "User"},
            "state": "APPROVED",
            "commit_id": head,
            "submitted_at": f"2026-11-24T12:0{number}:00Z",
        }
        for number, login in enumerate(PEOPLE.values())
    ]
    path = team.parent / "reviews.json"
    path.write_text(json.dumps(reviews), encoding="utf-8")
    return path


def test_a_dropped_table_is_refused_until_everything_is_there_and_again_after_a_push(team: Path) -> None:
    untouched = team / ".github" / "PULL_REQUEST_TEMPLATE.md"
    code, missing, text = review(team, untouched)
    assert (code, list(missing)) == (1, ALL)
    assert "Risk level: CRITICAL (computed CRITICAL, not declared)" in text
    assert sorted(missing["migration-reviewed"]) == [
        "role:code-reviewer",
        "role:data-engineer",
        "role:tech-lead",
    ]

    body = team.parent / "pr.md"
    drafted = run(team, "pr-body", "--base", "main")
    assert (drafted.code, drafted.err) == (0, "")
    body.write_text(filled_in(drafted.out), encoding="utf-8")
    source = str(team.parent / "production.db")
    production(Path(source))
    backup = str(team.parent / "nightly.backup")
    of_production = ("--database", source, "--data", "production")
    for words in (
        ("rehearse", *of_production),
        ("backup", "take", *of_production, "--output", backup),
        ("backup", "verify", backup, *of_production, "--for", NAME),
        ("drill", "restore", "--for", NAME),
    ):
        done = run(team, *words)
        assert done.code == 0, done.out + done.err
    head = commit(team, "Evidence")
    code, missing, text = review(team, body)
    assert (code, list(missing)) == (1, ["migration-reviewed"])
    assert "Ask for a review: rita." in text

    reviews = approvals(team, head)
    code, missing, text = review(team, body, "--reviews", str(reviews))
    assert (code, missing) == (0, {})
    assert text.endswith("Nothing is missing. Ready to merge.\n")

    changed = team / DROPPED / "migration.sql"
    changed.write_text(changed.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    _, missing, _ = review(team, body, "--reviews", str(reviews))
    assert set(missing) >= {"rollback-rehearsed", "production-like-rehearsal", "restore-rehearsed"}
    said = missing["production-like-rehearsal"][f"evidence:rehearsal:{NAME}"]
    assert "it is about another version of the script, which has changed since" in said
    git(team, "checkout", "-q", "--", DROPPED)

    write(team, "README.md", "One more thing.\n")
    commit(team, "One more thing")
    code, missing, text = review(team, body, "--reviews", str(reviews))
    assert (code, list(missing)) == (1, ["migration-reviewed"])
    said = missing["migration-reviewed"]["role:tech-lead"]
    assert said == f"0 of 1. Not counted: tess approved {head[:7]}, which is not the last commit."


def test_the_readme_shows_what_the_gate_says(team: Path) -> None:
    _, _, text = review(team, team / ".github" / "PULL_REQUEST_TEMPLATE.md")
    readme = (CHECKOUT / "README.md").read_text(encoding="utf-8")
    shown = re.search(r"```text\n(Risk level: CRITICAL.*?)```", readme, re.DOTALL)
    assert shown is not None
    parts = [part.strip("\n") for part in shown[1].split("[...]")]
    assert len(parts) > 1
    at = 0
    for part in parts:
        assert part.strip() in text[at:], part
        at = text.index(part.strip(), at)
