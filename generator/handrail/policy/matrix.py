"""The risk matrix: levels, what each asks, and the evidence it needs."""

from typing import Annotated, Literal

from handrail.core.record import record
from handrail.policy.shape import (
    SLUG,
    Between,
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

LevelRef = Annotated[str, Ref("level")]
CheckedBy = Annotated[
    Literal["person", "github", "ci"],
    "Who checks it: a person, GitHub's own settings, or a CI job.",
    Tighter("more"),
]


@record
class Approval(Node):
    """How many people of one role must approve."""

    role: Annotated[str, "The role.", Ref("role")]
    count: Annotated[int, "How many distinct people.", Between(1, 10), Tighter("more")] = 1


@record
class Example(Entry):
    """A change that stands in this row of the matrix."""

    text: Annotated[Line, "The change, in the words of a developer."]
    operations: Annotated[tuple[Annotated[str, Ref("operation")], ...], "What it is called.", NotEmpty()]


@record
class Level(Entry):
    """One row of the risk matrix."""

    id: Annotated[str, "Stable id, upper case.", Id("level", used=True), Matches(r"^[A-Z]+$", "HIGH")]
    title: Annotated[Line, "Name as people know it."]
    meaning: Annotated[Text, "What a change of this level can do, in one sentence."]
    examples: Annotated[tuple[Example, ...], "Changes that stand in this row.", NotEmpty()]
    approvals: Annotated[
        tuple[Approval, ...], "Who approves. All of them, distinct people.", NotEmpty(), Tighter("more")
    ]
    review_target_hours: Annotated[
        int | None, "Hours within which reviewers answer. A target, not a permission.", Between(1)
    ] = None
    minimum_wait_hours: Annotated[
        int, "Hours that must pass before the merge.", Between(0), Tighter("more")
    ] = 0
    deploy_window: Annotated[
        str | None, "The window that the deploy waits for.", Ref("window"), Tighter("more")
    ] = None


@record
class Requirement(Entry):
    """What a pull request must show, from one level upwards (cumulative)."""

    id: Annotated[str, "Stable id.", Id("requirement"), Matches(SLUG, "rollback-rehearsed")]
    title: Annotated[Line, "The requirement, as a fact that is true or not."]
    from_level: Annotated[LevelRef, "First level that asks for it.", Tighter("from-level")]
    why: Annotated[Text, "What goes wrong without it."]
    evidence: Annotated[Text, "What counts as proof, and what does not."]
    checked_by: CheckedBy
    check: Annotated[str | None, "The automatic check.", Ref("check"), Tighter("more")] = None
    max_age_hours: Annotated[
        int | None, "Hours after which the evidence no longer counts.", Between(1), Tighter("less")
    ] = None


@record
class MatrixFile(Node):
    """risk-matrix.yaml"""

    unsure: Annotated[Text, "What to do when the level is in doubt."]
    distinct_people: Annotated[
        bool, "True when one person's approval counts for one role only.", Tighter("more")
    ]
    dismiss_stale: Annotated[bool, "True when an approval ends with the next push.", Tighter("more")]
    data_engineer_reviews: Annotated[
        Literal["medium_and_up", "all"],
        "Which schema changes the data engineer reviews.",
        Tighter("more"),
    ]
    levels: Annotated[tuple[Level, ...], "The levels, lowest first.", NotEmpty(), Tighter("more")]
    requirements: Annotated[tuple[Requirement, ...], "What is asked, cumulative.", Tighter("more")]
