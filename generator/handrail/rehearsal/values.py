"""Are two values of different types the same value? Texts as ``DatabaseCopy.rows`` gives them."""

import json
import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

_LITERAL = re.compile(r"'((?:[^']|'')*)'", re.DOTALL)
_NUMBER = re.compile(r"[+-]?(?:0|[1-9][0-9]*)(?:\.[0-9]*)?(?:[eE][+-]?[0-9]{1,3})?")
_TRUE, _FALSE = ("t", "true", "1"), ("f", "false", "0")
_SECONDS = re.compile(r"-?\d{9,10}")
_MILLISECONDS = re.compile(r"-?\d{12,13}")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def are_same(old: str | None, new: str | None) -> bool:
    """Tell whether a value is the same after its column got another type.

    A number may be written otherwise, a time in another way or zone, JSON with
    other spaces, a text with the blanks that CHAR adds. All else is a change.
    """
    if old is None or new is None:
        return old is new
    old, new = _bare(old), _bare(new)
    if old == new or old.rstrip(" ") == new.rstrip(" ") != "":
        return True
    numbers = _number(old), _number(new)
    if None not in numbers:
        return numbers[0] == numbers[1]  # 1 second is not 1 millisecond
    return any(_equal(read, old, new) for read in (_truth, _moment, _document, _compact))


def canonical(value: str | None) -> str | None:
    """Return one spelling of a value: equal values of different types get the same."""
    if value is None:
        return None
    text = _bare(value)
    number = _number(text)
    if number is not None:
        return f"{number.normalize():f}"
    moment = _moment(text)
    return moment.astimezone(UTC).isoformat() if moment else _compact(text) or text.rstrip(" ")


def _bare(text: str) -> str:
    """Return a text without the quotes of SQL that SQLite writes around it."""
    found = _LITERAL.fullmatch(text)
    return found[1].replace("''", "'") if found else text


def _equal(read: Any, old: str, new: str) -> bool:
    left = read(old)
    return left is not None and left == read(new)


def _number(text: str) -> Decimal | None:
    """Return the number that a text is. Zeros before it are part of a text, not of a number."""
    return Decimal(text) if _NUMBER.fullmatch(text) else None


def _truth(text: str) -> bool | None:
    small = text.lower()
    return True if small in _TRUE else False if small in _FALSE else None


def _moment(text: str) -> datetime | None:
    """Return a time, as ISO text or as seconds or milliseconds since 1970; one without a zone is UTC."""
    try:
        if _MILLISECONDS.fullmatch(text):
            return _EPOCH + timedelta(milliseconds=int(text))
        if _SECONDS.fullmatch(text):
            return _EPOCH + timedelta(seconds=int(text))
        value = datetime.fromisoformat(text)
    except (ValueError, OverflowError):
        return None
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def _document(text: str) -> Any:
    """Return what a JSON text holds, wrapped so that null is not nothing."""
    if text[:1] not in "{[":
        return None
    try:
        return (json.loads(text),)
    except (ValueError, RecursionError):
        return None


def _compact(text: str) -> str | None:
    """Return a UUID in one spelling."""
    small = text.lower().replace("-", "").removeprefix("x'").strip("'")
    return small if re.fullmatch("[0-9a-f]{32}", small) else None
