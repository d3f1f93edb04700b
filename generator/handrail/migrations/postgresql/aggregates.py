"""count(), string_agg() and array_agg() over rows that are known."""

from typing import NamedTuple

from handrail.migrations.postgresql.calls import UNKNOWN, Unknown, text_of
from handrail.migrations.postgresql.compares import Value
from handrail.migrations.postgresql.grammar import Tree
from handrail.migrations.postgresql.names import strings
from handrail.migrations.postgresql.values import Frame, Scope, evaluate

_AGGREGATES = frozenset(("count", "string_agg", "array_agg", "max", "min", "bool_or", "bool_and", "sum"))


class Row(NamedTuple):
    """What the tables of a query have by alias, and whether it is a row: true, or not known."""

    frames: dict[str, Frame]
    met: Value = True


def label_of(target: Tree) -> str:
    """Return what a column of a result is called."""
    value = target.get("val", {})
    while "TypeCast" in value:
        value = value["TypeCast"].get("arg", {})
    words = strings(value.get("ColumnRef", {}).get("fields", value.get("FuncCall", {}).get("funcname", ())))
    return str(target.get("name") or (words[-1] if words else "?column?"))


def is_aggregate(node: Tree) -> bool:
    """Tell whether an expression is of all rows together."""
    call = node.get("FuncCall", {})
    inside = [*node.get("A_Expr", {}).values(), *node.get("CoalesceExpr", {}).get("args", ())]
    inside += [node.get("TypeCast", {}).get("arg", {})]
    own = "".join(strings(call.get("funcname", ()))[-1:]) in _AGGREGATES
    return own or any(is_aggregate(each) for each in inside if isinstance(each, dict) and each)


def over_rows(node: Tree, rows: list[Row], scope: Scope) -> Value:
    """Return what an aggregate comes to."""
    call = node.get("FuncCall", {})
    name = "".join(strings(call.get("funcname", ()))[-1:])
    if (
        not call
        or any(row.met is not True for row in rows)
        or "agg_filter" in call
        or call.get("agg_distinct")
    ):
        return _within(node, rows, scope)
    inners = [scope._replace(frames=row.frames, outer=scope) for row in rows]
    values = (
        [evaluate(call.get("args", [{}])[0], each) for each in inners] if "args" in call else list(inners)
    )
    if name == "count":
        return UNKNOWN if any(isinstance(e, Unknown) for e in values) else sum(e is not None for e in values)
    if name == "array_agg":
        return tuple(values) or None
    texts = [text_of(each) for each in values if each is not None]
    if name == "string_agg" and len(call.get("args", ())) > 1:
        mark = evaluate(call["args"][1], scope)
        known = [each for each in texts if isinstance(each, str)]
        whole = isinstance(mark, str) and len(known) == len(texts)
        return (str(mark).join(known) if known else None) if whole else UNKNOWN
    return UNKNOWN


def _within(node: Tree, rows: list[Row], scope: Scope) -> Value:
    """Return what an expression around an aggregate comes to."""
    for kind in ("A_Expr", "CoalesceExpr", "TypeCast"):
        if kind in node and all(row.met is True for row in rows):
            break
    else:
        return UNKNOWN
    inner = node[kind]
    frames: dict[str, Frame] = {"": {}}
    made: Tree = dict(inner)
    for key in ("lexpr", "rexpr", "arg"):
        if is_aggregate(inner.get(key, {})):
            frames[""] = {**frames[""], key: over_rows(inner[key], rows, scope)}
            made[key] = {"ColumnRef": {"fields": [{"String": {"sval": key}}]}}
    if kind == "CoalesceExpr":
        values = [
            over_rows(e, rows, scope) if is_aggregate(e) else evaluate(e, scope)
            for e in inner.get("args", ())
        ]
        return next((each for each in values if each is not None), None)
    return evaluate({kind: made}, scope._replace(frames=frames, outer=scope))
