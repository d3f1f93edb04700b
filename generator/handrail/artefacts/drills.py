"""When each runbook was drilled last, by the evidence files."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from handrail.policy.runbook_digest import runbook_digest
from handrail.policy.runbooks import Runbook
from handrail.rules.examples import NAMES
from handrail.source.evidence import EvidenceFile


class Drill(NamedTuple):
    """One drill: on which day, on what, met by which fault ('' for none), in how much time, how it went.

    ``minutes`` is '' where nobody measured; ``reason`` says why it failed.
    """

    path: str
    day: str
    engine: str
    fault: str
    minutes: str
    target: int
    passed: bool
    reason: str


class Drilled(NamedTuple):
    """The newest drill of what a runbook says now, for each engine and fault. Without any it was not drilled.

    ``before`` is then the day on which it was drilled when it said something else, '' for never.
    """

    drills: tuple[Drill, ...]
    before: str = ""

    @property
    def day(self) -> str:
        """The day of the newest drill, '' for none."""
        return max((each.day for each in self.drills), default="")

    @property
    def passed(self) -> int:
        """How many went as promised."""
        return sum(each.passed for each in self.drills)


def last_drills(runbook: Runbook, evidence: Iterable[EvidenceFile]) -> Drilled:
    """Return how a runbook stands. A drill of other words than it has now is of the past."""
    digest = runbook_digest(runbook)
    mine = [each for each in evidence if each.runbook is not None and each.runbook.id == runbook.id]
    mine.sort(key=lambda each: (each.finished, each.path))
    newest: dict[tuple[str, str], EvidenceFile] = {}
    for each in mine:
        if each.runbook is not None and each.runbook.sha256 == digest:
            newest[each.engine, each.runbook.fault] = each
    drills = tuple(_drill(newest[key]) for key in sorted(newest))
    return Drilled(drills, "" if drills else _day(mine))


def _day(files: Sequence[EvidenceFile]) -> str:
    return files[-1].finished[:10] if files else ""


def _drill(file: EvidenceFile) -> Drill:
    book = file.runbook
    assert book is not None
    name = next((shown for key, shown in NAMES.items() if key == file.engine), file.engine)
    return Drill(
        file.path,
        file.finished[:10],
        f"{name} {file.version}".strip(),
        book.fault,
        "" if file.seconds is None else minutes(file.seconds),
        book.target_minutes,
        file.passed,
        file.reason,
    )


def minutes(seconds: float) -> str:
    """Return a time in minutes as people say it: under 1, 7, 61."""
    return "under 1" if seconds < 60 else str(round(seconds / 60))
