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
from handrail.policy.shape import Node
from handrail.ports import Files, Shipped


class Explanation(NamedTuple):
    """All that is known about one id."""

    kind: str
    id: str
    where: str
    says: tuple[tuple[str, str], ...]
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
        return Outcome(code=FINE, text=json.dumps(rows, indent=2, ensure_ascii=False) + "\n")
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
    key = (definition.kind, definition.id)
    shown = [_place(each) for each in project.built.artefacts if key in each.shows]
    return Explanation(
        definition.kind,
        definition.id,
        str(definition.location),
        tuple(_says(definition.node)),
        tuple(dict.fromkeys(_named_by(project.loaded.index, key))),
        tuple(dict.fromkeys(shown)),
        tuple(dict.fromkeys(_enforced_by(project.loaded.index, key, depth=2))),
    )


def _place(artefact: Artefact) -> str:
    return f"{artefact.path} (block {artefact.block})" if artefact.block else artefact.path


def _says(node: Node) -> Iterator[tuple[str, str]]:
    """Yield (field, value) for what fits on a line or two; lists of entries are counted."""
    for name, (form, _, _) in forms_of(type(node)).items():
        value = getattr(node, name)
        if name in ("id", "covers") or value in (None, (), ""):
            continue
        yield name.replace("_", " "), _value(value, form.kind)


def _value(value: Any, kind: str) -> str:
    if kind != "list":
        return "see the file" if isinstance(value, Node) else _flat(value)
    if all(isinstance(each, str) for each in value):
        return ", ".join(_flat(each) for each in value)
    names = [
        getattr(each, "id", "") or getattr(each, "role", "") or getattr(each, "text", "") for each in value
    ]
    return ", ".join(names) if all(names) else f"{len(value)} entries"


def _flat(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return " ".join(str(value).split())


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
        lines += _wrapped(name, [value])
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
