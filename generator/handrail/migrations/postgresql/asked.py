"""SELECT, answered where it asks the catalog or lists values; what a user's table has, nobody knows."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from handrail.migrations.postgresql.aggregates import Row, is_aggregate, label_of, over_rows
from handrail.migrations.postgresql.calls import UNKNOWN, Unknown, series
from handrail.migrations.postgresql.catalog_rows import relation_rows
from handrail.migrations.postgresql.compares import Value, truth
from handrail.migrations.postgresql.grammar import Tree
from handrail.migrations.postgresql.names import strings
from handrail.migrations.postgresql.values import Frame, Missing, Scope, evaluate
from handrail.migrations.postgresql.work import Work

Answer = list[tuple[Frame, Value]]
"""Rows, each with whether it is one: true, or not known."""

_MOST = 20_000
"""Rows that are put together for one question."""

_TABLE_IS_IN = ("table_name", "tablename", "relname", "conrelid", "attrelid", "indrelid", "tgrelid")


class _Ask(NamedTuple):
    """A question: its tables by name of WITH, and what has to hold."""

    work: Work
    scope: Scope
    named: dict[str, Answer | None]
    conditions: list[Tree]


def answers(work: Work) -> Callable[[Tree, Scope], Answer | None]:
    """Return what answers a SELECT from the picture: its rows, None where they are not known."""

    def query(node: Tree, scope: Scope) -> Answer | None:
        if "named" in node:
            return _named(work, node["named"])
        try:
            return _select(work, node, scope, {})
        except (LookupError, TypeError, AttributeError, ValueError):
            return None

    return query


def _named(work: Work, name: object) -> Answer | None:
    if not isinstance(name, str):
        return [] if name is None else None
    there = name in work.picture.tables or work.is_thing(name)
    return [({"to_regclass": name}, True)] if there else []


def _select(work: Work, node: Tree, scope: Scope, named: dict[str, Answer | None]) -> Answer | None:
    if "valuesLists" in node:
        return [(_listed(each, scope), True) for each in node["valuesLists"]]
    if node.get("op", "SETOP_NONE") != "SETOP_NONE":
        return _both(work, node, scope, named)
    inner = dict(named)
    for each in node.get("withClause", {}).get("ctes", ()):
        table = each.get("CommonTableExpr", {})
        query = table.get("ctequery", {}).get("SelectStmt")
        found = None if query is None else _select(work, query, scope, inner)
        inner[table.get("ctename", "")] = found and _called(found, strings(table.get("aliascolnames", ())))
    rows = _rows(_Ask(work, scope, inner, list(_conjuncts(node.get("whereClause", {})))), node)
    return None if rows is None else _shown(node, rows, scope)


def _listed(node: Tree, scope: Scope) -> Frame:
    items = node.get("List", {}).get("items", ())
    return {f"column{number}": evaluate(each, scope) for number, each in enumerate(items, 1)}


def _both(work: Work, node: Tree, scope: Scope, named: dict[str, Answer | None]) -> Answer | None:
    left, right = (_select(work, node.get(side, {}), scope, named) for side in ("larg", "rarg"))
    if node["op"] != "SETOP_UNION" or left is None or right is None:
        return None
    names = list(left[0][0]) if left else []
    return left + (_called(right, names) if names else right)


def _called(rows: Answer, names: list[str]) -> Answer:
    """Return rows with their first columns called by names."""
    return [
        (
            dict(zip([*names, *list(row)[len(names) :]], row.values(), strict=True)),
            met,
        )
        for row, met in rows
    ]


def _conjuncts(node: Tree) -> Iterator[Tree]:
    both = node.get("BoolExpr", {})
    if both.get("boolop") == "AND_EXPR":
        for each in both.get("args", ()):
            yield from _conjuncts(each)
    elif node:
        yield node


def _rows(ask: _Ask, node: Tree) -> list[Row] | None:
    rows = [Row({})]
    for each in node.get("fromClause", ()):
        found = _joined(ask, each, rows)
        if found is None:
            return None
        rows = found
    rows, left = _filtered(ask, rows, ask.conditions, last=False)
    return _filtered(ask, rows, left, last=True)[0]


def _joined(ask: _Ask, node: Tree, rows: list[Row]) -> list[Row] | None:
    """Return rows with those of one more item of FROM."""
    join = node.get("JoinExpr")
    if join is None:
        return _crossed(ask, node, rows)
    left = _joined(ask, join.get("larg", {}), rows)
    right = None if left is None else _joined(ask, join.get("rarg", {}), left)
    if left is None or right is None or "alias" in join:
        return None
    using = strings(join.get("usingClause", ()))
    quals = list(_conjuncts(join.get("quals", {})))
    kept = [each for each in _filtered(ask, right, quals, last=True)[0] if _same(each, using)]
    if join.get("jointype", "JOIN_INNER") == "JOIN_LEFT":
        own = {id(row.frames[alias]) for row in kept for alias in left[0].frames} if left else set()
        kept += [row for row in left if not any(id(frame) in own for frame in row.frames.values())]
    return kept if join.get("jointype", "JOIN_INNER") in ("JOIN_INNER", "JOIN_LEFT") else None


def _same(row: Row, columns: list[str]) -> bool:
    for name in columns:
        values = [frame[name] for frame in row.frames.values() if name in frame][-2:]
        if values[:1] != values[1:]:
            return False
    return True


def _crossed(ask: _Ask, node: Tree, rows: list[Row]) -> list[Row] | None:
    made = list[Row]()
    alias = ""
    for row in rows:
        item = _item(ask, node, row)
        if item is None or len(made) + len(item[1]) > _MOST:
            return None
        alias, found = item
        made += [
            Row({**row.frames, alias: frame}, row.met if met is True else UNKNOWN) for frame, met in found
        ]
        made = _filtered(ask, made, ask.conditions, last=False)[0] if len(rows) == 1 else made
    return _filtered(ask, made, ask.conditions, last=False)[0]


def _filtered(
    ask: _Ask, rows: list[Row], conditions: list[Tree], *, last: bool
) -> tuple[list[Row], list[Tree]]:
    """Return the rows that can meet conditions, and the conditions that name what is not there yet."""
    waiting = list[Tree]()
    for condition in conditions:
        kept = list[Row]()
        try:
            for row in rows:
                met = truth(evaluate(condition, _scope(ask, row, last=last)))
                if isinstance(met, Unknown):
                    kept.append(row._replace(met=UNKNOWN))
                elif met:
                    kept.append(row)
        except Missing:
            waiting.append(condition)
            continue
        rows = kept
    return rows, waiting


def _scope(ask: _Ask, row: Row, *, last: bool) -> Scope:
    return ask.scope._replace(frames=row.frames, outer=ask.scope, last=last)


def _item(ask: _Ask, node: Tree, row: Row) -> tuple[str, Answer] | None:
    """Return an item of FROM: its alias, and its rows."""
    for kind, inner in node.items():
        alias = inner.get("alias", {})
        names = strings(alias.get("colnames", ()))
        name = alias.get("aliasname", inner.get("relname", ""))
        found: Answer | None = None
        if kind == "RangeVar":
            found = _relation(ask, inner, name)
        elif kind == "RangeSubselect":
            query = inner.get("subquery", {}).get("SelectStmt", {})
            found = _select(ask.work, query, _scope(ask, row, last=True), ask.named)
        elif kind == "RangeFunction":
            name, found = _function(inner, name, _scope(ask, row, last=True))
        return None if found is None else (name, _called(found, names) if names and found else found)
    return None


def _relation(ask: _Ask, node: Tree, alias: str) -> Answer | None:
    name, space = node.get("relname", ""), node.get("schemaname", "")
    if name in ask.named and not space:
        return ask.named[name]
    return relation_rows(ask.work, space, name, _table_asked(ask, alias))


def _table_asked(ask: _Ask, alias: str) -> str:
    """Return the table that a condition names, '' where none does."""
    for each in ask.conditions:
        node = each.get("A_Expr", {})
        words = strings(node.get("lexpr", {}).get("ColumnRef", {}).get("fields", ()))
        if strings(node.get("name", ())) != ["="] or node.get("kind") != "AEXPR_OP":
            continue
        if words[-1:] and words[-1] in _TABLE_IS_IN and words[:-1] in ([], [alias]):
            try:
                value = evaluate(node.get("rexpr", {}), ask.scope._replace(last=False))
            except Missing:
                continue
            return value.rpartition(".")[2] if isinstance(value, str) else ""
    return ""


def _function(node: Tree, alias: str, scope: Scope) -> tuple[str, Answer | None]:
    calls = [each.get("List", {}).get("items", [{}])[0] for each in node.get("functions", ())]
    call = calls[0].get("FuncCall", {}) if len(calls) == 1 else {}
    name = "".join(strings(call.get("funcname", ()))[-1:])
    values = [evaluate(each, scope) for each in call.get("args", ())]
    alias = alias or name
    made = (
        series(*values)
        if name == "generate_series"
        else values[0]
        if name == "unnest" and values[:1]
        else None
    )
    if not isinstance(made, tuple) or (name == "unnest" and len(values) > 1):
        return alias, None
    ordinal = bool(node.get("ordinality"))
    return alias, [
        ({alias: each, **({"ordinality": place} if ordinal else {})}, True)
        for place, each in enumerate(made, 1)
    ]


def _shown(node: Tree, rows: list[Row], scope: Scope) -> Answer | None:
    targets = [each.get("ResTarget", {}) for each in node.get("targetList", ())]
    if any(is_aggregate(each.get("val", {})) for each in targets):
        if "groupClause" in node or "havingClause" in node:
            return None
        return [({label_of(each): over_rows(each.get("val", {}), rows, scope) for each in targets}, True)]
    if "groupClause" in node or "havingClause" in node or "limitOffset" in node:
        return None
    shown = [(_frame(targets, row, scope), row.met) for row in rows]
    if "distinctClause" in node:
        shown = [each for place, each in enumerate(shown) if each not in shown[:place]]
    most = evaluate(node["limitCount"], scope) if "limitCount" in node else None
    return shown[:most] if isinstance(most, int) and all(met is True for _, met in shown) else shown


def _frame(targets: list[Tree], row: Row, scope: Scope) -> Frame:
    made = dict[str, Value]()
    inner = scope._replace(frames=row.frames, outer=scope)
    for each in targets:
        fields = each.get("val", {}).get("ColumnRef", {}).get("fields", ())
        if any("A_Star" in field for field in fields):
            words = strings(fields)
            for alias, frame in row.frames.items():
                made.update(frame if words in ([], [alias]) else {})
        else:
            label = label_of(each)
            made[label if label not in made else f"{label} {len(made)}"] = evaluate(
                each.get("val", {}), inner
            )
    return made
