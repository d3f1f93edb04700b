"""Values of PostgreSQL that are known, compared as it would."""

import re
from collections.abc import Callable
from typing import TypeAlias

from handrail.migrations.postgresql.calls import UNKNOWN, Unknown, text_of

Value: TypeAlias = object

_TRUE, _FALSE = ("t", "true", "yes", "on", "1"), ("f", "false", "no", "off", "0")


def truth(value: Value) -> Value:
    """Return a value as a condition takes it: true, false, null or not known."""
    if isinstance(value, str):
        word = value.strip().lower()
        return True if word in _TRUE else False if word in _FALSE else UNKNOWN
    return value if value is None or isinstance(value, bool) else UNKNOWN


def among(left: Value, listed: Value, sign: str) -> Value:
    """Return whether a value is in an array, or is not, for ``<>``."""
    if not isinstance(listed, tuple):
        return None if listed is None else UNKNOWN
    found = [compare("=", left, each) for each in listed]
    doubt = any(isinstance(each, Unknown) for each in found)
    answer: Value = True if True in found else UNKNOWN if doubt else False
    return not answer if sign == "<>" and isinstance(answer, bool) else answer


def like(left: Value, right: Value, sign: str, either_case: bool) -> Value:
    """Return what LIKE says."""
    if not isinstance(left, str) or not isinstance(right, str):
        return None if left is None or right is None else UNKNOWN
    if "\\" in right.replace("\\_", ""):
        return UNKNOWN
    pieces = re.split(r"(\\_|%|_)", right)
    pattern = "".join({"%": ".*", "_": ".", "\\_": "_"}.get(each, re.escape(each)) for each in pieces)
    met = re.fullmatch(re.sub(r"(?:\.\*)+", ".*", pattern), left, re.DOTALL | (re.IGNORECASE * either_case))
    return bool(met) != sign.startswith("!")


def compare(sign: str, left: Value, right: Value) -> Value:
    """Return what an operator makes of two values."""
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        return UNKNOWN
    if left is None or right is None:
        return None
    if sign == "||":
        return left + right if isinstance(left, tuple) and isinstance(right, tuple) else _joined(left, right)
    if isinstance(left, bool) or isinstance(right, bool):
        left, right = truth(left), truth(right)
    elif type(left) is not type(right):
        left, right = text_of(left), text_of(right)
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        return UNKNOWN
    return _ordered(sign, left, right)


def _joined(left: Value, right: Value) -> Value:
    if isinstance(left, tuple):
        return (*left, right)
    one, two = text_of(left), text_of(right)
    return one + two if isinstance(one, str) and isinstance(two, str) else UNKNOWN


def _ordered(sign: str, left: Value, right: Value) -> Value:
    if sign in ("=", "<>", "!="):
        return (left == right) == (sign == "=")
    if not isinstance(left, int) or not isinstance(right, int):
        return UNKNOWN
    signs: dict[str, Callable[[int, int], Value]] = {
        "<": int.__lt__, ">": int.__gt__, "<=": int.__le__, ">=": int.__ge__,
        "+": int.__add__, "-": int.__sub__, "*": int.__mul__,
    }  # fmt: skip
    return signs[sign](left, right) if sign in signs else UNKNOWN
