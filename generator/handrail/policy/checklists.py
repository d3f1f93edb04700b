"""Checklists: what people and CI tick, from which level on."""

from typing import Annotated

from handrail.core.record import record
from handrail.policy.guide import Command
from handrail.policy.matrix import CheckedBy, LevelRef
from handrail.policy.shape import (
    SLUG,
    Conditional,
    Entry,
    Id,
    Line,
    Matches,
    Node,
    NotEmpty,
    Ref,
    Text,
    Tighter,
)


@record
class Item(Conditional):
    """One thing to check."""

    id: Annotated[str, "Stable id.", Id("item"), Matches(SLUG, "backup-verified")]
    text: Annotated[Line, "The item, as a fact that is true or not."]
    why: Annotated[Text, "What goes wrong without it."]
    how: Annotated[Text, "How to check it."]
    commands: Annotated[tuple[Command, ...], "Commands that help to check it."] = ()
    from_level: Annotated[LevelRef, "First level that asks for it.", Tighter("from-level")]
    checked_by: CheckedBy
    check: Annotated[str | None, "The automatic check.", Ref("check"), Tighter("more")] = None


@record
class Checklist(Entry):
    """A list for one person at one moment."""

    id: Annotated[str, "Stable id.", Id("checklist", used=True), Matches(SLUG, "deploy")]
    title: Annotated[Line, "Name as people know it."]
    role: Annotated[str, "Who works it down.", Ref("role")]
    when: Annotated[Text, "At which moment."]
    items: Annotated[tuple[Item, ...], "The items, in order.", NotEmpty(), Tighter("more")]


@record
class ChecklistsFile(Node):
    """checklists.yaml"""

    checklists: Annotated[tuple[Checklist, ...], "The checklists.", Tighter("more")]
