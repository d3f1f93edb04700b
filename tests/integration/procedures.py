"""Read the commands of the policy, run them as a person would, and compare what they print."""

import os
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from handrail.rehearsal.drill.promises import keeps_promise
from tests.integration.servers import COMMAND_SECONDS, Target

POLICIES = Path(__file__).resolve().parents[2] / "policies"
ENGINES = ("sqlite", "postgresql")
ORMS = ("prisma", "none")
SQL_CLIENT = {
    "sqlite": 'sqlite3 -bail "$DB"',
    "postgresql": 'psql -XAtq -v ON_ERROR_STOP=1 "$DATABASE_URL"',
}


class Block(NamedTuple):
    """One command of the policy. ``name`` says where it stands."""

    name: str
    engine: str | None
    interpreter: str
    run: str
    expect: str | None


def read_policy(path: str) -> Any:
    """Return the YAML of ``policies/<path>`` as plain values."""
    return yaml.safe_load((POLICIES / path).read_text(encoding="utf-8"))


def blocks_of(
    name: str, commands: Iterable[Mapping[str, Any]], engine: str, orm: str = "prisma"
) -> list[Block]:
    """Return those of ``commands`` that are meant for ``engine`` and ``orm``, in order."""
    return [
        Block(name, one.get("engine"), one.get("interpreter", "shell"), one["run"], one.get("expect"))
        for one in commands
        if one.get("engine", engine) == engine and one.get("orm", orm) == orm and "run" in one
    ]


def run_block(block: Block, target: Target, env: Mapping[str, str] | None = None) -> str:
    """Run ``block`` on ``target`` and return what it prints; fail when it fails."""
    sql = block.interpreter == "sql"
    command = SQL_CLIENT[target.engine] if sql else block.run
    done = run_bash(command, block.run if sql else "", target, env or {})
    assert done.returncode == 0, f"{block.name}\n{block.run}\n{done.stdout}{done.stderr}"
    assert not done.stderr, f"{block.name}\n{block.run}\n{done.stderr}"
    return done.stdout


def run_bash(
    command: str, stdin: str, target: Target, env: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    """Run ``command`` in bash, in the folder of ``target`` and with its variables."""
    return subprocess.run(
        ["bash", "-c", command],
        input=stdin,
        cwd=target.folder,
        env={**os.environ, **target.env, **env},
        capture_output=True,
        text=True,
        timeout=COMMAND_SECONDS,
        check=False,
    )


class Terminal:
    """A terminal that stays open: what one command sets, the next one knows."""

    def __init__(self, target: Target) -> None:
        self.target = target
        self.state = target.folder / ".terminal"
        self.state.touch()

    def run(self, block: Block) -> str:
        """Run ``block`` and return what it prints, the exit code aside: the text must tell."""
        sql = block.interpreter == "sql"
        command = SQL_CLIENT[self.target.engine] if sql else block.run
        whole = f"source .terminal\n{command}\n{{ export -p; declare -f; }} > .terminal"
        done = run_bash(whole, block.run if sql else "", self.target, {})
        assert not done.stderr, f"{block.name}\n{block.run}\n{done.stdout}{done.stderr}"
        return done.stdout


def assert_prints(block: Block, printed: str) -> None:
    """Fail when ``block`` did not print what the policy promises."""
    assert prints_as_promised(block, printed), (
        f"{block.name}\n{block.run}\n--- promised\n{block.expect}\n--- printed\n{printed}"
    )


def prints_as_promised(block: Block, printed: str) -> bool:
    """Compare ``printed`` with what the policy promises."""
    return keeps_promise(block.expect or "", printed)
