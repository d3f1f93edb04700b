"""Backups for people, at 79 columns."""

from collections.abc import Iterator, Sequence
from textwrap import wrap

from handrail.core.finding import Finding
from handrail.core.shown import clean
from handrail.rehearsal.backup_note import Note

WIDE = 79
_MARKS = {"error": "x", "warning": "!", "note": "-"}
_COLOURS = {"error": "1;31", "warning": "33", "note": "2", "good": "32"}


def render_taken_text(path: str, note: Note, findings: Sequence[Finding], *, colour: bool = False) -> str:
    """Return what was taken."""
    rows = sum(each.rows for each in note.look.content.values())
    lines = [
        f"backup    {clean(path)}",
        f"of        {clean(note.origin.what)}, {note.engine} {note.engine_version}, {note.origin.data} data",
        f"bytes     {note.backup.bytes}",
        f"sha256    {note.backup.sha256}",
        f"taken at  {note.origin.taken_at}, in {note.seconds:.1f} s",
        f"restored  {_number(len(note.look.content), 'table')}, {_number(rows, 'row')}",
        f"noted in  {clean(path)}.json",
    ]
    return _joined([*lines, *_findings(findings, colour=colour)])


def render_verified_text(
    head: str, facts: Sequence[tuple[str, str]], findings: Sequence[Finding], *, colour: bool = False
) -> str:
    """Return what was verified: the verdict in ``head``, facts in pairs of a word and a line."""
    bad = any(each.severity == "error" for each in findings)
    word = _painted("error", "REFUSED", colour=colour) if bad else _painted("good", "verified", colour=colour)
    lines = [f"{word}  {clean(head)}"]
    lines += _findings(findings, colour=colour)
    lines += [f"  {name:<9} {clean(text)}" for name, text in facts]
    return _joined(lines)


def _joined(lines: Sequence[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _findings(findings: Sequence[Finding], *, colour: bool) -> Iterator[str]:
    order = ("error", "warning", "note")
    for finding in sorted(findings, key=lambda each: order.index(each.severity)):
        mark = _painted(finding.severity, _MARKS[finding.severity], colour=colour)
        for number, line in enumerate(wrap(clean(finding.message), WIDE - 4)):
            yield f"    {line}" if number else f"  {mark} {line}"
        for line in wrap(clean(finding.hint), WIDE - 6):
            yield f"      {line}"


def _painted(kind: str, text: str, *, colour: bool) -> str:
    return f"\x1b[{_COLOURS[kind]}m{text}\x1b[0m" if colour else text


def _number(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
