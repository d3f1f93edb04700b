"""How a team takes this up: decisions, rollout, integration, questions."""

from typing import Annotated, Literal

from handrail.core.record import record
from handrail.policy.shape import (
    SLUG,
    Between,
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
class Question(Entry):
    """Something that the team has to decide."""

    id: Annotated[str, "Stable id.", Id("question"), Matches(r"^Q[0-9]+\.[0-9]+$", "Q1.1")]
    question: Annotated[Line, "The question."]
    status: Annotated[Literal["open", "answered"], "Whether it is decided."]
    answer: Annotated[Text | None, "The decision; for an open one, what holds until then."] = None
    who: Annotated[str, "Who should answer.", Ref("role")]


@record
class Topic(Entry):
    """Questions that belong together."""

    id: Annotated[str, "Stable id.", Id("topic"), Matches(r"^Q[0-9]+$", "Q1")]
    title: Annotated[Line, "The topic."]
    questions: Annotated[tuple[Question, ...], "The questions.", NotEmpty()]


@record
class DecisionsFile(Node):
    """decisions.yaml"""

    topics: Annotated[tuple[Topic, ...], "The decisions, by topic."]


@record
class Task(Conditional):
    """A task of a phase."""

    text: Annotated[Line, "The task."]


@record
class Hours(Node):
    """Effort, from and to."""

    low: Annotated[int, "At least.", Between(0)]
    high: Annotated[int, "At most.", Between(0)]


@record
class Phase(Entry):
    """A part of the rollout."""

    id: Annotated[str, "Stable id.", Id("phase"), Matches(r"^P[0-9]+$", "P1")]
    title: Annotated[Line, "The phase."]
    first_week: Annotated[int, "The week in which it starts, counted from 1.", Between(1)]
    last_week: Annotated[int | None, "The week in which it ends; none when it goes on.", Between(1)] = None
    hours: Annotated[Hours | None, "Effort in hours; none when it goes on."] = None
    tasks: Annotated[tuple[Task, ...], "What is done.", NotEmpty()]
    deliverables: Annotated[tuple[Line, ...], "What is there afterwards.", NotEmpty()]


@record
class RolloutFile(Node):
    """rollout.yaml"""

    intro: Annotated[Text, "How the rollout goes."]
    phases: Annotated[tuple[Phase, ...], "The phases, in order.", NotEmpty()]


@record
class Faq(Conditional):
    """A question that people ask."""

    id: Annotated[str, "Stable id.", Id("faq"), Matches(SLUG, "handle-migrations")]
    question: Annotated[Line, "The question."]
    answer: Annotated[Text, "The answer."]
    steps: Annotated[tuple[Task, ...], "The answer, as steps."] = ()


@record
class FaqFile(Node):
    """faq.yaml"""

    faq: Annotated[tuple[Faq, ...], "Frequently asked questions."]


@record
class Term(Conditional):
    """A word, and what we mean by it."""

    id: Annotated[str, "Stable id.", Id("term"), Matches(SLUG, "risk-level")]
    term: Annotated[Line, "The word."]
    means: Annotated[Text, "What we mean by it."]
    see: Annotated[tuple[Annotated[str, Ref("term")], ...], "Related words."] = ()


@record
class GlossaryFile(Node):
    """glossary.yaml"""

    terms: Annotated[tuple[Term, ...], "The words of this handbook."]


@record
class IntegrationPoint(Entry):
    """Where the rules meet the process that was there before."""

    id: Annotated[str, "Stable id.", Id("integration"), Matches(SLUG, "pull-request-template")]
    title: Annotated[Line, "The place."]
    before: Annotated[Text, "How it was."]
    after: Annotated[Text, "How it is now."]
    change: Annotated[Text, "The smallest change that gets there."]
    artefact: Annotated[str | None, "The artefact that brings it.", Ref("artefact")] = None


@record
class IntegrationFile(Node):
    """integration.yaml"""

    intro: Annotated[Text, "How little has to change."]
    points: Annotated[tuple[IntegrationPoint, ...], "Where the rules meet the process.", NotEmpty()]
