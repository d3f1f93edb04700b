"""ALTER TABLE, one part of it after the other."""

from collections.abc import Callable
from typing import Any

from handrail.migrations.postgresql.constraints import (
    constrain,
    drop_constraint,
    require,
    validate_constraint,
)
from handrail.migrations.postgresql.create import collation, column_constraints, identity, read_column
from handrail.migrations.postgresql.dependents import drop_defaults_of, drop_views_of, sequence_of
from handrail.migrations.postgresql.expressions import default_text, show
from handrail.migrations.postgresql.grammar import Tree
from handrail.migrations.postgresql.sources import Scope, columns_in
from handrail.migrations.postgresql.types import type_name
from handrail.migrations.postgresql.work import Work
from handrail.migrations.tables import Column, Table


def alter_table(work: Work, node: Tree) -> None:
    """Read ALTER TABLE; the parts that PostgreSQL does first (drops, then types) are done first."""
    relation = node.get("relation", {})
    name = work.relation(relation)
    children = work.children(name) if relation.get("inh") else []  # none after ONLY
    if name not in work.picture.tables:
        _unknown(work, node, name)
        return
    commands = [each.get("AlterTableCmd", {}) for each in node.get("cmds", ())]
    lacking = ""
    for command in sorted(commands, key=lambda each: _PASSES.get(each.get("subtype", ""), 2)):
        inner: Any = next(iter(command.get("def", {}).values()), {})
        work.at(inner if isinstance(inner, dict) else {})
        reader = _READERS.get(command.get("subtype", ""))
        lacking = lacking or _lacking(work, name, command)
        if reader is None:
            work.other()
        elif reader in _OF_CHILDREN_TOO:
            for table in (name, *children):
                reader(work, table, command)
        else:
            reader(work, name, command)
    if lacking:
        work.lacks(f"column {lacking}")


def _unknown(work: Work, node: Tree, name: str) -> None:
    """Read what is said of no table: of a view, or of one that the history so far does not create."""
    commands = [each.get("AlterTableCmd", {}) for each in node.get("cmds", ())]
    readers = [_READERS.get(each.get("subtype", "")) for each in commands]
    for command, reader in zip(commands, readers, strict=True):
        if reader is None:
            work.other()
        elif reader in _TOLD_BY_WORDS:
            reader(work, name, command)
    changed = any(reader is not None and reader not in _TOLD_BY_WORDS for reader in readers)
    if not changed or node.get("missing_ok"):
        return
    if node.get("objtype") != "OBJECT_TABLE" or work.is_thing(name):
        work.other()
    else:
        work.lacks(f"table {name}")


def _lacking(work: Work, table: str, command: Tree) -> str:
    """Return the column that a command is about, when the table does not have it."""
    there, name = work.picture.tables.get(table), command.get("name", "")
    about = command.get("subtype") in _OF_A_COLUMN and not command.get("missing_ok")
    return f"{table}.{name}" if there is not None and about and there.column(name) is None else ""


_PASSES = {"AT_DropColumn": 0, "AT_DropConstraint": 0, "AT_AlterColumnType": 1, "AT_AddConstraint": 3}
"""When PostgreSQL does what, of one ALTER TABLE; constraints come after the columns that they need."""


def _edit(work: Work, table: str, command: Tree, edit: Callable[[Column], Column]) -> None:
    there = work.picture.tables.get(table)
    if there is not None and there.column(command.get("name", "")):
        work.picture.edit_column(table, command["name"], edit)


def _add_column(work: Work, table: str, command: Tree) -> None:
    definition = command.get("def", {}).get("ColumnDef", {})
    there = work.picture.tables.get(table)
    if there is None or there.column(definition.get("colname", "")):
        return
    column = read_column(work, table, definition)
    work.picture.add_column(table, column)
    for each in column_constraints(definition):
        _add(work, table, each, column.name)


def _add(work: Work, table: str, constraint: Tree, column: str = "") -> None:
    """Add a constraint, and note its line."""
    before = work.picture.tables.get(table)
    if before is None:
        return
    after = constrain(work, before, constraint, column)
    work.picture.tables[table] = after
    for kind in ("indexes", "foreign_keys", "checks"):
        for each in set(getattr(after, kind)) - set(getattr(before, kind)):
            work.picture.touch(table, each.name)
    if after.key_name != before.key_name:
        work.picture.touch(table, after.key_name)


def _drop_column(work: Work, table: str, command: Tree) -> None:
    column = command.get("name", "")
    there = work.picture.tables.get(table)
    old = there.column(column) if there else None
    work.drop_column(table, column)
    if old is not None and command.get("behavior") == "DROP_CASCADE":
        drop_views_of(work, table, column)
        drop_defaults_of(work, sequence_of(old))


def _add_constraint(work: Work, table: str, command: Tree) -> None:
    _add(work, table, command.get("def", {}).get("Constraint", {}))


def _drop_constraint(work: Work, table: str, command: Tree) -> None:
    name = command.get("name", "")
    there = work.picture.tables.get(table)
    if there is None or drop_constraint(there, name) == there:
        return
    if command.get("behavior") == "DROP_CASCADE":
        key = there.primary_key if name == there.key_name else ()
        work.drop_keys_to(table, next((i.columns for i in there.indexes if i.name == name), key))
    work.picture.change(table, name, lambda old: drop_constraint(old, name))


def _validate(work: Work, table: str, command: Tree) -> None:
    name = command.get("name", "")
    work.picture.change(table, name, lambda old: validate_constraint(old, name))


