"""explain: every kind of id, ambiguous and unknown ones, in at most 80 columns."""

import json
from typing import Any

import pytest

from handrail.artefacts.catalogue import ARTEFACTS, BUILTIN
from handrail.commands.explain import explain, list_ids
from handrail.core.errors import HandrailError
from handrail.policy.checks import CHECKS
from tests.world import Act, World, edit, put, rendered, unrendered


def explained(key: str, world: World | None = None) -> list[dict[str, Any]]:
    world = world or rendered()
    rows: list[dict[str, Any]] = json.loads(explain(world.disk, world.shipped, key, "json").text)
    return rows


def listed(kind: str = "", world: World | None = None) -> list[list[str]]:
    world = world or rendered()
    return [line.split("  ") for line in list_ids(world.disk, world.shipped, kind).text.splitlines()]


IDS: dict[str, tuple[str, dict[str, str], str, str, str]] = {
    # id: kind, some of what it says, who names it, what shows it, what enforces it
    "HIGH": (
        "level",
        {"title": "High", "minimum wait hours": "24", "deploy window": "weekly"},
        "operation column.rename (policies/operations.yaml:18:12)",
        "docs/RISK_LEVELS.md",
        "code-owners: GitHub asks the owners of the migration paths for a review.",
    ),
    "table.drop": (
        "operation",
        {"dialects": "sqlite, postgresql, mysql", "raised": "empty (when the table is empty, level HIGH)"},
        "red-flag drop-without-backup (policies/agent.yaml:11:18)",
        "docs/OPERATIONS.md",
        "",
    ),
    "loses-data": (
        "danger",
        {"meaning": "Rows are gone."},
        "operation table.drop (policies/operations.yaml:23:15)",
        "docs/OPERATIONS.md",
        "",
    ),
    "backup-verified": (
        "item",
        {"from level": "HIGH", "checked by": "person"},
        "",
        "docs/checklists/author.md",
        "",
    ),
    "history-kept": (
        "item",
        {"check": "history-untouched"},
        "",
        "docs/checklists/review.md",
        "history-untouched: No migration that the base branch has was edited, renamed or deleted.",
    ),
    "author": (
        "checklist",
        {"role": "code-reviewer"},
        "policies/pull-request.yaml:26:16",
        ".github/PULL_REQUEST_TEMPLATE.md",
        "",
    ),
    "restore": (
        "runbook",
        {"time box minutes": "30", "data loss": "possible"},
        "scenario failed-halfway (policies/guide.yaml:27:14)",
        "docs/runbooks/restore.md",
        "",
    ),
    "restore/freeze": ("step", {"if not": "Call the technical lead."}, "", "docs/runbooks/restore.md", ""),
    "freeze": ("step", {"title": "Stop the application"}, "", "docs/runbooks/restore.md", ""),
    "restore/first": ("message", {"channel": "database"}, "", "docs/runbooks/restore.md", ""),
    "quick-start/write": (
        "step",
        {"text": "Let the tool write it."},
        "",
        "docs/DATABASE_MIGRATION_GUIDE.md",
        "",
    ),
    "has-migration/yes": (
        "option",
        {"text": "One migration or more"},
        "",
        ".github/PULL_REQUEST_TEMPLATE.md",
        "",
    ),
    "rollback": ("field", {"kind": "text"}, "", "docs/INTEGRATION_GUIDE.md", ""),
    "G1": (
        "gap",
        {"missing": "A review."},
        "",
        "docs/GAP_ANALYSIS.md",
        "code-owners: GitHub asks the owners of the migration paths for a review.",
    ),
    "second-pair-of-eyes": (
        "control",
        {"enforced by": "github (check code-owners, note It does not read for them.)"},
        "risk R1 (policies/risks.yaml:10:16)",
        "docs/GAP_ANALYSIS.md",
        "checklist item level-right",
    ),
    "script-read": (
        "requirement",
        {"check": "code-owners"},
        "",
        "docs/APPROVAL_MATRIX.md",
        "code-owners: GitHub asks the owners of the migration paths for a review.",
    ),
    "tech-lead": (
        "role",
        {"human": "no", "members": "grace (kind human)"},
        "level CRITICAL (policies/risk-matrix.yaml:",
        "docs/ROLES.md",
        "",
    ),
    "database": ("channel", {"where": "#database"}, "role code-reviewer", "docs/ROLES.md", ""),
    "production": ("environment", {}, "policies/database.yaml:5:20", "docs/ROLES.md", ""),
    "weekly": ("window", {"days": "Tuesday, Thursday"}, "level HIGH", "docs/ROLES.md", ""),
    "add-required-column": (
        "pattern",
        {"when": "The table has rows."},
        "schema-risk S1",
        "docs/DATABASE_MIGRATION_GUIDE.md",
        "",
    ),
    "failed-halfway": ("scenario", {"runbook": "restore"}, "", "docs/DISASTER_RECOVERY.md", ""),
    "R1": ("risk", {"probability": "Low"}, "", "docs/RISK_REGISTER.md", "checklist item level-right"),
    "S1": ("schema-risk", {"severity": "HIGH"}, "", "docs/RISK_REGISTER.md", ""),
    "M1": ("metric", {"formula": "failed / all"}, "", "docs/METRICS.md", ""),
    "migration": ("term", {"see": "rollback"}, "", "docs/GLOSSARY.md", ""),
    "Q1": ("topic", {"title": "Approvals"}, "", "docs/OPEN_DECISIONS.md", ""),
    "Q1.1": ("question", {"status": "answered"}, "", "docs/OPEN_DECISIONS.md", ""),
    "P1": ("phase", {"first week": "1"}, "", "docs/ROLLOUT.md", ""),
    "who-approves": ("faq", {}, "", "docs/GITHUB_WORKFLOW.md (block workflow-faq)", ""),
    "drop-without-backup": ("red-flag", {"operations": "table.drop"}, "", "docs/APPROVAL_MATRIX.md", ""),
    "no-surprise": ("statement", {"title": "No surprise"}, "", "docs/index.md", ""),
    "quick-start": ("procedure", {"minutes": "5"}, "", "docs/DATABASE_MIGRATION_GUIDE.md", ""),
    "A1": ("seed", {"title": "Level LOW"}, "level LOW (policies/risk-matrix.yaml:", "docs/COVERAGE.md", ""),
    "history-untouched": ("check", {"run by": "CI"}, "item history-kept", "docs/GAP_ANALYSIS.md", "CI"),
    "check:code-owners": (
        "check",
        {"run by": "GitHub"},
        "requirement script-read",
        "docs/GAP_ANALYSIS.md",
        "",
    ),
    "approval-matrix": (
        "artefact",
        {"file": "docs/APPROVAL_MATRIX.md", "title": "Approval matrix"},
        "control second-pair-of-eyes",
        "docs/APPROVAL_MATRIX.md",
        "artefacts-in-step: Every generated file is exactly what the policy says.",
    ),
    "artefact:runbook": ("artefact", {"file": "docs/runbooks/{id}.md"}, "", "docs/runbooks/restore.md", ""),
    "workflow-faq": ("artefact", {}, "", "docs/GITHUB_WORKFLOW.md (block workflow-faq)", ""),
}


