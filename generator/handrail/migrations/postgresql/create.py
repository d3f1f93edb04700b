"""CREATE TABLE and CREATE INDEX."""

from handrail.migrations.postgresql.constraints import constrain, index_column
from handrail.migrations.postgresql.expressions import default_text, expression_word, show
from handrail.migrations.postgresql.grammar import Tree
from handrail.migrations.postgresql.names import bare, schema, strings
from handrail.migrations.postgresql.types import serial, type_name
from handrail.migrations.postgresql.work import Work
from handrail.migrations.tables import Column, Index, Table

_KEYS_FIRST = {"CONSTR_PRIMARY": 0, "CONSTR_UNIQUE": 1}


def create_table(work: Work, node: Tree) -> None:
    """Read CREATE TABLE."""
    relation = node.get("relation", {})
    name = work.relation(relation)
    if name in work.picture.tables:
        return
    work.take(bare(name))
    table = _inherited(work, Table(name, options=_options(relation)), node)
    written: list[tuple[Tree, str]] = []
    for element in node.get("tableElts", ()):
        if "ColumnDef" in element:
            column = read_column(work, name, element["ColumnDef"])
            table = _with_column(table, column)
            written += [(each, column.name) for each in column_constraints(element["ColumnDef"])]
        elif "Constraint" in element:
            written.append((element["Constraint"], ""))
        elif "TableLikeClause" in element:
            table = _like(work, table, element["TableLikeClause"])
    for constraint, column_name in sorted(written, key=_order):
        table = constrain(work, table, constraint, column_name)
    work.picture.create(table)
    _note_lines(work, node, name)
    if relation.get("relpersistence") == "t":
        work.temporary.add(name)


def read_column(work: Work, table: str, node: Tree) -> Column:
    """Return a column of a ColumnDef; its constraints other than NOT NULL and default are not in it."""
    name, kind = node.get("colname", ""), node.get("typeName", {})
    column = Column(name, type_name(kind), collation=collation(node))
    if serial(kind):
        sequence = schema(table) + work.free(table, name, "seq")
        column = column._replace(required=True, identity="serial", default=f"nextval('{sequence}'::regclass)")
    for each in (each.get("Constraint", {}) for each in node.get("constraints", ())):
        kind_of = each.get("contype")
        if kind_of in ("CONSTR_NOTNULL", "CONSTR_PRIMARY"):
            column = column._replace(required=True)
        elif kind_of == "CONSTR_DEFAULT":
            column = column._replace(default=default_text(each.get("raw_expr", {}), column.type))
        elif kind_of == "CONSTR_IDENTITY":
            column = column._replace(required=True, identity=identity(each))
        elif kind_of == "CONSTR_GENERATED":
            how = "virtual" if each.get("generated_kind") == "v" else "stored"
            column = column._replace(default=show(each.get("raw_expr", {})), generated=how)
    return column


def column_constraints(node: Tree) -> list[Tree]:
    """Return the constraints written at a column that belong to the table."""
    found = [each.get("Constraint", {}) for each in node.get("constraints", ())]
    return [each for each in found if each.get("contype") not in ("CONSTR_NOTNULL", "CONSTR_DEFAULT")]


def identity(node: Tree) -> str:
    """Return how an identity column gives numbers."""
    return "always" if node.get("generated_when") == "a" else "by default"


def create_index(work: Work, node: Tree) -> None:
    """Read CREATE INDEX."""
    table = work.relation(node.get("relation", {}))
    elements = [each.get("IndexElem", {}) for each in node.get("indexParams", ())]
    name = node.get("idxname", "")
    there = work.picture.tables.get(table)
    if there is None:
        work.other() if work.is_thing(table) else work.lacks(f"table {table}")
        return
    if name and any(each.name == name for each in there.indexes):
        return
    if name:
        work.take(name)
    else:
        name = work.free(table, "_".join(_index_words(elements)), "idx")
    index = Index(
        name,
        tuple(index_column(each) for each in elements),
        unique=bool(node.get("unique")),
        nulls_alike=bool(node.get("nulls_not_distinct")),
        where=show(node.get("whereClause", {})),
        method=node.get("accessMethod", "btree"),
    )
    work.picture.add_index(table, index)


def _order(pair: tuple[Tree, str]) -> int:
    """Keys first, as PostgreSQL makes them: a key to the table itself needs its primary key."""
    return _KEYS_FIRST.get(pair[0].get("contype", ""), 2)


