"""Where written values come from: the columns that an expression or a query hands on."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from handrail.migrations.postgresql.expressions import expression_word
from handrail.migrations.postgresql.grammar import Refused, Tree, parse_statement
from handrail.migrations.postgresql.names import strings
from handrail.migrations.postgresql.types import type_name
from handrail.migrations.postgresql.work import Work
from handrail.migrations.tables import Column


class Scope(NamedTuple):
    """What names of tables mean in a query: tables, or queries, by alias; ``outer`` comes after."""

    tables: Mapping[str, str] = {}
    queries: Mapping[str, Tree] = {}
    outer: "Scope | None" = None

    @classmethod
    def of(cls, *tables: str) -> "Scope":
        """Return a scope of tables under their own names."""
        return cls({table: table for table in tables})

    def query(self, name: str) -> Tree | None:
        """Return the query of WITH that has a name."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.queries:
                return scope.queries[name]
            scope = scope.outer
        return None


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
                found.update(*(column.sources for column in _meant(work, each["ColumnRef"], scope)))
            elif "SelectStmt" in each:
                found.update(*(column.sources for column in outputs(work, each["SelectStmt"], scope)))
            else:
                waiting += each.values()
    return frozenset(found)


def outputs(work: Work, query: Tree, outer: Scope | None = None) -> list[Column]:
    """Return the columns of a query's result: name, type where it can be told, where the values come from.

    What was asked once in a statement is kept: a query of WITH may name itself, and others twice.
    """
    kept = work.asked.get(id(query))
    if kept is not None:
        return kept[1]
    work.asked[id(query)] = query, []
    scope = with_scope(query, outer)
    found: list[Column] = []
    for part in parts(query):
        here = list(_targets(work, part, scope_of(work, part.get("fromClause", []), scope)))
        found = [
            each._replace(sources=each.sources | here[at].sources) if at < len(here) else each
            for at, each in enumerate(found)
        ] or here
    work.asked[id(query)] = query, found
    return found


def with_scope(query: Tree, outer: Scope | None = None) -> Scope:
    """Return the scope of the queries of WITH, by name."""
    named = {}
    for each in query.get("withClause", {}).get("ctes", ()):
        node = each.get("CommonTableExpr", {})
        named[node.get("ctename", "")] = node.get("ctequery", {}).get("SelectStmt", {})
    return Scope({}, named, outer)


def scope_of(work: Work, items: list[Tree], outer: Scope | None = None) -> Scope:
    """Return the scope of a FROM list; a view is the query that it was made of."""
    tables: dict[str, str] = {}
    queries: dict[str, Tree] = {}
    for each in _items(items):
        if "RangeVar" in each:
            node = each["RangeVar"]
            name = node.get("relname", "")
            common = outer.query(name) if outer and "schemaname" not in node else None
            query = common or _view(work, work.relation(node))
            if query is None:
                tables[_alias(node) or name] = work.relation(node)
            else:
                queries[_alias(node) or name] = query
        elif "RangeSubselect" in each:
            node = each["RangeSubselect"]
            queries[_alias(node)] = node.get("subquery", {}).get("SelectStmt", {})
    return Scope(tables, queries, outer)


def whole(node: Tree, keeps: Callable[[Tree, bool], bool] = lambda *_: True) -> bool:
    """Tell whether a query takes all values that matter.

    True without WHERE and LIMIT; joins by equal columns leave out no value that
    would be lost, and tests for NULL or '' where ``keeps`` says so of (what is
    tested, whether it must be NULL).
    """
    if any(key in node for key in ("limitCount", "limitOffset", "havingClause")):
        return False
    if thins(node) and not _is_star(node):
        return False
    conditions = [node.get("whereClause", {})]
    conditions += [each["JoinExpr"].get("quals", {}) for each in _joins(node.get("fromClause", []))]
    return all(_keeps(each, keeps) for each in conditions)


def thins(node: Tree) -> bool:
    """Tell whether a query leaves out rows that are alike (DISTINCT ON); a plain DISTINCT loses no value."""
    return any(node.get("distinctClause", ()))


def _is_star(node: Tree) -> bool:
    targets = [each.get("ResTarget", {}).get("val", {}) for each in node.get("targetList", ())]
    return len(targets) == 1 and targets[0].get("ColumnRef", {}).get("fields") == [{"A_Star": {}}]


def whole_tables(work: Work, query: Tree, outer: Scope | None = None) -> set[str]:
    """Return the tables all of whose rows a query hands on."""
    found: set[str] = set()
    scope = with_scope(query, outer)
    for part in parts(query):
        if whole(part, lambda *_: False) and "groupClause" not in part:
            here = scope_of(work, part.get("fromClause", []), scope)
            found.update(here.tables.values())
            for inner in here.queries.values():
                if id(inner) not in work.visited:
                    work.visited.add(id(inner))
                    found |= whole_tables(work, inner, scope)
    return found


