"""When a runbook was drilled last: by evidence of what it says now, and by nothing else."""

import pytest

from handrail.artefacts.drills import Drill, Drilled, last_drills, minutes
from handrail.policy.runbook_digest import runbook_digest
from handrail.source.evidence import EvidenceFile, Followed
from tests.minimal.builder import minimal_policy

(RUNBOOK,) = minimal_policy().runbooks.runbooks
NOW = Followed("restore", runbook_digest(RUNBOOK), "dropped-column", 30)
FILE = EvidenceFile(
    "e/a.json",
    "drill",
    passed=True,
    finished="2026-11-20T09:00:00Z",
    engine="sqlite",
    version="3.46.1",
    seconds=431.5,
    runbook=NOW,
)
SHOWN = Drill("e/a.json", "2026-11-20", "SQLite 3.46.1", "dropped-column", "7", 30, True, "")
OLD = FILE._replace(path="e/old.json", finished="2026-11-01T09:00:00Z")
CHANGED = FILE._replace(path="e/was.json", runbook=NOW._replace(sha256="0" * 64))

AGO = SHOWN._replace(path="e/old.json", day="2026-11-01")

CASES: dict[str, tuple[tuple[EvidenceFile, ...], Drilled]] = {
    "never": ((), Drilled(())),
    "once": ((FILE,), Drilled((SHOWN,))),
    "the newest counts": ((FILE, OLD), Drilled((SHOWN,))),
    "whatever the order of the files": ((OLD, FILE), Drilled((SHOWN,))),
    "changed since": ((CHANGED,), Drilled((), "2026-11-20")),
    "what it said before does not hide what it says now": ((OLD, CHANGED), Drilled((AGO,))),
    "another runbook": ((FILE._replace(runbook=NOW._replace(id="detect")),), Drilled(())),
    "evidence of another kind": ((FILE._replace(kind="backup", runbook=None),), Drilled(())),
    "failed": (
        (FILE._replace(passed=False, reason="step copy: nothing printed"),),
        Drilled((SHOWN._replace(passed=False, reason="step copy: nothing printed"),)),
    ),
    "a later failure takes the place of a success": (
        (OLD, FILE._replace(passed=False)),
        Drilled((SHOWN._replace(passed=False),)),
    ),
    "on two engines": (
        (FILE, FILE._replace(path="e/p.json", engine="postgresql", version="15.18", seconds=12)),
        Drilled(
            (
                SHOWN._replace(path="e/p.json", engine="PostgreSQL 15.18", minutes="under 1"),
                SHOWN,
            )
        ),
    ),
    "each fault counts for itself": (
        (FILE, FILE._replace(path="e/w.json", passed=False, runbook=NOW._replace(fault="wrong-backfill"))),
        Drilled((SHOWN, SHOWN._replace(path="e/w.json", fault="wrong-backfill", passed=False))),
    ),
    "nobody measured": ((FILE._replace(seconds=None),), Drilled((SHOWN._replace(minutes=""),))),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_last_drills(name: str) -> None:
    files, wanted = CASES[name]
    assert last_drills(RUNBOOK, files) == wanted


TIMES = [(0, "under 1"), (59.9, "under 1"), (60, "1"), (431.5, "7"), (3661, "61")]


@pytest.mark.parametrize(("seconds", "said"), TIMES)
def test_minutes(seconds: float, said: str) -> None:
    assert minutes(seconds) == said


def test_in_short() -> None:
    found = Drilled((SHOWN, AGO._replace(passed=False)))
    assert (found.day, found.passed) == ("2026-11-20", 1)
    assert (Drilled(()).day, Drilled(()).passed) == ("", 0)
