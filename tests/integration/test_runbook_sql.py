"""The runbooks are followed: each command that can run offline runs, in order, on a real database.

The story behind each run: a deploy took a backup, then a migration went wrong.
Detection also runs on a healthy database, where everything prints what the
runbook promises; on a broken one at least one step must say something else.
"""

import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.integration.procedures import (
    ENGINES,
    POLICIES,
    Block,
    Terminal,
    assert_prints,
    blocks_of,
    prints_as_promised,
    read_policy,
    run_block,
)
from tests.integration.servers import Target
from tests.integration.stories import (
    CASCADE,
    Story,
    half_applied,
    healthy,
    leave_in_wal,
    lost_rows,
    sql,
)

NAMES = ("detect", "roll-back", "restore", "communicate", "review")
NEEDS_MORE_THAN_A_DATABASE = ("npx ", "gh ", "handrail ", "your-runner ")
MOST_STEPS = 12
NOTHING: Mapping[str, Callable[[], object]] = {}


def read_runbook(name: str) -> dict[str, Any]:
    """Return the one runbook of ``policies/runbooks/<number>-<name>.yaml``."""
    (path,) = (POLICIES / "runbooks").glob(f"*-{name}.yaml")
    (runbook,) = read_policy(f"runbooks/{path.name}")["runbooks"]
    assert runbook["id"] == name
    return dict(runbook)


def offline(block: Block) -> bool:
    """Tell whether ``block`` needs nothing but a shell and a database."""
    return not any(program in block.run for program in NEEDS_MORE_THAN_A_DATABASE)


def steps_of(name: str, engine: str, orm: str) -> dict[str, list[Block]]:
    """Return the commands of each step that run offline on ``engine``, by the step's id."""
    return {
        step["id"]: [
            block
            for block in blocks_of(f"{name}: {step['id']}", step.get("commands", ()), engine, orm)
            if offline(block)
        ]
        for step in read_runbook(name)["steps"]
    }


def follow(
    name: str, story: Story, meanwhile: Mapping[str, Callable[[], object]] = NOTHING, orm: str = "prisma"
) -> None:
    """Work ``name`` down in one terminal; every command must print what the runbook promises.

    ``meanwhile`` says what happens before a step: what Prisma does where it
    cannot run here, or what the world does.
    """
    terminal = Terminal(story.target, story.blanks)
    for step, blocks in steps_of(name, story.target.engine, orm).items():
        meanwhile.get(step, lambda: None)()
        for block in blocks:
            assert_prints(block, terminal.run(block))


def surprises(story: Story) -> set[str]:
    """Work ``detect`` down and return the steps that print something else than promised."""
    terminal = Terminal(story.target, story.blanks)
    return {
        step
        for step, blocks in steps_of("detect", story.target.engine, "prisma").items()
        for block in blocks
        if not prints_as_promised(block, terminal.run(block))
    }


@pytest.mark.parametrize("name", NAMES)
def test_runbook_can_be_followed_on_a_phone(name: str) -> None:
    runbook = read_runbook(name)
    assert 6 <= len(runbook["steps"]) <= MOST_STEPS
    assert all(step["if_not"] for step in runbook["steps"])


@pytest.mark.parametrize("name", NAMES)
def test_what_cannot_be_run_here_says_what_it_prints(name: str) -> None:
    for step in read_runbook(name)["steps"]:
        for command in step.get("commands", ()):
            if any(program in command.get("run", "") for program in NEEDS_MORE_THAN_A_DATABASE):
                assert command.get("expect"), (step["id"], command["run"])


@pytest.mark.parametrize("engine", ENGINES)
def test_detect_finds_nothing_in_a_healthy_database(target: Target) -> None:
    follow("detect", healthy(target))


@pytest.mark.parametrize("engine", ENGINES)
def test_detect_finds_a_half_applied_migration(target: Target) -> None:
    assert surprises(half_applied(target)) == {"history", "leftovers"}


@pytest.mark.parametrize("engine", ENGINES)
def test_detect_finds_rows_that_a_cascade_took(target: Target) -> None:
    assert surprises(lost_rows(target)) == {"counts", "values"}


@pytest.mark.parametrize("engine", ENGINES)
def test_roll_back_undoes_a_half_applied_migration(target: Target) -> None:
    story = half_applied(target)
    follow("roll-back", story, {"mark": lambda: run_block(story.mark, target)})


@pytest.mark.parametrize("engine", ENGINES)
def test_roll_back_sees_that_the_mark_is_missing(target: Target) -> None:
    with pytest.raises(AssertionError, match="roll-back: start"):
        follow("roll-back", half_applied(target))


@pytest.mark.parametrize("engine", ENGINES)
def test_roll_back_sees_that_rows_are_gone(target: Target) -> None:
    story = half_applied(target)
    run_block(sql(CASCADE), target)
    with pytest.raises(AssertionError, match="roll-back: data"):
        follow("roll-back", story)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("make", [lost_rows, half_applied], ids=["lost-rows", "half-applied"])
def test_restore_brings_the_data_back(make: Callable[[Target], Story], target: Target) -> None:
    story = make(target)
    before = story.before
    assert run_block(story.look, target) != before or make is half_applied
    follow("restore", story)
    assert run_block(story.look, target) == before


@pytest.mark.parametrize("engine", ["sqlite"])
def test_restore_keeps_a_stale_wal_away_from_the_restored_file(target: Target) -> None:
    story = lost_rows(target)
    database = Path(target.env["DB"])
    crash = {"aside": lambda: leave_in_wal(database, 'DELETE FROM "recipes";')}
    follow("restore", story, crash)
    kept = target.folder / story.blanks["CASE FOLDER"] / "old"
    assert {path.name for path in kept.iterdir()} >= {"app.db", "app.db-wal"}
    assert run_block(story.look, target) == story.before


@pytest.mark.parametrize("engine", ["sqlite"])
def test_copying_over_the_file_alone_brings_the_damage_back(target: Target) -> None:
    story = lost_rows(target)
    copy = ["cp", str(target.folder / story.blanks["BACKUP FILE"]), target.env["DB"]]
    subprocess.run(copy, check=True)
    assert run_block(story.look, target) != story.before


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", ["detect", "roll-back", "restore", "review"])
def test_runbook_needs_no_prisma_where_there_is_none(name: str, target: Target) -> None:
    make = half_applied if name == "roll-back" else healthy
    follow(name, make(target, "none"), orm="none")


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", ["communicate", "review"])
def test_runbook_without_repair_runs(name: str, target: Target) -> None:
    follow(name, healthy(target))


def test_messages_have_blanks_to_fill_in() -> None:
    for message in read_runbook("communicate")["messages"]:
        assert "<" in message["text"], message["id"]
