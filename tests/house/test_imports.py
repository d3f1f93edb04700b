"""What each command loads: most of the time of a small command is Python's imports.

No clock is asked: the set of loaded modules is the same on every machine.
A row that fails names the module; `python -X importtime` says who loads it.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.minimal.builder import environment, git, lay_down, run

HEAVY = {
    "inspect",
    "lark",
    "postgast",
    "sqlglot",
    "jinja2",
    "jsonschema",
    "jsonschema_rs",
    "markdown_it",
    "yaml",
}
SELDOM = {"dataclasses", "logging", "platform", "shlex", "subprocess", "traceback"}
"""Modules that no ordinary run needs: slow to load, of use only when something went wrong."""

NEVER: dict[str, set[str]] = {
    "check": {"argparse", "collections", "contextlib", "functools", "hashlib", "json", "re", "typing"}
    | HEAVY
    | SELDOM,
    "check --root .": {"argparse", "collections", "contextlib", "json", "re", "typing"} | HEAVY | SELDOM,
    "check --format json": {"jsonschema", "markdown_it"} | SELDOM,
    "check --full": {"jsonschema", "lark", "markdown_it", "subprocess"},
    "render": {"jsonschema", "lark", "markdown_it", "difflib"} | SELDOM,
    "render --dry-run": {"jsonschema", "lark", "markdown_it", "difflib"} | SELDOM,
    "validate": {"jinja2", "markupsafe", "markdown_it", "jsonschema", "difflib"} | SELDOM,
    "validate --format json": {"jinja2", "markupsafe", "markdown_it", "jsonschema", "difflib"} | SELDOM,
    "explain HIGH": {"jsonschema", "markdown_it", "difflib"} | SELDOM,
    "diff HEAD": {"jinja2", "markupsafe", "markdown_it", "jsonschema", "difflib"} | (SELDOM - {"subprocess"}),
    "schema-report": {"jinja2", "markdown_it", "jsonschema", "postgast", "sqlglot"},
    "schema": HEAVY | SELDOM | {"difflib"},
    "schema roles": HEAVY | SELDOM | {"difflib"},
    "--help": HEAVY | SELDOM | {"json", "handrail.policy", "handrail.commands"},
    "--version": HEAVY | SELDOM | {"json", "handrail.policy", "handrail.commands"},
    "render --help": HEAVY | SELDOM | {"json", "handrail.policy", "handrail.commands"},
}
"""Command -> what it must not load, in a repository that is rendered and was checked before."""

FAST = {
    "handrail",
    "handrail.adapters",
    "handrail.adapters.disk",
    "handrail.adapters.resources",
    "handrail.artefacts",
    "handrail.artefacts.ledger",
    "handrail.cli",
    "handrail.commands",
    "handrail.commands.evidence_files",
    "handrail.commands.schema_files",
    "handrail.commands.unchanged",
    "handrail.core",
    "handrail.core.errors",
}
"""The modules of ours that a plain check of an unchanged repository loads."""

PROBE = """
import sys
names, code = sys.modules.keys(), 0
if sys.argv[1:]:
    from handrail.cli import run
    try:
        code = run(sys.argv[1:])
    except SystemExit as stop:
        code = stop.code
names = sorted(names)
sys.stdout.flush()
import json
print("\\n" + json.dumps([code, names]))
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a rendered and checked repository."""
    root = lay_down(tmp_path_factory.mktemp("imports"))
    git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "all")
    assert run(root, "render").code == 0
    assert run(root, "check", "--full").code == 0
    return root


def loaded(root: Path, words: str) -> set[str]:
    """Return the modules that a command loads, beyond those of a bare Python."""
    return _modules(root, words) - _modules(root, "")


def _modules(root: Path, words: str) -> set[str]:
    command = [sys.executable, "-c", PROBE, *words.split()]
    done = subprocess.run(command, cwd=root, env=environment(), capture_output=True, text=True, check=True)
    code, names = json.loads(done.stdout.splitlines()[-1])
    assert code in (0, None)
    return set(names)


@pytest.mark.parametrize("words", NEVER)
def test_nothing_is_loaded_that_is_not_needed(root: Path, words: str) -> None:
    assert loaded(root, words) & NEVER[words] == set()


def test_the_plain_check_loads_a_handful_of_modules(root: Path) -> None:
    names = loaded(root, "check")
    assert {name for name in names if name.startswith("handrail")} == FAST
    assert {name for name in names if not name.startswith("handrail")} <= {"_blake2", "__future__"}


def test_the_guard_sees_what_is_loaded(root: Path) -> None:
    assert {"argparse", "yaml", "handrail.policy.model"} <= loaded(root, "validate")
    assert {"jinja2", "handrail.artefacts.build"} <= loaded(root, "render")
