"""handrail explain: what an id means, where it is defined, what shows it, what enforces it."""

import json
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from handrail.artefacts.model import Artefact
from handrail.commands.outcome import FINE, Outcome
from handrail.commands.project import Project, read_project
from handrail.core.errors import HandrailError
from handrail.core.suggest import did_you_mean
from handrail.policy.checks import CHECKS
from handrail.policy.forms import forms_of
from handrail.policy.index import Definition, Index
from handrail.policy.projection import requirements_at
from handrail.policy.shape import Node, plain_title
from handrail.ports import Files, Shipped

_NAMES = ("role", "condition", "text", "title", "run")
"""Fields that name an entry without an id, the best first."""

_WORD = 32
"""Characters of a value that shares its line with others."""


class Explanation(NamedTuple):
    """All that is known about one id."""

    kind: str
    id: str
    where: str
    says: tuple[tuple[str, tuple[str, ...]], ...]
    named_by: tuple[str, ...]
    shown_in: tuple[str, ...]
    enforced_by: tuple[str, ...]


def explain(files: Files, shipped: Shipped, key: str, form: str) -> Outcome:
    """Return everything about ``key``; an id of two kinds is explained twice.

    Raises ``HandrailError`` with a did-you-mean for an unknown id.
    """
    project = read_project(files, shipped)
    found = _find(project, key)
    explanations = [_explanation(project, definition) for definition in found]
    if form == "json":
        rows = [each._asdict() for each in explanations]
        return Outcome(code=FINE, text=json.dumps(rows, indent=2) + "\n")
    return Outcome(code=FINE, text="\n".join(_text(each) for each in explanations))


def list_ids(files: Files, shipped: Shipped, kind: str) -> Outcome:
    """Return the ids of one kind, or of all kinds with ''."""
    index = read_project(files, shipped).loaded.index
    kinds = sorted(index.definitions)
    if kind and kind not in kinds:
        raise HandrailError(f"there is no kind '{kind}'", did_you_mean(kind, kinds) or ", ".join(kinds))
    lines = [
        f"{each}  {key}  {definition.location}\n"
        for each in ([kind] if kind else kinds)
        for key, definition in index.definitions[each].items()
    ]
    return Outcome(code=FINE, text="".join(lines))


def _find(project: Project, key: str) -> Sequence[Definition]:
    index = project.loaded.index
    if project.loaded.policy is None:
        raise HandrailError("the policy cannot be read", "Look at it with: handrail validate")
    kind, _, name = key.partition(":")
    found = index.named(name) if name else index.named(key)
    found = tuple(each for each in found if not name or each.kind == kind)
    found = tuple(each for each in found if each.kind != "seed") or found
    if not found and any(each == (name or key) for _, each in index.left_out):
        hint = "Yours stands in policies/database.yaml."
        raise HandrailError(f"'{name or key}' is there for another orm or engine only", hint)
    if not found:
        known = {each for ids in index.definitions.values() for each in ids}
        hint = did_you_mean(name or key, known) or "List them: handrail explain --list"
        raise HandrailError(f"the policy defines no '{key}'", hint)
    return found


def _explanation(project: Project, definition: Definition) -> Explanation:
    index = project.loaded.index
    key = (definition.kind, definition.id)
    asked = _asked(project, definition)
    enforced = [text for each in (key, *asked) for text in _enforced_by(index, each, depth=2)]
    says = (*_says(definition.node), *_asks(index, asked))
    return Explanation(
        definition.kind,
        definition.id,
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
        return " ".join(str(value).split())
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


def _text(explanation: Explanation) -> str:
    lines = [f"{explanation.id} ({explanation.kind})", f"  defined at   {explanation.where}", ""]
    for name, value in explanation.says:
        lines += _wrapped(name, value)
    lines += [""]
    lines += _wrapped("named by", explanation.named_by or ["nothing"])
    lines += _wrapped("shown in", explanation.shown_in or ["nothing"])
    lines += _wrapped("enforced by", explanation.enforced_by or ["people who read it"])
    return "\n".join(lines) + "\n"


def _wrapped(name: str, values: Sequence[str]) -> list[str]:
    """Return a field in two columns, at most 80 wide."""
    from textwrap import wrap

    rows = [line for value in values for line in wrap(value, 62, break_on_hyphens=False)]
    wide = max(14, len(name) + 3)
    first = f"  {name}".ljust(wide + 1)
    return [first + rows[0], *(" " * (wide + 1) + row for row in rows[1:])] if rows else []
