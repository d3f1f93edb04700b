"""One policy file against its schema: every problem, in the reader's words."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from handrail.core.finding import Finding
from handrail.core.suggest import nearest, with_guess
from handrail.policy.forms import Form, forms_of
from handrail.policy.model import FILES
from handrail.policy.schema import schema_of
from handrail.policy.shape import ONE_LINE, Between, Matches, Node
from handrail.source.yaml_nodes import Document

Steps = tuple[str | int, ...]
Problem = tuple[Steps, str]
"""Where in the data, and which keyword of the schema failed there."""

_NAMES = {
    "text": "text",
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
        anchored = wanted[:-1] + r"\Z" if wanted.endswith("$") else wanted
        if isinstance(value, str) and not re.search(anchored, value):
            yield jsonschema.ValidationError(wanted)

    base = jsonschema.Draft202012Validator
    extended = jsonschema.validators.extend(base, {"pattern": pattern})  # type: ignore[no-untyped-call]  # the stubs leave it untyped
    return extended(schema_of(stem))


def _form_at(form: Form, steps: Steps) -> Form:
    for step in steps:
        if isinstance(step, int):
            assert form.item is not None
            form = form.item._replace(doc=form.item.doc or form.doc)
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
    known = forms_of(_class(form))
    mistyped = _mistyped(value, known).values()
    for name, field in known.items():
        if field.required and name not in value and name not in mistyped:
            message = f"missing key '{name}'"
            hint = f"Add '{name}:' here. {field.form.doc}"
            yield Finding("policy.missing-key", message, document.locate(steps), hint=hint)


def _unknown(document: Document, steps: Steps, form: Form, value: Any) -> Iterator[Finding]:
    known = forms_of(_class(form))
    for name, meant in _mistyped(value, known).items():
        where = document.locate((*steps, name), key=True)
        hint = f"Known keys here: {', '.join(known)}."
        message = with_guess(f"unknown key '{_short(name)}'", name, [meant] if meant else [])
        yield Finding("policy.unknown-key", message, where, hint=hint)


def _mistyped(value: Any, known: Mapping[str, Any]) -> dict[str, str]:
    """Return the unknown keys of a mapping: key -> the missing one that it may stand for, or ''."""
    missing = [name for name in known if name not in value]
    return {name: nearest(name, missing) for name in value if name not in known}


def _class(form: Form) -> type[Node]:
    assert form.cls is not None
    return form.cls


def _wrong(keyword: str, form: Form, value: Any) -> tuple[str, str, str]:
    """Return code, message and hint for a value that the schema refuses."""
    if keyword == "type":
        message = f"expected {_NAMES[form.kind]}, found {_kind(value)}"
        return "policy.wrong-type", message, _hint(_remedy(form, value), form)
    if keyword == "enum":
        return _wrong_choice(form, value)
    if keyword == "minItems":
        return "policy.empty", "the list is empty", _hint("Add at least one entry.", form)
    if keyword in ("minimum", "maximum"):
        between = form.mark(Between)
        limit = f"at least {between.low}" + (f", at most {between.high}" if between.high else "")
        return "policy.bad-value", f"{value} is out of range", _hint(f"Write {limit}.", form)
    return _wrong_text(form, value)


def _wrong_choice(form: Form, value: Any) -> tuple[str, str, str]:
    choices = ", ".join(form.choices)
    if not isinstance(value, str):
        return "policy.wrong-type", f"expected one of {choices}, found {_kind(value)}", form.doc
    message = with_guess(f"'{_short(value)}' is none of {choices}", value, form.choices)
    return "policy.bad-value", message, form.doc


def _wrong_text(form: Form, value: str) -> tuple[str, str, str]:
    if not value.strip():
        remedy = "Write it, or leave the key out." if form.optional else "Write it."
        return "policy.empty", "the text is empty", _hint(remedy, form)
    matches = form.mark(Matches)
    if matches.pattern != ONE_LINE:
        message = f"'{_short(value)}' does not have the form that is asked"
        return "policy.bad-value", message, _hint(f"For example: {matches.example}.", form)
    if "\n" in value:
        message = "the text has more than one line, or a line break at its end"
        return "policy.bad-value", message, _hint("Write one line; >- joins several.", form)
    return "policy.bad-value", "the text begins or ends with a space", _hint("Remove the space.", form)


def _hint(remedy: str, form: Form) -> str:
    """Return what to do, and what the field means."""
    return f"{remedy} {form.doc}".strip()


def _remedy(form: Form, value: Any) -> str:
    """Say how to write a value of the type that is asked instead of ``value``."""
    if form.kind == "record":
        return f"Write its keys: {', '.join(forms_of(_class(form)))}."
    if value is None:
        return "Write a value after the key."
    if form.kind == "text":
        return _remedy_for_text(value)
    return {
        "number": "Write a whole number, without quotes.",
        "flag": "Write true or false.",
        "list": "Begin each entry with '- ', or write [one, two].",
    }[form.kind]


def _remedy_for_text(value: Any) -> str:
    if isinstance(value, bool | int):
        return f'Put it in quotes: "{_plain(value)}".'
    return "Write one text; quote it if it holds ': '." if isinstance(value, dict) else "Write one text."


def _kind(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return "nothing" if value is None else _plain(value)
    names = {str: "text", int: "a number", list: "a list", dict: "a mapping"}
    shown = f" ({_short(_plain(value))})" if isinstance(value, str | int) else ""
    return names[type(value)] + shown


def _plain(value: str | int) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _short(value: str) -> str:
    line = value.split("\n", 1)[0]
    return line if len(line) <= 60 and line == value else line[:57] + "..."
