"""What an expression comes to, where the text and the picture tell: else it is not known.

A value is a str, int, bool, None, a tuple for an array, or a mapping for a
row. The names of tables and types (``regclass``) are those of the picture.
"""

import re
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple, TypeAlias

from handrail.migrations.postgresql.calls import CALLS, UNKNOWN, Unknown, split_name, text_of
from handrail.migrations.postgresql.compares import Value, among, compare, like, truth
from handrail.migrations.postgresql.grammar import Tree
from handrail.migrations.postgresql.names import joined, strings

Frame: TypeAlias = Mapping[str, Value]

NAMED: Final = frozenset(("regclass", "regtype", "regnamespace", "regproc", "regprocedure", "oid"))


class Missing(LookupError):
    """A name that nothing has so far."""


class Scope(NamedTuple):
    """What names mean: frames by their alias, '' for variables; ``outer`` is asked for what is not here.

    ``query`` answers a SELECT: the values of its first column, None where it
    is not known; ``last`` tells that no more frames come, so what is missing
    is not known.
    """

    frames: Mapping[str, Frame]
    query: Callable[[Tree, "Scope"], "list[tuple[Frame, Value]] | None"]
    path: str = "public"
    outer: "Scope | None" = None
    last: bool = True

    def look(self, words: tuple[str, ...]) -> Value:
        """Return what a name stands for. Raises ``Missing``."""
        scope: Scope | None = self
        while scope is not None:
            found = _in_frames(scope.frames, words)
            if not isinstance(found, Missing):
                return found
            scope = scope.outer
        if self.last:
            return UNKNOWN
        raise Missing(".".join(words))


def _in_frames(frames: Mapping[str, Frame], words: tuple[str, ...]) -> Value:
    if len(words) == 1:
        for frame in frames.values():
            if words[0] in frame:
                return frame[words[0]]
        return frames.get(words[0], Missing())
    frame_ = frames.get(words[-2])
    return Missing() if frame_ is None else frame_.get(words[-1], UNKNOWN)


def evaluate(node: Tree, scope: Scope) -> Value:
    """Return what an expression comes to, ``UNKNOWN`` where it is not known. Raises ``Missing``."""
    for kind, inner in node.items():
        reader = _READERS.get(kind)
        return UNKNOWN if reader is None else reader(inner, scope)
    return UNKNOWN


def _constant(node: Tree, _: Scope) -> Value:
    if node.get("isnull"):
        return None
    if "ival" in node:
        return int(node["ival"].get("ival", 0))
    if "sval" in node:
        return str(node["sval"].get("sval", ""))
    return bool(node["boolval"].get("boolval")) if "boolval" in node else UNKNOWN


def _name(node: Tree, scope: Scope) -> Value:
    words = strings(node.get("fields", ()))
    return scope.look(tuple(words)) if len(words) == len(node.get("fields", ())) else UNKNOWN


def _cast(node: Tree, scope: Scope) -> Value:
    value = evaluate(node.get("arg", {}), scope)
    kind = node.get("typeName", {})
    return cast(value, "".join(strings(kind.get("names", ()))[-1:]), scope, bool(kind.get("arrayBounds")))


def cast(value: Value, kind: str, scope: Scope, array: bool = False) -> Value:
    """Return a value as one of another type."""
    if value is None or isinstance(value, Unknown):
        return value
    if array:
        return _array_of(value) if isinstance(value, str) else value
    if kind == "bool":
        return truth(value)
    if kind in NAMED:
        return named(value, scope.path) if isinstance(value, str) and kind != "oid" else value
    if kind in ("int4", "int8", "int2"):
        number = isinstance(value, str) and re.fullmatch(r"\s*-?\d{1,18}\s*", value)
        return int(str(value)) if number else value if isinstance(value, int) else UNKNOWN
    return text_of(value) if kind in ("text", "varchar", "name", "bpchar") else UNKNOWN


def named(text: str, path: str) -> str:
    """Return the picture's name for a table or type that a text names."""
    words = split_name(text)
    return f"{path}.{words[0]}" if len(words) == 1 and path not in ("public", "") else joined(words)


def _array_of(text: str) -> Value:
    inner = text.strip()
    plain = inner[:1] == "{" and inner[-1:] == "}" and not re.search(r'["\\{}]', inner[1:-1])
    return tuple(each.strip() for each in inner[1:-1].split(",") if each.strip()) if plain else UNKNOWN


def _array(node: Tree, scope: Scope) -> Value:
    return tuple(evaluate(each, scope) for each in node.get("elements", ()))


def _both(node: Tree, scope: Scope) -> Value:
    values = [truth(evaluate(each, scope)) for each in node.get("args", ())]
    if node.get("boolop") == "NOT_EXPR":
        return not values[0] if isinstance(values[0], bool) else values[0]
    decisive = node.get("boolop") == "OR_EXPR"
    if decisive in values:
        return decisive
    if any(isinstance(each, Unknown) for each in values):
        return UNKNOWN
    return None if None in values else not decisive


def _null_test(node: Tree, scope: Scope) -> Value:
    value = evaluate(node.get("arg", {}), scope)
    return UNKNOWN if isinstance(value, Unknown) else (value is None) == (node["nulltesttype"] == "IS_NULL")


