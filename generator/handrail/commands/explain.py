"""handrail explain: what an id means, where it is defined, what shows it, what enforces it."""

import json
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from handrail.artefacts.catalogue import ARTEFACTS, BUILTIN, ArtefactSpec
from handrail.artefacts.homes import HOMES
from handrail.artefacts.memory import Memory
from handrail.artefacts.model import Artefact
from handrail.commands.explain_operation import (
    condition_of,
    example_text,
    examples_of,
    list_operations,
    operations_below,
    read_record,
)
from handrail.commands.outcome import FINE, Outcome
from handrail.commands.project import Project, read_project
from handrail.core.errors import HandrailError
from handrail.core.suggest import did_you_mean
from handrail.policy.checks import CHECKS, Check
from handrail.policy.forms import forms_of
from handrail.policy.index import Definition, Index
from handrail.policy.model import Policy
from handrail.policy.projection import requirements_at
from handrail.policy.references import plain_text
from handrail.policy.shape import Node, plain_title
from handrail.ports import Files, Shipped
from handrail.rules.examples import Example, Record

_NAMES = ("role", "condition", "text", "title", "run", "by", "login")
"""Fields that name an entry without an id, the best first."""

_WORD = 32
"""Characters of a value that shares its line with others."""


Says = tuple[tuple[str, tuple[str, ...]], ...]
"""(field, its values), in the order of the file."""


class Explanation(NamedTuple):
    """All that is known about one id."""

    kind: str
    id: str
    where: str
    says: Says
    named_by: tuple[str, ...]
    shown_in: tuple[str, ...]
    enforced_by: tuple[str, ...]
    examples: tuple[Example, ...] = ()


def explain(files: Files, shipped: Shipped, key: str, form: str, memory: Memory | None = None) -> Outcome:
    """Return everything about ``key`` (``id`` or ``kind:id``); an id of two kinds is explained twice.

    The beginning of ids of operations (``column.drop``) lists these. Kinds are
    those of the policy, and ``check`` and ``artefact``, which the code
    defines. Raises ``HandrailError`` with a did-you-mean for an unknown id.
    """
    project = read_project(files, shipped, memory)
    if project.loaded.policy is None:
        raise HandrailError("the policy cannot be read", "Look at it with: handrail validate")
    explanations = [_explanation(project, definition) for definition in _find(project, key)]
    explanations += _of_the_code(project, key)
    kind, name = _split(key)
    below = operations_below(project.loaded.policy, name) if kind in ("", "operation") else ()
    if not explanations and not below:
        raise _unknown(project, key)
    record = read_record(shipped)
    explanations = [_with_examples(project.loaded.policy, record, each) for each in explanations]
    if form == "json":
        rows: list[dict[str, Any]] = [_row(each) for each in explanations]
        rows += [{"kind": "operation", "id": e.id, "level": e.level, "title": e.title} for e in below]
        return Outcome(code=FINE, text=json.dumps(rows, indent=2) + "\n")
    parts = [_text(each, record) for each in explanations]
    return Outcome(code=FINE, text="\n".join([*parts, *([list_operations(below)] if below else ())]))


def _with_examples(policy: Policy, record: Record, explanation: Explanation) -> Explanation:
    """Return the explanation of an operation with its condition and examples, others as they are."""
    if explanation.kind != "operation":
        return explanation
    condition = condition_of(explanation.id)
    says = (*explanation.says, *((("found when", condition),) if condition else ()))
    return explanation._replace(says=says, examples=examples_of(policy, record, explanation.id))


def _row(explanation: Explanation) -> dict[str, Any]:
    row = explanation._asdict()
    examples = row.pop("examples")
    return row | ({"examples": [each._asdict() for each in examples]} if examples else {})


