"""The JSON Schemas (2020-12) of what Handrail prints as JSON about risk. One line in OUTPUTS each."""

from typing import Any

_TEXT = {"type": "string"}
_LINE = {"type": "integer", "minimum": 1}


def _object(description: str, **properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "description": description,
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(items: dict[str, Any], description: str) -> dict[str, Any]:
    return {"type": "array", "items": items, "description": description}


def _said(description: str, **more: Any) -> dict[str, Any]:
    return {**_TEXT, "description": description, **more}


_FINDING = _object(
    "Something else to tell.",
    code=_said("Names the pattern, and never changes."),
    severity=_said("How bad it is.", enum=["error", "warning", "note"]),
    message=_said("What is wrong."),
    path=_said("The file."),
    line=_LINE,
    hint=_said("What to do next, or empty."),
)
_WAIVER = _object(
    "The exception that takes the operation out of the migration's level.",
    reason=_said("Why it is accepted."),
    owner=_said("Who answers for it."),
    expires=_said("Its last day.", format="date"),
)
_OPERATION = _object(
    "One thing that the migration does.",
    kind=_said("Id of the operation in policies/operations.yaml."),
    table=_said("The table, or empty."),
    column=_said("The column, or empty."),
    **{"from": _said("What it was, or empty."), "to": _said("What it becomes, or empty.")},
    line=_LINE,
    level=_said("Its risk level by the policy."),
    facts=_list(_TEXT, "What the schema as it stood proves."),
    why=_said("Why the policy gives it this level."),
    safer=_said("What to do instead, or empty."),
    raised=_said("The condition of the policy that raised the level, or empty."),
    waiver={"anyOf": [{"type": "null"}, _WAIVER]},
)
_UNREAD = _object(
    "A statement that nobody checked: a person has to.",
    line=_LINE,
    text=_said("How it begins."),
    reason=_said("Why it was not read."),
)
_MIGRATION = _object(
    "One migration.",
    path=_said("Its script."),
    name=_said("What its runner calls it."),
    dialect=_said("How it was read.", enum=["sqlite", "postgresql", "mysql"]),
    level=_said("The highest level of its operations that are not waived."),
    rollback=_said(
        "What its down script comes to.",
        enum=["undone", "not undone", "empty", "missing", "declared irreversible", "not checked"],
    ),
    operations=_list(_OPERATION, "What it does, by line."),
    findings=_list(_FINDING, "What else there is to say of it."),
    not_checked=_list(_UNREAD, "What nobody checked."),
)
CLASSIFICATION = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "handrail classify --format json",
    **_object(
        "What migrations do, and the risk level of each.",
        version={"const": 1, "description": "The version of this format."},
        level=_said("The highest level of all."),
        migrations=_list(_MIGRATION, "The migrations, in the order in which they run."),
        findings=_list(_FINDING, "Findings that belong to no migration."),
    ),
}

OUTPUTS: dict[str, dict[str, Any]] = {"classification": CLASSIFICATION}
"""Name -> schema: ``handrail schema NAME`` prints it, ``policies/schemas/`` holds it."""
