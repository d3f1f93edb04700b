"""The required check of GitHub: it cannot be skipped, sees every change, and may do no more than it must."""

import re
from typing import Any

import pytest
import yaml

from handrail.policy.projection import GATE, GATE_FILE
from tests.readback.test_artefacts import policy, read

PATH = ".github/workflows/migration-safety.yml"


@pytest.fixture(scope="module")
def workflow() -> Any:
    return yaml.load(read(PATH), Loader=yaml.BaseLoader)  # noqa: S506  # strings only: 'on' is no boolean


@pytest.fixture(scope="module")
def gate(workflow: Any) -> Any:
    return workflow["jobs"]["gate"]


def test_the_file_is_called_as_the_script_in_it_believes(workflow: Any) -> None:
    assert f"{GATE_FILE}.yml" == PATH.rpartition("/")[2]
    assert f"/actions/workflows/{GATE_FILE}.yml/runs" in workflow["jobs"]["follow"]["steps"][0]["run"]


def test_it_runs_at_everything_that_can_change_the_answer(workflow: Any) -> None:
    on, branch = workflow["on"], policy("team")["team"]["repository"]["default_branch"]
    assert set(on) == {"pull_request", "pull_request_review", "merge_group", "push"}
    assert set(on["pull_request"]["types"]) == {
        *("opened", "synchronize", "reopened", "edited"),
        *("labeled", "unlabeled", "ready_for_review", "converted_to_draft"),
    }
    assert set(on["pull_request_review"]["types"]) == {"submitted", "edited", "dismissed"}
    assert on["push"] == {"branches": [branch]}


def test_a_pull_request_to_another_branch_does_not_answer_for_the_same_commit(workflow: Any) -> None:
    branch = policy("team")["team"]["repository"]["default_branch"]
    assert workflow["on"]["pull_request"]["branches"] == [branch]


@pytest.mark.parametrize("event", ["pull_request", "pull_request_review", "merge_group", "push"])
def test_no_path_keeps_it_from_running(workflow: Any, event: str) -> None:
    assert {"paths", "paths-ignore", "branches-ignore"}.isdisjoint(workflow["on"][event] or {})


@pytest.mark.parametrize("key", ["if", "needs", "strategy", "continue-on-error"])
def test_the_required_job_cannot_be_skipped_or_excused(gate: Any, key: str) -> None:
    assert key not in gate


def test_no_step_of_the_required_job_is_excused(gate: Any) -> None:
    assert [step for step in gate["steps"] if "continue-on-error" in step] == []
    conditions = {step["name"]: step["if"] for step in gate["steps"] if "if" in step}
    assert list(conditions.values()) == [
        "${{ !cancelled() && (github.event.pull_request || github.event.merge_group) }}"
    ]
    assert not any("||" in step.get("run", "") or "set +e" in step.get("run", "") for step in gate["steps"])


def test_a_run_is_never_cancelled(workflow: Any) -> None:
    assert workflow["concurrency"]["cancel-in-progress"] == "false"
    assert "github.run_id" in workflow["concurrency"]["group"]  # shared with no other run


def test_only_one_event_of_a_pull_request_carries_the_required_name(gate: Any, workflow: Any) -> None:
    found = re.fullmatch(r"\$\{\{ github\.event_name == '(\w+)' && '(.+)' \|\| '(.+)' \}\}", gate["name"])
    assert found is not None
    assert found[1] == "pull_request_review"
    assert found[2] != found[3] == GATE == workflow["name"]
    assert workflow["jobs"]["follow"]["name"] != GATE


def test_permissions_are_the_least(workflow: Any, gate: Any) -> None:
    assert workflow["permissions"] == {}
    assert gate["permissions"] == {"contents": "read", "pull-requests": "read"}
    assert workflow["jobs"]["follow"]["permissions"] == {"actions": "write"}


def test_the_job_that_may_write_runs_no_code_of_the_repository(workflow: Any) -> None:
    (step,) = workflow["jobs"]["follow"]["steps"]
    assert "uses" not in step
    assert set(step["env"]) == {"GH_TOKEN", "HEAD", "FORK"}


def test_the_head_is_checked_out_with_history_and_without_the_token(gate: Any) -> None:
    (checkout,) = [step for step in gate["steps"] if step.get("uses", "").startswith("actions/checkout@")]
    assert checkout["with"] == {
        "ref": "${{ github.event.pull_request.head.sha || github.sha }}",
        "fetch-depth": "0",
        "persist-credentials": "false",
    }


def test_no_script_holds_an_expression(workflow: Any) -> None:
    scripts = [step["run"] for job in workflow["jobs"].values() for step in job["steps"] if "run" in step]
    assert len(scripts) == 4
    assert [script for script in scripts if "${{" in script] == []


def test_text_of_a_pull_request_is_not_even_in_the_environment() -> None:
    used = set(re.findall(r"github\.event\.[\w.]+", read(PATH)))
    assert used == {
        "github.event.merge_group",
        "github.event.pull_request",
        "github.event.pull_request.head.sha",
        "github.event.pull_request.head.repo.full_name",
        "github.event.review.state",
    }


def test_the_comment_of_the_policy_decides_what_may_be_written() -> None:
    assert policy("pull-request")["pull_request"]["comment"] == "false"
    assert "handrail review --format github\n" in read(PATH)
    golden = yaml.safe_load(read("tests/golden/minimal/" + PATH))  # there the policy wants a comment
    assert golden["jobs"]["gate"]["permissions"]["pull-requests"] == "write"
    assert golden["jobs"]["gate"]["steps"][-1]["run"] == "handrail review --format github --comment"