def list_ids(files: Files, shipped: Shipped, kind: str) -> Outcome:
    """Return the ids of one kind, or of all kinds with ''."""
    index = read_project(files, shipped).loaded.index
    places = {
        each: [(key, str(definition.location)) for key, definition in known.items()]
        for each, known in index.definitions.items()
    }
    places["artefact"] = [(spec.id, spec.path) for spec in ARTEFACTS]
    places["check"] = [(check.id, f"{check.title} ({check.run_by})") for check in CHECKS]
    if kind and kind not in places:
        raise HandrailError(f"there is no kind '{kind}'", did_you_mean(kind, places) or ", ".join(places))
    chosen = [kind] if kind else sorted(places)
    lines = [f"{each}  {key}  {place}\n" for each in chosen for key, place in places[each]]
    return Outcome(code=FINE, text="".join(lines))


def _split(key: str) -> tuple[str, str]:
    """Return (kind or '', id) of what was asked for."""
    kind, colon, name = key.partition(":")
    return (kind, name) if colon and name else ("", key)


def _find(project: Project, key: str) -> Sequence[Definition]:
    """Return the definitions of an id; a row of the seed document only where nothing else has its id."""
    kind, name = _split(key)
    found = [each for each in project.loaded.index.named(name) if kind in ("", each.kind)]
    return [each for each in found if each.kind != "seed"] or found


def _unknown(project: Project, key: str) -> HandrailError:
    index = project.loaded.index
    _, name = _split(key)
    if any(each == name for _, each in index.left_out):
        hint = "Yours stands in policies/database.yaml."
        return HandrailError(f"'{name}' is there for another orm or engine only", hint)
    others = [each.kind for each in index.named(name)]
    known = {each for ids in (*index.definitions.values(), *BUILTIN.values()) for each in ids}
    hint = f"Did you mean '{others[0]}:{name}'?" if others else did_you_mean(name, known)
    return HandrailError(f"the policy defines no '{key}'", hint or "List them: handrail explain --list")


def _of_the_code(project: Project, key: str) -> Iterator[Explanation]:
    """Yield what is known about a check or an artefact that comes with Handrail."""
    kind, name = _split(key)
    if kind in ("", "check"):
        yield from (_check(project, each) for each in CHECKS if each.id == name)
    if kind in ("", "artefact"):
        yield from (_artefact(project, each) for each in ARTEFACTS if each.id == name)


def _check(project: Project, check: Check) -> Explanation:
    runner = {"ci": "CI", "github": "GitHub"}[check.run_by]
    says = (("title", (check.title,)), ("run by", (runner,)), ("what", (check.what,)))
    pages = tuple(each.path for each in project.built.artefacts if each.id == HOMES["check"])
    return _built_in(project, ("check", check.id), says, pages, runner)


def _artefact(project: Project, spec: ArtefactSpec) -> Explanation:
    made = [each for each in project.built.artefacts if each.id.partition("/")[0] == spec.id]
    read = tuple(dict.fromkeys(path for each in made for path in each.read))
    title = (spec.title,) if spec.title else ()
    says: Says = (("title", title), ("file", (spec.path,)), ("made from", read))
    check = next(each for each in CHECKS if each.id == "artefacts-in-step")
    places = tuple(_place(each) for each in made)
    return _built_in(project, ("artefact", spec.id), says, places, f"{check.id}: {check.what}")


def _built_in(
    project: Project,
    key: tuple[str, str],
    says: Says,
    shown_in: tuple[str, ...],
    enforced_by: str,
) -> Explanation:
    named_by = tuple(dict.fromkeys(_named_by(project.loaded.index, key)))
    said = tuple((field, values) for field, values in says if values)
    return Explanation(*key, "comes with Handrail", said, named_by, shown_in, (enforced_by,))


def _explanation(project: Project, definition: Definition) -> Explanation:
    index = project.loaded.index
    key = (definition.kind, definition.key)
    asked = _asked(project, definition)
    enforced = [text for each in (key, *asked) for text in _enforced_by(index, each, depth=2)]
    says = (*_says(definition.node), *_asks(index, asked))
    return Explanation(
        *key,
        str(definition.location),
        says,
        tuple(dict.fromkeys(_named_by(index, key))),
        tuple(_place(each) for each in project.built.artefacts if key in each.shows),
        tuple(dict.fromkeys(enforced)),
    )


