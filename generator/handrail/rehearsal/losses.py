"""What a migration did to rows and values, against what it says: findings."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from handrail.core.database import Schema
from handrail.core.finding import Finding, Severity
from handrail.core.location import Location
from handrail.migrations.operations import Operation
from handrail.rehearsal.compare import ColumnChange, TableChange
from handrail.rehearsal.trial import Tried

_DELETES = frozenset({"rows.delete.all", "rows.delete.some", "table.truncate"})
_UPDATES = frozenset({"rows.update.all", "rows.update.some"})
_ENDS = frozenset({"table.drop", "virtual_table.drop", "partition.drop", "schema.drop", "database.drop"})
_RENAMED_VALUES = frozenset({"enum.value.rename", "enum.value.remove"})


class Script(NamedTuple):
    """What a script says that it does, the schema on which it began, and its own words."""

    tried: Tried
    schema: Schema
    text: str = ""

    def said(self, kinds: frozenset[str], *tables: str) -> Operation | None:
        """Return the first operation of one of the kinds on one of the tables."""
        found = (each for each in self.tried.operations if each.kind in kinds and not _by_cascade(each))
        return next((each for each in found if each.table in tables or not each.table), None)

    def deletes(self, *tables: str) -> Operation | None:
        """Return the operation of a statement that deletes rows of one of the tables by name.

        What the classifier works out (a cascade, a copy of some rows) has facts, or a name
        that the script does not say.
        """
        found = (each for each in self.tried.operations if each.kind in _DELETES and not each.facts)
        return next((each for each in found if each.table in tables and self.says(each.table)), None)

    def says(self, name: str) -> bool:
        """Tell whether a name stands in the script."""
        own = name.rpartition(".")[2]
        return bool(re.search(rf"(?<!\w){re.escape(own)}(?!\w)", self.text, re.IGNORECASE))

    def line(self, *tables: str) -> int:
        """Return the first line that does something to one of the tables, else 1."""
        return next((each.line for each in self.tried.operations if each.table in tables), 1)

    def finding(self, code: str, message: str, severity: Severity, line: int, hint: str = "") -> Finding:
        """Return a finding at a line of the script."""
        return Finding(code, message, Location(self.tried.path, line), severity, hint)


def _by_cascade(operation: Operation) -> bool:
    """Tell whether rows go only because those of another table do: no statement says so."""
    return any("by ON DELETE CASCADE" in fact for fact in operation.facts)


def find_losses(script: Script, changes: Sequence[TableChange]) -> Iterator[Finding]:
    """Yield what happened to data: an error where no statement says so, else a warning."""
    lost = frozenset(each.table for each in changes if each.lost)
    for change in changes:
        if change.rows_after is None:
            yield from _table_gone(script, change)
            continue
        yield from _rows_lost(script, change, lost)
        for column in change.columns:
            yield from _column(script, change, column, lost)


def _table_gone(script: Script, change: TableChange) -> Iterator[Finding]:
    said = script.said(_ENDS, change.table)
    if said and not change.rows_before:
        return
    message = f"The table {change.table} is gone with {_rows(change.rows_before)}."
    if said:
        hint = "They come back from a backup only."
        yield script.finding("rehearsal.table-dropped", message, "warning", said.line, hint)
    else:
        hint = "No statement that Handrail reads says so. Look for what removed it."
        yield script.finding("rehearsal.table-lost", message, "error", script.line(change.table), hint)


def _rows_lost(script: Script, change: TableChange, lost: frozenset[str]) -> Iterator[Finding]:
    if change.lost:
        said = script.deletes(change.table, change.now)
        if said:
            message = f"{_rows(change.lost)} of {change.rows_before} in {change.table} are deleted."
            yield script.finding(
                "rehearsal.rows-deleted", message, "warning", said.line, "They come back from a backup only."
            )
        else:
            yield _undeclared_loss(script, change, lost)
    inserted = script.said(frozenset({"rows.insert"}), change.table, change.now)
    if change.added and not (inserted or change.lost):
        message = f"{_rows(change.added)} came into {change.table} that were not there before."
        line = script.line(change.table, change.now)
        yield script.finding(
            "rehearsal.rows-appeared", message, "error", line, "No statement says so: look for a join."
        )


def _undeclared_loss(script: Script, change: TableChange, lost: frozenset[str]) -> Finding:
    """Return the finding on rows that went without a word: by a cascade, or in a copy."""
    parent = _parent(script, change, "CASCADE", lost)
    of = f"{_rows(change.lost)} of {change.rows_before} in {change.table}"
    if parent:
        line = script.line(parent)
        message = f"{of} were deleted with rows of {parent} (ON DELETE CASCADE)."
        hint = (
            "Rebuild the parent with foreign keys off and outside a transaction, or, if it is meant, "
            "delete the children by a statement of their own first."
        )
        return script.finding("rehearsal.children-lost", message, "error", line, hint)
    hint = "No DELETE says so: look at the WHERE and the joins of what copies the table."
    line = script.line(change.table, change.now)
    return script.finding("rehearsal.rows-lost", f"{of} are gone.", "error", line, hint)


def _parent(script: Script, change: TableChange, action: str, lost: frozenset[str], column: str = "") -> str:
    """Return the table whose delete rule took rows or values of ``change``, '' when none can have.

    It is one that ``lost`` rows itself, or one that the script dropped to make it anew.
    """
    hurt = {
        each.table for each in script.tried.operations if each.kind.startswith(("rows.", "table."))
    } | lost
    for link in script.schema.tables[change.table].links:
        fits = link.on_delete == action and (not column or column in link.columns)
        if fits and link.table in hurt and link.table != change.table:
            return link.table
    return ""


def _column(
    script: Script, change: TableChange, column: ColumnChange, lost: frozenset[str]
) -> Iterator[Finding]:
    name = f"{change.table}.{column.column}"
    line = script.line(change.table, change.now)
    if not column.now:
        if column.filled:
            message = f"{name} is gone with {_values(column.filled)}."
            yield script.finding(
                "rehearsal.values-dropped", message, "warning", line, "They come back from a backup only."
            )
        return
    parent = _parent(script, change, "SET NULL", lost, column.column) if column.nulled else ""
    said = _updated(script, change, column)
    if parent and not said:
        message = (
            f"{_values(column.nulled)} of {name} became NULL with rows of {parent} (ON DELETE SET NULL)."
        )
        hint = "Rebuild the parent with foreign keys off and outside a transaction."
        yield script.finding("rehearsal.children-nulled", message, "error", script.line(parent), hint)
    elif column.converted:
        message = f"{_values(column.changed)} of {name} are not the same after the change of type."
        hint = "Convert into a new column, compare, then switch: what the cast cuts off is lost."
        yield script.finding("rehearsal.conversion-lossy", message, "error", line, hint)
    elif said and column.overwritten:
        message = f"{_values(column.overwritten)} of {name} are overwritten."
        hint = "If only empty ones are to be filled, say WHERE … IS NULL."
        yield script.finding("rehearsal.values-overwritten", message, "warning", said.line, hint)
    elif not said:
        message = f"{_values(column.changed)} of {name} are not what they were."
        hint = "No UPDATE says so: look at the columns of what copies the table, and at triggers."
        yield script.finding("rehearsal.values-changed", message, "error", line, hint)


def _updated(script: Script, change: TableChange, column: ColumnChange) -> Operation | None:
    """Return the operation that says that values of a column are written."""
    for each in script.tried.operations:
        written = each.kind in _UPDATES and each.column in ("", column.column, column.now)
        if written and each.table in (change.table, change.now):
            return each
    return script.said(_RENAMED_VALUES)


def _rows(number: int) -> str:
    return f"{number} row" if number == 1 else f"{number} rows"


def _values(number: int) -> str:
    return f"{number} value" if number == 1 else f"{number} values"
