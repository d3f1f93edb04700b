"""One policy file against its schema: every problem, in the reader's words."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from handrail.core.finding import Finding
from handrail.core.suggest import did_you_mean
from handrail.policy.forms import Form, forms_of
from handrail.policy.model import FILES
from handrail.policy.schema import schema_of
from handrail.policy.shape import Between, Matches, Node
from handrail.source.yaml_nodes import Document

Steps = tuple[str | int, ...]
Problem = tuple[Steps, str]
"""Where in the data, and which keyword of the schema failed there."""

_NAMES = {
    "text": "text",
    "choice": "text",
    "number": "a whole number",
    "flag": "true or false",
    "list": "a list",
    "record": "a mapping of keys to values",
}


def find_shape_problems(stem: str, document: Document) -> tuple[Finding, ...]:
    """Return what is wrong with the shape of ``document`` as ``policies/<stem>.yaml``.

    Findings: ``policy.missing-key``, ``policy.unknown-key``,
    ``policy.wrong-type``, ``policy.bad-value``, ``policy.empty``.
    """
    root = Form("record", cls=FILES[stem])
    findings: list[Finding] = []
    for steps, keyword in dict.fromkeys(_problems(stem, document.data)):
        form = _form_at(root, steps)
        value = _value_at(document.data, steps)
        findings.extend(_findings(document, steps, keyword, form, value))
    return tuple(findings)


def _problems(stem: str, data: Any) -> Iterator[Problem]:
    """Yield the failures of the schema, from the fast validator where it is installed."""
    try:
        validator = _fast_validator(stem)
    except ImportError:
        yield from slow_problems(stem, data)
        return
    if validator.is_valid(data):
        return
    for error in validator.iter_errors(data):
        yield tuple(error.instance_path), str(error.schema_path[-1])


@cache
def _fast_validator(stem: str) -> Any:
    import jsonschema_rs  # loaded only where a file has to be validated

    return jsonschema_rs.Draft202012Validator(schema_of(stem))


def slow_problems(stem: str, data: Any) -> Iterator[Problem]:
    """Yield the same failures from ``jsonschema``, which runs on every platform."""
    for error in _slow_validator(stem).iter_errors(data):
        yield tuple(error.absolute_path), str(error.validator)


@cache
def _slow_validator(stem: str) -> Any:
    import jsonschema

    def pattern(_: Any, wanted: str, value: Any, __: Any) -> Iterator[Any]:
        # In JSON Schema "$" is the very end; in Python a line break may follow it.
        if isinstance(value, str) and not re.search(wanted.replace("$", r"\Z"), value):
            yield jsonschema.ValidationError(wanted)

    base = jsonschema.Draft202012Validator
    extended = jsonschema.validators.extend(base, {"pattern": pattern})  # type: ignore[no-untyped-call]  # the stubs leave it untyped
    return extended(schema_of(stem))


def _form_at(form: Form, steps: Steps) -> Form:
    for step in steps:
        if isinstance(step, int):
            assert form.item is not None
            form = form.item
        else:
            assert form.cls is not None
            form = forms_of(form.cls)[step].form
    return form


def _value_at(data: Any, steps: Steps) -> Any:
    for step in steps:
        data = data[step]
    return data


def _findings(document: Document, steps: Steps, keyword: str, form: Form, value: Any) -> Iterator[Finding]:
    if keyword == "required":
        yield from _missing(document, steps, form, value)
    elif keyword == "additionalProperties":
        yield from _unknown(document, steps, form, value)
    else:
        code, message, hint = _wrong(keyword, form, value)
        yield Finding(code, message, document.locate(steps), hint=hint.strip() or _what_to_write(form))


def _what_to_write(form: Form) -> str:
    """Return a hint for a value that the model has no sentence about."""
    if form.cls is None:
        return f"Write {_NAMES[form.kind]}."
    return f"Known keys here: {', '.join(forms_of(form.cls))}."


def _missing(document: Document, steps: Steps, form: Form, value: Any) -> Iterator[Finding]:
    cls = _class(form)
    for name, field in forms_of(cls).items():
        if field.required and name not in value:
            message = f"missing key '{name}'"
            hint = f"Add '{name}:' here. {field.form.doc}"
            yield Finding("policy.missing-key", message, document.locate(steps), hint=hint)


def _unknown(document: Document, steps: Steps, form: Form, value: Any) -> Iterator[Finding]:
    known = forms_of(_class(form))
    for name in value:
        if name not in known:
            where = document.locate((*steps, name), key=True)
            hint = f"Known keys here: {', '.join(known)}."
            message = f"unknown key '{name}'. {did_you_mean(name, known)}".rstrip()
            yield Finding("policy.unknown-key", message, where, hint=hint)


def _class(form: Form) -> type[Node]:
    assert form.cls is not None
    return form.cls


def _wrong(keyword: str, form: Form, value: Any) -> tuple[str, str, str]:
    """Return code, message and hint for a value that the schema refuses."""
    if keyword == "type" or (keyword == "enum" and not isinstance(value, str)):
        return "policy.wrong-type", f"expected {_NAMES[form.kind]}, found {_kind(value)}", form.doc
    if keyword == "enum":
        guess = did_you_mean(value, form.choices)
        message = f"'{value}' is none of {', '.join(form.choices)}. {guess}".rstrip()
        return "policy.bad-value", message, form.doc
    if keyword == "minItems":
        return "policy.empty", "the list is empty", f"Add at least one entry. {form.doc}"
    if keyword in ("minimum", "maximum"):
        between = form.mark(Between)
        limit = f"at least {between.low}" + (f", at most {between.high}" if between.high else "")
        return "policy.bad-value", f"{value} is out of range: {limit}", form.doc
    matches = form.mark(Matches)
    if not value or matches is None:
        return "policy.empty", "the text is empty", f"Write it, or leave the key out. {form.doc}"
    hint = f"For example: {matches.example}. {form.doc}"
    return "policy.bad-value", f"'{_short(value)}' does not have the form that is asked", hint


def _kind(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true or false"
    names = {str: "text", int: "a number", list: "a list", dict: "a mapping"}
    shown = f" ({_short(str(value))})" if isinstance(value, str | int) else ""
    return names[type(value)] + shown


def _short(value: str) -> str:
    line = value.split("\n", 1)[0]
    return line if len(line) <= 60 and line == value else line[:57] + "..."
