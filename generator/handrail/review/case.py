"""What the gate knows of a pull request, and what it says of it: values only."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from handrail.core.location import Location
from handrail.core.pull_request import PullRequest, Review
from handrail.policy.diff import Change
from handrail.policy.model import Policy
from handrail.review.body import Declaration
from handrail.risk.verdict import MigrationRisk, Verdict
from handrail.source.evidence import EvidenceFile

State = Literal["met", "missing", "waived", "person"]

SCHEMA = "model.without_migration"
PAST = ("history.edited", "history.deleted", "history.out_of_order")
"""What must be put right whatever level it has: no approval makes it good."""


class Loosening(NamedTuple):
    """What a pull request takes away from the policy, and the policy as it was."""

    changes: tuple[Change, ...]
    level: str
    before: Policy


class Case(NamedTuple):
    """One pull request, wholly read.

    ``policy`` is the one in force: that of the base. ``declared`` is '' when
    no level is declared, or several; ``level`` is the higher of what was
    computed and declared, '' when the database is not touched. ``changed`` maps
    paths to A, M, D or T; ``digests`` maps migrations to the SHA-256 of their
    script; ``now`` is a UTC time such as 2026-11-24T17:41:29Z.
    """

    policy: Policy
    pull_request: PullRequest
    reviews: Sequence[Review]
    declaration: Declaration
    verdict: Verdict
    changed: Mapping[str, str]
    evidence: Sequence[EvidenceFile]
    digests: Mapping[str, str]
    touched: bool
    declared: str
    level: str
    now: str
    loosening: Loosening | None = None

    @property
    def migrations(self) -> tuple[MigrationRisk, ...]:
        """The migrations of the change, without the reading of a schema file."""
        return tuple(each for each in self.verdict.migrations if each.path not in self.schema_paths)

    @property
    def schema_paths(self) -> frozenset[str]:
        """The schema files that no migration brought in step."""
        return frozenset(
            each.path
            for each in self.verdict.migrations
            if any(one.operation.kind == SCHEMA for one in each.operations)
        )


class Part(NamedTuple):
    """One thing that is there or not.

    ``id`` says which (``field:data-impact``); ``said`` what was found, ``next``
    what to do; ``line`` and ``quote`` are of the body, 0 and '' when it is not
    about a line of it.
    """

    id: str
    title: str
    state: State
    said: str = ""
    next: str = ""
    line: int = 0
    quote: str = ""


class Result(NamedTuple):
    """One requirement of the policy: its state is that of its worst part."""

    id: str
    title: str
    state: State
    parts: tuple[Part, ...]
    policy: Location
    page: str = ""


class Seat(NamedTuple):
    """The approvals of one role: how many are asked, who gave one, and why others do not count."""

    role: str
    title: str
    needed: int
    given: tuple[str, ...]
    may: tuple[str, ...]
    ignored: tuple[str, ...] = ()


class Words(NamedTuple):
    """What a gate is about, in words. ``declared`` tells whether somebody says the level beforehand."""

    code: str = "review"
    title: str = "Database changes"
    untouched: str = "This change does not touch the database."
    one: str = "requirement"
    ready: str = "Ready to merge."
    not_ready: str = "Not ready to merge."
    declared: bool = True


class Decision(NamedTuple):
    """A gate's answer. ``lowest`` is the policy's lowest level, ``notes`` change nothing."""

    passed: bool
    level: str
    computed: str
    declared: str
    results: tuple[Result, ...]
    seats: tuple[Seat, ...]
    verdict: Verdict
    lowest: str
    notes: tuple[str, ...] = ()
    words: Words = Words()

    @property
    def missing(self) -> tuple[Result, ...]:
        """The requirements that are not met."""
        return tuple(each for each in self.results if each.state == "missing")


_WORST: tuple[State, ...] = ("missing", "person", "waived", "met")


def state_of(parts: Iterable[Part]) -> State:
    """Return the worst state of some parts, ``met`` for none."""
    states = {each.state for each in parts}
    return next((each for each in _WORST if each in states), "met")


def headed(title: str, said: str) -> str:
    """Return what is said below a title as one text: a question keeps its own mark."""
    return f"{title}{'' if title.endswith('?') else ':'} {said}"


def met(key: str, title: str, said: str = "", line: int = 0) -> Part:
    """Return a part that is there."""
    return Part(key, title, "met", said, "", line)


def missing(key: str, title: str, said: str, then: str, line: int = 0, quote: str = "") -> Part:
    """Return a part that is not there: what was found, and what to do."""
    return Part(key, title, "missing", said, then, line, quote)
