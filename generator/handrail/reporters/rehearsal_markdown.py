"""Rehearsals as Markdown, for a job summary or a comment."""

from collections.abc import Iterator, Sequence

from handrail.core.finding import Finding
from handrail.core.shown import code, inert
from handrail.rehearsal.trial import Back, Trial

_SIGNS = {"error": "❌", "warning": "⚠️", "note": "ℹ️"}  # noqa: RUF001  # the sign itself
_ORDER = ("error", "warning", "note")


def render_rehearsal_markdown(
    trials: Sequence[tuple[Trial, str]], head: str, findings: Sequence[Finding]
) -> str:
    """Return a table of the migrations, and below it what was found in each."""
    failed = sum(not trial.passed for trial, _ in trials)
    lines = [
        f"## Rehearsal: {f'{failed} of {len(trials)} failed' if failed else 'passed'}",
        "",
        inert(head),
        "",
    ]
    lines += ["| migration | level | result | way back | schema back | data back |"]
    lines += ["| --- | --- | --- | --- | --- | --- |"]
    lines += [_row(trial, level) for trial, level in trials]
    for trial, _ in trials:
        lines += _found(trial)
    if findings:
        lines += ["", *(_finding(each) for each in findings)]
    return "\n".join(lines) + "\n"


def _row(trial: Trial, level: str) -> str:
    back = trial.back
    cells = [code(trial.tried.name), level, "passed" if trial.passed else "**failed**", *_verdicts(back)]
    return f"| {' | '.join(cells)} |"


def _verdicts(back: Back | None) -> tuple[str, str, str]:
    if back is None:
        return "none", "", ""
    return back.way, _word(back.schema_restored), _word(back.data_restored)


def _word(good: bool) -> str:
    return "yes" if good else "**no**"


def _found(trial: Trial) -> Iterator[str]:
    if trial.findings:
        yield from ("", f"### {code(trial.tried.name)}", "")
        for finding in sorted(trial.findings, key=lambda each: _ORDER.index(each.severity)):
            yield _finding(finding)


def _finding(finding: Finding) -> str:
    hint = f" {inert(finding.hint)}" if finding.hint else ""
    return f"- {_SIGNS[finding.severity]} line {finding.location.line}: {inert(finding.message)}{hint}"