@pytest.mark.parametrize("key", IDS)
def test_every_kind_of_id_is_explained(key: str) -> None:
    kind, says, named_by, shown_in, enforced_by = IDS[key]
    (row,) = [each for each in explained(key) if each["kind"] == kind]
    said = {field: values[0] for field, values in row["says"]}
    assert {field: said.get(field) for field in says} == says
    for wanted, found in ((named_by, "named_by"), (shown_in, "shown_in"), (enforced_by, "enforced_by")):
        assert any(wanted in each for each in row[found]) or not wanted, row[found]
    if kind not in ("check", "artefact"):
        path, line, column = row["where"].split(":")
        text = rendered().text(path).splitlines()[int(line) - 1]
        assert text[int(column) - 1 :].strip("\"'").startswith(row["id"].rpartition("/")[2])
    else:
        assert row["where"] == "comes with Handrail"


def test_no_kind_is_forgotten() -> None:
    assert {row[0] for row in listed()} == {row[0] for row in IDS.values()} | {"integration", "picture"}


LAST = {row[0]: row for row in listed()}


@pytest.mark.parametrize("row", LAST.values(), ids=lambda row: f"{row[0]}:{row[1]}")
def test_whatever_is_listed_can_be_explained(row: list[str]) -> None:
    (found,) = explained(f"{row[0]}:{row[1]}")
    assert (found["kind"], found["id"]) == (row[0], row[1])
    if row[0] not in BUILTIN:
        assert found["where"] == row[2]
    assert found["shown_in"]


def test_the_lists_of_the_code_are_listed() -> None:
    assert [row[1] for row in listed("check")] == [check.id for check in CHECKS]
    assert [row[1:] for row in listed("artefact")] == [[spec.id, spec.path] for spec in ARTEFACTS]
    assert [row[1] for row in listed("level")] == ["LOW", "MEDIUM", "HIGH", "CRITICAL"]


