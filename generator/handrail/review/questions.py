"""The questions of the template, and the boxes of its checklists."""

from collections.abc import Iterator

from handrail.migrations.operations import Operation
from handrail.policy.projection import due, items_of
from handrail.policy.pull_request import Field
from handrail.review.body import Answer, is_answer
from handrail.review.case import PAST, SCHEMA, Case, Part, met, missing
from handrail.risk.levels import Levels
from handrail.risk.verdict import describe


def fields_due(case: Case, requirement: str | None) -> tuple[Field, ...]:
    """Return the questions of a requirement (None: of the declaration) that this change must answer."""
    fields = [
        each for each in case.policy.pull_request.pull_request.fields if each.requirement == requirement
    ]
    if not case.level:
        return tuple(each for each in fields if not each.migrations_only)
    return due(case.policy, fields, case.level)


def field_parts(case: Case, requirement: str | None) -> Iterator[Part]:
    """Yield one part for each question that is due."""
    for field in fields_due(case, requirement):
        yield field_part(case, field)


def field_part(case: Case, field: Field) -> Part:
    """Return whether one question is answered: one box ticked, or a text of its own."""
    return _text_part(case, field) if field.kind == "text" else _choice_part(case, field)


def _text_part(case: Case, field: Field) -> Part:
    answer = case.declaration.answers.get(field.id, Answer())
    key = f"field:{field.id}"
    if is_answer(answer.text, field.help):
        return met(key, field.label, line=answer.line)
    said = "It is as the template had it." if answer.line else "The question is not in the body."
    if answer.text:
        said = f"“{_short(answer.text)}” is no answer."
    return missing(
        key, field.label, said, f"Write it below “{field.label}”.", answer.line, _quote(case, answer.line)
    )


def _choice_part(case: Case, field: Field) -> Part:
    declaration, key = case.declaration, f"field:{field.id}"
    ticked = declaration.ticked(field.id)
    copies = [box for box in declaration.boxes if box.key.startswith(f"{key[6:]}:")]
    line = next((box.line for box in copies if box.ticked), 0)
    line = line or declaration.answers.get(field.id, Answer()).line
    quote = _quote(case, line)
    clash = declaration.clash(field.id)
    if clash is not None:
        shown, hidden = (each.partition(":")[2] for each in (clash.clash, clash.key))
        said = f"The box says {shown}, and its hidden comment {hidden}."
        then = "Take the box from the template again."
        return missing(key, field.label, said, then, clash.line, clash.source)
    if not ticked:
        said = "No box is ticked." if line else "The question is not in the body."
        return missing(key, field.label, said, f"Tick exactly one: {_choices(case, field)}.", line, quote)
    if len(ticked) > 1:
        said = f"{len(ticked)} boxes are ticked: {', '.join(ticked)}."
        return missing(key, field.label, said, "Leave one ticked.", line, quote)
    return _decided_part(case, field, ticked[0], line)


def _decided_part(case: Case, field: Field, chosen: str, line: int) -> Part:
    key, quote = f"field:{field.id}", _quote(case, line)
    means = next((each.means for each in field.options if each.id == chosen), None)
    if means == "not-ready":
        said = "The answer says that it is not ready."
        return missing(key, field.label, said, "Do it, and tick the other box.", line, quote)
    if means == "none" and case.touched:
        said = f"It contradicts the change, which touches {_touched(case)}."
        return missing(key, field.label, said, f"Tick {_choice(field, 'schema')} instead.", line, quote)
    if field.kind == "level":
        return _level_part(case, field, chosen, line)
    return met(key, field.label, _text_of(field, chosen), line)


def _level_part(case: Case, field: Field, chosen: str, line: int) -> Part:
    computed = case.verdict.level if case.touched else chosen
    if Levels(case.policy).at_least(chosen, computed):
        return met(f"field:{field.id}", field.label, chosen, line)
    said = f"{chosen} is declared, and the change is {computed}: {_because(case)}."
    then = f"Tick {computed}, or make the change safer."
    if all(each.kind in (SCHEMA, *PAST) for each in _raising(case)):
        then = "Put that right first: what is left has a level of its own."
    return missing(f"field:{field.id}", field.label, said, then, line, _quote(case, line))


def _raising(case: Case) -> list[Operation]:
    """Return what the level of the change comes from."""
    return [each.operation for risk in case.verdict.migrations for each in risk.raising
            if risk.level == case.verdict.level]  # fmt: skip


def _because(case: Case) -> str:
    raising = _raising(case)
    first = f"{raising[0].kind} {describe(raising[0])}".strip() if raising else "see below"
    return first if len(raising) <= 1 else f"{first} and {len(raising) - 1} more"


def checklist_parts(case: Case) -> Iterator[Part]:
    """Yield one part for each box of the template's checklists that a person has to tick."""
    if not case.level:
        return
    form = case.policy.pull_request.pull_request
    for checklist in form.checklists:
        for item in due(case.policy, items_of(case.policy, checklist), case.level):
            if item.checked_by == "person":
                yield _item_part(case, item.id, item.text)


def _item_part(case: Case, item: str, text: str) -> Part:
    key = f"item:{item}"
    copies = case.declaration.copies(key)
    ticked = [each for each in copies if each.ticked]
    if not copies:
        return missing(
            key, text, "The box is not in the body.", "Take it from the template again, and tick it."
        )
    first = next((each for each in copies if not each.ticked), copies[0])
    if not ticked:
        return missing(key, text, "It is not ticked.", "Do it, then tick it.", first.line, first.source)
    if len(ticked) < len(copies):
        said = "It stands here twice, once ticked and once not."
        return missing(f"copies:{item}", text, said, "Leave one of them.", first.line, first.source)
    return met(key, text, line=ticked[0].line)


def _choices(case: Case, field: Field) -> str:
    if field.kind == "level":
        return ", ".join(each.id for each in case.policy.risk_matrix.levels)
    return ", ".join(f"“{each.text}”" for each in field.options)


def _choice(field: Field, means: str) -> str:
    return next((f"“{each.text}”" for each in field.options if each.means == means), "the other box")


def _text_of(field: Field, chosen: str) -> str:
    return next((each.text for each in field.options if each.id == chosen), chosen)


def _touched(case: Case) -> str:
    names = [each.name for each in case.verdict.migrations] or sorted(case.changed)
    return names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"


def _quote(case: Case, line: int) -> str:
    return case.declaration.quote(line)


def _short(text: str, most: int = 60) -> str:
    one = " ".join(text.split())
    return one if len(one) <= most else one[: most - 1] + "…"
