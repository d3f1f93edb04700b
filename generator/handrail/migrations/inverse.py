"""The way back, where it is certain: statements that undo what a migration does to the schema."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from handrail.migrations.operations import Operation
from handrail.migrations.quotes import Dialect, quoted, quoted_table
from handrail.migrations.tables import Catalog, ForeignKey, Index


class Draft(NamedTuple):
    """``statements`` in the order in which they run, and the operations that they do not undo."""

    statements: tuple[str, ...]
    without: tuple[Operation, ...]


class Change(NamedTuple):
    """A migration: the schema before and after it. ``drops_columns``: whether the engine can."""

    before: Catalog
    after: Catalog
    dialect: Dialect
    drops_columns: bool = True


_Inverse = Callable[[Change, Operation], str]


def draft_down(change: Change, operations: Sequence[Operation]) -> Draft:
    """Return the draft of a down script for the operations of one migration.

    Keys and indexes go first, then columns, then names go back, then tables
    go: each statement meets the names that its object has at that moment.
    """
    steps: list[tuple[int, str]] = []
    without: list[Operation] = []
    created = {each.table for each in operations if each.kind in _CREATE}
    for operation in operations:
        goes_with_its_table = operation.table in created and operation.kind not in _CREATE
        if goes_with_its_table or operation.kind in _GO_ALONG:
            continue
        place, inverse = _INVERSES.get(operation.kind, (0, _none))
        statement = inverse(change, operation)
        if statement:
            steps.append((place, statement))
        else:
            without.append(operation)
    steps.reverse()  # what came last goes first
    ordered = sorted(steps, key=lambda each: each[0])
    return Draft(tuple(dict.fromkeys(statement for _, statement in ordered)), tuple(without))


def _none(_: Change, __: Operation) -> str:
    return ""


def _drop_table(change: Change, operation: Operation) -> str:
    return f"DROP TABLE {quoted_table(operation.table, change.dialect)};"


def _drop_column(change: Change, operation: Operation) -> str:
    if not change.drops_columns:
        return ""
    table, column = quoted_table(operation.table, change.dialect), quoted(operation.column, change.dialect)
    return f"ALTER TABLE {table} DROP COLUMN {column};"


def _rename_column(change: Change, operation: Operation) -> str:
    table = quoted_table(operation.table, change.dialect)
    new, old = quoted(operation.new, change.dialect), quoted(operation.old, change.dialect)
    return f"ALTER TABLE {table} RENAME COLUMN {new} TO {old};"


def _rename_table(change: Change, operation: Operation) -> str:
    new, old = operation.new, operation.old
    if change.dialect == "postgresql":
        if new.rpartition(".")[0] != old.rpartition(".")[0]:
            return ""  # it went to another schema as well
        old = old.rpartition(".")[2]
    return f"ALTER TABLE {quoted_table(new, change.dialect)} RENAME TO {quoted_table(old, change.dialect)};"


def _drop_index(change: Change, operation: Operation) -> str:
    """Return how the one index that the operation made is dropped; '' when it is not clear which that is."""
    after = change.after.tables.get(operation.table)
    there = {each.name for table in change.before.tables.values() for each in table.indexes}
    new = [each for each in (after.indexes if after else ()) if each.name and each.name not in there]
    made = [each for each in new if ", ".join(each.columns) == operation.new]
    return _without_index(change, operation.table, made[0]) if len(made) == 1 else ""


def _without_index(change: Change, table: str, index: Index) -> str:
    name, place = quoted(index.name, change.dialect), quoted_table(table, change.dialect)
    if change.dialect == "mysql":
        return f"DROP INDEX {name} ON {place};"
    if change.dialect == "sqlite":
        return "" if index.constraint else f"DROP INDEX {name};"
    if index.constraint:
        return f"ALTER TABLE {place} DROP CONSTRAINT {name};"
    schema = table.rpartition(".")[0]
    return f"DROP INDEX {quoted_table(schema, change.dialect)}.{name};" if schema else f"DROP INDEX {name};"


def _drop_foreign_key(change: Change, operation: Operation) -> str:
    """Return how the one foreign key that the operation made is dropped; SQLite cannot."""
    before, after = change.before.tables.get(operation.table), change.after.tables.get(operation.table)
    there = set(_names(before.foreign_keys if before else ()))
    new = [each for each in _names(after.foreign_keys if after else ()) if each not in there]
    if change.dialect == "sqlite" or len(new) != 1:
        return ""
    what = "FOREIGN KEY" if change.dialect == "mysql" else "CONSTRAINT"
    table, name = quoted_table(operation.table, change.dialect), quoted(new[0], change.dialect)
    return f"ALTER TABLE {table} DROP {what} {name};"


def _names(keys: tuple[ForeignKey, ...]) -> list[str]:
    return [each.name for each in keys if each.name]


def _drop_type(change: Change, operation: Operation) -> str:
    new = operation.new in change.after.enums and operation.new not in change.before.enums
    certain = new and not operation.old and change.dialect == "postgresql"
    return f"DROP TYPE {quoted_table(operation.new, change.dialect)};" if certain else ""


_CREATE = frozenset({"table.create", "virtual_table.create"})
_GO_ALONG = frozenset({"foreign_key.on_delete.cascade", "foreign_key.on_delete.unstated"})
"""What is said of a key beside the operation that made it."""

_INVERSES: Mapping[str, tuple[int, _Inverse]] = {
    "foreign_key.add": (0, _drop_foreign_key),
    "index.create": (1, _drop_index),
    "unique.add": (1, _drop_index),
    "column.add.optional": (2, _drop_column),
    "column.add.default": (2, _drop_column),
    "column.add.required": (2, _drop_column),
    "column.add.volatile_default": (2, _drop_column),
    "column.add.generated_stored": (2, _drop_column),
    "column.rename": (3, _rename_column),
    "table.rename": (4, _rename_table),
    "table.create": (5, _drop_table),
    "virtual_table.create": (5, _drop_table),
    "statement.other": (6, _drop_type),
}
"""Operation -> its turn, and what undoes it."""