def _options(relation: Tree) -> frozenset[str]:
    return frozenset({"UNLOGGED"} if relation.get("relpersistence") == "u" else ())


def collation(node: Tree) -> str:
    """Return the collation that a column's definition states, '' for that of its type."""
    words = strings(node.get("collClause", {}).get("collname", ()))
    return words[-1] if words else ""


def _with_column(table: Table, column: Column) -> Table:
    """Add a column, or merge it with the inherited one of that name."""
    old = table.column(column.name)
    if old is None:
        return table._replace(columns=(*table.columns, column))
    merged = old._replace(
        type=column.type or old.type,
        required=old.required or column.required,
        default=column.default or old.default,
    )
    return table._replace(columns=tuple(merged if each is old else each for each in table.columns))


def _fresh(column: Column) -> Column:
    return column._replace(uid=0, sources=frozenset(), filled=False)


def _inherited(work: Work, table: Table, node: Tree) -> Table:
    kind = "partition" if "partbound" in node else "table"
    for each in node.get("inhRelations", ()):
        parent = work.relation(each.get("RangeVar", {}))
        table = table._replace(options=table.options | {f"of {parent}"})
        there = work.picture.tables.get(parent)
        if there is not None:
            table = _copied(work, table, there, keys=kind == "partition")
    return table._replace(kind=kind)


def _copied(work: Work, table: Table, parent: Table, *, keys: bool) -> Table:
    """Give a child the columns and checks of its parent, a partition its keys and indexes too."""
    for column in parent.columns:
        bare_column = _fresh(column) if keys or not column.identity else _fresh(column)._replace(identity="")
        table = _with_column(table, bare_column)
    table = table._replace(checks=(*table.checks, *(each for each in parent.checks if each.kind == "check")))
    if not keys:
        return table
    if parent.primary_key:
        name = work.free(table.name, "", "pkey")
        table = table._replace(primary_key=parent.primary_key, key_name=name)
    for each in parent.indexes:
        made_name = work.free(table.name, "_".join(each.columns), "key" if each.constraint else "idx")
        table = table._replace(indexes=(*table.indexes, each._replace(name=made_name)))
    return table._replace(foreign_keys=(*table.foreign_keys, *parent.foreign_keys))


_LIKE_ALL = 0x7FFFFFFF
_LIKE_CONSTRAINTS, _LIKE_DEFAULTS, _LIKE_GENERATED, _LIKE_IDENTITY, _LIKE_INDEXES = 4, 8, 16, 32, 64


def _like(work: Work, table: Table, node: Tree) -> Table:
    """Read LIKE other INCLUDING …."""
    options = node.get("options", 0)
    parent = work.picture.tables.get(work.relation(node.get("relation", {})))
    if parent is None:
        return table
    for column in parent.columns:
        kept = _fresh(column)
        if not options & (_LIKE_GENERATED if column.generated else _LIKE_DEFAULTS):
            kept = kept._replace(default="", generated="")
        if column.identity == "serial" or not options & _LIKE_IDENTITY:
            kept = kept._replace(identity="")
        table = _with_column(table, kept)
    if options & _LIKE_CONSTRAINTS:
        table = table._replace(checks=(*table.checks, *parent.checks))
    if options & _LIKE_INDEXES:
        copied = _copied(work, Table(table.name), parent._replace(checks=(), foreign_keys=()), keys=True)
        table = table._replace(
            primary_key=copied.primary_key, key_name=copied.key_name, indexes=copied.indexes
        )
    return table


def _index_words(elements: list[Tree]) -> list[str]:
    """Return the words for the name of an index: columns, the functions of expressions, or ``expr``."""
    words: list[str] = []
    for each in elements:
        word = each["name"] if "name" in each else expression_word(each.get("expr", {}), "expr")
        number = 0
        while f"{word}{number or ''}" in words:
            number += 1
        words.append(f"{word}{number or ''}")
    return words


def _note_lines(work: Work, node: Tree, table: str) -> None:
    """Note the line of each column and of each constraint that has a name of its own."""
    line = work.picture.line
    for element in node.get("tableElts", ()):
        for part in element.values():
            work.at(part)
            name = part.get("colname") or part.get("conname")
            if name:
                work.picture.touch(table, name)
    work.picture.line = line
