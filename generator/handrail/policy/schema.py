"""Records -> JSON Schemas (draft 2020-12) of the policy files."""

from functools import cache
from typing import Any

from handrail.policy.forms import FieldForm, Form, forms_of
from handrail.policy.model import FILES
from handrail.policy.shape import Between, Id, Matches, Node, NotEmpty, Ref

NOT_BLANK = r"\S"
DIALECT = "https://json-schema.org/draft/2020-12/schema"


@cache
def schema_of(stem: str) -> dict[str, Any]:
    """Return the JSON Schema of ``policies/<stem>.yaml``, as JSON-like data."""
    definitions: dict[str, Any] = {}
    root = _record(FILES[stem], definitions)
    title = f"policies/{stem}.yaml"
    return {"$schema": DIALECT, "title": title, **root, "$defs": dict(sorted(definitions.items()))}


def _record(cls: type[Node], definitions: dict[str, Any]) -> dict[str, Any]:
    fields = forms_of(cls)
    return {
        "type": "object",
        "description": (cls.__doc__ or "").split("\n")[0],
        "properties": {name: _field(field, definitions) for name, field in fields.items()},
        "required": [name for name, field in fields.items() if field.required],
        "additionalProperties": False,
    }


def _field(field: FieldForm, definitions: dict[str, Any]) -> dict[str, Any]:
    schema = _value(field.form, definitions)
    if not field.required and field.default not in ((), None):
        schema["default"] = field.default
    return schema


def _value(form: Form, definitions: dict[str, Any]) -> dict[str, Any]:
    schema: dict[str, Any] = {}
    if form.doc:
        schema["description"] = _description(form)
    if form.kind == "record":
        assert form.cls is not None
        name = form.cls.__name__
        if name not in definitions:
            definitions[name] = {}
            definitions[name] = _record(form.cls, definitions)
        return {**schema, "$ref": f"#/$defs/{name}"}
    if form.kind == "list":
        assert form.item is not None
        schema |= {"type": "array", "items": _value(form.item, definitions)}
        return schema | ({"minItems": 1} if form.mark(NotEmpty) else {})
    if form.kind == "choice":
        return schema | {"enum": list(form.choices)}
    return schema | _scalar(form)


def _scalar(form: Form) -> dict[str, Any]:
    if form.kind == "flag":
        return {"type": "boolean"}
    if form.kind == "number":
        between = form.mark(Between)
        schema: dict[str, Any] = {"type": "integer"}
        if between:
            schema["minimum"] = between.low
        if between and between.high is not None:
            schema["maximum"] = between.high
        return schema
    matches = form.mark(Matches)
    return {"type": "string"} | ({"pattern": matches.pattern if matches else NOT_BLANK})


def _description(form: Form) -> str:
    """Return the field's sentence, with what it defines or names."""
    defines, names = form.mark(Id), form.mark(Ref)
    if defines:
        return f"{form.doc} Defines a {defines.kind}."
    if names:
        return f"{form.doc} Names a {names.kind}."
    return form.doc


def example_of(cls: type[Node], name: str) -> str:
    """Return an example for a field whose text must match a pattern, or ''."""
    field = forms_of(cls).get(name)
    matches = field.form.mark(Matches) if field else None
    return matches.example if matches else ""
