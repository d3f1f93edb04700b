"""What an expression of SQL is read from, and the tree that it becomes."""

from typing import Any, NamedTuple

from handrail.migrations.quotes import Dialect
from handrail.migrations.tokens import Token, tokens

_SYMBOLS = frozenset("<>=!~@#&|?%^*+-/")
_LOOSE = frozenset("~!@#%^&|?")
"""An operator may end in + or - only when one of these is in it, as in PostgreSQL."""


class Node(NamedTuple):
    """A part of an expression: what it does (``and``, ``const``, ``column``, ``call``, ...) to its parts.

    ``value`` is the constant, the column's name, or the operator or function, in capitals or lower case.
    """

    op: str
    parts: tuple["Node", ...] = ()
    value: Any = None


def columns_of(node: Node) -> frozenset[str]:
    """Return the columns that an expression names."""
    own = frozenset({node.value}) if node.op == "column" else frozenset()
    return own.union(*(columns_of(each) for each in node.parts))


def constants_of(node: Node) -> tuple[Any, ...]:
    """Return the constants that occur in an expression, in order, each once, without NULL."""
    found: dict[tuple[str, Any], Any] = {}
    waiting = [node]
    while waiting:
        each = waiting.pop(0)
        if each.op == "const" and each.value is not None:
            found.setdefault((type(each.value).__name__, each.value), each.value)
        waiting[:0] = each.parts
    return tuple(found.values())


def pieces_of(text: str, dialect: Dialect) -> list[Token]:
    """Return the tokens, with the marks of one operator (``!~*``, ``<@``) in one."""
    found: list[Token] = []
    for each in tokens(text, dialect):
        last = found[-1] if found else None
        if (
            last
            and each.kind == last.kind == "mark"
            and last.end == each.start
            and _SYMBOLS.issuperset(last.text + each.text)
            and (each.text not in "+-" or not _LOOSE.isdisjoint(last.text))
        ):
            found[-1] = Token("mark", last.text + each.text, last.start)
        else:
            found.append(each)
    return found


def is_operator(token: Token) -> bool:
    """Tell whether a token is an operator of marks."""
    return token.kind == "mark" and _SYMBOLS.union("->").issuperset(token.text)


def number_of(text: str) -> int | float:
    """Return the value of a number."""
    try:
        return int(text, 0) if text[:2].lower() == "0x" else int(text)
    except ValueError:
        return float(text)
