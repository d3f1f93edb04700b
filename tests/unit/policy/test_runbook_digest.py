"""A drill is of the past once the words that it followed change, and only then."""

from typing import Any

import pytest

from handrail.core.location import Location
from handrail.core.record import replace
from handrail.policy.guide import Command
from handrail.policy.runbook_digest import runbook_digest
from handrail.policy.runbooks import Runbook, RunbookStep

HERE = Location("policies/runbooks.yaml", 1, 1)
LIST = Command(location=HERE, run="ls", expect="app.db")
SAY = Command(location=HERE, text="Tell everybody.")
STEP = RunbookStep(location=HERE, id="look", title="Look", if_not="Call.", commands=(LIST, SAY))
LAST = RunbookStep(location=HERE, id="close", title="Close", if_not="Wait.")
RUNBOOK = Runbook(
    location=HERE,
    id="detect",
    title="Something is wrong",
    purpose="You know.",
    when=("A row is gone.",),
    roles=("on-call",),
    time_box_minutes=20,
    data_loss="none",
    stop_conditions=("It grows.",),
    steps=(STEP, LAST),
    verification=("You know.",),
    exit="It is known.",
)


def with_step(**changes: Any) -> Runbook:
    return replace(RUNBOOK, steps=(replace(STEP, **changes), LAST))


def with_command(**changes: Any) -> Runbook:
    return with_step(commands=(replace(LIST, **changes), SAY))


def test_it_is_a_sha256() -> None:
    assert len(bytes.fromhex(runbook_digest(RUNBOOK))) == 32


@pytest.mark.parametrize(
    "changed",
    [
        with_command(run="ls -l"),
        with_command(expect="app.db\n…"),
        with_command(expect=None),
        with_command(engine="sqlite"),
        with_command(orm="prisma"),
        with_command(interpreter="sql"),
        with_step(id="see"),
        with_step(title="Do not look"),
        with_step(commands=(SAY,)),
        with_step(commands=(LIST, LIST, SAY)),
        replace(RUNBOOK, steps=(STEP,)),
        replace(RUNBOOK, steps=(LAST, STEP)),
    ],
    ids=[
        "run",
        "expect",
        "promise",
        "engine",
        "orm",
        "interpreter",
        "id",
        "title",
        "gone",
        "more",
        "last",
        "order",
    ],
)
def test_what_a_drill_follows_counts(changed: Runbook) -> None:
    assert runbook_digest(changed) != runbook_digest(RUNBOOK)


@pytest.mark.parametrize(
    "changed",
    [
        replace(RUNBOOK, location=Location("policies/runbooks/1.yaml", 7, 3), title="All is lost"),
        replace(RUNBOOK, roles=("tech-lead",), time_box_minutes=5, purpose="You know more."),
        with_step(text="Use bash.", if_not="Call again."),
        with_command(text="Prints a name.", if_not="Stop."),
        with_step(commands=(LIST, replace(SAY, text="Tell nobody."))),
    ],
    ids=["titles", "limits", "step", "command", "words"],
)
def test_explanations_do_not(changed: Runbook) -> None:
    assert runbook_digest(changed) == runbook_digest(RUNBOOK)
