"""Whether a statement is known to fail, for programs that go on after that."""

from handrail.migrations.postgresql.grammar import Tree
from handrail.migrations.postgresql.names import strings
from handrail.migrations.postgresql.work import Work, names_of
from handrail.migrations.tables import Table


def fails(work: Work, tree: Tree) -> bool:
    """Tell whether what a statement makes is there already."""
    node: Tree = next(iter(tree.values()), {})
    if "CreateStmt" in tree:
        there = work.relation(node.get("relation", {})) in work.picture.tables
        return there and not node.get("if_not_exists")
    if "CreateEnumStmt" in tree:
        return work.name(strings(node.get("typeName", ()))) in work.picture.enums
    if "AlterTableStmt" not in tree:
        return False
    table = work.picture.tables.get(work.relation(node.get("relation", {})))
    return table is not None and any(
        _is_there(table, each.get("AlterTableCmd", {})) for each in node.get("cmds", ())
    )


def _is_there(table: Table, command: Tree) -> bool:
    definition = command.get("def", {})
    column = definition.get("ColumnDef", {}).get("colname", "")
    if command.get("subtype") == "AT_AddColumn":
        return table.column(column) is not None and not command.get("missing_ok")
    name = definition.get("Constraint", {}).get("conname", "")
    return command.get("subtype") == "AT_AddConstraint" and name != "" and name in names_of(table)
