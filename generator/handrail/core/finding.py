"""A problem (or a note) about the user's files."""

from collections.abc import Iterable
from typing import Literal, NamedTuple

from handrail.core.location import Location

Severity = Literal["error", "warning", "note"]


class Finding(NamedTuple):
    """One thing to tell the user.

    ``code`` names the pattern and never changes; ``message`` says what is
    wrong; ``hint`` says what to do next; ``source`` is the line of the file
    that ``location`` points at; ``diff`` shows a difference, where there is one.
    """

    code: str
    message: str
    location: Location
    severity: Severity = "error"
    hint: str = ""
    source: str = ""
    diff: str = ""


def sorted_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return ``findings`` by location, then code, without repeats."""
    unique = dict.fromkeys(findings)
    return tuple(sorted(unique, key=lambda f: (f.location, f.code, f.message)))


def has_errors(findings: Iterable[Finding]) -> bool:
    """Tell whether any finding is of severity ``error``."""
    return any(finding.severity == "error" for finding in findings)
