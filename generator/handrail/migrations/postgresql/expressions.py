"""Expressions -> text: one form, whatever way they were written in."""

import re
from collections.abc import Callable
from typing import Any

from handrail.migrations.postgresql.grammar import Tree
from handrail.migrations.postgresql.names import SYSTEM, strings
from handrail.migrations.postgresql.types import type_name

_PLAIN = re.compile(r"[a-z_][a-z0-9_$]*\Z")
_QUOTED = re.compile(r"'(?:[^']|'')*'")
_SKIPPED = {"location", "list_start", "list_end", "rexpr_list_start", "rexpr_list_end"}


def quoted(name: str) -> str:
    """Return a name as it is written in SQL."""
    return name if _PLAIN.match(name) else '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Return a string as it is written in SQL."""
    return "'" + text.replace("'", "''") + "'"


def show(node: Tree) -> str:
    """Return an expression as text; a node that has no writer is written as its name with its parts."""
    for kind, value in node.items():
        writer = _WRITERS.get(kind)
        return writer(value) if writer else _plainly(kind, value)
    return ""


def default_text(node: Tree, kind: str = "") -> str:
    """Return the text of a default: '' for NULL, and a constant without the cast to the column's own type."""
    while "TypeCast" in node and "A_Const" in node["TypeCast"].get("arg", {}):
        cast = node["TypeCast"]
        if type_name(cast["typeName"]) != kind and "isnull" not in cast["arg"]["A_Const"]:
            break
        node = cast["arg"]
    return "" if node.get("A_Const", {}).get("isnull") else show(node)


def mentions(text: str, name: str) -> bool:
    """Tell whether an expression's text names a column, constants left aside."""
    return _word(name).search(_QUOTED.sub("''", text)) is not None


def renamed(text: str, old: str, new: str) -> str:
    """Return an expression's text with a column renamed in it, constants left as they are."""
    word, place, out = _word(old), 0, []
    for constant in _QUOTED.finditer(text):
        out += [word.sub(lambda _: quoted(new), text[place : constant.start()]), constant[0]]
        place = constant.end()
    return "".join([*out, word.sub(lambda _: quoted(new), text[place:])])


def expression_word(node: Tree, default: str) -> str:
    """Return the name that PostgreSQL gives to a column of an expression (FigureColname)."""
    if "FuncCall" in node:
        return strings(node["FuncCall"].get("funcname", ()))[-1]
    if "ColumnRef" in node:
        return (strings(node["ColumnRef"].get("fields", ())) or [default])[-1]
    if "CoalesceExpr" in node:
        return "coalesce"
    if "TypeCast" in node:
        inner = expression_word(node["TypeCast"].get("arg", {}), "")
        return inner or strings(node["TypeCast"].get("typeName", {}).get("names", ()))[-1]
    return default


def _word(name: str) -> Any:
    return re.compile(rf"(?<![\w$\"]){re.escape(quoted(name))}(?![\w$\"(])")


def _plainly(kind: str, value: Any) -> str:
    if isinstance(value, dict):
        inner = [
            _plainly(name, part) if name not in _WRITERS else show({name: part})
            for name, part in value.items()
            if name not in _SKIPPED
        ]
        return f"{kind}({', '.join(inner)})"
    if isinstance(value, list):
        return f"{kind}({_many(value)})"
    return f"{kind} {value}"


def _many(nodes: list[Tree], between: str = ", ") -> str:
    return between.join(show(node) for node in nodes)


def _constant(node: Tree) -> str:
    if node.get("isnull"):
        return "NULL"
    if "sval" in node:
        return literal(node["sval"].get("sval", ""))
    if "boolval" in node:
        return "true" if node["boolval"].get("boolval") else "false"
    if "ival" in node:
        return str(node["ival"].get("ival", 0))
    return str(node.get("fval", {}).get("fval") or node.get("bsval", {}).get("bsval", ""))


def _cast(node: Tree) -> str:
    return f"{_bracketed(node.get('arg', {}))}::{type_name(node.get('typeName', {}))}"


