"""What no schema can say: references, coverage, and the policy's own promises."""

import re
import warnings
from collections.abc import Collection, Iterable, Iterator, Mapping

from handrail.core.finding import Finding, Severity
from handrail.core.location import Location
from handrail.core.suggest import with_guess
from handrail.policy.checklists import Item
from handrail.policy.forms import id_field
from handrail.policy.index import Index
from handrail.policy.matrix import Requirement
from handrail.policy.model import Policy
from handrail.policy.projection import all_commands

Builtin = Mapping[str, Iterable[str]]

SHOWN = 12
"""So many ids of a kind are shown in a hint; of more it says how to list them."""
GUESSES = 50
"""So many unknown ids get a guess, each of which takes a look at every known id."""


def find_inconsistencies(policy: Policy, index: Index, builtin: Builtin) -> Iterator[Finding]:
    """Yield what does not fit together.

    Errors: ``policy.dangling-reference``, ``policy.duplicate-id``,
    ``policy.uncovered``, ``policy.gap-without-control``,
    ``policy.control-not-enforced``, ``policy.unchecked``,
    ``policy.example-level``, ``policy.naming-example``, ``policy.field-options``, ``policy.field-level``,
    ``policy.order``, ``policy.empty-command``. Warning: ``policy.unused``. Notes: ``policy.open-decision``,
    ``policy.empty-role``.
    """
    yield from _dangling(index, builtin)
    yield from _duplicates(index)
    yield from _unused(index)
    yield from _uncovered(policy, index)
    yield from _controls(policy, index)
    yield from _unchecked(policy, index)
    yield from _example_levels(policy, index)
    yield from _naming(policy, index)
    yield from _fields(policy, index)
    yield from _phases(policy, index)
    yield from _commands(policy)
    yield from _faults(policy, index)
    yield from _notes(policy, index)


def _finding(code: str, message: str, where: Location, hint: str, severity: Severity = "error") -> Finding:
    return Finding(code, message, where, severity, hint)


def _dangling(index: Index, builtin: Builtin) -> Iterator[Finding]:
    known = {kind: dict.fromkeys(ids) for kind, ids in index.definitions.items()}
    for kind, names in builtin.items():
        known.setdefault(kind, {}).update(dict.fromkeys(names))
    said: dict[tuple[str, str], str] = {}
    for reference in index.references:
        kind, key = reference.kind, reference.id
        ids = known.get(kind, {})
        if key in ids:
            continue
        if kind not in known and reference.in_text:
            message = with_guess(f"unknown kind '{kind}'", kind, known)
            hint = f"Kinds: {', '.join(sorted(known))}."
        else:
            if (kind, key) not in said:
                said[kind, key] = with_guess(
                    f"unknown {kind} '{key}'", key, ids if len(said) < GUESSES else ()
                )
            message, hint = said[kind, key], _choice(kind, ids, defined_here=kind not in builtin)
            if (kind, key) in index.left_out:
                hint = "It is there for another orm or engine than yours. Give this text the same condition."
        yield _finding("policy.dangling-reference", message, reference.location, hint)


def _choice(kind: str, ids: Collection[str], *, defined_here: bool) -> str:
    """Say which ids of ``kind`` there are; only the policy's own can be defined or listed."""
    if not defined_here:
        return f"Name one that exists: {', '.join(ids)}."
    if not ids:
        return f"Define it: the policy has no {kind} yet."
    listed = f"handrail explain --list {kind}" if len(ids) > SHOWN else f"{', '.join(ids)}."
    return f"Define it, or name one that exists: {listed}"


def _duplicates(index: Index) -> Iterator[Finding]:
    for first, second in index.repeated:
        message = f"{second.kind} '{second.id}' is defined twice (first at {first.location})"
        yield _finding("policy.duplicate-id", message, second.location, "Give one of them another id.")


def _unused(index: Index) -> Iterator[Finding]:
    used = {(reference.kind, reference.id) for reference in index.references}
    for kind, known in index.definitions.items():
        for key, definition in known.items():
            field = id_field(type(definition.node))
            if kind == "seed" or not field or not field[1].used or (kind, key) in used:
                continue
            message = f"nothing refers to {kind} '{key}'"
            hint = "Use it, or remove it."
            yield _finding("policy.unused", message, definition.location, hint, "warning")


def _uncovered(policy: Policy, index: Index) -> Iterator[Finding]:
    covered = {reference.id for reference in index.references if reference.kind == "seed"}
    for row in policy.coverage.rows:
        if row.id not in covered and not row.dropped:
            message = f"no entry of the policy covers '{row.id}' ({row.title})"
            hint = (
                f"Add 'covers: [{row.id}]' to the entry that answers it, "
                "or say under 'dropped:' why it has no place."
            )
            yield _finding("policy.uncovered", message, index.place(row, "id"), hint)


def _controls(policy: Policy, index: Index) -> Iterator[Finding]:
    for gap in policy.gaps.gaps:
        if not gap.controls:
            message = f"no control closes gap {gap.id} ({gap.title})"
            hint = "Name the controls that close it under 'controls:'."
            where = index.place(gap, "controls", "id")
            yield _finding("policy.gap-without-control", message, where, hint)
    for control in policy.controls.controls:
        if not any(place.check or place.item for place in control.enforced_by):
            message = f"nothing enforces control '{control.id}'"
            hint = "Name a check or a checklist item under 'enforced_by:'."
            where = index.place(control, "enforced_by", "id")
            yield _finding("policy.control-not-enforced", message, where, hint)


