"""What a command came to."""

from collections.abc import Sequence

from handrail.core.finding import Finding
from handrail.core.record import record

FINE, FOUND, UNUSABLE = 0, 1, 2


@record
class Outcome:
    """``code`` is the exit code, ``text`` goes to standard output, ``findings`` to the reporter."""

    code: int
    text: str = ""
    findings: tuple[Finding, ...] = ()


def judged(findings: Sequence[Finding], text: str = "") -> Outcome:
    """Return the outcome of a check: notes are fine, warnings and errors are not."""
    bad = any(finding.severity != "note" for finding in findings)
    return Outcome(code=FOUND if bad else FINE, text=text, findings=tuple(findings))