def _asked(project: Project, definition: Definition) -> tuple[tuple[str, str], ...]:
    """Return the requirements that a level asks for, none for other kinds."""
    policy = project.loaded.policy
    if definition.kind != "level" or policy is None:
        return ()
    return tuple(("requirement", each.id) for each in requirements_at(policy, definition.id))


def _asks(index: Index, asked: Sequence[tuple[str, str]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    if asked:
        found = [index.find(*key) for key in asked]
        yield "asks for", tuple(f"{each.id} ({plain_title(each.node)})" for each in found if each)


def _place(artefact: Artefact) -> str:
    return f"{artefact.path} (block {artefact.block})" if artefact.block else artefact.path


def _says(node: Node) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield (field, its values) for every field that says something."""
    for name in forms_of(type(node)):
        value = getattr(node, name)
        if name in ("id", "covers") or value in (None, (), ""):
            continue
        many = value if isinstance(value, tuple) else (value,)
        words = all(isinstance(each, str) and len(each) < _WORD for each in many)
        flat = tuple(_flat(each) for each in many)
        yield name.replace("_", " "), (", ".join(flat),) if words else flat


def _flat(value: Any) -> str:
    """Return a value on one line; an entry as its name, and the rest of it in brackets."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, Node):
        return plain_text(str(value))
    if getattr(value, "id", ""):
        return f"{value.id} ({_flat(plain_title(value))})"  # type: ignore[attr-defined]  # asked for one line above
    said = {name: getattr(value, name) for name in forms_of(type(value)) if name != "covers"}
    name = next((each for each in _NAMES if said.get(each)), "")
    rest = [
        f"{each.replace('_', ' ')} {_flat(it)}" for each, it in said.items() if each != name and _short(it)
    ]
    head = _flat(said[name]) if name else ""
    return f"{head} ({', '.join(rest)})".strip() if rest else head


def _short(value: Any) -> bool:
    """Tell whether a field of a nested entry fits into brackets: it says something, on one line."""
    return value not in (None, "") and not isinstance(value, tuple | Node) and "\n" not in str(value)


def _named_by(index: Index, key: tuple[str, str]) -> Iterator[str]:
    for reference in index.references:
        if (reference.kind, reference.id) == key:
            owner = " ".join(reference.owner).strip()
            yield f"{owner} ({reference.location})" if owner else str(reference.location)


def _enforced_by(index: Index, key: tuple[str, str], depth: int) -> Iterator[str]:
    """Yield the checks and items that an entry names, directly or through its controls."""
    titles = {check.id: f"{check.id}: {check.what}" for check in CHECKS}
    for reference in index.references:
        if reference.owner != key or reference.in_text:
            continue
        if reference.kind == "check":
            yield titles.get(reference.id, reference.id)
        elif reference.kind == "item":
            yield f"checklist item {reference.id}"
        elif reference.kind in ("control", "requirement") and depth:
            yield from _enforced_by(index, (reference.kind, reference.id), depth - 1)


def _text(explanation: Explanation, record: Record) -> str:
    lines = [f"{explanation.id} ({explanation.kind})", f"  defined at   {explanation.where}", ""]
    for name, value in explanation.says:
        lines += _wrapped(name, value)
    lines += [""]
    lines += _wrapped("named by", explanation.named_by or ["nothing"])
    lines += _wrapped("shown in", explanation.shown_in or ["nothing"])
    lines += _wrapped("enforced by", explanation.enforced_by or ["people who read it"])
    texts = ["\n".join(lines) + "\n", *(example_text(each, record) for each in explanation.examples)]
    return "\n".join(texts)


def _wrapped(name: str, values: Sequence[str]) -> list[str]:
    """Return a field in two columns, at most 80 wide."""
    from textwrap import wrap

    wide = max(14, len(name) + 3)
    room = min(62, 79 - wide)
    rows = [line for value in values for line in wrap(value, room, break_on_hyphens=False)]
    first = f"  {name}".ljust(wide + 1)
    return [first + rows[0], *(" " * (wide + 1) + row for row in rows[1:])] if rows else []