def _unchecked(policy: Policy, index: Index) -> Iterator[Finding]:
    entries: list[Item | Requirement] = list(policy.risk_matrix.requirements)
    for checklist in policy.checklists.checklists:
        entries.extend(checklist.items)
    for entry in entries:
        if entry.checked_by == "ci" and not entry.check:
            message = f"'{entry.id}' says that CI checks it, and names no check"
            hint = "Add 'check:', or write 'checked_by: person'."
            yield _finding("policy.unchecked", message, index.place(entry, "checked_by"), hint)


def _example_levels(policy: Policy, index: Index) -> Iterator[Finding]:
    levels = {operation.id: operation.level for operation in policy.operations.operations}
    for level in policy.risk_matrix.levels:
        for example in level.examples:
            for number, operation in enumerate(example.operations):
                actual = levels.get(operation, level.id)
                if actual != level.id:
                    message = (
                        f"'{example.text}' stands in row {level.id}, but operation {operation} is {actual}"
                    )
                    hint = "Move the example, or change the operation's level in operations.yaml."
                    where = index.place(example, "operations", entry=number)
                    yield _finding("policy.example-level", message, where, hint)


def _naming(policy: Policy, index: Index) -> Iterator[Finding]:
    naming = policy.naming.naming
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about the future of a pattern such as [[a]
            pattern = re.compile(naming.pattern)
    except (re.error, OverflowError, RecursionError) as error:
        message = f"the pattern is not a regular expression: {error}"
        where = index.place(naming, "pattern")
        yield _finding("policy.naming-example", message, where, "Correct 'pattern:'.")
        return
    for examples, wanted in ((naming.good, True), (naming.bad, False)):
        for example in examples:
            if bool(pattern.fullmatch(example.name)) is not wanted:
                verb = "does not match" if wanted else "matches"
                message = f"'{example.name}' {verb} the pattern"
                hint = "Correct the example or the pattern."
                yield _finding("policy.naming-example", message, index.place(example, "name"), hint)


def _fields(policy: Policy, index: Index) -> Iterator[Finding]:
    for field in policy.pull_request.pull_request.fields:
        if (field.kind == "choice") is not bool(field.options):
            number = "options" if field.options else "no options"
            message = f"field '{field.id}' is a {field.kind} and has {number}"
            hint = "A choice has options; other kinds have none."
            where = index.place(field, "options", "kind")
            yield _finding("policy.field-options", message, where, hint)
    levels = {each.id: each.from_level for each in policy.risk_matrix.requirements}
    for field in policy.pull_request.pull_request.fields:
        asked = levels.get(field.requirement or "", field.from_level)
        if asked != field.from_level:
            message = f"field '{field.id}' is asked from {field.from_level}, its requirement from {asked}"
            where = index.place(field, "from_level")
            yield _finding("policy.field-level", message, where, "Give both the same 'from_level:'.")


def _phases(policy: Policy, index: Index) -> Iterator[Finding]:
    for phase in policy.rollout.phases:
        if phase.last_week is not None and phase.last_week < phase.first_week:
            message = f"phase {phase.id} ends before it starts"
            where = index.place(phase, "last_week")
            yield _finding("policy.order", message, where, "Correct the weeks.")
        if phase.hours is not None and phase.hours.high < phase.hours.low:
            message = f"phase {phase.id} has its hours the wrong way round"
            where = index.place(phase.hours, "high")
            yield _finding("policy.order", message, where, "Write low, then high.")


def _commands(policy: Policy) -> Iterator[Finding]:
    for command in all_commands(policy):
        if not command.run and (not command.text or command.expect):
            message = "nothing to run" + (", and yet something is expected" if command.expect else "")
            hint = "Write the command under 'run:', or say under 'text:' what to do."
            yield _finding("policy.empty-command", message, command.location, hint)


def _faults(policy: Policy, index: Index) -> Iterator[Finding]:
    for runbook in policy.runbooks.runbooks:
        steps = [step.id for step in runbook.steps]
        for fault in runbook.faults:
            for number, name in enumerate(fault.shown_by):
                if name not in steps and ("step", name) not in index.left_out:
                    message = with_guess(f"runbook '{runbook.id}' has no step '{name}'", name, steps)
                    where = index.place(fault, "shown_by", entry=number)
                    yield _finding(
                        "policy.dangling-reference", message, where, f"Its steps: {', '.join(steps)}."
                    )


def _notes(policy: Policy, index: Index) -> Iterator[Finding]:
    for topic in policy.decisions.topics:
        for question in topic.questions:
            if question.status == "open":
                message = f"{question.id} is still open: {question.question}"
                hint = f"Ask the {question.who}, then write 'status: answered' and the answer."
                where = index.place(question, "status")
                yield _finding("policy.open-decision", message, where, hint, "note")
    for role in policy.roles.roles:
        if role.human and not role.members:
            message = f"role '{role.id}' has no members"
            hint = "Add the people in it, by their GitHub logins: members: [{login: octocat}]"
            where = index.place(role, "members", "id")
            yield _finding("policy.empty-role", message, where, hint, "note")