def _type(work: Work, table: str, command: Tree) -> None:
    definition = command.get("def", {}).get("ColumnDef", {})
    kind = type_name(definition.get("typeName", {}))
    sources: frozenset[int] = frozenset()
    if "raw_default" in definition:
        sources = columns_in(work, definition["raw_default"], Scope.of(table))

    def edit(old: Column) -> Column:
        seen = old.sources | sources - {old.uid}
        return old._replace(type=kind, collation=collation(definition), sources=seen)

    _edit(work, table, command, edit)


def _default(work: Work, table: str, command: Tree) -> None:
    def edit(old: Column) -> Column:
        lost = "" if old.identity == "serial" else old.identity
        return old._replace(default=default_text(command.get("def", {}), old.type), identity=lost)

    _edit(work, table, command, edit)


def _null(work: Work, table: str, command: Tree) -> None:
    required = command.get("subtype") == "AT_SetNotNull"
    _edit(work, table, command, lambda old: old._replace(required=required))


def _drop_expression(work: Work, table: str, command: Tree) -> None:
    _edit(work, table, command, lambda old: old._replace(generated="", default=""))


def _set_expression(work: Work, table: str, command: Tree) -> None:
    text = show(command.get("def", {}))
    _edit(work, table, command, lambda old: old._replace(default=text))


def _add_identity(work: Work, table: str, command: Tree) -> None:
    how = identity(command.get("def", {}).get("Constraint", {}))
    _edit(work, table, command, lambda old: old._replace(identity=how))


def _drop_identity(work: Work, table: str, command: Tree) -> None:
    _edit(work, table, command, lambda old: old._replace(identity=""))


def _set_identity(work: Work, table: str, command: Tree) -> None:
    for option in command.get("def", {}).get("List", {}).get("items", ()):
        element = option.get("DefElem", {})
        if element.get("defname") == "generated":
            always = element.get("arg", {}).get("Integer", {}).get("ival") == ord("a")
            how = "always" if always else "by default"
            _edit(work, table, command, lambda old, how=how: old._replace(identity=how))  # type: ignore[misc]  # mypy cannot type a default
        elif element.get("defname") == "restart":
            work.picture.did("sequence.set", table, command.get("name", ""))
        else:
            work.picture.did("identity.change", table, command.get("name", ""))


def _logged(work: Work, table: str, command: Tree) -> None:
    unlogged = {"UNLOGGED"} if command.get("subtype") == "AT_SetUnLogged" else set()
    work.picture.change(table, "", lambda old: old._replace(options=old.options - {"UNLOGGED"} | unlogged))


def _rewritten(work: Work, table: str, _: Tree) -> None:
    work.picture.did("maintenance", table)


def _security_off(work: Work, table: str, _: Tree) -> None:
    work.picture.did("security.rls_disable", table)


def _trigger_off(work: Work, table: str, _: Tree) -> None:
    work.picture.did("trigger.drop", table, "", "The trigger is disabled, not dropped.")


def _partition(work: Work, table: str, command: Tree) -> None:
    attach = command.get("subtype") == "AT_AttachPartition"
    child = work.relation(command.get("def", {}).get("PartitionCmd", {}).get("name", {}))

    def edit(old: Table) -> Table:
        options = old.options | {f"of {table}"} if attach else old.options - {f"of {table}"}
        return old._replace(kind="partition" if attach else "table", options=options)

    work.picture.change(child, "", edit)
    parent = work.picture.tables.get(table)
    if attach and parent is not None:
        work.picture.change(child, "", lambda old: require(old, parent.primary_key))
    work.picture.did("partition.attach" if attach else "partition.detach", child)


def _inherit(work: Work, table: str, command: Tree) -> None:
    parent = work.relation(command.get("def", {}).get("RangeVar", {}))
    add = command.get("subtype") == "AT_AddInherit"

    def edit(old: Table) -> Table:
        return old._replace(options=old.options | {f"of {parent}"} if add else old.options - {f"of {parent}"})

    work.picture.change(table, "", edit)


_READERS: dict[str, Callable[[Work, str, Tree], None]] = {
    "AT_AddColumn": _add_column,
    "AT_DropColumn": _drop_column,
    "AT_AddConstraint": _add_constraint,
    "AT_DropConstraint": _drop_constraint,
    "AT_ValidateConstraint": _validate,
    "AT_AlterColumnType": _type,
    "AT_ColumnDefault": _default,
    "AT_SetNotNull": _null,
    "AT_DropNotNull": _null,
    "AT_DropExpression": _drop_expression,
    "AT_SetExpression": _set_expression,
    "AT_AddIdentity": _add_identity,
    "AT_DropIdentity": _drop_identity,
    "AT_SetIdentity": _set_identity,
    "AT_SetLogged": _logged,
    "AT_SetUnLogged": _logged,
    "AT_SetTableSpace": _rewritten,
    "AT_SetAccessMethod": _rewritten,
    "AT_DisableRowSecurity": _security_off,
    "AT_NoForceRowSecurity": _security_off,
    "AT_DisableTrig": _trigger_off,
    "AT_DisableTrigAll": _trigger_off,
    "AT_DisableTrigUser": _trigger_off,
    "AT_AttachPartition": _partition,
    "AT_DetachPartition": _partition,
    "AT_AddInherit": _inherit,
    "AT_DropInherit": _inherit,
}

_OF_CHILDREN_TOO = {
    _add_column,
    _drop_column,
    _type,
    _default,
    _null,
    _drop_constraint,
    _validate,
    _drop_expression,
}

_TOLD_BY_WORDS = {_set_identity, _rewritten, _security_off, _trigger_off, _partition}
"""Readers that note an operation whether the table is known or not."""

_OF_A_COLUMN = {name for name, reader in _READERS.items() if reader in (_drop_column, _type, _default, _null)}
"""Commands that cannot be done without the column that they name."""
