"""The tour of README.md does what it shows: each console block is run in a scratch clone."""

import os
import re
import subprocess
import sys

import pytest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
EDIT = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def _readme() -> str:
    with open(os.path.join(ROOT, "README.md"), encoding="utf-8") as file:
        return file.read()


def _steps() -> list[tuple[str, str]]:
    """Return (command, output) of every ``$`` line in the console blocks."""
    steps = []
    for block in CONSOLE.findall(_readme()):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            steps.append((command, output))
    return steps


def _run(command: str, folder: str) -> str:
    path = os.path.dirname(sys.executable) + os.pathsep + os.environ["PATH"]
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env={**os.environ, "PATH": path, "COLUMNS": "80"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.stdout


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A commit of the work tree with the edit of the tour applied on top of it."""
    folder = str(tmp_path_factory.mktemp("tour"))
    _run(f"git -C {ROOT} ls-files -z | tar -C {ROOT} --null -T - -c | tar -x", folder)
    _run("git init -q . && git add -A && git -c user.name=t -c user.email=t@t.example commit -qm x", folder)
    policy = os.path.join(folder, "policies", "risk-matrix.yaml")
    with open(policy, encoding="utf-8") as file:
        before = file.read()
    edit = EDIT.findall(_readme())[0]  # the tour comes first
    first, *more = edit.splitlines()
    indent = re.search(rf"^( *){re.escape(first)}$", before, re.MULTILINE)
    assert indent is not None
    lines = [indent[0], *(indent[1] + line for line in more)]
    after = before.replace(indent[0], "\n".join(lines))
    assert after != before
    with open(policy, "w", encoding="utf-8") as file:
        file.write(after)
    return folder


def test_the_tour_has_steps() -> None:
    assert len(_steps()) >= 4


def test_every_console_block_shows_what_the_command_prints(scratch: str) -> None:
    """One test, because the steps build on each other."""
    for command, output in _steps():
        assert _run(command, scratch) == output, f"README.md: $ {command}"
