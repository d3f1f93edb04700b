"""Validated data -> records, with every id and reference noted on the way."""

from typing import Any

from handrail.core.location import Location
from handrail.policy.forms import FieldForm, Form, forms_of, id_field
from handrail.policy.index import Definition, Index, Reference
from handrail.policy.references import CODE, REFERENCE
from handrail.policy.shape import Id, Node, Ref
from handrail.policy.stack import Stack
from handrail.source.yaml_nodes import Document, Mark


def decode_file(
    stem: str, cls: type[Node], document: Document, index: Index, stack: Stack | None = None
) -> Node:
    """Return the root record of a valid ``document`` and note its ids in ``index``.

    Lists lose the entries that do not count for ``stack``, and the references to them.
    """
    return _Decoder(stem, document, index, stack).record(cls, document.data, document.mark, "", ("", ""))


class _Decoder:
    def __init__(self, stem: str, document: Document, index: Index, stack: Stack | None) -> None:
        self.stem, self.path, self.index, self.stack = stem, document.path, index, stack
        self.text = document.text
        self.lines: list[str] = []

    def record(
        self, cls: type[Node], data: dict[str, Any], mark: Mark, scope: str, owner: tuple[str, str]
    ) -> Node:
        """Return one record. ``scope`` is where scoped ids inside it count."""
        line, column, children = mark
        values: dict[str, Any] = {"location": Location(self.path, line, column)}
        self.index.places[values["location"]] = children
        names = id_field(cls)
        if names and not names[1].scoped:
            owner = (names[1].kind, data[names[0]])
        inner = _inner_scope(names, data, scope)
        for name, field in forms_of(cls).items():
            if name in data:
                place = inner if names else f"{scope}/{name}".strip("/")
                values[name] = self._value(field, data[name], children[name][2], place, owner)
        node = cls(**values)
        if names:
            self._define(names, node, children, scope)
        return node

    def _value(self, field: FieldForm, data: Any, mark: Mark, scope: str, owner: tuple[str, str]) -> Any:
        form = field.form
        if form.kind == "list":
            assert form.item is not None
            item = form.item
            return tuple(
                self._one(item, entry, entry_mark, scope, owner)
                for entry, entry_mark in zip(data, mark[2], strict=True)
                if self._counts(item, entry)
            )
        return self._one(form, data, mark, scope, owner)

    def _counts(self, form: Form, entry: Any) -> bool:
        if form.cls:
            return self.stack is None or self.stack.counts(form.cls, entry)
        names = form.mark(Ref)
        return names is None or (names.kind, entry) not in self.index.left_out

    def _one(self, form: Form, data: Any, mark: Mark, scope: str, owner: tuple[str, str]) -> Any:
        if form.kind == "record":
            assert form.cls is not None
            return self.record(form.cls, data, mark, scope, owner)
        if form.kind == "text":
            self._note(form, data, mark, owner)
            bare = data.strip()
            if len(bare) < len(data) and form.prose:
                return bare  # a block scalar ends in a line break, which no table cell can hold
        return data

    def _note(self, form: Form, text: str, mark: Mark, owner: tuple[str, str]) -> None:
        where = Location(self.path, mark[0], mark[1])
        names = form.mark(Ref)
        if names:
            self.index.references.append(Reference(names.kind, text, where, owner, False))
        elif "[[" in text and form.prose:
            known = True
            for found in REFERENCE.finditer(CODE.sub("", text)):
                place = self._place_in_text(found[0], where, len(text)) if known else None
                known, where = place is not None, place or where
                self.index.references.append(Reference(found[1], found[2], where, owner, True))

    def _place_in_text(self, written: str, after: Location, length: int) -> Location | None:
        """Return where ``written`` stands in the file after a place, or None where an escape hides it.

        No text begins with a reference, which YAML would take for a list. None holds
        a space, so no line break falls into it; a text of ``length`` characters has
        no more lines than that.
        """
        self.lines = self.lines or self.text.splitlines()
        begin = after.column
        for number in range(after.line - 1, min(after.line + length, len(self.lines))):
            at = self.lines[number].find(written, begin)
            if at >= 0:
                return Location(self.path, number + 1, at + 1)
            begin = 0
        return None

    def _define(self, names: tuple[str, Id], node: Node, children: dict[str, Any], scope: str) -> None:
        name, mark = names
        line, column, _ = children[name][2]
        where = Location(self.path, line, column)
        key = getattr(node, name)
        inside = scope if mark.scoped else ""
        self.index.define(Definition(mark.kind, key, node, where, self.stem, inside))


def _inner_scope(names: tuple[str, Id] | None, data: dict[str, Any], scope: str) -> str:
    if names is None:
        return scope
    own: str = data[names[0]]
    return f"{scope}/{own}" if names[1].scoped and scope else own
