"""Risk levels as Markdown, for a pull request or a job summary."""

from collections.abc import Iterator, Sequence

from handrail.core.shown import code, inert
from handrail.risk.verdict import MigrationRisk, Verdict, describe


def render_risk_markdown(verdict: Verdict, order: Sequence[str]) -> str:
    """Return a heading with the highest level, a table of the migrations, and what raised each."""
    lines = [f"## Migration risk: {verdict.level}", ""]
    if not verdict.migrations:
        return "## Migration risk\n\nNo migration to classify.\n"
    lines += ["| Level | Migration | Operations |", "| --- | --- | --- |"]
    for each in verdict.migrations:
        kinds = dict.fromkeys(one.operation.kind for one in each.raising)
        lines.append(f"| {each.level} | {code(each.name)} | {', '.join(f'`{kind}`' for kind in kinds)} |")
    for each in verdict.migrations:
        lines += _details(each, order)
    return "\n".join(lines) + "\n"


def _details(risk: MigrationRisk, order: Sequence[str]) -> Iterator[str]:
    shown = risk.told(order[0])
    if not shown and not risk.not_checked:
        return
    yield from ("", f"### {code(risk.name)}: {risk.level}", "")
    for judged in shown:
        operation = judged.operation
        facts = " ".join((*operation.facts, judged.why))
        about = f"`{operation.kind}` {inert(describe(operation))}".rstrip()
        text = (
            f"- **{judged.level}** {about}, {code(f'{risk.path}:{operation.line}')}. {inert(facts)}".rstrip()
        )
        if judged.safer:
            text += f" Safer: {inert(judged.safer)}"
        if judged.waiver:
            text += f" Waived by {inert(judged.waiver.owner)} until {judged.waiver.expires}: "
            text += inert(judged.waiver.reason)
        yield text
    for unread in risk.not_checked:
        yield f"- **Not checked**, line {unread.line}: {code(unread.text)} ({inert(unread.reason)})"
