"""The frame of the handbook: home page, recommendations, agent, coverage, waivers."""

from typing import Annotated, Literal

from handrail.core.record import record
from handrail.policy.shape import (
    LOGIN,
    SLUG,
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
    Tighter,
)


@record
class Statement(Entry):
    """A sentence that the handbook stands for."""

    id: Annotated[str, "Stable id.", Id("statement"), Matches(SLUG, "confidence")]
    title: Annotated[Line, "The sentence, short."]
    text: Annotated[Text, "What stands behind it."]


@record
class Door(Node):
    """A way into the handbook, by moment."""

    title: Annotated[Line, "The moment, in the reader's words."]
    text: Annotated[Text, "What is behind it."]
    artefact: Annotated[str, "The page to open.", Ref("artefact")]


@record
class PictureRow(Entry):
    """One thing, before and after."""

    id: Annotated[str, "Stable id.", Id("picture"), Matches(SLUG, "schema-changes")]
    topic: Annotated[Line, "The thing."]
    before: Annotated[Line, "How it was."]
    after: Annotated[Line, "How it is now."]


@record
class HandbookFile(Node):
    """handbook.yaml"""

    title: Annotated[Line, "Title of the handbook."]
    intro: Annotated[Text, "The handbook in a few sentences."]
    doors: Annotated[tuple[Door, ...], "Ways in, by moment.", NotEmpty()]
    summary: Annotated[tuple[Statement, ...], "The handbook in short."]
    picture: Annotated[tuple[PictureRow, ...], "Before and after."]
    promises: Annotated[tuple[Statement, ...], "What the team can rely on."]
    recommendations: Annotated[tuple[Statement, ...], "What we recommend, and how it was decided."]


@record
class RedFlag(Conditional):
    """A reason to stop a merge."""

    id: Annotated[str, "Stable id.", Id("red-flag"), Matches(SLUG, "rename-as-drop-add")]
    text: Annotated[Line, "What is seen."]
    because: Annotated[Text, "What would happen."]
    operations: Annotated[tuple[Annotated[str, Ref("operation")], ...], "What it is called."] = ()


@record
class AgentFile(Node):
    """agent.yaml"""

    name: Annotated[str, "Name of the agent.", Matches(SLUG, "data-engineer")]
    description: Annotated[Line, "When the agent is called."]
    role: Annotated[str, "The role that it supports.", Ref("role")]
    acts_as: Annotated[str | None, "The role that it is in, when that is another one.", Ref("role")] = None
    intro: Annotated[Text, "Who the agent is."]
    may_not: Annotated[tuple[Text, ...], "What the agent never does.", NotEmpty(), Tighter("more")]
    red_flags: Annotated[tuple[RedFlag, ...], "Reasons to stop a merge.", Tighter("more")]
    review: Annotated[
        tuple[Annotated[str, Ref("checklist")], ...],
        "Checklists that the agent works down.",
        Tighter("more"),
    ]
    communication: Annotated[tuple[Statement, ...], "How the agent speaks."]
    ongoing: Annotated[tuple[Statement, ...], "What it keeps doing."] = ()


@record
class SeedRow(Node):
    """A row of the document that this policy answers."""

    id: Annotated[str, "Stable id.", Id("seed", used=True), Matches(r"^[A-Z]+[0-9]+(\.[0-9]+)?$", "C1.1")]
    title: Annotated[Line, "What it named."]
    artefact: Annotated[str | None, "The document that it named.", Ref("artefact")] = None
    dropped: Annotated[Text | None, "Why it has no place here, when it has none."] = None


@record
class CoverageFile(Node):
    """coverage.yaml"""

    source: Annotated[Line, "The document that the rows come from."]
    rows: Annotated[tuple[SeedRow, ...], "Its rows."]


@record
class Waiver(Node):
    """An accepted exception."""

    operation: Annotated[str, "The operation that is accepted.", Ref("operation")]
    object: Annotated[Code, "The table, or table.column, that it is about."]
    migration: Annotated[Code | None, "The one migration that it is about."] = None
    reason: Annotated[Text, "Why it is accepted."]
    owner: Annotated[str, "GitHub login of the person who answers for it.", Matches(LOGIN, "octocat")]
    expires: Annotated[
        str,
        "Last day on which it counts.",
        Matches(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "2027-01-31"),
        Tighter("less"),
    ]


@record
class WaiversFile(Node):
    """waivers.yaml"""

    waivers: Annotated[tuple[Waiver, ...], "Accepted exceptions.", Tighter("less")]


@record
class CustomArtefact(Node):
    """A file that the team generates with a template of its own."""

    id: Annotated[str, "Stable id.", Id("custom-artefact"), Matches(SLUG, "on-call-card")]
    path: Annotated[Code, "Where it is written; {id} stands for the entry's id."]
    template: Annotated[Code, "The template, relative to templates/."]
    title: Annotated[Line, "Title in the navigation."]
    each: Annotated[
        Literal["runbook", "checklist", "operation", "level", "role", "pattern"] | None,
        "One file for each entry of this kind.",
    ] = None


@record
class ArtefactsFile(Node):
    """artefacts.yaml"""

    artefacts: Annotated[tuple[CustomArtefact, ...], "Files of the team's own."] = ()
    skip: Annotated[
        tuple[Annotated[str, Ref("artefact")], ...], "Shipped artefacts that the team does not want."
    ] = ()
