"""Runbooks: what to do when it has gone wrong."""

from typing import Annotated, Literal

from handrail.core.record import record
from handrail.policy.guide import Command
from handrail.policy.shape import (
    SLUG,
    Between,
    Code,
    Conditional,
    Entry,
    Id,
    Line,
    Matches,
    Node,
    NotEmpty,
    Ref,
    Text,
)


@record
class RunbookStep(Conditional):
    """One numbered step."""

    id: Annotated[str, "Stable id, unique in its runbook.", Id("step", scoped=True), Matches(SLUG, "freeze")]
    title: Annotated[Line, "What to do, as an order."]
    text: Annotated[Text | None, "How, and what to look for."] = None
    commands: Annotated[tuple[Command, ...], "What to run, with what it prints."] = ()
    if_not: Annotated[Text, "What to do when the result differs."]


@record
class Message(Node):
    """A text ready to send. Blanks are in capitals between angle brackets."""

    id: Annotated[
        str, "Stable id, unique in its runbook.", Id("message", scoped=True), Matches(SLUG, "first")
    ]
    title: Annotated[Line, "When it is sent."]
    channel: Annotated[str, "Where it is sent.", Ref("channel")]
    text: Annotated[Code, "The text, to the letter."]


FaultName = Literal[
    "half-applied",
    "dropped-column",
    "wrong-backfill",
    "deleted-children",
    "damaged-file",
    "damaged-backup",
    "loss-in-wal",
]


@record
class DrilledFault(Conditional):
    """Something that is broken on purpose before the runbook is followed."""

    fault: Annotated[
        FaultName,
        "A migration that stopped halfway, a column dropped with its values, a backfill that wrote wrong "
        "values, a cascade that deleted children, a damaged file of the database, a damaged backup beside an "
        "older good one, a loss that lies only in the log beside a SQLite file.",
    ]
    shown_by: Annotated[
        tuple[Annotated[str, Matches(SLUG, "counts")], ...],
        "Steps of which at least one then prints something else; the others print what they promise. "
        "Left out of a runbook that ends the fault: all of its steps print what they promise.",
    ] = ()


@record
class Runbook(Entry):
    """What to do, step by step, when something has gone wrong."""

    id: Annotated[str, "Stable id.", Id("runbook"), Matches(SLUG, "restore")]
    title: Annotated[Line, "The symptom or the goal, as the person on call would say it."]
    purpose: Annotated[Text, "What is true when it is done."]
    when: Annotated[tuple[Text, ...], "Signals that call for it.", NotEmpty()]
    roles: Annotated[tuple[Annotated[str, Ref("role")], ...], "Who may act.", NotEmpty()]
    time_box_minutes: Annotated[int, "After so many minutes, escalate.", Between(1)]
    data_loss: Annotated[Literal["none", "possible", "certain"], "Whether following it can lose data."]
    stop_conditions: Annotated[tuple[Text, ...], "When to stop and call for help.", NotEmpty()]
    steps: Annotated[tuple[RunbookStep, ...], "The steps.", NotEmpty()]
    verification: Annotated[tuple[Text, ...], "How to see that it worked.", NotEmpty()]
    exit: Annotated[Text, "When it is over, and what comes next."]
    messages: Annotated[tuple[Message, ...], "Texts ready to send."] = ()
    faults: Annotated[
        tuple[DrilledFault, ...],
        "What `handrail drill` breaks before it follows the runbook; without any, it follows it on a "
        "database in which all is well.",
    ] = ()


@record
class RunbooksFile(Node):
    """runbooks.yaml"""

    runbooks: Annotated[tuple[Runbook, ...], "The runbooks."]
