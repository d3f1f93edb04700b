"""The Database Changes section of a branch, with what a machine can know filled in.

Nothing that is written here counts as an answer to a question of people: what
was computed stands as ticks, below the first question, and in comments.
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from handrail.core.shown import clean, code, inert
from handrail.policy.projection import due, items_of
from handrail.review.case import Case
from handrail.review.checks import DELETE_RULES
from handrail.risk.verdict import MigrationRisk, describe

_BOX = re.compile(r"- \[ \] .*<!-- (?P<key>[a-z0-9-]+:[A-Za-z0-9-]+) -->\s*")
_FIELD = re.compile(r"<!-- handrail:field (?P<id>[a-z0-9-]+) -->\s*")


class Draft(NamedTuple):
    """What is known: questions and boxes that are due, boxes to tick, lines to add below a question."""

    due: frozenset[str]
    ticked: frozenset[str]
    added: Mapping[str, tuple[str, ...]]


def draft_of(case: Case) -> Draft:
    """Return what a case says before anybody wrote a word."""
    form = case.policy.pull_request.pull_request
    level = case.level
    always = tuple(each for each in form.fields if not each.migrations_only)
    fields = due(case.policy, form.fields, level) if level else always
    asked = {f"field:{each.id}" for each in fields}
    for items in (items_of(case.policy, each) for each in form.checklists if level):
        asked |= {f"item:{each.id}" for each in due(case.policy, items, level)}
    rules = tuple(_delete_rules(case))
    if not rules:
        asked -= {f"field:{each}" for each in _asking_of_delete_rules(case)}
    return Draft(frozenset(asked), frozenset(_ticks(case)), _added(case, rules))


def _asking_of_delete_rules(case: Case) -> frozenset[str]:
    """Return the questions that are asked only where a delete rule appears or changes."""
    of = {each.id for each in case.policy.risk_matrix.requirements if each.check == "review-cascades"}
    fields = case.policy.pull_request.pull_request.fields
    return frozenset(each.id for each in fields if each.requirement in of)


def _ticks(case: Case) -> Iterator[str]:
    means = {"schema" if case.level else "none"}
    if case.migrations and all(each.undo.way == "undone" for each in case.migrations):
        means.add("down-script")
    for field in case.policy.pull_request.pull_request.fields:
        yield from (f"{field.id}:{option.id}" for option in field.options if option.means in means)
        if field.kind == "level" and case.level:
            yield f"{field.id}:{case.level}"


def _added(case: Case, rules: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    added: dict[str, tuple[str, ...]] = {}
    for field in case.policy.pull_request.pull_request.fields:
        if any(option.means == "schema" for option in field.options):
            added[field.id] = tuple(line for each in case.verdict.migrations for line in _told(each))
        elif rules and field.id in _asking_of_delete_rules(case):
            added[field.id] = (f"<!-- To be named here: {'; '.join(rules)} -->",)
    return added


def _told(risk: MigrationRisk) -> Iterator[str]:
    down = {"undone": "a down script undoes it", "missing": "no down script"}.get(
        risk.undo.way, risk.undo.way
    )
    yield f"- {code(clean(risk.name))}: {risk.level}, {down}"
    for judged in risk.operations:
        operation = judged.operation
        waived = ", waived" if judged.waiver else ""
        what = f"`{operation.kind}` {inert(clean(describe(operation)))}".strip()
        yield f"  - {what}: {judged.level}{waived}, line {operation.line}"


def _delete_rules(case: Case) -> Iterator[str]:
    for risk in case.migrations:
        for judged in risk.operations:
            if judged.operation.kind in DELETE_RULES and not judged.waiver:
                yield clean(describe(judged.operation)).replace("--", "- -")


def fill_in(template: str, heading: str, draft: Draft) -> str:
    """Return the section below ``heading`` of a template, filled in; what is not due is left out.

    '' when the template has no such section.
    """
    blocks = [_filled(block, draft) for block in _blocks(template, heading)]
    kept = (block.strip("\n") for block in blocks)
    return "\n\n".join(block for block in kept if block) + "\n" if blocks else ""


def _blocks(template: str, heading: str) -> list[str]:
    """Return the parts of the section: its head, and one part for each question or checklist."""
    start = re.search(rf"(?m)^## {re.escape(heading)}[ \t]*$", template)
    if start is None:
        return []
    rest = template[start.end() :]
    end = re.search(r"(?m)^## ", rest)
    section = template[start.start() : start.end()] + rest[: end.start() if end else len(rest)]
    return re.split(r"(?m)^(?=### )", section)


def _filled(block: str, draft: Draft) -> str:
    """Return one part, '' when nothing in it is due."""
    field = _FIELD.search(block)
    lines = [filled for line in block.split("\n") if (filled := _line(line, draft)) is not None]
    if field is not None:
        if f"field:{field['id']}" not in draft.due:
            return ""
        added = draft.added.get(field["id"], ())
        return "\n".join(lines).strip("\n") + ("\n\n" + "\n".join(added) if added else "")
    is_list = block.startswith("### ")
    return "" if is_list and not any(_BOX.fullmatch(line) for line in lines) else "\n".join(lines)


def _line(line: str, draft: Draft) -> str | None:
    """Return a line with its box ticked, None for an item that is not due."""
    box = _BOX.fullmatch(line)
    if box is None:
        return line
    if box["key"].startswith("item:") and box["key"] not in draft.due:
        return None
    return line.replace("- [ ]", "- [x]", 1) if box["key"] in draft.ticked else line
