"""Rehearsals for people: a block a migration, at 79 columns."""

from collections.abc import Iterator, Sequence
from textwrap import wrap

from handrail.core.finding import Finding
from handrail.core.shown import clean
from handrail.rehearsal.trial import Back, Trial

WIDE = 79
_MARKS = {"error": "x", "warning": "!", "note": "-"}
_COLOURS = {"error": "1;31", "warning": "33", "note": "2", "good": "32"}


def render_rehearsal_text(
    trials: Sequence[tuple[Trial, str]], head: str, findings: Sequence[Finding], *, colour: bool = False
) -> str:
    """Return what rehearsals showed; each trial stands with the level of its migration."""
    paint = _Paint(colour)
    lines = [clean(head), ""]
    for trial, level in trials:
        lines += [*_trial(trial, level, paint), ""]
    for finding in findings:
        lines += _finding(finding, paint)
    failed = sum(not trial.passed for trial, _ in trials)
    result = f"{failed} failed" if failed else "all passed" if len(trials) > 1 else "passed"
    number = _number(len(trials), "migration")
    lines.append(f"{number} rehearsed: {result}." if trials else "Nothing is pending.")
    return "".join(f"{line}\n" for line in lines)


class _Paint:
    def __init__(self, colour: bool) -> None:
        self._colour = colour

    def __call__(self, kind: str, text: str) -> str:
        return f"\x1b[{_COLOURS[kind]}m{text}\x1b[0m" if self._colour else text


def _trial(trial: Trial, level: str, paint: _Paint) -> Iterator[str]:
    word = paint("good", "passed") if trial.passed else paint("error", "FAILED")
    yield f"{word}  {level}  {clean(trial.tried.name)}"
    applied = trial.applied
    mode = "in one transaction" if applied.transaction else "no transaction"
    number = _number(len(applied.statements), "statement")
    yield f"  applied   {number}, {_time(applied.milliseconds)}, {mode}"
    yield from _rows(trial)
    order = ("error", "warning", "note")
    for finding in sorted(trial.findings, key=lambda each: (order.index(each.severity), each.location)):
        yield from _finding(finding, paint)
    if trial.back:
        yield from _back(trial.back, paint)
    if trial.restore and trial.restore is not trial.back:
        yield from _back(trial.restore, paint)


def _rows(trial: Trial) -> Iterator[str]:
    """Yield the tables whose rows are not as many as before, and how many others there are."""
    names = sorted({*trial.before.content, *trial.after.content})
    moved = [name for name in names if trial.before.rows(name) != trial.after.rows(name)]
    for name in moved:
        before, after = (_count(look.rows(name)) for look in (trial.before, trial.after))
        yield f"  rows      {clean(name)}: {before} -> {after}"
    same = [name for name in names if name not in moved]
    total = sum(trial.before.rows(name) or 0 for name in same)
    touched = {each.table for each in trial.changes}
    if same:
        values = "values" if not touched & set(same) else "rows, not all values,"
        yield f"  unchanged {_number(len(same), 'table')}, {_number(total, 'row')}: {values} as before"


def _number(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _count(rows: int | None) -> str:
    return "not there" if rows is None else str(rows)


def _finding(finding: Finding, paint: _Paint) -> Iterator[str]:
    mark = paint(finding.severity, _MARKS[finding.severity])
    first = True
    where = f"line {finding.location.line}: " if finding.location.path.endswith(".sql") else ""
    for line in wrap(clean(f"{where}{finding.message}"), WIDE - 4):
        yield f"  {mark} {line}" if first else f"    {line}"
        first = False
    for line in wrap(clean(finding.hint), WIDE - 6):
        yield f"      {line}"


def _back(back: Back, paint: _Paint) -> Iterator[str]:
    way = {
        "down script": "down script",
        "certain inverse": "inverse made by handrail",
        "restore": "restored backup",
    }
    verdicts = ", ".join(
        f"{what} {paint('good', 'yes') if good else paint('error', 'NO')}"
        for what, good in (("schema", back.schema_restored), ("data", back.data_restored))
    )
    yield f"  back      {way[back.way]}, {_time(back.seconds * 1000)}: restored {verdicts}"


def _time(milliseconds: float) -> str:
    return f"{milliseconds / 1000:.1f} s" if milliseconds >= 1000 else f"{milliseconds:.0f} ms"
