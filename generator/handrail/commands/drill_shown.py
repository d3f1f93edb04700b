"""What ``handrail drill`` prints and writes."""

from collections.abc import Sequence

from handrail.commands.drill import Drilled
from handrail.commands.outcome import FINE, FOUND, Outcome
from handrail.commands.rehearse_shown import policy_sha256
from handrail.commands.validate import usable_policy
from handrail.ports import Files
from handrail.rehearsal.drill.written import drill_evidence
from handrail.rehearsal.evidence import Ran, dump_evidence, name_of


def write_evidence(
    files: Files, drilled: Drilled, now: str, migrations: tuple[Ran, ...] = ()
) -> tuple[str, ...]:
    """Write the evidence of each drill, and return their paths in order, '' for one that was not followed.

    ``migrations`` are those for which the drills were done.
    """
    policy = usable_policy(files)
    digest, written = policy_sha256(files), []
    for judged in drilled.judgements:
        name = name_of("drill", (judged.drill.runbook.id, judged.drill.fault), drilled.engine)
        path = f"{policy.database.paths.evidence}/{name}" if judged.steps else ""
        if path:
            engine = drilled.engine, drilled.version
            evidence = drill_evidence(judged, drilled.origin, engine, now, digest, migrations)
            files.write(path, dump_evidence(evidence).encode())
        written.append(path)
    return tuple(written)


def show_drills(
    drilled: Drilled, written: Sequence[str], form: str, *, colour: bool = False, steps: bool = False
) -> Outcome:
    """Return the outcome in a format. Exit code 1 when a runbook is wrong or too slow.

    ``written`` are the paths of the evidence, none or one for each drill; ``steps``: the text has those
    of drills that were right, too.
    """
    paths = written or ("",) * len(drilled.judgements)
    pairs = tuple(zip(drilled.judgements, paths, strict=True))
    head = f"{drilled.engine} {drilled.version} on {drilled.origin.what}"
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
