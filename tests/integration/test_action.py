"""The action for other repositories: its scripts, run beside false programs, and what README says of it."""

import os
import re
import stat
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
ACTION: Any = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
STEPS: Mapping[str, Any] = {step["name"]: step for step in ACTION["runs"]["steps"]}
NOTE = '#!/bin/sh\necho "$(basename "$0") $*" >> "$TRIED"\n'
FAILS = 'case "$1" in ${FAILING:-nothing}) exit "${CODE:-1}" ;; esac\n'


class Done(NamedTuple):
    """How a script ended, and what it started."""

    code: int
    said: str
    started: list[str]


def run(step: str, folder: Path, **env: str) -> Done:
    """Run the script of a step; python and handrail are false ones that note how they are called."""
    home = folder / "handrail" / "bin"
    home.mkdir(parents=True, exist_ok=True)
    tools = folder / "tools"
    tools.mkdir(exist_ok=True)
    for place in (home / "python", home / "handrail", tools / "python"):
        place.write_text(NOTE + FAILS, "utf-8")
        place.chmod(stat.S_IRWXU)
    tried = folder / "tried"
    tried.write_text("", "utf-8")
    given = {
        "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
        "TRIED": str(tried),
        "RUNNER_TEMP": str(folder),
        "GITHUB_ACTION_PATH": "/action",
        **env,
    }
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", STEPS[step]["run"]]
    done = subprocess.run(
        command, env=given, cwd=folder, capture_output=True, text=True, check=False, timeout=60
    )
    return Done(done.returncode, done.stdout, tried.read_text("utf-8").splitlines())


INSTALL = "python -m pip install --quiet --disable-pip-version-check"


def test_it_installs_itself_with_dependencies_pinned_by_hash(tmp_path: Path) -> None:
    done = run("Install Handrail", tmp_path, VERSION="")
    assert (done.code, done.started) == (
        0,
        [
            f"python -m venv {tmp_path}/handrail",
            f"{INSTALL} --require-hashes --requirement /action/requirements.lock",
            f"{INSTALL} --no-deps --no-build-isolation /action",
        ],
    )


def test_it_installs_a_version_from_pypi(tmp_path: Path) -> None:
    assert run("Install Handrail", tmp_path, VERSION="0.1.0").started[1:] == [f"{INSTALL} handrail==0.1.0"]


@pytest.mark.parametrize("version", ["--index-url=x", "1 2", "1; id", "$(id)", "1\n2", "git+https://x"])
def test_a_version_that_is_none_is_refused(tmp_path: Path, version: str) -> None:
    done = run("Install Handrail", tmp_path, VERSION=version)
    assert (done.code, len(done.started)) == (2, 1)
    assert done.said.startswith("::error title=Handrail::version is")


def ran(folder: Path, words: str, **env: str) -> Done:
    given = {"RUN": words, "COMMENT": "false", "FOLDER": ".", **env}
    return run("Run Handrail", folder, **given)


def test_it_runs_check_and_review(tmp_path: Path) -> None:
    assert ran(tmp_path, ACTION["inputs"]["run"]["default"]) == Done(
        0, "", ["handrail check --full --root . --format github", "handrail review --root . --format github"]
    )


def test_a_comment_is_wanted_and_the_policy_lies_in_a_folder(tmp_path: Path) -> None:
    done = ran(tmp_path, "review", COMMENT="true", FOLDER="services/my api")
    assert done.started == ["handrail review --comment --root services/my api --format github"]


@pytest.mark.parametrize("failing", ["check", "review"])
@pytest.mark.parametrize("code", ["1", "2", "3"])
def test_a_failure_fails_the_step_after_everything_was_run(tmp_path: Path, failing: str, code: str) -> None:
    done = ran(tmp_path, "check review", FAILING=failing, CODE=code)
    assert (done.code, len(done.started)) == (int(code), 2)


@pytest.mark.parametrize("words", ["*", "check; id", "render", "$(id)", "review --root /"])
def test_what_is_no_command_is_refused(tmp_path: Path, words: str) -> None:
    done = ran(tmp_path, words)
    assert done.code == 2
    assert done.said == "::error title=Handrail::run takes validate, check and review\n"


@pytest.mark.parametrize("step", [name for name, step in STEPS.items() if "run" in step])
def test_no_input_stands_in_a_script(step: str) -> None:
    assert "${{" not in STEPS[step]["run"]


def test_every_input_is_used_and_only_through_the_environment() -> None:
    texts = [value for step in STEPS.values() for value in step.get("env", {}).values()]
    used = {name for text in texts for name in re.findall(r"inputs\.(\w+)", text)}
    assert used == set(ACTION["inputs"])


def readme(start: str) -> Any:
    blocks = re.findall(r"^```yaml\n(.*?)^```$", (ROOT / "README.md").read_text("utf-8"), re.M | re.S)
    (block,) = [each for each in blocks if each.startswith(start)]
    return yaml.safe_load(block)


def test_readme_shows_a_use_that_the_action_understands(tmp_path: Path) -> None:
    shown = readme("permissions:")
    gate = yaml.safe_load((ROOT / ".github/workflows/migration-safety.yml").read_text("utf-8"))["jobs"][
        "gate"
    ]
    assert shown["permissions"] == gate["permissions"]
    checkout, use = shown["steps"]
    assert {key: checkout[key] for key in ("uses", "with")} == {
        key: gate["steps"][0][key] for key in ("uses", "with")
    }
    assert re.fullmatch(r"OWNER/handrail@COMMIT", use["uses"])
    assert use["with"].keys() <= ACTION["inputs"].keys()
    assert ran(tmp_path, use["with"]["run"]).code == 0


def test_readme_names_the_hooks_that_there_are() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    (repository,) = readme("repos:")["repos"]
    assert [each["id"] for each in repository["hooks"]] == [each["id"] for each in hooks]
