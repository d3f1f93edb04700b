"""A gate's answer as Markdown: the job summary, and the one comment on a pull request."""

from collections.abc import Iterator

from handrail.core.shown import clean, code, inert
from handrail.review.case import Decision, Part, Result, State, headed
from handrail.risk.verdict import MigrationRisk, describe

_SIGNS: dict[State, str] = {
    "met": "✅ met",
    "missing": "❌ **missing**",
    "waived": "☑️ waived",
    "person": "👤 a person checks",
}
_STEPS = 25
"""Missing things that are told one by one; the rest is counted."""


def render_review_markdown(decision: Decision) -> str:
    """Return what is missing and what to do next, then requirements, people and operations."""
    lines = [f"## {_title(decision)}", "", *_level(decision)]
    lines += _steps(decision)
    lines += _table(decision)
    lines += _people(decision)
    for risk in decision.verdict.migrations:
        lines += _risk(risk)
    lines += _notes(decision)
    return "\n".join(lines).rstrip("\n") + "\n"


def _title(decision: Decision) -> str:
    words, gone = decision.words, len(decision.missing)
    if decision.passed:
        return f"{words.title}: nothing is missing"
    return f"{words.title}: {gone} {words.one}{'' if gone == 1 else 's'} missing"


def _level(decision: Decision) -> Iterator[str]:
    if not decision.level:
        yield decision.words.untouched
    elif not decision.words.declared:
        yield f"Risk level **{decision.level}**."
    else:
        declared = decision.declared or "not declared"
        yield (
            f"Risk level **{decision.level}**: computed {decision.computed or 'none'}, declared {declared}."
        )
    yield ""


def _steps(decision: Decision) -> Iterator[str]:
    """Yield what is missing, by requirement, each with what to do."""
    if not decision.missing:
        return
    yield from ("### What to do next", "")
    left = _STEPS
    for number, result in enumerate(decision.missing, 1):
        yield f"{number}. **{_inert(result.title)}**"
        parts = [part for part in result.parts if part.state == "missing"]
        yield from (f"   - {_step(part, result)}" for part in parts[: max(left, 0)])
        if len(parts) > max(left, 0):
            yield f"   - and {len(parts) - max(left, 0)} more"
        left -= len(parts)
    yield ""


def _step(part: Part, result: Result) -> str:
    """Return one thing to do. A box is told by its words; what is known from the heading is left out."""
    where = f" (line {part.line} of the body)" if part.line else ""
    if part.id.startswith("item:"):
        return f"☐ {_inert(part.title)}{where}"
    said = part.said if part.title == result.title else headed(part.title, part.said)
    quote = f" {code(clean(part.quote))}" if part.quote and not part.quote.startswith("#") else ""
    then = f" → {_inert(part.next)}" if part.next else ""
    return f"{_inert(said)}{quote}{where}{then}"


def _table(decision: Decision) -> Iterator[str]:
    one = decision.words.one.capitalize()
    yield from (f"### {one}s", "", f"| State | {one} | Policy |", "| --- | --- | --- |")
    for each in decision.results:
        title = f"[{_inert(each.title)}]({each.page})" if each.page else _inert(each.title)
        yield f"| {_SIGNS[each.state]} | {title} | `{each.policy.path}:{each.policy.line}` |"
    yield ""


def _people(decision: Decision) -> Iterator[str]:
    if not decision.seats:
        return
    yield from ("### Approvals", "", "| Role | Given by | Still needed |", "| --- | --- | --- |")
    for seat in decision.seats:
        given = ", ".join(map(_inert, seat.given)) or "nobody"
        yield f"| {_inert(seat.title)} | {given} | {max(0, seat.needed - len(seat.given))} |"
    yield ""


def _risk(risk: MigrationRisk) -> Iterator[str]:
    yield from (f"### {code(clean(risk.name))}: {risk.level}", "")
    for judged in risk.raising:
        operation = judged.operation
        where = code(clean(f"{risk.path}:{operation.line}"))
        text = f"- `{operation.kind}` {_inert(describe(operation))}, {where}."
        text += f" {_inert(' '.join((*operation.facts, judged.why)))}"
        yield text.rstrip()
        if judged.safer:
            yield f"  Safer: {_inert(judged.safer)}"
    if not risk.raising:
        yield "- No operation that counts."
    yield ""


def _notes(decision: Decision) -> Iterator[str]:
    if decision.notes:
        yield from ("### Notes", "")
        yield from (f"- {_inert(note)}" for note in decision.notes)


def _inert(text: str) -> str:
    return inert(clean(" ".join(text.split())))
