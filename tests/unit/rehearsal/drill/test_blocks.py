"""The commands of a step for one engine and orm, and what is typed over their blanks."""

import pytest

from handrail.core.location import Location
from handrail.policy.guide import Command
from handrail.policy.runbooks import RunbookStep
from handrail.rehearsal.drill.blocks import blocks_of, fill_blanks

HERE = Location("policies/runbooks.yaml", 1, 1)
STEP = RunbookStep(
    location=HERE,
    id="look",
    title="Look",
    if_not="Call.",
    commands=(
        Command(location=HERE, text="Only words."),
        Command(location=HERE, run="ls", expect="app.db"),
        Command(location=HERE, run="sqlite3", engine="sqlite"),
        Command(location=HERE, run="SELECT 1;", interpreter="sql", engine="postgresql"),
        Command(location=HERE, run="npx prisma", orm="prisma"),
        Command(location=HERE, run="your-runner", orm="none"),
    ),
)


@pytest.mark.parametrize(
    ("engine", "orm", "runs"),
    [
        ("sqlite", "prisma", ["ls", "sqlite3", "npx prisma"]),
        ("sqlite", "none", ["ls", "sqlite3", "your-runner"]),
        ("postgresql", "none", ["ls", "SELECT 1;", "your-runner"]),
    ],
)
def test_commands_count_for_their_engine_and_orm(engine: str, orm: str, runs: list[str]) -> None:
    assert [block.run for block in blocks_of(STEP, engine, orm)] == runs


def test_a_block_says_what_runs_it_and_what_it_promises() -> None:
    first, second, *_ = blocks_of(STEP, "postgresql", "prisma")
    assert (first.interpreter, first.expect) == ("shell", "app.db")
    assert (second.interpreter, second.expect) == ("sql", "")


@pytest.mark.parametrize(
    ("text", "filled", "missing"),
    [
        ("export DB=<DATABASE FILE>", "export DB=app.db", ()),
        ("<DATABASE FILE> <DATABASE FILE>", "app.db app.db", ()),
        ("mail <LOGIN> <ACTION>", "mail <LOGIN> <ACTION>", ("<ACTION>", "<LOGIN>")),
        ("sort < file > other; diff <(a) <b>", "sort < file > other; diff <(a) <b>", ()),
        ("cat <<SQL", "cat <<SQL", ()),
    ],
)
def test_blanks_are_typed_over(text: str, filled: str, missing: tuple[str, ...]) -> None:
    assert fill_blanks(text, {"DATABASE FILE": "app.db"}) == (filled, missing)


def test_a_value_is_typed_to_the_letter() -> None:
    assert fill_blanks("<TABLE>", {"TABLE": r"\1 <TABLE>"}) == (r"\1 <TABLE>", ())
