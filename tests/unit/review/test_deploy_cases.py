"""What the gate says of deploys: a new case is a new folder in tests/cases/deploy."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from handrail.commands.deploy_shown import show_deploy
from handrail.commands.schema import schema
from handrail.policy.checks import CHECKS as NAMED
from handrail.review.deploy_checks import CHECKS
from tests.deploys.cases import CASES, ROOT, judged, said
from tests.fakes import ShippedTemplates

SCHEMA = json.loads(schema(ShippedTemplates(), "deploy-check").text)
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_case(folder: Path) -> None:
    files = [folder / "expected.txt", folder / "expected.json"]
    expected = {path.name: path.read_bytes().decode() for path in files if path.exists()}
    assert said(folder) == expected


def test_there_are_cases() -> None:
    assert len(CASES) >= 40


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_the_json_is_what_the_schema_says(folder: Path) -> None:
    path = folder / "expected.json"
    if path.exists():
        VALIDATOR.validate(json.loads(path.read_bytes()))


def test_the_schema_describes_every_property() -> None:
    def walk(node: dict[str, Any], place: str) -> None:
        assert node.get("description"), place
        for key, each in node.get("properties", {}).items():
            walk(each, f"{place}/{key}")
        if "items" in node:
            walk(node["items"], f"{place}/*")

    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    walk(SCHEMA, "")


def test_the_policy_may_name_exactly_the_checks_that_there_are() -> None:
    assert [each.id for each in NAMED if each.id.startswith("deploy-")] == list(CHECKS)


@pytest.mark.parametrize("check", CHECKS)
def test_each_check_is_missing_in_a_case_and_met_in_another(check: str) -> None:
    """A check that no case fails, or that none passes, is not tried at all."""
    states = {
        each.state
        for folder in CASES
        if (folder / "expected.json").exists()
        for each in judged(folder).results
        if any(each.id == item for item, of in ITEMS.items() if of == check)
    }
    assert {"met", "missing"} <= states


ITEMS = {
    "migrations-pending-known": "deploy-history",
    "engine-known": "deploy-engine",
    "backup-verified": "deploy-backup",
    "way-back-rehearsed": "deploy-way-back",
    "rehearsed-on-copy": "deploy-rehearsal",
    "window-open": "deploy-window",
}


def test_findings_stand_at_the_line_of_the_policy_that_asks() -> None:
    shown = show_deploy(judged(ROOT / "low-without-a-backup"), "github")
    (finding,) = [each for each in shown.findings if each.severity == "error"]
    assert finding.code == "deploy.backup-verified"
    assert finding.location.path == "policies/checklists.yaml"
    assert "handrail backup verify" in finding.hint


def test_markdown_says_what_to_do_next_and_links_the_checklist() -> None:
    text = show_deploy(judged(ROOT / "critical-after-the-window"), "markdown").text
    assert text.startswith("## Deploy: 1 item missing\n\nRisk level **CRITICAL**.\n")
    assert "Wait for 2026-11-25 09:00 Europe/Berlin" in text
    assert "/docs/checklists/deploy.md#window-open)" in text
    assert "Approvals" not in text


def test_markdown_of_a_deploy_that_lacks_nothing() -> None:
    text = show_deploy(judged(ROOT / "critical"), "markdown").text
    assert text.startswith("## Deploy: nothing is missing\n")
    assert "What to do next" not in text
