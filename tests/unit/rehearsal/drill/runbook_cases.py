"""Runbooks, looks and outputs for the tests of drills."""

from collections.abc import Mapping
from typing import Any

from handrail.core.database import ColumnContent, Link, Schema, Shape, TableContent
from handrail.core.location import Location
from handrail.core.printed import Printed
from handrail.core.record import replace
from handrail.policy.runbooks import Runbook, RunbookStep
from handrail.rehearsal.drill.blocks import Block
from handrail.rehearsal.drill.judge import BlockRun, StepSeen
from handrail.rehearsal.look import Look

HERE = Location("policies/runbooks.yaml", 1, 1)
STEPS = ("names", "counts", "values")
RUNBOOK = Runbook(
    location=HERE,
    id="restore",
    title="Data is lost",
    purpose="It is back.",
    when=("A row is gone.",),
    roles=("on-call",),
    time_box_minutes=20,
    data_loss="certain",
    stop_conditions=("It grows.",),
    steps=tuple(RunbookStep(location=HERE, id=each, title=each, if_not="Call.") for each in STEPS),
    verification=("It is there.",),
    exit="It runs.",
)


def runbook(**changes: Any) -> Runbook:
    """Return a runbook of three steps, changed."""
    return replace(RUNBOOK, **changes)


def ran(expect: str, text: str, **more: Any) -> BlockRun:
    """Return a command that promised one thing and printed another, or the same."""
    return BlockRun(Block("shell", "ls", expect), Printed(text, 0.5, **more))


def step(name: str, *blocks: BlockRun, shows: bool = False) -> StepSeen:
    """Return a step as it was followed."""
    return StepSeen(name, name, blocks, shows)


USERS = Shape("users", {"id": "TEXT", "email": "TEXT", "nickname": "TEXT"}, ("id",))
RECIPES = Shape(
    "recipes",
    {"id": "TEXT", "userId": "TEXT", "title": "TEXT"},
    ("id",),
    (Link(("userId",), "users", "CASCADE"),),
)
LOG = Shape("log", {"id": "INTEGER", "text": "TEXT"}, ("id",))
ODD = Shape('we"ird', {"id": "INTEGER", "text": "TEXT"}, ("id",))
HISTORY = Shape("_prisma_migrations", {"id": "TEXT", "logs": "TEXT"}, ("id",))
ROWS = {"users": 20, "recipes": 100, "log": 500, 'we"ird': 900, "_prisma_migrations": 7}


def look(rows: Mapping[str, int] = ROWS, digest: str = "d", **items: str) -> Look:
    """Return a database: ``rows`` of its tables, the digest of every column, further items of the schema."""
    shapes = {shape.name: shape for shape in (USERS, RECIPES, LOG, ODD, HISTORY) if shape.name in rows}
    content = {
        name: TableContent(rows[name], {each: ColumnContent(rows[name], digest) for each in shape.columns})
        for name, shape in shapes.items()
    }
    listed = {("table", name): "table" for name in shapes}
    return Look(
        Schema({**listed, **{("index", name): text for name, text in items.items()}}, shapes), content
    )
