"""What a pull request says of itself, and how migrations are named."""

from typing import Annotated, Literal

from handrail.core.record import record
from handrail.policy.matrix import LevelRef
from handrail.policy.shape import (
    SLUG,
    Code,
    Conditional,
    Entry,
    Fact,
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
class Option(Entry):
    """One box of a choice."""

    id: Annotated[str, "Stable id, unique in its field.", Id("option", scoped=True), Matches(SLUG, "yes")]
    text: Annotated[Line, "What stands beside the box."]
    means: Annotated[
        Literal["none", "schema", "not-ready", "down-script", "forward-only"] | None,
        "What the gate concludes from this box: no change of the database, a change of it, not ready to "
        "merge, a down script exists, or there is none and a restore plan instead.",
    ] = None


@record
class Field(Entry):
    """A question of the pull-request template."""

    id: Annotated[str, "Stable id.", Id("field"), Matches(SLUG, "data-impact")]
    label: Annotated[Line, "The question."]
    kind: Annotated[
        Literal["choice", "level", "text"],
        "choice: exactly one box; level: one box for each risk level; text: free text.",
    ]
    options: Annotated[tuple[Option, ...], "Boxes of a choice."] = ()
    requirement: Annotated[
        str | None,
        "The requirement that the answer belongs to, and with which it is asked; without one it belongs to "
        "the declaration itself.",
        Ref("requirement"),
    ] = None
    help: Annotated[Text, "What a good answer holds; a comment in the template."]
    from_level: Annotated[LevelRef, "First level that must answer.", Tighter("from-level")]
    migrations_only: Annotated[bool, "True when asked only of changes with a migration.", Tighter("less")] = (
        True
    )


@record
class Label(Node):
    """A label that the pull request carries."""

    name: Annotated[Line, "Name on GitHub.", Fact()]
    level: Annotated[str, "The level that it stands for.", Ref("level")]
    colour: Annotated[str, "Six hex digits.", Matches(r"^[0-9a-f]{6}$", "d73a4a")]


@record
class PullRequest(Entry):
    """The Database Changes section."""

    heading: Annotated[Line, "Heading of the section."]
    intro: Annotated[Text, "What the author reads first; a comment in the template."]
    fields: Annotated[tuple[Field, ...], "The questions, in order.", NotEmpty(), Tighter("more")]
    checklists: Annotated[
        tuple[Annotated[str, Ref("checklist")], ...],
        "Checklists that stand in the template.",
        Tighter("more"),
    ] = ()
    labels: Annotated[tuple[Label, ...], "Labels by level."] = ()
    comment: Annotated[
        bool,
        "True when the gate keeps one comment on the pull request up to date; needs write permission.",
    ] = False


@record
class PullRequestFile(Node):
    """pull-request.yaml"""

    pull_request: Annotated[PullRequest, "The Database Changes section."]


@record
class NamingExample(Conditional):
    """A name, and what is right or wrong with it."""

    name: Annotated[Code, "The name."]
    because: Annotated[Line, "What is right or wrong with it."]


@record
class Naming(Entry):
    """How a migration is named."""

    format: Annotated[Code, "The format, for people."]
    pattern: Annotated[Code, "The format, as a regular expression."]
    why: Annotated[Text, "What a name is for."]
    rules: Annotated[tuple[Remark, ...], "What the expression cannot say.", NotEmpty()]
    good: Annotated[tuple[NamingExample, ...], "Names that match.", NotEmpty()]
    bad: Annotated[tuple[NamingExample, ...], "Names that do not.", NotEmpty()]


@record
class NamingFile(Node):
    """naming.yaml"""

    naming: Annotated[Naming, "How a migration is named."]
