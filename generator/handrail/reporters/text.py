"""Findings for people, one block each."""

from collections.abc import Sequence

from handrail.artefacts.layout import width
from handrail.core.finding import Finding
from handrail.core.shown import clean

WIDE = 76
"""Columns of a source line: with its indentation it fits a terminal of 80."""

BEFORE = 60
"""Columns of it that are shown before the place, at most."""

_COLOURS = {"error": "31", "warning": "33", "note": "36"}


def render_text(findings: Sequence[Finding], *, colour: bool = False) -> str:
    """Return the findings with their source line and a caret, and a line that counts them."""
    if not findings:
        return ""
    blocks = [_block(finding, colour) for finding in findings]
    return "".join(blocks) + _count(findings) + "\n"


def _block(finding: Finding, colour: bool) -> str:
    word = _paint(finding.severity, _COLOURS[finding.severity], colour)
    text = f"{finding.location}: {word}: {clean(finding.message)} [{finding.code}]\n"
    if finding.source:
        text += _caret(finding)
    if finding.diff:
        text += _diff(finding.diff, colour)
    if finding.hint:
        text += f"    hint: {clean(finding.hint)}\n"
    return text


def _caret(finding: Finding) -> str:
    """Return the source line with a caret below, cut so that the place is in sight."""
    place = finding.location.column - 1
    start = max(0, place - BEFORE)
    while width(clean(finding.source[start:place])) > BEFORE:
        start += 1
    before = clean(finding.source[start:place])
    line = _cut(before + clean(finding.source[place : place + WIDE]))
    return f"    {line}\n    {' ' * width(before)}^\n"


def _cut(line: str) -> str:
    while width(line) > WIDE:
        line = line[:-1]
    return line


def _diff(diff: str, colour: bool) -> str:
    marks = {"+": "32", "-": "31", "@": "36"}
    lines = [
        _paint(clean(line), marks[line[0]], colour) if line[:1] in marks else clean(line)
        for line in diff.splitlines()
    ]
    return "".join(f"    {line}\n" for line in lines)


def _paint(text: str, code: str, colour: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if colour else text


def _count(findings: Sequence[Finding]) -> str:
    parts = []
    for severity in ("error", "warning", "note"):
        number = sum(finding.severity == severity for finding in findings)
        if number:
            parts.append(f"{number} {severity}{'s' if number > 1 else ''}")
    return ", ".join(parts)
