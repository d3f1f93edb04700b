"""What a check came to."""

import pytest

from handrail.commands.outcome import FINE, FOUND, judged
from handrail.core.finding import Finding, Severity
from handrail.core.location import Location


@pytest.mark.parametrize(
    ("severities", "code"),
    [
        ((), FINE),
        (("note",), FINE),
        (("warning",), FOUND),
        (("error",), FOUND),
        (("note", "note", "error"), FOUND),
    ],
)
def test_notes_are_fine_and_all_else_is_not(severities: tuple[Severity, ...], code: int) -> None:
    findings = [Finding("x", "m", Location("p"), each) for each in severities]
    outcome = judged(findings, "text")
    assert (outcome.code, outcome.text, outcome.findings) == (code, "text", tuple(findings))
