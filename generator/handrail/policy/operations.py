"""Operations: what a migration can do, and the level of each."""

from typing import Annotated

from handrail.core.record import record
from handrail.policy.shape import (
    DOTTED,
    SLUG,
    Dialect,
    Entry,
    Id,
    Line,
    Matches,
    Node,
    NotEmpty,
    Ref,
    Remark,
    Text,
    Tighter,
)


@record
class Danger(Node):
    """One way in which an operation hurts."""

    id: Annotated[str, "Stable id.", Id("danger", used=True), Matches(SLUG, "loses-data")]
    title: Annotated[Line, "Two or three words."]
    meaning: Annotated[Text, "What happens."]


@record
class Raise(Node):
    """A condition, proven from the schema, that changes the level."""

    condition: Annotated[str, "Stable name of the condition.", Matches(SLUG, "cascaded")]
    when: Annotated[Line, "The condition, in words."]
    level: Annotated[str, "The level under that condition.", Ref("level"), Tighter("level")]


@record
class Operation(Entry):
    """One thing that a migration does to the schema or to rows."""

    id: Annotated[str, "Stable id.", Id("operation"), Matches(DOTTED, "column.drop.optional")]
    title: Annotated[Line, "The operation, as a developer says it."]
    dialects: Annotated[tuple[Dialect, ...], "Where it exists.", NotEmpty()]
    dangers: Annotated[tuple[Annotated[str, Ref("danger")], ...], "How it hurts."] = ()
    level: Annotated[str, "Default risk level.", Ref("level"), Tighter("level")]
    raised: Annotated[tuple[Raise, ...], "Conditions that change the level.", Tighter("more")] = ()
    why: Annotated[Text | None, "Why this level; for a refinement of the seed, the reason."] = None
    safer: Annotated[Text | None, "What to do instead."] = None
    notes: Annotated[tuple[Remark, ...], "What is different on one engine or with one orm."] = ()
    patterns: Annotated[tuple[Annotated[str, Ref("pattern")], ...], "Patterns of the guide."] = ()


@record
class OperationsFile(Node):
    """operations.yaml"""

    dangers: Annotated[tuple[Danger, ...], "The ways in which operations hurt."] = ()
    operations: Annotated[tuple[Operation, ...], "The operations."] = ()
