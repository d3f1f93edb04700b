"""What ``handrail drill`` prints."""

from handrail.commands.drill import Drilled
from handrail.commands.outcome import FINE, FOUND, Outcome

FORMATS = ("text", "json", "markdown")


def show_drills(drilled: Drilled, form: str, *, colour: bool = False, steps: bool = False) -> Outcome:
    """Return the outcome in a format. Exit code 1 when a runbook is wrong or too slow."""
    pairs = tuple(zip(drilled.judgements, drilled.evidence, strict=True))
    head = f"{drilled.engine} {drilled.version}, on {drilled.origin.what}"
    if form == "json":
        from handrail.reporters.drill_json import render_drill_json

        about = {"engine": drilled.engine, "version": drilled.version, **drilled.origin._asdict()}
        text = render_drill_json(pairs, about)
    elif form == "markdown":
        from handrail.reporters.drill_markdown import render_drill_markdown

        text = render_drill_markdown(pairs, head)
    else:
        from handrail.reporters.drill_text import render_drill_text

        text = render_drill_text(pairs, head, colour=colour, steps=steps)
    return Outcome(code=FINE if drilled.passed else FOUND, text=text)
