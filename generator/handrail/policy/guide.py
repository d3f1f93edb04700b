"""The migration guide: quick start, full process, patterns, scenarios."""

from typing import Annotated, Literal

from handrail.core.record import record
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
    Remark,
    Text,
)


@record
class Command(Conditional):
    """Something to do: a command and what it prints, words, or both."""

    text: Annotated[Text | None, "What to know first; without a command, what to do."] = None
    interpreter: Annotated[Literal["shell", "sql"], "What runs it."] = "shell"
    run: Annotated[Code | None, "The command, complete."] = None
    expect: Annotated[Code | None, "What it prints when all is well."] = None
    if_not: Annotated[Text | None, "What to do when it prints something else."] = None


@record
class GuideStep(Conditional):
    """One step of a procedure."""

    id: Annotated[str, "Stable id, unique in its procedure.", Id("step", scoped=True), Matches(SLUG, "test")]
    title: Annotated[Line, "What to do, as an order."]
    text: Annotated[Text, "How, and what to look for."]
    commands: Annotated[tuple[Command, ...], "What to run."] = ()


@record
class Procedure(Entry):
    """A way through, with the time it takes."""

    id: Annotated[str, "Stable id.", Id("procedure"), Matches(SLUG, "quick-start")]
    title: Annotated[Line, "Name as people know it."]
    minutes: Annotated[int, "Minutes it takes.", Between(1)]
    when: Annotated[Text, "When this way is enough."]
    steps: Annotated[tuple[GuideStep, ...], "The steps.", NotEmpty()]


@record
class Scenario(Conditional):
    """Something went wrong: what you see, and where to go."""

    id: Annotated[str, "Stable id.", Id("scenario"), Matches(SLUG, "failed-halfway")]
    title: Annotated[Line, "What you see."]
    text: Annotated[Text, "What it means, and what to do first."]
    runbook: Annotated[str, "The runbook to follow.", Ref("runbook")]


@record
class GuideFile(Node):
    """guide.yaml"""

    intro: Annotated[Text, "What the guide is for."]
    quick_start: Annotated[Procedure, "For a change of the lowest level."]
    full_process: Annotated[Procedure, "For everything else."]
    scenarios: Annotated[tuple[Scenario, ...], "Recovery scenarios."] = ()


@record
class PatternStep(Conditional):
    """One step of a pattern, with SQL for each engine."""

    title: Annotated[Line, "What the step does."]
    release: Annotated[int | None, "The release that carries it, counted from 1.", Between(1)] = None
    text: Annotated[Text | None, "What to look for."] = None
    sql: Annotated[tuple[Command, ...], "What to run."] = ()


@record
class Pattern(Conditional):
    """A safe way to do a common change."""

    id: Annotated[str, "Stable id.", Id("pattern"), Matches(SLUG, "add-required-column")]
    title: Annotated[Line, "Name as people know it."]
    when: Annotated[Text, "When to use it."]
    setup: Annotated[tuple[Command, ...], "Tables and rows on which the SQL was tried. Not printed."] = ()
    steps: Annotated[tuple[PatternStep, ...], "The steps.", NotEmpty()]
    pitfalls: Annotated[tuple[Remark, ...], "What goes wrong."] = ()


@record
class PatternsFile(Node):
    """patterns.yaml"""

    patterns: Annotated[tuple[Pattern, ...], "Common migration patterns."]
