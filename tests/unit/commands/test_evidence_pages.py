"""What pages say of evidence: broken files are told, nothing crashes, and text of a file stays text."""

import json
from typing import Any

import pytest

from handrail.adapters.sqlite import SqliteScratch
from handrail.artefacts.measures import Way
from handrail.artefacts.memory import Memory
from handrail.commands.project import read_project
from handrail.commands.ways_back import find_ways_back
from handrail.core.errors import HandrailError
from handrail.ports import Scratch
from tests.fakes import MemoryFiles, ShippedTemplates
from tests.minimal.builder import load, minimal_files, minimal_policy
from tests.pull_requests.cases import world as shipped
from tests.world import rendered, unrendered

DRILL = "migration-evidence/restore-sqlite-drill.json"
PAGE = "docs/runbooks/restore.md"


def drill(**changes: Any) -> str:
    """Return the drill of the minimal repository with some keys changed."""
    return json.dumps({**json.loads(minimal_files()[DRILL]), **changes})


def last_drilled(text: str) -> str:
    """Return what the page says of the last drill."""
    (row,) = [line for line in text.splitlines() if line.startswith("| Last drilled")]
    return row.strip("| ").partition("|")[2].strip()


@pytest.mark.parametrize("text", ["{", "[]", '{"version": 2}', "\udcff", drill(kind="dance")])
def test_a_broken_file_is_a_finding_and_shows_nothing(text: str) -> None:
    world = rendered()
    world.files[DRILL] = text.encode("utf-8", "surrogateescape")
    outcome = world.render()
    (finding,) = outcome.findings
    assert (outcome.code, finding.code, finding.location.path) == (1, "evidence.broken", DRILL)
    assert "handrail schema evidence" in finding.hint
    assert last_drilled(world.text(PAGE)) == "**not drilled**"
    assert not world.unchanged()
    assert world.check().code == 1


def test_a_runbook_that_changed_since_counts_as_not_drilled() -> None:
    world = rendered()
    world.edit("policies/runbooks.yaml", "cp backup.db app.db", "cp --update backup.db app.db")
    assert world.render().code == 0
    said = "**not drilled**: changed since its last drill on 2026-11-20"
    assert last_drilled(world.text(PAGE)) == said
    assert said in world.text("docs/DISASTER_RECOVERY.md")


def test_words_around_the_commands_may_change() -> None:
    world = rendered()
    world.edit("policies/runbooks.yaml", "Call the technical lead.", "Call anybody.")
    assert world.render().code == 0
    assert last_drilled(world.text(PAGE)).startswith("2026-11-20 on ")


def test_a_failed_drill_is_shown_with_its_reason() -> None:
    world = unrendered({DRILL: drill(verdict="failed", reason="step copy printed nothing")})
    assert world.render().code == 0
    assert "**failed** (`step copy printed nothing`), 7 of 30 minutes" in last_drilled(world.text(PAGE))


@pytest.mark.parametrize(
    "nasty", ["a | b", "`x`", "<img src=x>", "[[runbook:none]]", "# a\n\nb", "{{ 1 }}", "$x$"]
)
def test_text_of_an_evidence_file_cannot_break_out_of_its_cell(nasty: str) -> None:
    run = {**json.loads(minimal_files()[DRILL])["runbook"], "fault": nasty}
    world = unrendered({DRILL: drill(runbook=run, verdict="failed", reason=nasty)})
    calm = unrendered({DRILL: drill(runbook={**run, "fault": "x"}, verdict="failed", reason="x")})
    assert (world.render().code, calm.render().code) == (0, 0)
    assert len(world.text(PAGE).splitlines()) == len(calm.text(PAGE).splitlines())
    assert world.check().code == 0


def test_metrics_name_the_files_that_they_are_counted_from() -> None:
    text = rendered().text("docs/METRICS.md")
    assert "1 of 1 (100 %) rollbacks restored the schema at the first try." in text
    assert "[1_add_users-rollback.json](" in text


def test_without_evidence_no_number_is_made_up() -> None:
    files = {path: raw for path, raw in minimal_files().items() if not path.startswith("migration-evidence/")}
    world = unrendered()
    world.disk.files = files
    assert world.render().code == 0
    text = world.text("docs/METRICS.md")
    assert "there is no evidence yet" in text
    assert " %)" not in text


MIGRATIONS = {
    "prisma/migrations/1_a/migration.sql": b'CREATE TABLE "a" ("id" INTEGER PRIMARY KEY, "b" TEXT);\n',
    "prisma/migrations/2_b/migration.sql": b'DROP TABLE "a";\n',
    "prisma/migrations/3_c/migration.sql": b'CREATE TABLE "c" ("id" INTEGER PRIMARY KEY, "d" TEXT);\n',
    "prisma/migrations/4_d/migration.sql": b'ALTER TABLE "c" DROP COLUMN "d";\n',
    "prisma/migrations/4_d/down.sql": b'ALTER TABLE "c" ADD COLUMN "d" TEXT;\n',
}


def ways(files: dict[str, bytes]) -> tuple[Way, ...] | None:
    """Return the ways back of some migrations, by the shipped policy."""
    policy = load(shipped()).policy
    assert policy is not None
    return find_ways_back(MemoryFiles(files), policy, Memory(), SqliteScratch, "policy")


def test_ways_back_are_those_of_migrations_that_need_one() -> None:
    assert ways(MIGRATIONS) == (
        Way("2_b", "prisma/migrations/2_b/migration.sql", False),
        Way("4_d", "prisma/migrations/4_d/migration.sql", True),
    )


def test_without_migrations_there_are_none() -> None:
    assert ways({}) == ()


def test_migrations_that_cannot_be_read_are_not_counted() -> None:
    def refuse() -> Scratch:
        raise HandrailError("no SQLite here")

    files, policy = MemoryFiles(MIGRATIONS), minimal_policy()
    assert find_ways_back(files, policy, Memory(), refuse, "policy") is None


def test_migrations_are_classified_once_for_each_state_of_their_folder() -> None:
    opened = []

    def scratch() -> Scratch:
        opened.append(1)
        return SqliteScratch()

    memory, policy = Memory(), minimal_policy()
    for files, policies in ((MIGRATIONS, "a"), (MIGRATIONS, "a")):
        find_ways_back(MemoryFiles(files), policy, memory, scratch, policies)
    first = len(opened)
    assert first > 0
    find_ways_back(
        MemoryFiles({**MIGRATIONS, "prisma/migrations/9/x.sql": b""}), policy, memory, scratch, "a"
    )
    assert len(opened) > first


def test_the_migrations_are_an_input_of_pages_only_where_a_metric_counts_them() -> None:
    files = minimal_files() | MIGRATIONS
    kinds = {kind for kind, _ in read_project(MemoryFiles(files), ShippedTemplates()).inputs.now}
    assert "migrations" not in kinds
    path = "policies/metrics.yaml"
    files[path] = files[path].replace(b"counted: rollbacks", b"counted: ways-back")
    now = read_project(MemoryFiles(files), ShippedTemplates(), scratch=SqliteScratch)
    assert ("migrations", "prisma/migrations") in now.inputs.now
    (text,) = [each.text for each in now.built.artefacts if each.path == "docs/METRICS.md"]
    assert "1 of 4 (25 %) migrations have a down script" in text  # this policy asks no level for a way back
    assert "Not among them: `1_a`, `2_b`, `3_c`." in text
