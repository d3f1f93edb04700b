"""Statements that write or delete rows."""

from handrail.migrations.cascades import deleted_with
from handrail.migrations.postgresql.grammar import Tree
from handrail.migrations.postgresql.names import bare, strings
from handrail.migrations.postgresql.sources import (
    Scope,
    columns_in,
    joins,
    outputs,
    parts,
    scope_of,
    thins,
    whole,
    whole_tables,
    with_scope,
)
from handrail.migrations.postgresql.work import Work
from handrail.migrations.table_index import marked
from handrail.migrations.tables import NOTHING, Column, Table


def insert(work: Work, node: Tree) -> None:
    """Read INSERT."""
    common_tables(work, node)
    table = work.relation(node.get("relation", {}))
    if table not in work.temporary:
        work.picture.did("rows.insert", table)
    action = node.get("onConflictClause", {}).get("action")
    if action == "ONCONFLICT_UPDATE" and table not in work.temporary:
        work.picture.did("rows.update.some", table)
    query = node.get("selectStmt", {}).get("SelectStmt", {})
    there = work.picture.tables.get(table)
    if there is None or "valuesLists" in query:
        return
    names = [each.get("ResTarget", {}).get("name", "") for each in node.get("cols", ())]
    fill(work, there, names or [each.name for each in there.columns], query, with_scope(node))


def update(work: Work, node: Tree) -> None:
    """Read UPDATE."""
    common_tables(work, node)
    relation = node.get("relation", {})
    table = work.relation(relation)
    where = node.get("whereClause", {})
    every = _all_rows(where) and "fromClause" not in node
    own = relation.get("alias", {}).get("aliasname") or relation.get("relname", "")
    others = scope_of(work, node.get("fromClause", []), with_scope(node))
    scope = others._replace(tables={own: table, **others.tables})
    columns = [each.get("ResTarget", {}) for each in node.get("targetList", ())]
    if table not in work.temporary:
        column = columns[0].get("name", "") if len(columns) == 1 else ""
        work.picture.did(f"rows.update.{'all' if every else 'some'}", table, column)
    for target in columns:
        name, value = target.get("name", ""), _value(target)
        if not work.certain or "SetToDefault" in value or value.get("A_Const", {}).get("isnull"):
            continue
        sources = _copied(work, node, name, columns_in(work, value, scope), scope)
        filled = (every or _only_missing(where, name)) and not _may_be_null(value)
        line = work.picture.line
        work.at(target)
        _copy(work, table, name, sources, everywhere=filled)
        work.picture.line = line


def delete(work: Work, node: Tree) -> None:
    """Read DELETE."""
    common_tables(work, node)
    table = work.relation(node.get("relation", {}))
    every = _all_rows(node.get("whereClause", {})) and "usingClause" not in node
    if table not in work.temporary:
        work.picture.did(f"rows.delete.{'all' if every else 'some'}", table)
        _with_children(work, table)


def _with_children(work: Work, table: str) -> None:
    """Note the tables whose rows go too, by their keys: once in a script."""
    if table in work.emptied:
        return
    for edge in deleted_with(work.picture.tables, table):
        if edge.table not in work.emptied:
            fact = f"Its rows go with those of {edge.key.table}, by ON DELETE CASCADE."
            work.picture.did("rows.delete.some", edge.table, "", fact)
            work.emptied.add(edge.table)
    work.emptied.add(table)


def merge(work: Work, node: Tree) -> None:
    """Read MERGE."""
    common_tables(work, node)
    table = work.relation(node.get("relation", {}))
    kinds = {"CMD_INSERT": "rows.insert", "CMD_UPDATE": "rows.update.some", "CMD_DELETE": "rows.delete.some"}
    for each in node.get("mergeWhenClauses", ()):
        kind = kinds.get(each.get("MergeWhenClause", {}).get("commandType", ""))
        if kind and table not in work.temporary:
            work.picture.did(kind, table)


def truncate(work: Work, node: Tree) -> None:
    """Read TRUNCATE; with CASCADE it empties the tables whose keys point there too."""
    waiting = [work.relation(each.get("RangeVar", {})) for each in node.get("relations", ())]
    cascade, done = node.get("behavior") == "DROP_CASCADE", set()
    while waiting:
        table = waiting.pop(0)
        if table in done:
            continue
        done.add(table)
        if table not in work.temporary:
            work.picture.did("table.truncate", table)
        if cascade:
            waiting += [
                each.name
                for each in marked(work.picture.tables, ("key", table))
                if any(key.table == table for key in each.foreign_keys)
            ]


def copy(work: Work, node: Tree) -> None:
    """Read COPY: its data stand in the script, or nobody knows them."""
    common = node.get("query")
    if not node.get("is_from"):
        read_query(work, common or {})
        work.other()
    elif node.get("filename") or node.get("is_program"):
        work.picture.opaque(work.text, "COPY reads what is not in the script")
    else:
        work.picture.did("rows.insert", work.relation(node.get("relation", {})))


def create_table_as(work: Work, node: Tree) -> None:
    """Read CREATE TABLE … AS and SELECT … INTO."""
    into = node.get("into", {})
    create_from(work, into, node.get("query", {}).get("SelectStmt", {}))


