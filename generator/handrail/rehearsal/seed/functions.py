"""The functions of SQL that conditions of a schema are made of."""

import hashlib
import json
from collections.abc import Callable
from typing import Any


class _Unknown:
    """What only a database could tell."""

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN = _Unknown()

NULLABLE = frozenset(
    {"coalesce", "ifnull", "num_nulls", "num_nonnulls", "nullif", "concat", "if", "iif", "json_valid"}
)
"""Functions that come to something although a value is NULL."""


def _length(value: Any) -> int:
    return len(value) if isinstance(value, str | bytes) else len(str(value))


def _octets(value: Any) -> int:
    return len(value.encode()) if isinstance(value, str) else len(value)


def _loaded(text: Any) -> Any:
    return json.loads(text) if isinstance(text, str) else text


def _is_json(text: Any) -> bool:
    if text is None:
        return False  # as SQLite before 3.45 says; where it is NULL, a value is as good
    try:
        _loaded(text)
    except ValueError:
        return False
    return True


def _json_type(text: Any, *path: str) -> Any:
    if path:
        return UNKNOWN
    match _loaded(text):
        case dict():
            return "object"
        case list():
            return "array"
        case str():
            return "string"
        case bool():
            return "boolean"
        case None:
            return "null"
        case _:
            return "number"


def _sqlite_json_type(text: Any, *path: str) -> Any:
    found = _json_type(text, *path)
    return found if found in ("object", "array", "null") else UNKNOWN


def _json_length(text: Any) -> Any:
    found = _loaded(text)
    return len(found) if isinstance(found, list) else UNKNOWN


def _first(*values: Any) -> Any:
    return next((each for each in values if each is not None), None)


def _part(text: str, start: int, length: int | None = None) -> Any:
    return text[start - 1 :][:length] if start > 0 else UNKNOWN


def _md5(value: str | bytes) -> str:
    data = value.encode() if isinstance(value, str) else value
    return hashlib.md5(data, usedforsecurity=False).hexdigest()


def _chosen(condition: Any, yes: Any, no: Any) -> Any:
    return yes if condition else no


def _cardinality(array: Any, *_: Any) -> Any:
    return len(array) if isinstance(array, tuple) else UNKNOWN


def _array_length(array: Any, *_: Any) -> Any:
    return (len(array) or None) if isinstance(array, tuple) else UNKNOWN


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "length": _length,
    "len": _length,
    "char_length": _length,
    "character_length": _length,
    "octet_length": _octets,
    "lower": lambda text: text.lower(),
    "upper": lambda text: text.upper(),
    "trim": lambda text, letters=" ": text.strip(letters),
    "btrim": lambda text, letters=" ": text.strip(letters),
    "ltrim": lambda text, letters=" ": text.lstrip(letters),
    "rtrim": lambda text, letters=" ": text.rstrip(letters),
    "abs": abs,
    "coalesce": _first,
    "ifnull": _first,
    "nullif": lambda left, right: None if left == right else left,
    "if": _chosen,
    "iif": _chosen,
    "num_nulls": lambda *values: sum(each is None for each in values),
    "num_nonnulls": lambda *values: sum(each is not None for each in values),
    "concat": lambda *values: "".join(str(each) for each in values if each is not None),
    "cardinality": _cardinality,
    "array_length": _array_length,
    "json_valid": _is_json,
    "jsonb_typeof": _json_type,
    "json_typeof": _json_type,
    "json_type": _sqlite_json_type,
    "json_array_length": _json_length,
    "jsonb_array_length": _json_length,
    "substr": _part,
    "substring": _part,
    "left": lambda text, length: text[:length],
    "instr": lambda text, part: text.find(part) + 1,
    "strpos": lambda text, part: text.find(part) + 1,
    "starts_with": lambda text, start: text.startswith(start),
    "md5": _md5,
    "replace": lambda text, old, new: text.replace(old, new),
    "typeof": lambda value: {int: "integer", str: "text", bytes: "blob", float: "real"}.get(
        type(value), UNKNOWN
    ),
}
