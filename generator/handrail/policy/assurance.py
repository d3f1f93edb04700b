"""Gaps, the controls that close them, risks, and how we know that it works."""

from typing import Annotated, Literal

from handrail.core.record import record
from handrail.policy.matrix import CheckedBy
from handrail.policy.shape import (
    SLUG,
    Code,
    Entry,
    Fact,
    Id,
    Line,
    Matches,
    Node,
    NotEmpty,
    Ref,
    Text,
    Tighter,
)

ControlRefs = tuple[Annotated[str, Ref("control")], ...]
Grade = Literal["Low", "Medium", "High", "Critical"]


@record
class Enforcement(Node):
    """Where a control bites."""

    by: CheckedBy
    check: Annotated[str | None, "The automatic check.", Ref("check"), Tighter("more")] = None
    item: Annotated[str | None, "The checklist item.", Ref("item"), Tighter("more")] = None
    note: Annotated[Text | None, "What it does and does not catch."] = None


@record
class Control(Entry):
    """What we do so that a gap stays closed."""

    id: Annotated[str, "Stable id.", Id("control", used=True), Matches(SLUG, "cascade-review")]
    title: Annotated[Line, "Name as people know it."]
    text: Annotated[Text, "What is done."]
    enforced_by: Annotated[tuple[Enforcement, ...], "Where it bites.", Tighter("more")] = ()
    shown_in: Annotated[tuple[Annotated[str, Ref("artefact")], ...], "Artefacts that show it."] = ()


@record
class ControlsFile(Node):
    """controls.yaml"""

    controls: Annotated[tuple[Control, ...], "The controls.", Tighter("more")]


@record
class Gap(Entry):
    """What was missing."""

    id: Annotated[str, "Stable id.", Id("gap"), Matches(r"^G[0-9]+$", "G1")]
    title: Annotated[Line, "What was missing, in a few words."]
    today: Annotated[Text, "How it was."]
    missing: Annotated[Text, "What was missing."]
    impact: Annotated[Text, "What could happen."]
    fix: Annotated[Text, "What closes it."]
    controls: Annotated[ControlRefs, "The controls that close it."] = ()


@record
class GapsFile(Node):
    """gaps.yaml"""

    gaps: Annotated[tuple[Gap, ...], "The gaps."]


@record
class Risk(Entry):
    """Something that may happen."""

    id: Annotated[str, "Stable id.", Id("risk"), Matches(r"^R[0-9]+$", "R1")]
    title: Annotated[Line, "What may happen."]
    probability: Annotated[Grade, "How likely without controls."]
    impact: Annotated[Grade, "How bad."]
    effect: Annotated[Text, "What it does to users and data."]
    example: Annotated[Text, "How it looks in practice."]
    recovery: Annotated[Text, "What can be done afterwards."]
    prevention: Annotated[Text, "What prevents it."]
    controls: Annotated[ControlRefs, "The controls against it.", NotEmpty()]


@record
class SchemaRisk(Entry):
    """A danger that lies in the schema itself."""

    id: Annotated[str, "Stable id.", Id("schema-risk"), Matches(r"^S[0-9]+$", "S1")]
    title: Annotated[Line, "The danger."]
    severity: Annotated[str, "How bad, as a risk level.", Ref("level")]
    what: Annotated[Text, "What the schema says, and what follows."]
    recommendation: Annotated[Text, "What to do."]
    patterns: Annotated[tuple[Annotated[str, Ref("pattern")], ...], "Patterns of the guide."] = ()


@record
class RisksFile(Node):
    """risks.yaml"""

    risks: Annotated[tuple[Risk, ...], "The risk register."]
    schema_risks: Annotated[tuple[SchemaRisk, ...], "Dangers in the schema itself."] = ()


@record
class Metric(Entry):
    """A number that says whether this works."""

    id: Annotated[str, "Stable id.", Id("metric"), Matches(r"^M[0-9]+$", "M1")]
    title: Annotated[Line, "What is measured."]
    definition: Annotated[Text, "Exactly what counts."]
    source: Annotated[Text, "Where the numbers come from."]
    formula: Annotated[Code, "How it is computed."]
    counted: Annotated[
        Literal["rollbacks", "ways-back", "failures"] | None,
        "What Handrail counts for it, from the evidence files and migrations of the repository.",
    ] = None
    target: Annotated[Line, "The target.", Fact()]
    owner: Annotated[str, "Who looks at it.", Ref("role")]
    every: Annotated[Line, "How often.", Fact()]


@record
class MetricsFile(Node):
    """metrics.yaml"""

    metrics: Annotated[tuple[Metric, ...], "The success metrics."]
