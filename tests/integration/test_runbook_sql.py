"""The runbooks of the policy as texts, and why one of their steps is as it is.

They are followed on real databases by tests/integration/test_drill.py.
"""

import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.integration.procedures import POLICIES, read_policy

NAMES = ("detect", "roll-back", "restore", "communicate", "review")
NEEDS_MORE_THAN_A_DATABASE = ("npx ", "gh ", "handrail ", "your-runner ")
MOST_STEPS = 12


def read_runbook(name: str) -> Mapping[str, Any]:
    """Return the one runbook of ``policies/runbooks/<number>-<name>.yaml``."""
    (path,) = (POLICIES / "runbooks").glob(f"*-{name}.yaml")
    (runbook,) = read_policy(f"runbooks/{path.name}")["runbooks"]
    assert runbook["id"] == name
    return dict(runbook)


@pytest.mark.parametrize("name", NAMES)
def test_runbook_can_be_followed_on_a_phone(name: str) -> None:
    runbook = read_runbook(name)
    assert 6 <= len(runbook["steps"]) <= MOST_STEPS
    assert all(step["if_not"] for step in runbook["steps"])


@pytest.mark.parametrize("name", NAMES)
def test_what_a_drill_does_not_run_says_what_it_prints(name: str) -> None:
    for step in read_runbook(name)["steps"]:
        for command in step.get("commands", ()):
            if any(program in command.get("run", "") for program in NEEDS_MORE_THAN_A_DATABASE):
                assert command.get("expect"), (step["id"], command["run"])


def test_messages_have_blanks_to_fill_in() -> None:
    for message in read_runbook("communicate")["messages"]:
        assert "<" in message["text"], message["id"]


def test_copying_over_the_file_alone_brings_the_damage_back(tmp_path: Path) -> None:
    database, backup = tmp_path / "app.db", tmp_path / "backup.db"
    count = "SELECT count(*) FROM recipes"
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("CREATE TABLE recipes (id INTEGER PRIMARY KEY)")
        connection.executemany("INSERT INTO recipes VALUES (?)", [(number,) for number in range(100)])
        shutil.copy(database, backup)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("DELETE FROM recipes")
        crashed = [shutil.copy(f"{database}{suffix}", f"{database}{suffix}.kept") for suffix in ("", "-wal")]
    for each in crashed:
        Path(each).replace(each.removesuffix(".kept"))
    shutil.copy(backup, database)
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute(count).fetchone() == (0,)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