def _boolean_test(node: Tree, scope: Scope) -> Value:
    value = truth(evaluate(node.get("arg", {}), scope))
    wanted = {"IS_TRUE": True, "IS_FALSE": False, "IS_NOT_TRUE": True, "IS_NOT_FALSE": False}
    kind = node.get("booltesttype", "")
    if isinstance(value, Unknown) or kind not in wanted:
        return UNKNOWN
    return (value is wanted[kind]) != ("NOT" in kind)


def _coalesce(node: Tree, scope: Scope) -> Value:
    values = (evaluate(each, scope) for each in node.get("args", ()))
    return next((each for each in values if each is not None), None)


def _case(node: Tree, scope: Scope) -> Value:
    for each in node.get("args", ()):
        when = each.get("CaseWhen", {})
        met = evaluate(when.get("expr", {}), scope)
        if "arg" in node:
            met = compare("=", evaluate(node["arg"], scope), met)
        if isinstance(truth(met), Unknown):
            return UNKNOWN
        if truth(met):
            return evaluate(when.get("result", {}), scope)
    return evaluate(node["defresult"], scope) if "defresult" in node else None


def _operation(node: Tree, scope: Scope) -> Value:
    sign, kind = "".join(strings(node.get("name", ()))), node.get("kind", "")
    left, right = evaluate(node.get("lexpr", {}), scope), node.get("rexpr", {})
    if kind in ("AEXPR_IN", "AEXPR_OP_ANY"):
        items = right.get("List", {}).get("items", ())
        listed = tuple(evaluate(each, scope) for each in items) if items else evaluate(right, scope)
        return among(left, listed, sign)
    value = evaluate(right, scope)
    if kind in ("AEXPR_DISTINCT", "AEXPR_NOT_DISTINCT"):
        known = not isinstance(left, Unknown) and not isinstance(value, Unknown)
        return (left == value) == (kind == "AEXPR_NOT_DISTINCT") if known else UNKNOWN
    if kind in ("AEXPR_LIKE", "AEXPR_ILIKE"):
        return like(left, value, sign, kind == "AEXPR_ILIKE")
    return compare(sign, left, value) if kind == "AEXPR_OP" else UNKNOWN


def _call(node: Tree, scope: Scope) -> Value:
    name = strings(node.get("funcname", ()))[-1:]
    values = [evaluate(each, scope) for each in node.get("args", ())]
    if name == ["current_schema"]:
        return scope.path
    if name == ["to_regclass"] and values:
        known = scope.query({"named": cast(values[0], "regclass", scope)}, scope)
        return UNKNOWN if known is None else known[0][1] if known else None
    known_call = CALLS.get("".join(name))
    return UNKNOWN if known_call is None or node.get("func_variadic") else known_call(*values)


def _sub_link(node: Tree, scope: Scope) -> Value:
    rows = scope.query(node.get("subselect", {}).get("SelectStmt", {}), scope)
    kind = node.get("subLinkType")
    if rows is None:
        return UNKNOWN
    if kind == "EXISTS_SUBLINK":
        certain = [met for _, met in rows]
        return True if True in certain else UNKNOWN if rows else False
    values = tuple(next(iter(row.values()), UNKNOWN) if met is True else UNKNOWN for row, met in rows)
    if kind == "EXPR_SUBLINK":
        return values[0] if values else None
    if kind == "ARRAY_SUBLINK":
        return UNKNOWN if UNKNOWN in values else values
    return among(evaluate(node["testexpr"], scope), values, "=") if "testexpr" in node else UNKNOWN


def _value_function(node: Tree, scope: Scope) -> Value:
    return scope.path if node.get("op") == "SVFOP_CURRENT_SCHEMA" else UNKNOWN


def _part(node: Tree, scope: Scope) -> Value:
    value = evaluate(node.get("arg", {}), scope)
    for each in node.get("indirection", ()):
        if isinstance(value, Mapping) and "String" in each:
            value = value.get(each["String"].get("sval", ""), UNKNOWN)
            continue
        place = evaluate(each.get("A_Indices", {}).get("uidx", {}), scope)
        if not isinstance(value, tuple) or not isinstance(place, int) or "lidx" in each["A_Indices"]:
            return UNKNOWN
        value = value[place - 1] if 0 < place <= len(value) else None
    return value


def _parameter(node: Tree, scope: Scope) -> Value:
    return scope.look((f"${node.get('number', 0)}",))


_READERS: dict[str, Callable[[Tree, Scope], Value]] = {
    "A_Const": _constant,
    "ColumnRef": _name,
    "TypeCast": _cast,
    "A_ArrayExpr": _array,
    "BoolExpr": _both,
    "NullTest": _null_test,
    "BooleanTest": _boolean_test,
    "CoalesceExpr": _coalesce,
    "CaseExpr": _case,
    "A_Expr": _operation,
    "FuncCall": _call,
    "SubLink": _sub_link,
    "SQLValueFunction": _value_function,
    "A_Indirection": _part,
    "ParamRef": _parameter,
    "CollateClause": lambda node, scope: evaluate(node.get("arg", {}), scope),
}
