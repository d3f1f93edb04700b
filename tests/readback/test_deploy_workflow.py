"""The workflow of a deploy: nothing is applied before the click, the backup and the second look."""

import re
from typing import Any

import pytest
import yaml

from handrail.policy.projection import DEPLOY, DEPLOY_FILE
from tests.readback.test_artefacts import policy, read

PATH = ".github/workflows/migration-deploy.yml"


def load(text: str) -> Any:
    return yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506  # strings only: 'on' is no boolean


@pytest.fixture(scope="module")
def workflow() -> Any:
    return load(read(PATH))


@pytest.fixture(scope="module")
def steps(workflow: Any) -> Any:
    return workflow["jobs"]["deploy"]["steps"]


def place(steps: Any, start: str) -> int:
    """Return the number of the one step that runs a command."""
    (found,) = [number for number, step in enumerate(steps) if step.get("run", "").startswith(start)]
    return found


def test_it_has_the_name_that_the_policy_module_gives_it(workflow: Any) -> None:
    assert (workflow["name"], f"{DEPLOY_FILE}.yml") == (DEPLOY, PATH.rpartition("/")[2])


def test_only_a_person_starts_it(workflow: Any) -> None:
    assert list(workflow["on"]) == ["workflow_dispatch"]
    assert workflow["on"]["workflow_dispatch"]["inputs"]["since"]["required"] == "true"


def test_one_deploy_at_a_time_and_none_is_cut_off(workflow: Any) -> None:
    assert workflow["concurrency"] == {"group": DEPLOY_FILE, "cancel-in-progress": "false"}


def test_it_may_only_read(workflow: Any) -> None:
    assert workflow["permissions"] == {}
    assert [job["permissions"] for job in workflow["jobs"].values()] == [{"contents": "read"}] * 2


def test_only_the_default_branch_is_deployed(workflow: Any) -> None:
    branch = policy("team")["team"]["repository"]["default_branch"]
    assert workflow["jobs"]["check"]["if"] == f"github.ref == 'refs/heads/{branch}'"
    assert workflow["jobs"]["deploy"]["needs"] == "check"


def test_the_first_job_has_no_secret_and_no_environment(workflow: Any) -> None:
    job = workflow["jobs"]["check"]
    assert "environment" not in job
    assert "secrets." not in yaml.dump(job)


def test_the_second_job_waits_for_a_reviewer_of_production(workflow: Any) -> None:
    (production, *_) = [each for each in policy("database")["databases"] if each["environments"]]
    assert workflow["jobs"]["deploy"]["environment"] == production["environments"][0] == "production"


def test_the_runner_starts_after_backup_comparison_and_a_second_look(steps: Any) -> None:
    command = policy("database")["databases"][0]["runner"]["command"]
    order = ["handrail backup take ", "handrail backup verify ", "handrail deploy-check --base=", command]
    order.append("handrail deploy-check --format")
    places = [place(steps, each) for each in order]
    assert places == sorted(places)


def test_no_step_is_skipped_or_excused(steps: Any) -> None:
    assert [step for step in steps if {"if", "continue-on-error"} & step.keys()] == []
    assert not any("||" in step.get("run", "") or "set +e" in step.get("run", "") for step in steps)


def test_the_runner_is_set_up_and_run_where_the_policy_says(steps: Any) -> None:
    runner = policy("database")["databases"][0]["runner"]
    for key in ("setup", "command"):
        (step,) = [each for each in steps if each.get("run") == runner[key]]
        assert step["working-directory"] == runner["folder"]


def test_the_first_look_leaves_out_the_backup_alone(workflow: Any) -> None:
    (look,) = [
        step["run"] for step in workflow["jobs"]["check"]["steps"] if "deploy-check" in step.get("run", "")
    ]
    items = [item for each in policy("checklists")["checklists"] for item in each["items"]]
    backups = [item["id"] for item in items if item.get("check") == "deploy-backup"]
    assert re.findall(r"--later (\S+)", look) == backups == ["backup-verified"]


def test_no_script_holds_an_expression(workflow: Any) -> None:
    scripts = [step["run"] for job in workflow["jobs"].values() for step in job["steps"] if "run" in step]
    assert len(scripts) == 9
    assert [script for script in scripts if "${{" in script] == []


def test_secrets_reach_only_the_steps_that_need_them(steps: Any) -> None:
    for step in steps:
        secrets = {key for key, value in step.get("env", {}).items() if "secrets." in value}
        run = step.get("run", "")
        wanted = (
            {"HANDRAIL_DATABASE_URL"} if run.startswith(("handrail backup", "handrail deploy")) else set()
        )
        if step["name"] == "Apply the migrations":
            wanted = {"DATABASE_URL"}
        assert secrets == wanted, step["name"]


def test_without_folder_and_setup_the_runner_is_run_at_the_root() -> None:
    golden = load(read(f"tests/golden/minimal/{PATH}"))["jobs"]["deploy"]["steps"]
    assert not any("working-directory" in step for step in golden)
    assert not any(step["name"] == "Install the runner of the migrations" for step in golden)