def parts(node: Tree) -> Iterator[Tree]:
    """Yield the plain queries of a UNION, or the query."""
    waiting = [node]
    while waiting:
        each = waiting.pop()
        if "larg" in each:
            waiting += [each.get("rarg", {}), each["larg"]]
        else:
            yield each


def _targets(work: Work, part: Tree, scope: Scope) -> Iterator[Column]:
    for each in part.get("targetList", ()):
        target = each.get("ResTarget", {})
        value = target.get("val", {})
        fields = value.get("ColumnRef", {}).get("fields", [])
        if fields and "A_Star" in fields[-1]:
            yield from _meant(work, value["ColumnRef"], scope)
            continue
        name = target.get("name") or expression_word(value, "?column?")
        yield Column(name, _type(work, value, scope), sources=columns_in(work, value, scope))


_FIRST_OF = {"max", "min", "coalesce", "greatest", "least", "lag", "lead", "first_value", "last_value"}
"""Functions whose result has the type of what they are given."""

_SIGNS_OF_TRUTH = {"=", "<>", "<", ">", "<=", ">=", "~~", "~"}


def _type(work: Work, value: Tree, scope: Scope) -> str:
    """Return the type of an expression, '' where it takes more than a look to tell."""
    kind, node = next(iter(value.items()), ("", Tree()))
    if kind == "TypeCast":
        return type_name(node.get("typeName", {}))
    if kind == "ColumnRef":
        return next((each.type for each in _meant(work, node, scope)), "")
    if kind in ("BoolExpr", "NullTest", "BooleanTest"):
        return "boolean"
    name = "coalesce" if kind == "CoalesceExpr" else "".join(strings(node.get("funcname", ()))[-1:])
    if name == "count":
        return "bigint"
    if name in _FIRST_OF and node.get("args"):
        return _type(work, node["args"][0], scope)
    signs = strings(node.get("name", ())) if kind == "A_Expr" else []
    return "boolean" if signs and signs[-1] in _SIGNS_OF_TRUTH else ""


def _meant(work: Work, node: Tree, scope: Scope | None) -> list[Column]:
    """Return the columns that a name or ``*`` may mean, innermost scope first; sources are themselves."""
    words = strings(node.get("fields", ()))
    star = len(words) < len(node.get("fields", ()))
    name, owner = ("", words[-1:]) if star else ("".join(words[-1:]), words[-2:-1])
    while scope is not None:
        found: list[Column] = []
        for alias, table in scope.tables.items():
            if not owner or owner[0] == alias:
                found += _columns(work, table)
        for alias, query in scope.queries.items():
            if not owner or owner[0] == alias:
                found += outputs(work, query, scope.outer)
        found = [each for each in found if name in ("", each.name)]
        if found:
            return found
        scope = scope.outer
    return []


def _columns(work: Work, table: str) -> list[Column]:
    there = work.picture.tables.get(table)
    return [
        Column(each.name, each.type, sources=frozenset({each.uid}))
        for each in (there.columns if there else ())
    ]


def _view(work: Work, name: str) -> Tree | None:
    """Return the query of a view."""
    thing = work.picture.things.get(("view", name))
    if thing is None:
        return None
    if thing.text not in work.views:
        try:
            tree = parse_statement(thing.text) or {}
        except Refused:
            tree = {}
        node = tree.get("ViewStmt") or tree.get("CreateTableAsStmt") or {}
        work.views[thing.text] = node.get("query", {}).get("SelectStmt", {})
    return work.views[thing.text]


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


def joins(condition: Tree) -> bool:
    """Tell whether a condition, or one of several that must all hold, has two columns equal."""
    node = condition.get("A_Expr", {})
    equal = strings(node.get("name", ())) == ["="] and node.get("kind") == "AEXPR_OP"
    if equal and all("ColumnRef" in node.get(side, {}) for side in ("lexpr", "rexpr")):
        return True
    both = condition.get("BoolExpr", {})
    return both.get("boolop") == "AND_EXPR" and any(map(joins, both.get("args", ())))


def _keeps(condition: Tree, keeps: Callable[[Tree, bool], bool]) -> bool:
    """Tell whether a condition is one of those that leave out no value."""
    if "NullTest" in condition:
        test = condition["NullTest"]
        return keeps(test.get("arg", {}), test.get("nulltesttype") == "IS_NULL")
    if not condition or condition.get("A_Const", {}).get("boolval", {}).get("boolval"):
        return True
    if condition.get("BoolExpr", {}).get("boolop") == "AND_EXPR":
        return all(_keeps(each, keeps) for each in condition["BoolExpr"].get("args", ()))
    node = condition.get("A_Expr", {})
    sign = strings(node.get("name", ())) if node.get("kind") == "AEXPR_OP" else []
    if "ColumnRef" not in node.get("lexpr", {}):
        return False
    if sign == ["<>"] and node.get("rexpr", {}).get("A_Const", {}).get("sval") == {"sval": ""}:
        return keeps(node["lexpr"], False)
    return sign == ["="] and "ColumnRef" in node.get("rexpr", {})
