"""Drills as Markdown, for the summary of a workflow."""

from collections.abc import Iterator, Sequence

from handrail.core.shown import code, inert
from handrail.rehearsal.drill.faults import title_of
from handrail.rehearsal.drill.judge import BlockRun, Judgement, StepSeen


def render_drill_markdown(drills: Sequence[tuple[Judgement, str]], head: str) -> str:
    """Return a table of the drills, and below it what is wrong with each runbook."""
    lines = [
        f"Runbooks drilled with {inert(head)}",
        "",
        "| Runbook | Fault | Result | Commands | Target | Restored |",
        "| --- | --- | --- | --- | --- | --- |",
        *(_row(judged) for judged, _ in drills),
    ]
    for judged, _ in drills:
        if not judged.passed:
            lines += ["", *_wrong(judged)]
    return "\n".join(lines) + "\n"


def _row(judged: Judgement) -> str:
    cells = (
        code(judged.drill.runbook.id),
        inert(title_of(judged.drill.fault)),
        "as promised" if judged.passed else "**wrong**",
        f"{judged.seconds:.1f} s",
        f"{judged.drill.minutes} min",
        _restored(judged),
    )
    return f"| {' | '.join(cells)} |"


def _restored(judged: Judgement) -> str:
    if judged.schema_restored is None:
        return "not asked for"
    words = (("schema", judged.schema_restored), ("data", judged.data_restored))
    return ", ".join(f"{what} {'yes' if good else '**no**'}" for what, good in words)


def _wrong(judged: Judgement) -> Iterator[str]:
    yield f"**{inert(judged.drill.runbook.title)}** ({inert(title_of(judged.drill.fault))})"
    yield ""
    for reason in judged.reasons:
        yield f"- {inert(reason)}"
    for step in judged.steps:
        if step.outcome == "different":
            yield from _step(step)


def _step(step: StepSeen) -> Iterator[str]:
    for run in step.blocks:
        if run.outcome == "different":
            yield ""
            yield f"Step {code(step.id)} promised, and printed:"
            yield ""
            yield from _fenced(run)


def _fenced(run: BlockRun) -> Iterator[str]:
    printed = run.printed.text if run.printed else ""
    for text in (run.block.expect, printed):
        yield "```text"
        yield text.replace("```", "` ` `").rstrip() or "(nothing)"
        yield "```"
