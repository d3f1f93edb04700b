"""What the pages say of evidence, read back and held against the evidence files."""

import glob
import json
import os
from typing import Any

import pytest

from tests.readback.test_artefacts import ROOT, policy, read, tables

MINIMAL = "tests/golden/minimal"
FILES = {
    os.path.basename(path): path
    for path in glob.glob(os.path.join(ROOT, "tests/minimal/migration-evidence/*"))
}


def evidence(name: str) -> Any:
    with open(FILES[name], encoding="utf-8") as file:
        return json.load(file)


def facts(page: str) -> dict[str, str]:
    """Return the table of facts at the head of a runbook."""
    return {row[0]: row[1] for row in tables(read(page))[0][1:]}


def test_a_runbook_shows_its_last_drill() -> None:
    drill = evidence("restore-sqlite-drill.json")
    said = facts(f"{MINIMAL}/docs/runbooks/restore.md")["Last drilled"]
    assert drill["finished_at"][:10] in said
    assert f"SQLite {drill['engine']['version']}" in said
    assert drill["runbook"]["fault"] in said
    assert f"{round(drill['seconds'] / 60)} of {drill['runbook']['target_minutes']} minutes" in said
    assert "restore-sqlite-drill.json" in said


def test_the_plan_shows_it_in_short() -> None:
    found = tables(read(f"{MINIMAL}/docs/DISASTER_RECOVERY.md"))
    table = next(table for table in found if table[0][0] == "Runbook")
    drill = evidence("restore-sqlite-drill.json")
    said = table[1][table[0].index("Last drilled")]
    assert said == f"{drill['finished_at'][:10]}: 1 of 1 as promised"


@pytest.mark.parametrize("runbook", ["detect", "roll-back", "restore", "communicate", "review"])
def test_each_runbook_of_the_policy_says_whether_it_was_drilled(runbook: str) -> None:
    said = facts(f"docs/runbooks/{runbook}.md")["Last drilled"]
    shown = read("docs/DISASTER_RECOVERY.md")
    assert said == "not drilled" or said[:4].isdecimal() or said.startswith("not drilled: changed since")
    assert shown.count("Last drilled") == 1


def test_a_number_stands_beside_the_files_that_it_comes_from() -> None:
    text = read(f"{MINIMAL}/docs/METRICS.md")
    rollback = evidence("1_add_users-rollback.json")
    restored = int(rollback["schema_restored"]), int(rollback["data_restored"])
    assert f"- {restored[0]} of 1 (100 %) rollbacks restored the schema" in text
    assert f"- {restored[1]} of 1 (0 %) rollbacks restored the data" in text
    assert "[1_add_users-rollback.json](" in text


def test_the_metrics_that_are_counted_here_are_those_that_the_issue_names() -> None:
    counted = {each["id"]: each["counted"] for each in policy("metrics")["metrics"] if "counted" in each}
    assert counted == {"M2": "rollbacks", "M6": "ways-back", "M8": "failures"}