def create_from(work: Work, into: Tree, query: Tree) -> None:
    """Add the table that a query makes."""
    relation = into.get("rel", {})
    name = work.relation(relation)
    if name in work.picture.tables:
        return
    work.take(bare(name))
    given = strings(into.get("colNames", ()))
    columns = [Column(each.name, each.type) for each in outputs(work, query)]
    columns = [each._replace(name=given[at]) if at < len(given) else each for at, each in enumerate(columns)]
    work.picture.create(Table(name, tuple(columns)))
    if relation.get("relpersistence") == "t":
        work.temporary.add(name)
    table = work.picture.tables[name]
    if not into.get("skipData"):
        fill(work, table, [each.name for each in table.columns], query)


def fill(work: Work, table: Table, names: list[str], query: Tree, outer: Scope | None = None) -> None:
    """Note that the rows of a query were written into columns of a table."""
    if not work.certain:
        return
    if all(whole(part) for part in parts(query)):
        for name, column in zip(names, outputs(work, query, outer), strict=False):
            if column.sources:
                _copy(work, table.name, name, column.sources, everywhere=False)
    there = work.picture.tables[table.name]
    uids = {each.uid for name in whole_tables(work, query, outer) if (each := work.picture.tables.get(name))}
    if any(map(thins, parts(query))):
        work.thinned.update(dict.fromkeys(uids, (table.uid, work.picture.line)))
    work.picture.tables[table.name] = there._replace(sources=there.sources | (uids - {there.uid}))


def note_thinned(work: Work) -> None:
    """Note the tables that live on, at the end of a script, in a copy without the rows that were alike."""
    tables = {each.uid: each for each in work.picture.tables.values()} if work.thinned else {}
    for uid, (heir, line) in work.thinned.items():
        if uid not in tables and heir in tables:
            work.picture.line = line
            fact = "Of rows that are alike one was copied."
            work.picture.did("rows.delete.some", tables[heir].name, "", fact)


def common_tables(work: Work, node: Tree) -> None:
    """Read the statements of WITH that write."""
    for each in node.get("withClause", {}).get("ctes", ()):
        read_query(work, each.get("CommonTableExpr", {}).get("ctequery", {}))


def read_query(work: Work, node: Tree) -> None:
    """Read a statement of WITH."""
    for kind, inner in node.items():
        reader = {"InsertStmt": insert, "UpdateStmt": update, "DeleteStmt": delete, "MergeStmt": merge}.get(
            kind
        )
        if reader:
            reader(work, inner)
        elif kind == "SelectStmt":
            common_tables(work, inner)


def _copy(work: Work, table: str, column: str, sources: frozenset[int], *, everywhere: bool) -> None:
    there = work.picture.tables.get(table)
    old = there.column(column) if there else None
    if old is not None:
        work.picture.copied(table, column, sources - {old.uid}, everywhere=everywhere and not old.required)


def _copied(work: Work, node: Tree, column: str, sources: frozenset[int], scope: Scope) -> frozenset[int]:
    """Return the sources of what an UPDATE writes into a column, none when some of their values are left."""

    def keeps(tested: Tree, null: bool) -> bool:
        return _is(tested, column) if null else columns_in(work, tested, scope) <= sources

    apart = "fromClause" in node and not joins(node.get("whereClause", {}))
    return sources if whole(node, keeps) and not apart else NOTHING


def _value(target: Tree) -> Tree:
    """Return what a target of UPDATE is set to; of a row, its own part."""
    value: Tree = target.get("val", {})
    many = value.get("MultiAssignRef")
    if many is None:
        return value
    source: Tree = many.get("source", {})
    args = source.get("RowExpr", {}).get("args", [])
    place = many.get("colno", 1) - 1
    return args[place] if place < len(args) else source


def _may_be_null(value: Tree) -> bool:
    """Tell whether an expression takes a part of a document, or makes NULL of a value."""
    node = value.get("A_Expr", {})
    cast = value.get("TypeCast", {})
    taken = "".join(strings(node.get("name", ()))) in ("->", "->>", "#>", "#>>")
    return taken or node.get("kind") == "AEXPR_NULLIF" or (bool(cast) and _may_be_null(cast.get("arg", {})))


def _all_rows(where: Tree) -> bool:
    """Tell whether a condition leaves no row out: none, TRUE, 1 = 1."""
    both = where.get("A_Expr", {})
    sides = [both.get(each, {}).get("A_Const", {}) | {"location": 0} for each in ("lexpr", "rexpr")]
    if strings(both.get("name", ())) == ["="] and sides[0] == sides[1] and len(sides[0]) > 1:
        return not sides[0].get("isnull")
    return not where or bool(where.get("A_Const", {}).get("boolval", {}).get("boolval"))


def _only_missing(where: Tree, column: str) -> bool:
    """Tell whether a condition is ``column IS NULL``."""
    test = where.get("NullTest", {})
    return test.get("nulltesttype") == "IS_NULL" and _is(test.get("arg", {}), column)


def _is(value: Tree, column: str) -> bool:
    return strings(value.get("ColumnRef", {}).get("fields", ()))[-1:] == [column]
