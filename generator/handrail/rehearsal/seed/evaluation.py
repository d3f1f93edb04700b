"""What an expression comes to for one row: a value, None for NULL, or ``UNKNOWN``."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from handrail.rehearsal.seed.expression_parts import Node
from handrail.rehearsal.seed.functions import FUNCTIONS, NULLABLE, UNKNOWN

Row = Mapping[str, Any]


def evaluate(node: Node, row: Row) -> Any:
    """Return the value of an expression for a row; ``UNKNOWN`` when only a database could tell."""
    return _MEANINGS[node.op](node, row)


def distance(node: Node, row: Row, *, wanted: bool = True) -> int:
    """Return how many parts of a condition stand in the way of it being ``wanted``; 0 when it holds.

    As in a CHECK, NULL and what only a database could tell are no obstacle.
    """
    if node.op == "not":
        return distance(node.parts[0], row, wanted=not wanted)
    if node.op in ("and", "or"):
        each = [distance(part, row, wanted=wanted) for part in node.parts]
        return sum(each) if (node.op == "and") == wanted else min(each)
    found = evaluate(node, row)
    if found is None or found is UNKNOWN:
        return 0
    return int(bool(found) != wanted)


def _and(node: Node, row: Row) -> Any:
    return _joined(node, row, stops=False)


def _or(node: Node, row: Row) -> Any:
    return _joined(node, row, stops=True)


def _joined(node: Node, row: Row, *, stops: bool) -> Any:
    result: Any = not stops
    for part in node.parts:
        found = evaluate(part, row)
        if found is None or found is UNKNOWN:
            result = UNKNOWN if UNKNOWN in (found, result) else None
        elif bool(found) == stops:
            return stops
    return result


def _not(node: Node, row: Row) -> Any:
    found = evaluate(node.parts[0], row)
    return found if found is None or found is UNKNOWN else not found


def _compare(node: Node, row: Row) -> Any:
    left, right = (evaluate(part, row) for part in node.parts)
    return compared(left, node.value, right)


def compared(left: Any, operator: str, right: Any) -> Any:
    """Return what ``left operator right`` comes to."""
    if left is UNKNOWN or right is UNKNOWN:
        return UNKNOWN
    if operator == "<=>":
        return _alike(left, right)
    if left is None or right is None:
        return None
    left, right = _of_one_kind(left, right)
    try:
        return _COMPARED[operator](left, right)
    except (TypeError, ArithmeticError):
        return UNKNOWN


_COMPARED: dict[str, Callable[[Any, Any], bool]] = {
    "=": lambda left, right: left == right,
    "==": lambda left, right: left == right,
    "<>": lambda left, right: left != right,
    "!=": lambda left, right: left != right,
    "<": lambda left, right: left < right,
    ">": lambda left, right: left > right,
    "<=": lambda left, right: left <= right,
    ">=": lambda left, right: left >= right,
}


def _of_one_kind(left: Any, right: Any) -> tuple[Any, Any]:
    """Turn the text of the two into what the other is."""
    if isinstance(left, str) and isinstance(right, int | float | Decimal):
        return _from_text(left, right), right
    if isinstance(right, str) and isinstance(left, int | float | Decimal):
        return left, _from_text(right, left)
    return left, right


def _from_text(text: str, like: Any) -> Any:
    if isinstance(like, bool):
        return text.lower() in ("t", "true", "1", "yes", "on")
    try:
        return Decimal(text)
    except InvalidOperation:
        return text


def _alike(left: Any, right: Any) -> bool:
    if left is None or right is None:
        return left is None and right is None
    return compared(left, "=", right) is True


def _same(node: Node, row: Row) -> Any:
    left, right = (evaluate(part, row) for part in node.parts)
    return UNKNOWN if UNKNOWN in (left, right) else _alike(left, right)


def _between(node: Node, row: Row) -> Any:
    value, low, high = (evaluate(part, row) for part in node.parts)
    found = compared(value, ">=", low), compared(value, "<=", high)
    if False in found:
        return False
    return UNKNOWN if UNKNOWN in found else None if None in found else True


def _in(node: Node, row: Row) -> Any:
    value, *others = (evaluate(part, row) for part in node.parts)
    return _one_of([compared(value, "=", other) for other in others])


def _any(node: Node, row: Row) -> Any:
    value, array = (evaluate(part, row) for part in node.parts)
    if not isinstance(array, tuple):
        return array if array is None else UNKNOWN
    return _one_of([compared(value, node.value, each) for each in array])


def _all(node: Node, row: Row) -> Any:
    value, array = (evaluate(part, row) for part in node.parts)
    if not isinstance(array, tuple):
        return array if array is None else UNKNOWN
    found = [compared(value, node.value, each) for each in array]
    return False if False in found else UNKNOWN if UNKNOWN in found else None if None in found else True


def _one_of(found: list[Any]) -> Any:
    return True if True in found else UNKNOWN if UNKNOWN in found else None if None in found else False


def _match(node: Node, row: Row) -> Any:
    left, pattern = (evaluate(part, row) for part in node.parts)
    if left is None or pattern is None:
        return None
    if not isinstance(left, str) or not isinstance(pattern, str):
        return UNKNOWN
    found = _pattern(pattern, node.value)
    if found is None:
        return UNKNOWN
    return (found.search(left) is None) == node.value.startswith("!")


@lru_cache(maxsize=256)
def _pattern(text: str, operator: str) -> re.Pattern[str] | None:
    """Return a pattern of SQL as one of Python, None where they differ too much."""
    flags = re.DOTALL | (re.IGNORECASE if operator in ("~*", "!~*", "LIKE", "ILIKE") else re.NOFLAG)
    if operator in ("LIKE", "ILIKE", "GLOB"):
        any_one = {"*": ".*", "?": "."} if operator == "GLOB" else {"%": ".*", "_": "."}
        if operator == "GLOB" and "[" in text:
            return None
        text = r"\A" + "".join(any_one.get(letter, re.escape(letter)) for letter in text) + r"\Z"
    try:
        return re.compile(text, flags)
    except (re.error, OverflowError, RecursionError):
        return None


def _cast(node: Node, row: Row) -> Any:
    value = evaluate(node.parts[0], row)
    kind = node.value
    if value is None or value is UNKNOWN:
        return value
    try:
        if kind in ("text", "varchar", "character varying", "char", "citext", "character"):
            return value if isinstance(value, str) else UNKNOWN if isinstance(value, bytes) else str(value)
        if kind in ("integer", "int", "bigint", "smallint", "signed", "unsigned", "int4", "int8"):
            return int(value)
        if kind in ("numeric", "decimal", "real", "double precision"):
            return Decimal(value)
    except (ValueError, TypeError, InvalidOperation):
        return UNKNOWN
    return value


def _binary(node: Node, row: Row) -> Any:
    left, right = (evaluate(part, row) for part in node.parts)
    if left is UNKNOWN or right is UNKNOWN or node.value not in _BINARY:
        return UNKNOWN
    if left is None or right is None:
        return None
    try:
        return _BINARY[node.value](left, right)
    except (TypeError, ValueError, ArithmeticError):
        return UNKNOWN


_BINARY: dict[str, Callable[[Any, Any], Any]] = {
    "+": lambda left, right: left + right if not isinstance(left, str) else UNKNOWN,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right if isinstance(left, int | float | Decimal) else UNKNOWN,
    "%": lambda left, right: left % right if not isinstance(left, str) else UNKNOWN,
    "&": lambda left, right: left & right,
    "|": lambda left, right: left | right,
    "<<": lambda left, right: left << right if right < 64 else UNKNOWN,
    "||": lambda left, right: f"{left}{right}" if isinstance(left, str) else UNKNOWN,
}


def _call(node: Node, row: Row) -> Any:
    values = [evaluate(part, row) for part in node.parts]
    function = FUNCTIONS.get(node.value)
    if function is None or UNKNOWN in values:
        return UNKNOWN
    if None in values and node.value not in NULLABLE:
        return None
    try:
        return function(*values)
    except (TypeError, ValueError, ArithmeticError, AttributeError, IndexError):
        return UNKNOWN


def _case(node: Node, row: Row) -> Any:
    pairs = node.parts[:-1]
    for when, then in zip(pairs[::2], pairs[1::2], strict=True):
        found = evaluate(when, row)
        if found is UNKNOWN:
            return UNKNOWN
        if found:
            return evaluate(then, row)
    return evaluate(node.parts[-1], row)


def _several(node: Node, row: Row) -> Any:
    found = tuple(evaluate(part, row) for part in node.parts)
    return UNKNOWN if UNKNOWN in found else found


_MEANINGS: dict[str, Callable[[Node, Row], Any]] = {
    "const": lambda node, _: node.value,
    "column": lambda node, row: row.get(node.value, UNKNOWN),
    "unknown": lambda *_: UNKNOWN,
    "and": _and,
    "or": _or,
    "not": _not,
    "compare": _compare,
    "same": _same,
    "between": _between,
    "in": _in,
    "any": _any,
    "all": _all,
    "match": _match,
    "cast": _cast,
    "binary": _binary,
    "call": _call,
    "case": _case,
    "array": _several,
    "row": _several,
}
