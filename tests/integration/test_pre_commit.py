"""The hooks for pre-commit, run by pre-commit itself on a repository of their own."""

import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[2]
HISTORY = "db/migrations"
FIRST = "CREATE TABLE notes (id INTEGER PRIMARY KEY, body TEXT NOT NULL);\n"


class Hooks(NamedTuple):
    """A repository, and how pre-commit is started in it."""

    folder: Path
    env: Mapping[str, str]
    command: str

    def run(self, hook: str, *words: str) -> tuple[int, str]:
        """Run a hook as a commit would, and return its exit code and what was printed."""
        git(self.folder, "add", "-A")
        command = [self.command, "try-repo", str(ROOT), hook, *words]
        done = subprocess.run(
            command, cwd=self.folder, env=self.env, capture_output=True, text=True, check=False
        )
        return done.returncode, done.stdout + done.stderr


def git(folder: Path, *words: str) -> None:
    subprocess.run(["git", "-C", str(folder), *words], check=True, capture_output=True)


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> Hooks:
    """A repository with a policy and one migration. What Handrail needs is taken from here: no network."""
    there = os.path.dirname(sys.executable) + os.pathsep + os.environ["PATH"]
    command = shutil.which("pre-commit", path=there)
    if command is None:
        pytest.skip("pre-commit is not installed: pip install pre-commit")
    folder = tmp_path_factory.mktemp("hooks")
    (folder / HISTORY).mkdir(parents=True)
    (folder / HISTORY / "0001_create_notes.up.sql").write_text(FIRST, "utf-8")
    env = {
        **os.environ,
        "PATH": there,
        "PYTHONPATH": sysconfig.get_paths()["purelib"],
        "PRE_COMMIT_HOME": str(tmp_path_factory.mktemp("home")),
        "PIP_NO_INDEX": "1",
        "PIP_NO_DEPS": "1",
        "PIP_NO_BUILD_ISOLATION": "0",  # pip reads it the wrong way round: 0 switches the isolation off
        "GIT_CONFIG_GLOBAL": os.devnull,
    }
    git(folder, "init", "-q")
    git(folder, "config", "user.name", "Team")
    git(folder, "config", "user.email", "team@example.org")
    for word in ("init", "render"):
        start = [sys.executable, "-m", "handrail", word]
        source = {**os.environ, "PYTHONPATH": str(ROOT / "generator")}
        subprocess.run(start, cwd=folder, env=source, check=True, capture_output=True)
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "Start")
    return Hooks(folder, env, command)


def test_a_commit_that_is_fine_passes(hooks: Hooks) -> None:
    for hook in ("handrail-validate", "handrail-check", "handrail-classify"):
        code, said = hooks.run(hook, "--all-files")
        assert (code, "Passed" in said) == (0, True), said


def test_a_mistake_in_the_policy_is_refused(hooks: Hooks) -> None:
    path = hooks.folder / "policies" / "naming.yaml"
    before = path.read_text("utf-8")
    path.write_text(before + "colour: red\n", "utf-8")
    code, said = hooks.run("handrail-validate")
    path.write_text(before, "utf-8")
    assert (code, "policies/naming.yaml" in said) == (1, True), said


def test_a_generated_file_that_was_edited_is_refused(hooks: Hooks) -> None:
    path = hooks.folder / "docs" / "FAQ.md"
    before = path.read_text("utf-8")
    path.write_text(before + "\nMore.\n", "utf-8")
    code, said = hooks.run("handrail-check")
    path.write_text(before, "utf-8")
    assert (code, "drift.edited" in said) == (1, True), said


def test_a_changed_migration_is_classified_and_the_level_may_refuse_it(hooks: Hooks) -> None:
    path = hooks.folder / HISTORY / "0002_drop_notes.up.sql"
    path.write_text("DROP TABLE notes;\n", "utf-8")
    code, said = hooks.run("handrail-classify")
    assert ("0002_drop_notes" in said, "table.drop" in said, "0001_create_notes" in said) == (
        True,
        True,
        False,
    )
    assert code in (0, 1), said
    path.unlink()
