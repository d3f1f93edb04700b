"""Texts that are put together for EXECUTE, of which a part is known only when they run.

What is not known is a word of its own in them. Such a text is read where the
word can only be a value, or the name of a role: it says what it changes.
"""

import re
from collections.abc import Iterator
from typing import Any

from handrail.migrations.postgresql.calls import CALLS, text_of
from handrail.migrations.postgresql.grammar import Tree
from handrail.migrations.postgresql.names import strings
from handrail.migrations.postgresql.values import Missing, Scope, evaluate

WORD = "known_when_run"
"""Stands for what is not known."""

_OF_ROLES = frozenset(
    (
        "GrantStmt",
        "GrantRoleStmt",
        "CreateRoleStmt",
        "AlterRoleStmt",
        "AlterRoleSetStmt",
        "DropRoleStmt",
        "AlterDefaultPrivilegesStmt",
        "AlterOwnerStmt",
        "CommentStmt",
    )
)
_PLACE = re.compile(r"%(?:\d+\$)?-?\d*[sIL]")


def outline(node: Tree, scope: Scope) -> str | None:
    """Return the text that an expression makes, ``WORD`` for what is not known; None for no such text."""
    joined = node.get("A_Expr", {})
    if strings(joined.get("name", ())) == ["||"]:
        sides = [outline(joined.get(side, {}), scope) for side in ("lexpr", "rexpr")]
        return None if None in sides else "".join(map(str, sides))
    value = _known(node, scope)
    if value is not None:
        return value
    call = node.get("FuncCall", {})
    name = "".join(strings(call.get("funcname", ()))[-1:])
    args = call.get("args", [])
    if name == "format" and args:
        return _formatted(args, scope)
    if name == "concat":
        parts = [outline(each, scope) for each in args]
        return None if None in parts else "".join(map(str, parts))
    return f"'{WORD}'" if name in ("quote_literal", "quote_nullable") else WORD


def _known(node: Tree, scope: Scope) -> str | None:
    try:
        value = text_of(evaluate(node, scope))
    except (Missing, TypeError, ValueError, LookupError, AttributeError):
        return None
    return value if isinstance(value, str) else None


def _formatted(args: list[Tree], scope: Scope) -> str | None:
    """Return what format() makes; a place without a value that is known has the word."""
    form = _known(args[0], scope)
    if form is None or re.search(r"%\d+\$", form):
        return None
    made, place, rest = list[str](), 0, args[1:]
    for found in _PLACE.finditer(form):
        made.append(form[place : found.start()])
        place = found.end()
        value = _known(rest[0], scope) if rest else None
        rest = rest[1:]
        kind = found[0][-1]
        if value is None:
            made.append(f"'{WORD}'" if kind == "L" else WORD)
        else:
            made.append(str(CALLS["format"](f"%{kind}", value)))
    return "".join([*made, form[place:]]).replace("%%", "%")


def is_plain(tree: Tree) -> bool:
    """Tell whether what is not known in a statement can only be a value, or the name of a role."""
    kind = next(iter(tree), "")
    return kind in _OF_ROLES or (kind != "" and not any(WORD in name for name in _names(tree)))


def _names(node: Any) -> Iterator[str]:
    """Yield the texts of a tree that are no values; the new owner of a table is none that matters."""
    waiting = [node]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            yield each
        elif isinstance(each, list):
            waiting += each
        elif isinstance(each, dict):
            waiting += [inner for key, inner in each.items() if key not in ("A_Const", "newowner")]
