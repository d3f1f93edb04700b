"""Every SQL block of every pattern runs, in order, on a real SQLite and a real PostgreSQL."""

from typing import Any

import pytest

from tests.integration.procedures import ENGINES, Block, assert_prints, blocks_of, read_policy, run_block
from tests.integration.servers import Target

PATTERNS: list[dict[str, Any]] = read_policy("patterns.yaml")["patterns"]
REBUILD = next(pattern for pattern in PATTERNS if pattern["id"] == "rebuild-table-sqlite")


def setup_blocks(pattern: dict[str, Any], engine: str) -> list[Block]:
    """Return the blocks that make the tables and rows of ``pattern``."""
    return blocks_of(f"{pattern['id']}: setup", pattern["setup"], engine)


def step_blocks(pattern: dict[str, Any], engine: str) -> list[Block]:
    """Return the blocks of all steps of ``pattern``, in order."""
    return [
        block
        for step in pattern["steps"]
        if step.get("engine", engine) == engine
        for block in blocks_of(f"{pattern['id']}: {step['title']}", step.get("sql", ()), engine)
    ]


CASES = [
    pytest.param(pattern, engine, id=f"{pattern['id']}-{engine}")
    for pattern in PATTERNS
    for engine in ENGINES
    if pattern.get("engine", engine) == engine
]


@pytest.mark.parametrize(("pattern", "engine"), CASES)
def test_pattern_runs_as_printed(pattern: dict[str, Any], target: Target) -> None:
    (target.folder / "keep").mkdir()
    env = {"KEEP": str(target.folder / "keep")}
    for block in setup_blocks(pattern, target.engine) + step_blocks(pattern, target.engine):
        assert_prints(block, run_block(block, target, env))


@pytest.mark.parametrize(("pattern", "engine"), CASES)
def test_pattern_says_how_on_its_engines_and_how_to_see_it(pattern: dict[str, Any], engine: str) -> None:
    blocks = step_blocks(pattern, engine)
    assert blocks
    assert any(block.expect for block in blocks)


@pytest.mark.parametrize("engine", ["postgresql"])
@pytest.mark.parametrize("pattern", PATTERNS, ids=[pattern["id"] for pattern in PATTERNS])
def test_concurrent_index_stands_alone(pattern: dict[str, Any], engine: str) -> None:
    for block in step_blocks(pattern, engine):
        if "CONCURRENTLY" in block.run:
            assert block.run.count(";") == 1, block


def children_after(script: str, target: Target) -> tuple[str, str]:
    """Run ``script`` on the rebuild's setup; return the child count and what the key check prints."""
    for block in setup_blocks(REBUILD, "sqlite"):
        run_block(block, target)
    run_block(Block("rebuild", "sqlite", "sql", script, None), target)
    left = Block("left", "sqlite", "sql", 'SELECT count(*) FROM "recipe_ratings";', None)
    check = Block("check", "sqlite", "sql", "PRAGMA foreign_key_check;", None)
    return run_block(left, target).strip(), run_block(check, target).strip()


@pytest.mark.parametrize("engine", ["sqlite"])
def test_rebuild_in_a_transaction_deletes_the_children_silently(target: Target) -> None:
    script = step_blocks(REBUILD, "sqlite")[1].run
    wrapped = f"PRAGMA foreign_keys=ON;\nBEGIN;\n{script}\nCOMMIT;"
    assert children_after(wrapped, target) == ("0", "")


@pytest.mark.parametrize("engine", ["sqlite"])
def test_rebuild_outside_a_transaction_keeps_the_children(target: Target) -> None:
    script = step_blocks(REBUILD, "sqlite")[1].run
    assert children_after(f"PRAGMA foreign_keys=ON;\n{script}", target) == ("3", "")
