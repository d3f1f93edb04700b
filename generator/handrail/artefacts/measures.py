"""What is counted for the metrics, from evidence files and migrations of the repository alone."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from handrail.risk.levels import Levels
from handrail.risk.verdict import MigrationRisk
from handrail.source.evidence import EvidenceFile


class Way(NamedTuple):
    """A migration that needs a way back: its name, the file of its script, and whether it has one."""

    name: str
    path: str
    has_way: bool


class Count(NamedTuple):
    """One number: so many of so many (None: of an unknown number), and what they are."""

    what: str
    number: int
    of: int | None


class Measure(NamedTuple):
    """What was counted, the files that it was counted from, and what is not in them ('' for nothing).

    Without counts there is nothing to count from yet; ``lacking`` are the
    migrations that keep a number from being whole.
    """

    counts: tuple[Count, ...]
    files: tuple[str, ...]
    limits: str
    lacking: tuple[str, ...] = ()


def _first_tries(evidence: Iterable[EvidenceFile]) -> Mapping[str, EvidenceFile]:
    """Return for each migration the evidence of the first rollback that was tried."""
    first: dict[str, EvidenceFile] = {}
    for each in sorted(evidence, key=lambda file: (file.finished, file.path)):
        if each.kind == "rollback":
            for name in each.migrations:
                first.setdefault(name, each)
    return first


def rollbacks(evidence: Sequence[EvidenceFile], _: Sequence[Way] | None) -> Measure:
    """Return how many of the migrations came back at the first try: the schema, and the data."""
    first = _first_tries(evidence)
    limits = (
        "A first try whose file a later one replaced is not seen, nor is a rollback in production: those are "
        "in the incident forms."
    )
    if not first:
        return Measure((), (), limits)
    schema = [name for name, file in first.items() if file.passed and file.schema_restored]
    data = [name for name, file in first.items() if name in schema and file.data_restored]
    counts = (
        Count("rollbacks restored the schema at the first try", len(schema), len(first)),
        Count("rollbacks restored the data as well", len(data), len(first)),
    )
    lacking = tuple(sorted(first.keys() - set(schema)))
    return Measure(counts, _paths(first.values()), limits, lacking)


def ways_back(_: Sequence[EvidenceFile], ways: Sequence[Way] | None) -> Measure:
    """Return how many migrations that need a way back have one."""
    limits = "What only the text of a pull request declares forward-only is not seen."
    if not ways:
        return Measure((), (), limits)
    there = [each for each in ways if each.has_way]
    count = Count("migrations have a down script, or say that they go forward only", len(there), len(ways))
    lacking = tuple(each.name for each in ways if not each.has_way)
    return Measure((count,), tuple(each.path for each in ways), limits, lacking)


def failures(evidence: Sequence[EvidenceFile], _: Sequence[Way] | None) -> Measure:
    """Return how many migrations failed where evidence is made, which is before production."""
    tried = [each for each in evidence if each.kind in ("rehearsal", "rollback")]
    limits = (
        "Failures in production are in the incident forms, so the share is not computed here. A failure "
        "whose file a later run replaced is not seen."
    )
    if not tried:
        return Measure((), (), limits)
    failed = sorted({name for each in tried if not each.passed for name in each.migrations})
    names = {name for each in tried for name in each.migrations}
    count = Count("migrations that were rehearsed failed before production", len(failed), len(names))
    return Measure((count,), _paths(tried), limits, tuple(failed))


def _paths(files: Iterable[EvidenceFile]) -> tuple[str, ...]:
    return tuple(sorted({each.path for each in files}))


MEASURES: Mapping[str, Callable[[Sequence[EvidenceFile], Sequence[Way] | None], Measure]] = {
    "rollbacks": rollbacks,
    "ways-back": ways_back,
    "failures": failures,
}
"""What a metric of the policy may count -> how."""

_NO_WAY = ("missing", "empty", "not undone")


def ways_of(risks: Iterable[MigrationRisk], levels: Levels, lowest: str) -> tuple[Way, ...]:
    """Return the migrations from a level on, waivers left aside, each with whether it has a way back."""
    found = []
    for risk in risks:
        level = levels.highest(each.level for each in risk.operations)
        if levels.at_least(level, lowest):
            found.append(Way(risk.name, risk.path, risk.undo.way not in _NO_WAY))
    return tuple(found)
