"""init: lays down what is missing, overwrites nothing, says what it did."""

import pytest

from handrail.commands.init import EXTRA, init
from handrail.commands.outcome import Outcome
from handrail.commands.validate import validate
from handrail.core.errors import HandrailError
from tests.fakes import MemoryFiles, MemoryRepository
from tests.minimal.builder import minimal_files
from tests.world import World

PRISMA = b'datasource db {\n  provider = "postgresql"\n  url = env("DATABASE_URL")\n}\n'


def laid_down(files: dict[str, bytes]) -> tuple[World, Outcome]:
    world = World(files)
    return world, init(world.disk, MemoryRepository({}), world.shipped)


def lines(outcome: Outcome, word: str) -> list[str]:
    return [line.split()[-1] for line in outcome.text.splitlines() if line.startswith(word + " ")]


def test_an_empty_repository_gets_everything() -> None:
    world, outcome = laid_down({})
    assert outcome.code == 0
    assert set(lines(outcome, "written")) == world.files.keys()
    assert {"policies/team.yaml", "policies/runbooks/1-detect.yaml", *EXTRA} <= world.files.keys()
    assert not [path for path in world.files if "schemas" in path]
    assert "url: https://github.com/acme/ledger\n" in world.text("policies/team.yaml")


@pytest.mark.parametrize(
    "stack", [{}, {"prisma/schema.prisma": PRISMA}, {"migrations/1_x.sql": b"SELECT 1;\n"}]
)
def test_the_starter_is_valid_and_renders(stack: dict[str, bytes]) -> None:
    world, _ = laid_down(stack)
    found = validate(world.disk)
    assert found.code == 0, found.findings
    outcome = world.render()
    assert outcome.code == 0, outcome.findings
    assert world.unchanged()


def test_every_todo_is_where_it_is_said_to_be() -> None:
    world, outcome = laid_down({})
    told = [line.strip() for line in outcome.text.splitlines() if line.startswith("  policies/")]
    there = [
        f"{path}:{number}: {line.strip()}"
        for path in sorted(world.files)
        for number, line in enumerate(world.text(path).splitlines(), 1)
        if "# TODO" in line
    ]
    assert sorted(told) == sorted(there)
    assert told


def test_it_overwrites_nothing() -> None:
    complete, _ = laid_down({})
    mine = dict.fromkeys(complete.files, b"# mine\n")
    world, outcome = laid_down(mine)
    assert world.files == mine
    assert world.disk.log == []
    assert set(lines(outcome, "kept")) == mine.keys()


@pytest.mark.parametrize("path", ["policies/team.yaml", "mkdocs.yml", "docs/GITHUB_WORKFLOW.md"])
def test_it_adds_what_is_missing(path: str) -> None:
    complete, _ = laid_down({})
    others = {each: raw for each, raw in complete.files.items() if each != path}
    world, outcome = laid_down(others)
    assert world.files == complete.files
    assert lines(outcome, "written") == [path]


@pytest.mark.parametrize(
    "own", ["policies/runbooks.yaml", "policies/runbooks/own.yaml", "policies/runbooks/2-roll-back.yaml"]
)
def test_a_file_of_the_teams_own_gets_no_parts_of_the_starter(own: str) -> None:
    world, _ = laid_down({own: b"runbooks: []\n"})
    assert [path for path in world.files if path.startswith("policies/runbooks")] == [own]


def test_a_complete_policy_stays_as_it_is() -> None:
    files = {path: raw for path, raw in minimal_files().items() if path not in EXTRA}
    world, _ = laid_down(files)
    assert world.files.keys() - files.keys() == set(EXTRA)
    assert validate(world.disk).code == 0


def test_where_a_link_leads_out_nothing_is_written() -> None:
    class Linked(MemoryFiles):
        def problem_with(self, path: str) -> str:
            return "a symbolic link leads out" if path.startswith("docs/") else super().problem_with(path)

    files = Linked({})
    with pytest.raises(HandrailError, match=r"docs/GITHUB_WORKFLOW\.md cannot be written: a symbolic link"):
        init(files, MemoryRepository({}), World({}).shipped)
    assert files.files == {}
