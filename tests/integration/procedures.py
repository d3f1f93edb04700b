"""Read the commands of the policy, run them as a person would, and compare what they print."""

import os
import re
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from tests.integration.servers import COMMAND_SECONDS, Target

POLICIES = Path(__file__).resolve().parents[2] / "policies"
ENGINES = ("sqlite", "postgresql")
SQL_CLIENT = {
    "sqlite": 'sqlite3 -bail "$DB"',
    "postgresql": 'psql -XAtq -v ON_ERROR_STOP=1 "$DATABASE_URL"',
}
BLANK = re.compile(r"<[A-Z][A-Z0-9 ]*>")


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


def blocks_of(name: str, commands: Iterable[Mapping[str, Any]], engine: str) -> list[Block]:
    """Return those of ``commands`` that are meant for ``engine``, in order."""
    return [
        Block(name, one.get("engine"), one.get("interpreter", "shell"), one["run"], one.get("expect"))
        for one in commands
        if one.get("engine", engine) == engine
    ]


def run_block(block: Block, target: Target, env: Mapping[str, str] | None = None) -> str:
    """Run ``block`` on ``target`` and return what it prints; fail when it fails."""
    sql = block.interpreter == "sql"
    command = SQL_CLIENT[target.engine] if sql else block.run
    done = subprocess.run(
        ["bash", "-c", command],
        input=block.run if sql else "",
        cwd=target.folder,
        env={**os.environ, **target.env, **(env or {})},
        capture_output=True,
        text=True,
        timeout=COMMAND_SECONDS,
        check=False,
    )
    assert done.returncode == 0, f"{block.name}\n{block.run}\n{done.stdout}{done.stderr}"
    assert not done.stderr, f"{block.name}\n{block.run}\n{done.stderr}"
    return done.stdout


def assert_prints(block: Block, printed: str) -> None:
    """Compare ``printed`` with what the policy promises.

    A block without ``expect`` prints nothing. ``<WORDS IN CAPITALS>`` stand for
    any text within a line, and a line ``…`` for any number of lines.
    """
    lines = [_line_pattern(line) for line in (block.expect or "").splitlines()]
    assert re.fullmatch("".join(lines), printed.rstrip("\n") + "\n" if printed.strip() else ""), (
        f"{block.name}\n{block.run}\n--- promised\n{block.expect}\n--- printed\n{printed}"
    )


def _line_pattern(line: str) -> str:
    if line.strip() == "…":
        return r"(?:.*\n)*"
    parts = BLANK.split(line)
    return ".+".join(re.escape(part) for part in parts) + r"[ ]*\n"