def test_an_id_of_two_kinds_is_explained_twice_and_may_be_narrowed() -> None:
    both = explained("pull-request-template")
    assert [row["kind"] for row in both] == ["integration", "artefact"]
    assert explained("integration:pull-request-template") == both[:1]
    assert explained("artefact:pull-request-template") == both[1:]
    world = unrendered()
    world.edit("policies/glossary.yaml", "id: rollback", "id: restore")
    world.edit("policies/glossary.yaml", "see: [rollback]", "see: [restore]")
    assert [row["kind"] for row in explained("restore", world)] == ["term", "runbook"]
    world.edit("policies/glossary.yaml", "id: restore", "id: freeze")
    world.edit("policies/glossary.yaml", "see: [restore]", "see: [freeze]")
    assert [row["kind"] for row in explained("freeze", world)] == ["term"]
    assert [row["kind"] for row in explained("restore/freeze", world)] == ["step"]


def test_a_row_of_the_seed_document_gives_way_to_the_entry_of_its_id() -> None:
    world = unrendered()
    world.edit("policies/coverage.yaml", "- id: A2", "- id: G1\n    title: Gap\n  - id: A2")
    world.edit("policies/gaps.yaml", "- id: G1", "- id: G1\n    covers: [G1]")
    assert [row["kind"] for row in explained("G1", world)] == ["gap"]
    assert [row["kind"] for row in explained("seed:G1", world)] == ["seed"]


UNKNOWN = {
    "HIHG": "Did you mean 'HIGH'?",
    "table.dorp": "Did you mean 'table.drop'?",
    "level:HIHG": "Did you mean 'HIGH'?",
    "levle:HIGH": "Did you mean 'level:HIGH'?",
    "role:restore": "Did you mean 'runbook:restore'?",
    "approval-matirx": "Did you mean 'approval-matrix'?",
    "code-owner": "Did you mean 'code-owners'?",
    "xyzzy": "List them: handrail explain --list",
    "role:": "Did you mean 'roles'?",
    ":": "List them: handrail explain --list",
    "\u65e5": "List them: handrail explain --list",
}


@pytest.mark.parametrize("key", UNKNOWN)
def test_an_unknown_id_is_told_with_the_nearest_known_one(key: str) -> None:
    with pytest.raises(HandrailError) as caught:
        explained(key)
    assert str(caught.value) == f"the policy defines no '{key}'"
    assert caught.value.hint == UNKNOWN[key]


@pytest.mark.parametrize(
    ("kind", "hint"), [("levle", "Did you mean 'level'?"), ("artifact", "Did you mean 'artefact'?")]
)
def test_an_unknown_kind_is_told_with_the_nearest_known_one(kind: str, hint: str) -> None:
    with pytest.raises(HandrailError, match=f"there is no kind '{kind}'") as caught:
        listed(kind)
    assert caught.value.hint == hint


def test_an_unknown_kind_that_is_like_none_gets_the_list() -> None:
    with pytest.raises(HandrailError) as caught:
        listed("xyzzy")
    assert {"level", "role", "artefact", "check"} <= set(caught.value.hint.split(", "))


LONG = "many words that go on and on until the line is full and over and over again " * 3
WIDE: dict[str, tuple[str, Act]] = {
    "long field name": (
        "restore",
        edit("policies/runbooks.yaml", "The backup does not open.", LONG + "x" * 100),
    ),
    "long value": ("G1", edit("policies/gaps.yaml", "Scripts were merged unread.", LONG)),
    "unbroken value": ("G1", edit("policies/gaps.yaml", "Scripts were merged unread.", "x" * 300)),
    "many lines": ("G1", edit("policies/gaps.yaml", "Scripts were merged unread.", '"a\\n\\n  b\\n- c"')),
}


@pytest.mark.parametrize(("key", "act"), [("HIGH", put("x", "")), *WIDE.values()], ids=["plain", *WIDE])
def test_text_is_at_most_80_columns_wide(key: str, act: Act) -> None:
    world = rendered()
    act(world)
    text = explain(world.disk, world.shipped, key, "text").text
    assert max(len(line) for line in text.splitlines()) <= 80
    assert text.startswith(f"{key} (")
    for field in (
        "\n  defined at   policies/",
        "\n  named by     ",
        "\n  shown in     ",
        "\n  enforced by  ",
    ):
        assert field in text


def test_a_reference_in_a_text_counts_as_naming() -> None:
    (row,) = explained("role:data-engineer")
    assert "policies/risk-matrix.yaml:1:36" in row["named_by"]
    assert "level HIGH (policies/risk-matrix.yaml:33:15)" in row["named_by"]


def test_a_policy_that_cannot_be_read_is_not_explained() -> None:
    world = rendered()
    world.put("policies/faq.yaml", "faq: [")
    with pytest.raises(HandrailError, match="the policy cannot be read") as caught:
        explained("HIGH", world)
    assert caught.value.hint == "Look at it with: handrail validate"


def test_an_artefact_that_is_not_wanted_is_shown_nowhere() -> None:
    world = rendered()
    world.put("policies/artefacts.yaml", "artefacts: []\nskip: [waivers]\n")
    (row,) = explained("artefact:waivers", world)
    assert row["shown_in"] == []
