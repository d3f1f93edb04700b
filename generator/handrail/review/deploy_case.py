"""What the gate of a deploy knows: values only."""

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from handrail.migrations.applied import Difference
from handrail.migrations.quotes import Dialect
from handrail.policy.model import Policy
from handrail.risk.verdict import Verdict
from handrail.source.evidence import EvidenceFile

Trouble = Literal["no history", "of another engine", ""]
"""Why a database says nothing of what was applied to it, '' where it does."""


class Held(NamedTuple):
    """What a database says of itself.

    ``table`` is that of the runner, '' for none; ``version`` that of its engine,
    '' where it has none of its own; ``differences`` is what is wrong between it
    and the repository.
    """

    engine: Dialect
    version: str
    table: str
    differences: tuple[Difference, ...] = ()
    trouble: Trouble = ""


class Deployment(NamedTuple):
    """One deploy, wholly read.

    ``verdict`` is about the pending migrations, and ``level`` theirs, '' where
    nothing is pending. ``pending`` are the names that the database has still to
    get, where it was looked at; ``named`` those that somebody asked for, by name
    or as new since a revision, None where nobody did. ``changed_past`` says what
    was edited or deleted since that revision. ``digests`` maps names to the
    SHA-256 of scripts; ``now`` is a UTC time, ``here`` the same (2026-11-24T10:30)
    in the time zone of the level's window, '' where nobody knows that zone.
    """

    policy: Policy
    verdict: Verdict
    level: str
    digests: Mapping[str, str]
    evidence: Sequence[EvidenceFile]
    now: str
    here: str
    held: Held | None = None
    pending: tuple[str, ...] = ()
    named: tuple[str, ...] | None = None
    changed_past: tuple[str, ...] = ()
    rolled_back: tuple[str, ...] = ()
