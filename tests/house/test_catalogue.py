"""Catalogue, templates, checks and commands say the same."""

import os
import subprocess

import pytest

from handrail.arguments import COMMANDS
from handrail.artefacts.catalogue import ARTEFACTS
from handrail.artefacts.template import template_name
from handrail.policy.checks import CHECKS

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def tracked(*places: str) -> list[str]:
    done = subprocess.run(["git", "ls-files", "-z", *places], cwd=ROOT, capture_output=True, check=True)
    return [path for path in done.stdout.decode().split("\0") if path]


def read(path: str) -> str:
    with open(os.path.join(ROOT, path), encoding="utf-8", errors="replace") as file:
        return file.read()


def test_every_template_is_used_and_every_artefact_has_one() -> None:
    wanted = {
        template_name(f"{spec.path}.{spec.id}" if spec.kind == "block" else spec.path)
        for spec in ARTEFACTS
        if spec.kind != "schema"
    }
    there = {path.removeprefix("templates/") for path in tracked("templates")}
    assert {path for path in there if not path.startswith("_partials/")} == wanted


def test_every_partial_is_used() -> None:
    texts = "".join(read(path) for path in tracked("templates"))
    partials = [path.removeprefix("templates/") for path in tracked("templates/_partials")]
    assert [path for path in partials if f'"{path}"' not in texts] == []


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_readme_names_every_command(command: object) -> None:
    assert f"`handrail {command.name}`" in read("README.md")  # type: ignore[attr-defined]  # pytest types parameters as object


def test_every_check_of_ci_is_in_the_generated_workflow() -> None:
    workflow = read(".github/workflows/migration-safety.yml")
    assert "handrail check --full" in workflow
    assert "handrail review" in workflow
    assert {check.run_by for check in CHECKS} == {"ci", "github"}


def test_every_decision_is_listed() -> None:
    index = read("docs/decisions/index.md")
    decisions = [os.path.basename(path) for path in tracked("docs/decisions") if "/0" in path]
    assert [name for name in decisions if f"({name})" not in index] == []
