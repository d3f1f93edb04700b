"""handrail check: prove that nothing drifted."""

import re
from collections.abc import Callable
from difflib import unified_diff

from handrail.artefacts.compare import Change
from handrail.artefacts.memory import Memory
from handrail.commands.handbook import check_handbook
from handrail.commands.outcome import FOUND, Outcome, judged
from handrail.commands.project import compare_project, read_project
from handrail.core.finding import Finding, has_errors
from handrail.core.location import Location
from handrail.ports import Files, Scratch, Shipped

SHORT = 12
"""Lines of a diff that are shown without ``--diff``."""

_NUMBERED = re.compile(r"(?<=\.yaml)(?::\d+(?=\]\()|#L\d+)")

WIDE = 150
"""Columns of a line of such a diff."""


def check(
    files: Files,
    shipped: Shipped,
    *,
    whole_diff: bool = False,
    memory: Memory | None = None,
    scratch: Callable[[], Scratch] | None = None,
) -> Outcome:
    """Return what drifted, file by file, and what is wrong in the handbook. Writes nothing.

    ``scratch`` is that of ``read_project``.
    """
    project = read_project(files, shipped, memory, scratch)
    if not project.usable:
        return Outcome(code=FOUND, findings=project.problems)
    comparison, problems = compare_project(files, project)
    findings = [*project.problems, *problems]
    findings += [_drift(change, whole_diff=whole_diff) for change in comparison.changes if change.code]
    if not has_errors(findings):
        findings += check_handbook(files, project)
    text = "" if has_errors(findings) else f"{len(comparison.changes)} files agree with the policy.\n"
    return judged(findings, text)


def _drift(change: Change, *, whole_diff: bool) -> Finding:
    """Return what happened to one file, with the command that repairs it."""
    from shlex import quote  # slow to import, needed only for a hint

    path = quote(change.path)
    hints = {
        "drift.edited": f"Put the change into the policy, then: handrail render --overwrite {path}",
        "drift.foreign": f"Move it away, or replace it: handrail render --overwrite {path}",
        "drift.orphan": "Remove it: handrail render",
    }
    if change.code == "drift.orphan" and change.action == "refuse":
        hints["drift.orphan"] = "Remove it yourself when nothing in it is needed."
    return Finding(
        change.code,
        f"does not agree with the policy: {change.reason}",
        Location(change.path, change.line),
        hint=hints.get(change.code, "Repair it: handrail render"),
        diff=_diff(change, whole=whole_diff),
    )


def _diff(change: Change, *, whole: bool) -> str:
    """Return the difference, what is there first."""
    before, after = change.before.splitlines(), change.after.splitlines()
    if not whole:
        before, after = _squeezed(before), _squeezed(after)
    lines = list(
        unified_diff(
            before,
            after,
            f"{change.path} (there)",
            f"{change.path} (as the policy says)",
            lineterm="",
            n=3 if whole else 0,
        )
    )
    if not whole:  # the numbers would count squeezed lines
        lines = [line for line in lines if not line.startswith("@@")]
    if not whole and not lines:
        lines = ["only numbers of lines, or spaces, or far to the right: handrail check --diff"]
    if not whole and len(lines) > SHORT:
        rest = len(lines) - SHORT
        lines = [*lines[:SHORT], f"... {rest} more lines; all of them: handrail check --diff"]
    return "\n".join(lines)


def _squeezed(lines: list[str]) -> list[str]:
    """Return the lines as a reader compares them, cut to a readable length.

    A row of a table is a line for each cell, without padding; the line numbers in
    links to the policy are left out: one new line moves them all.
    """
    short = (_NUMBERED.sub("", re.sub(r" {2,}", " ", line)) for line in lines)
    cells = [cell for line in short for cell in (_cells(line) if line.startswith("| ") else [line])]
    return [cell if len(cell) <= WIDE else cell[: WIDE - 3] + "..." for cell in cells if cell.strip()]


def _cells(row: str) -> list[str]:
    """Return the cells of a row; the line below the head of a table has none."""
    return [] if re.fullmatch(r"[| :-]+", row) else re.split(r" \| ", row.strip("| "))
