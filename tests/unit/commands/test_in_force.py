"""What the gate does not look behind, and a project that has no migration yet."""

import pytest

from handrail.commands.in_force import refuse_links
from handrail.core.errors import HandrailError
from tests.fakes import MemoryFiles
from tests.minimal.builder import edited
from tests.pull_requests.cases import ROOT, judged, read_case

FILES = {"policies/roles.yaml": b"", "db/migrations/1_a.sql": b"", "db/migrations/sub/x": b""}

REFUSED: dict[str, tuple[str, str, dict[str, str]]] = {
    "the folder": ("policies", "policies", {}),
    "a folder above": ("db", "db/migrations", {}),
    "a file of the policy, of old": ("policies/roles.yaml", "policies", {}),
    "a new migration": ("db/migrations/1_a.sql", "db/migrations", {"db/migrations/1_a.sql": "A"}),
    "a migration that became one": ("db/migrations/1_a.sql", "db/migrations", {"db/migrations/1_a.sql": "T"}),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_link_is_refused(name: str) -> None:
    link, place, changed = REFUSED[name]
    files = MemoryFiles(FILES)
    files.links = {link}
    with pytest.raises(HandrailError, match=f"^{link} is a symbolic link$"):
        refuse_links(files, place, changed)


def test_a_link_elsewhere_is_not() -> None:
    files = MemoryFiles(FILES)
    files.links = {"docs", "policies-of-others"}
    refuse_links(files, "policies", {"docs": "A", "policies-of-others": "A"})


def test_a_submodule_among_the_migrations_is_refused() -> None:
    with pytest.raises(HandrailError, match="db/migrations/sub is a repository of its own"):
        refuse_links(MemoryFiles(FILES), "db/migrations", {"db/migrations/sub": "A"})


def test_a_project_without_a_migration_yet_gets_an_answer() -> None:
    case = read_case(ROOT / "good-code")
    kept = {"prisma/migrations/.gitkeep": b""}
    base, head, main = (
        {path: raw for path, raw in files.items() if not path.startswith("prisma/")} | kept
        for files in (case.base, case.head, case.main)
    )
    assert judged(case._replace(base=base, head=head, main=main)).passed


def test_the_last_migration_is_not_taken_away() -> None:
    case = read_case(ROOT / "good-code")
    head = {path: raw for path, raw in case.head.items() if not path.endswith(".sql")}
    with pytest.raises(HandrailError, match="prisma/migrations is gone"):
        judged(case._replace(head=head))


TAKEN: dict[str, tuple[str, str, str]] = {
    "a check that looks at something else": (
        "risk-matrix.yaml",
        "check: review-approvals",
        "check: review-checklists",
    ),
    "evidence of any age": ("risk-matrix.yaml", "max_age_hours: 168", "max_age_hours: 9999"),
    "evidence without an age": ("risk-matrix.yaml", "    max_age_hours: 168\n", ""),
    "another dialect": ("database.yaml", "engine: sqlite", "engine: mysql"),
    "a box that means nothing": ("pull-request.yaml", "          means: not-ready\n", ""),
    "a box that means another thing": ("pull-request.yaml", "means: not-ready", "means: down-script"),
    "a question asked less often": ("pull-request.yaml", "migrations_only: false", "migrations_only: true"),
}


@pytest.mark.parametrize("name", TAKEN)
def test_what_the_gate_stands_on_is_not_changed_by_its_author_alone(name: str) -> None:
    file, old, new = TAKEN[name]
    case = read_case(ROOT / "good-code")
    decision = judged(case._replace(head=edited(case.head, f"policies/{file}", old, new)))
    assert [each.id for each in decision.missing] == ["policy-kept"]
