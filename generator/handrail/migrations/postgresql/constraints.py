"""Constraints of a table, as parts of CREATE TABLE and of ALTER TABLE."""

import re
from collections.abc import Callable
from typing import Any

from handrail.migrations.postgresql.expressions import show
from handrail.migrations.postgresql.grammar import Tree
from handrail.migrations.postgresql.names import strings
from handrail.migrations.postgresql.split import clause
from handrail.migrations.postgresql.work import Work
from handrail.migrations.tables import Check, ForeignKey, Index, Table

ACTIONS = {"a": "NO ACTION", "r": "RESTRICT", "c": "CASCADE", "n": "SET NULL", "d": "SET DEFAULT"}

_ON_DELETE = re.compile(r"\bON\s+DELETE\b", re.IGNORECASE)


def constrain(work: Work, table: Table, node: Tree, column: str = "") -> Table:
    """Return a table with one more constraint; ``column`` is the one it was written at."""
    reader = _READERS.get(node.get("contype", ""))
    return reader(work, table, node, column) if reader else table


def drop_constraint(table: Table, name: str) -> Table:
    """Return a table without the constraint of that name."""
    if name == table.key_name:
        return table._replace(primary_key=(), key_name="")
    return table._replace(
        foreign_keys=tuple(each for each in table.foreign_keys if each.name != name),
        indexes=tuple(each for each in table.indexes if each.name != name or not each.constraint),
        checks=tuple(each for each in table.checks if each.name != name),
    )


def rename_constraint(table: Table, old: str, new: str) -> Table:
    """Return a table with one constraint or index renamed."""

    def named(each: Any) -> Any:
        return each._replace(name=new) if each.name == old else each

    return table._replace(
        key_name=new if table.key_name == old else table.key_name,
        foreign_keys=tuple(named(each) for each in table.foreign_keys),
        indexes=tuple(named(each) for each in table.indexes),
        checks=tuple(named(each) for each in table.checks),
    )


def validate_constraint(table: Table, name: str) -> Table:
    """Return a table with one constraint valid."""

    def valid(each: Any) -> Any:
        return each._replace(valid=True) if each.name == name else each

    return table._replace(
        foreign_keys=tuple(valid(each) for each in table.foreign_keys),
        checks=tuple(valid(each) for each in table.checks),
    )


def index_column(node: Tree) -> str:
    """Return an IndexElem: the name of a column, or an expression as text."""
    return str(node["name"]) if "name" in node else show(node.get("expr", {}))


def column_names(node: Tree) -> list[str]:
    """Return the columns that an expression names, each once."""
    found: dict[str, None] = {}
    waiting: list[Any] = [node]
    while waiting:
        each = waiting.pop()
        if isinstance(each, list):
            waiting += each[::-1]
        elif isinstance(each, dict):
            if "ColumnRef" in each:
                found.update(dict.fromkeys(strings(each["ColumnRef"].get("fields", ()))[-1:]))
            waiting += list(each.values())[::-1]
    return list(found)


def require(table: Table, columns: tuple[str, ...]) -> Table:
    """Return a table with NOT NULL on columns."""
    return table._replace(
        columns=tuple(
            each._replace(required=True) if each.name in columns else each for each in table.columns
        )
    )


def _keys(node: Tree, column: str) -> tuple[str, ...]:
    return tuple(strings(node.get("keys", ()))) or ((column,) if column else ())


def _primary(work: Work, table: Table, node: Tree, column: str) -> Table:
    used = node.get("indexname")
    columns = _keys(node, column)
    name = node.get("conname") or used or ""
    if used:
        columns = next((each.columns for each in table.indexes if each.name == used), ())
        table = table._replace(indexes=tuple(each for each in table.indexes if each.name != used))
    name = work.take(name) if name else work.free(table.name, "", "pkey")
    return require(table._replace(primary_key=columns, key_name=name), columns)


def _unique(work: Work, table: Table, node: Tree, column: str) -> Table:
    used, columns = node.get("indexname"), _keys(node, column)
    if used:
        name = work.take(node.get("conname") or used)
        return table._replace(
            indexes=tuple(
                each._replace(name=name, constraint=True) if each.name == used else each
                for each in table.indexes
            )
        )
    if not node.get("conname") and columns == table.primary_key:
        return table
    name = node.get("conname", "")
    name = work.take(name) if name else work.free(table.name, "_".join(columns), "key")
    alike = bool(node.get("nulls_not_distinct"))
    made = Index(name, columns, unique=True, method="btree", constraint=True, nulls_alike=alike)
    return table._replace(indexes=(*table.indexes, made))


def _foreign(work: Work, table: Table, node: Tree, column: str) -> Table:
    columns = tuple(strings(node.get("fk_attrs", ()))) or (column,)
    target = work.relation(node.get("pktable", {}))
    references = tuple(strings(node.get("pk_attrs", ())))
    if not references:
        parent = table if target == table.name else work.picture.tables.get(target)
        references = parent.primary_key if parent else ()
    name = node.get("conname", "")
    action = node.get("fk_del_action", "a")
    key = ForeignKey(
        columns=columns,
        table=target,
        references=references,
        on_delete=ACTIONS.get(action, "NO ACTION"),
        on_update=ACTIONS.get(node.get("fk_upd_action", "a"), "NO ACTION"),
        stated=action != "a" or bool(_ON_DELETE.search(clause(work.text, work.character(node)))),
        name=work.take(name) if name else work.free(table.name, "_".join(columns), "fkey"),
        valid=not node.get("skip_validation"),
    )
    return table._replace(foreign_keys=(*table.foreign_keys, key))


def _check(work: Work, table: Table, node: Tree, column: str) -> Table:
    expression = node.get("raw_expr", {})
    name = node.get("conname", "")
    if not name:
        used = column_names(expression)
        part = used[0] if len(used) == 1 else ""
        name = work.free(table.name, column or part, "check")
    check = Check(work.take(name), show(expression), valid=not node.get("skip_validation"))
    return table._replace(checks=(*table.checks, check))


def _exclusion(work: Work, table: Table, node: Tree, _: str) -> Table:
    pairs, columns = [], []
    for each in node.get("exclusions", ()):
        element, signs = [*each.get("List", {}).get("items", ()), {}, {}][:2]
        one = index_column(element.get("IndexElem", {}))
        columns.append(one if "name" in element.get("IndexElem", {}) else "expr")
        pairs.append(f"{one} WITH {' '.join(strings(signs.get('List', {}).get('items', ())))}")
    where = f" WHERE {show(node['where_clause'])}" if "where_clause" in node else ""
    name = node.get("conname", "")
    name = work.take(name) if name else work.free(table.name, "_".join(columns), "excl")
    text = f"USING {node.get('access_method', 'btree')} ({', '.join(pairs)}){where}"
    return table._replace(checks=(*table.checks, Check(name, text, "exclusion")))


_READERS: dict[str, Callable[[Work, Table, Tree, str], Table]] = {
    "CONSTR_PRIMARY": _primary,
    "CONSTR_UNIQUE": _unique,
    "CONSTR_FOREIGN": _foreign,
    "CONSTR_CHECK": _check,
    "CONSTR_EXCLUSION": _exclusion,
}
