"""Drills for people, at 79 columns."""

from collections.abc import Iterator, Sequence
from textwrap import wrap

from handrail.core.shown import clean
from handrail.rehearsal.drill.faults import title_of
from handrail.rehearsal.drill.judge import BlockRun, Judgement, StepSeen

WIDE = 79
MOST_LINES = 8
"""Lines of a promise, or of what was printed, that are shown."""
_MARKS = {"as promised": "ok", "different": "WRONG", "not run": "-"}
_COLOURS = {"ok": "32", "WRONG": "1;31", "shows": "33", "-": "2"}


def render_drill_text(
    drills: Sequence[tuple[Judgement, str]], head: str, *, colour: bool = False, steps: bool = False
) -> str:
    """Return what drills showed; each stands with the path of its evidence.

    The steps of those that were right are shown where there is one drill only, or ``steps``.
    """
    lines = [*_wrapped(head), ""]
    for judged, path in drills:
        lines += _drill(judged, path, colour, steps or len(drills) == 1)
    wrong = [judged for judged, _ in drills if not judged.passed]
    number = f"{len(drills)} drill{'s' if len(drills) != 1 else ''}"
    lines.append(f"{number}: {f'{len(wrong)} wrong' if wrong else 'all as promised'}.")
    return "".join(f"{line}\n" for line in lines)


def _drill(judged: Judgement, path: str, colour: bool, steps: bool) -> Iterator[str]:
    mark = "ok" if judged.passed else "WRONG"
    name = f"{judged.drill.runbook.id}: {title_of(judged.drill.fault)}"
    yield f"{_painted(mark, colour)}{clean(name)[: WIDE - 6]}"
    if steps or not judged.passed:
        for step in judged.steps:
            yield from _step(step, colour)
    for reason in judged.reasons:
        yield from _wrapped(reason, "      ", "! ")
    yield from _wrapped(_time(judged), "      ")
    restored = (("schema", judged.schema_restored), ("data", judged.data_restored))
    said = ", ".join(f"{what} {'yes' if good else 'NO'}" for what, good in restored if good is not None)
    if said:
        yield f"      restored: {said}"
    for lost in judged.lost:
        what = f"{lost.table}.{lost.column}" if lost.column else lost.table
        yield from _wrapped(f"not as before: {what}, {lost.rows} rows", "      ")
    if path:
        yield f"      evidence: {clean(path)}"
    yield ""


def _time(judged: Judgement) -> str:
    target = f"{judged.drill.minutes} minutes"
    what = "to recover" if judged.drill.repairs else "in commands"
    return f"{judged.seconds:.1f} s {what}, of {target}; reading and typing not counted"


def _step(step: StepSeen, colour: bool) -> Iterator[str]:
    mark = "shows" if step.shows else _MARKS[step.outcome]
    first, *rest = wrap(clean(step.reason), WIDE - 44) or [""]
    time = f"{step.seconds:7.2f} s" if step.outcome != "not run" else " " * 9
    yield f"      {_painted(mark, colour)}{clean(step.id)[:18].ljust(18)}{time}  {first}".rstrip()
    yield from (" " * 44 + line for line in rest)
    if step.outcome == "different":
        for each in step.blocks:
            if each.outcome == "different":
                yield from _difference(each)


def _difference(run: BlockRun) -> Iterator[str]:
    yield from _quoted("run", run.block.run)
    yield from _quoted("promised", run.block.expect or "(nothing)")
    yield from _quoted("printed", (run.printed.text if run.printed else "") or "(nothing)")


def _quoted(what: str, text: str) -> Iterator[str]:
    lines = text.rstrip().split("\n")
    shown = lines[:MOST_LINES]
    for number, line in enumerate(shown):
        head = f"{what}:" if not number else ""
        yield f"            {head:<10}{clean(line)[: WIDE - 22]}".rstrip()
    if len(lines) > len(shown):
        yield f"            {'':<10}(and {len(lines) - len(shown)} lines more)"


def _painted(mark: str, colour: bool) -> str:
    shown = mark.ljust(6)
    return f"\x1b[{_COLOURS[mark]}m{shown}\x1b[0m" if colour else shown


def _wrapped(text: str, indent: str = "", mark: str = "") -> Iterator[str]:
    for number, line in enumerate(wrap(clean(text), WIDE - len(indent) - len(mark)) or [""]):
        yield f"{indent}{mark if not number else ' ' * len(mark)}{line}"
