"""Where written values come from: the columns that an expression or a query hands on."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from handrail.migrations.postgresql.grammar import Tree
from handrail.migrations.postgresql.names import strings
from handrail.migrations.postgresql.work import Work
from handrail.migrations.tables import NOTHING, Table


class Scope(NamedTuple):
    """The tables that column names may mean, by their names in the statement; ``outer`` comes after."""

    tables: Mapping[str, str] = {}
    outer: "Scope | None" = None
    queries: Mapping[str, Tree] = {}

    @classmethod
    def of(cls, *tables: str) -> "Scope":
        """Return a scope of tables under their own names."""
        return cls({table: table for table in tables})


def columns_in(work: Work, node: Any, scope: Scope) -> frozenset[int]:
    """Return the uids of the columns whose values an expression hands on, those of subqueries too."""
    found: set[int] = set()
    waiting = [node]
    while waiting:
        each = waiting.pop()
        if isinstance(each, list):
            waiting += each
        elif isinstance(each, dict):
            if "ColumnRef" in each:
                found |= _meant(work, each["ColumnRef"], scope)
            elif "SelectStmt" in each:
                found |= _handed_on(work, each["SelectStmt"], scope)
            else:
                waiting += each.values()
    return frozenset(found)


def scope_of(work: Work, items: list[Tree], outer: Scope | None = None) -> Scope:
    """Return the scope of a FROM list; a subquery in it stands for what it reads."""
    tables: dict[str, str] = {}
    queries: dict[str, Tree] = {}
    for each in _items(items):
        if "RangeVar" in each:
            node = each["RangeVar"]
            name = node.get("relname", "")
            common = outer.queries.get(name) if outer and "schemaname" not in node else None
            if common is None:
                tables[_alias(node) or name] = work.relation(node)
            else:
                queries[_alias(node) or name] = common
        elif "RangeSubselect" in each:
            node = each["RangeSubselect"]
            queries[_alias(node)] = node.get("subquery", {}).get("SelectStmt", {})
    return Scope(tables, outer, queries)


def whole(node: Tree) -> bool:
    """Tell whether a query takes all rows that matter.

    True without WHERE and LIMIT; tests for NULL and joins by equal columns
    leave out no value that would be lost.
    """
    if any(key in node for key in ("limitCount", "limitOffset", "havingClause")):
        return False
    conditions = [node.get("whereClause", {})]
    conditions += [each["JoinExpr"].get("quals", {}) for each in _joins(node.get("fromClause", []))]
    return all(_keeps(each) for each in conditions)


def targets(node: Tree) -> list[Tree]:
    """Return the expressions that a query returns; of VALUES and UNION, those of its first part."""
    while "larg" in node:
        node = node["larg"]
    return [each.get("ResTarget", {}) for each in node.get("targetList", ())]


def parts(node: Tree) -> Iterator[Tree]:
    """Yield the plain queries of a UNION, or the query."""
    waiting = [node]
    while waiting:
        each = waiting.pop()
        if "larg" in each:
            waiting += [each.get("rarg", {}), each["larg"]]
        else:
            yield each


def _alias(node: Tree) -> str:
    return str(node.get("alias", {}).get("aliasname", ""))


def _items(items: list[Tree]) -> Iterator[Tree]:
    waiting = list(items)[::-1]
    while waiting:
        each = waiting.pop()
        if "JoinExpr" in each:
            waiting += [each["JoinExpr"].get("rarg", {}), each["JoinExpr"].get("larg", {})]
        else:
            yield each


def _joins(items: list[Tree]) -> Iterator[Tree]:
    waiting = list(items)
    while waiting:
        each = waiting.pop()
        if "JoinExpr" in each:
            yield each
            waiting += [each["JoinExpr"].get("rarg", {}), each["JoinExpr"].get("larg", {})]


def _keeps(condition: Tree) -> bool:
    """Tell whether a condition is one of those that leave out no value."""
    if not condition or "NullTest" in condition:
        return True
    if condition.get("A_Const", {}).get("boolval", {}).get("boolval"):
        return True
    if condition.get("BoolExpr", {}).get("boolop") == "AND_EXPR":
        return all(_keeps(each) for each in condition["BoolExpr"].get("args", ()))
    node = condition.get("A_Expr", {})
    equal = strings(node.get("name", ())) == ["="] and node.get("kind") == "AEXPR_OP"
    return equal and "ColumnRef" in node.get("lexpr", {}) and "ColumnRef" in node.get("rexpr", {})


def _handed_on(work: Work, node: Tree, outer: Scope) -> frozenset[int]:
    found: frozenset[int] = NOTHING
    for part in parts(node):
        scope = scope_of(work, part.get("fromClause", []), outer)
        found |= columns_in(work, part.get("targetList", []), scope)
        found |= columns_in(work, part.get("valuesLists", []), scope)
    return found


def _meant(work: Work, node: Tree, scope: Scope | None) -> frozenset[int]:
    """Return the uids of the columns that a name may mean, innermost scope first."""
    words = strings(node.get("fields", ()))
    star = len(words) < len(node.get("fields", ()))
    name, owner = ("", words[-1:]) if star else ("".join(words[-1:]), words[-2:-1])
    while scope is not None:
        found: set[int] = set()
        for alias, table in scope.tables.items():
            if not owner or owner[0] == alias:
                found |= _uids(work.picture.tables.get(table), name)
        for alias, query in scope.queries.items():
            if not owner or owner[0] == alias:
                found |= _of_query(work, query, name, scope)
        if found:
            return frozenset(found)
        scope = scope.outer
    return NOTHING


def _uids(table: Table | None, name: str) -> set[int]:
    return {each.uid for each in table.columns if name in ("", each.name)} if table else set()


def _of_query(work: Work, query: Tree, name: str, scope: Scope) -> frozenset[int]:
    """Return the uids behind a column of a subquery: of the target with that name, of all for ``*``.

    What was asked once is kept: a query of WITH may name itself, and others twice.
    """
    question = id(query), name
    if question in work.asked:
        return work.asked[question]
    work.asked[question] = found = NOTHING
    for part in parts(query):
        inner = scope_of(work, part.get("fromClause", []), scope.outer)
        for target in targets(part):
            if name in ("", target.get("name") or _last(target)) or not _last(target):
                found |= columns_in(work, target.get("val", {}), inner)
    work.asked[question] = found
    return found


def _last(target: Tree) -> str:
    """Return the name of the column that a target is, '' for ``*`` and expressions."""
    return "".join(strings(target.get("val", {}).get("ColumnRef", {}).get("fields", ()))[-1:])