def _bracketed(node: Tree) -> str:
    text = show(node)
    return f"({text})" if "A_Expr" in node or "BoolExpr" in node or "NullTest" in node else text


def _column(node: Tree) -> str:
    fields = node.get("fields", [])
    return ".".join("*" if "A_Star" in each else quoted(strings([each])[0]) for each in fields)


def _call(node: Tree) -> str:
    words = [word for word in strings(node.get("funcname", ())) if word not in (SYSTEM, "public")]
    args = "*" if node.get("agg_star") else _many(node.get("args", []))
    rest = {
        key: value
        for key, value in node.items()
        if key in ("agg_order", "agg_filter", "over", "agg_distinct", "agg_within_group")
    }
    more = f" {_plainly('', rest)}" if rest else ""
    return f"{'.'.join(quoted(word) for word in words)}({args}){more}"


def _operation(node: Tree) -> str:
    kind, sign = node.get("kind", ""), " ".join(strings(node.get("name", ())))
    left = _bracketed(node["lexpr"]) if "lexpr" in node else ""
    right = node.get("rexpr", {})
    if kind == "AEXPR_IN":
        return f"{left} {'IN' if sign == '=' else 'NOT IN'} ({_many(right.get('List', {}).get('items', []))})"
    if kind in ("AEXPR_OP_ANY", "AEXPR_OP_ALL"):
        return f"{left} {sign} {kind[-3:]} ({show(right)})"
    if kind == "AEXPR_NULLIF":
        return f"NULLIF({left}, {show(right)})"
    if "List" in right:
        return f"{left} {sign} {_many(right['List'].get('items', []), ' AND ')}"
    extra = " DISTINCT FROM" if kind.endswith("DISTINCT") else ""
    return f"{left} {sign}{extra} {_bracketed(right)}".strip()


def _logic(node: Tree) -> str:
    args = node.get("args", [])
    if node.get("boolop") == "NOT_EXPR":
        return f"NOT ({_many(args)})"
    between = " AND " if node.get("boolop") == "AND_EXPR" else " OR "
    return between.join(f"({show(each)})" if "BoolExpr" in each else show(each) for each in args)


def _value(node: Tree) -> str:
    word = node.get("op", "").removeprefix("SVFOP_")
    if word.endswith("_N"):
        return f"{word[:-2]}({node.get('typmod', 0)})"
    return str(word)


def _null_test(node: Tree) -> str:
    word = "IS NULL" if node.get("nulltesttype") == "IS_NULL" else "IS NOT NULL"
    return f"{_bracketed(node.get('arg', {}))} {word}"


def _case(node: Tree) -> str:
    words = ["CASE"]
    words += [show(node["arg"])] if "arg" in node else []
    for each in node.get("args", []):
        when = each.get("CaseWhen", {})
        words += [f"WHEN {show(when.get('expr', {}))} THEN {show(when.get('result', {}))}"]
    words += [f"ELSE {show(node['defresult'])}"] if "defresult" in node else []
    return " ".join([*words, "END"])


def _collate(node: Tree) -> str:
    words = (quoted(word) for word in strings(node.get("collname", ())))
    return f"{show(node.get('arg', {}))} COLLATE {'.'.join(words)}"


_WRITERS: dict[str, Callable[[Tree], str]] = {
    "A_Const": _constant,
    "TypeCast": _cast,
    "TypeName": type_name,
    "ColumnRef": _column,
    "FuncCall": _call,
    "A_Expr": _operation,
    "BoolExpr": _logic,
    "SQLValueFunction": _value,
    "NullTest": _null_test,
    "CaseExpr": _case,
    "A_ArrayExpr": lambda node: f"ARRAY[{_many(node.get('elements', []))}]",
    "CoalesceExpr": lambda node: f"COALESCE({_many(node.get('args', []))})",
    "List": lambda node: _many(node.get("items", [])),
    "String": lambda node: str(node.get("sval", "")),
    "CollateClause": _collate,
}
