"""Keys that go round in a circle: NULL when the row is written, and a value afterwards."""

from collections.abc import Iterator
from typing import Any

from handrail.migrations.quotes import Dialect
from handrail.migrations.tables import ForeignKey
from handrail.rehearsal.seed_numbers import mark_of, mix
from handrail.rehearsal.seed_order import may_be_null
from handrail.rehearsal.seed_parents import Parents
from handrail.rehearsal.seed_plan import Plan
from handrail.rehearsal.seed_rows import Row, Rows
from handrail.rehearsal.seed_values import literal, quoted, quoted_table

KEPT = 300
"""Rows that get a value afterwards: each is a statement of its own."""


class Later:
    """One late key of one table, and the first rows that it was left out of."""

    def __init__(self, plan: Plan, rows: Rows, key: ForeignKey, parents: Parents, dialect: Dialect) -> None:
        self.table = plan.table.name
        self._plan = plan
        self._made = rows
        self._key = key
        self._parents = parents
        self._dialect = dialect
        self._rows: list[Row] = []
        self._found_by = plan.table.primary_key or next(
            (
                each.columns
                for each in plan.table.indexes
                if each.unique
                and not each.where
                and all(plan.table.column(one) and not may_be_null(plan.table, one) for one in each.columns)
            ),
            (),
        )

    def keep(self, row: Row) -> None:
        """Note a row that was written."""
        if len(self._rows) < KEPT and self._found_by:
            self._rows.append(row)

    def statements(self) -> Iterator[str]:
        """Yield the statements that set the key, in two of three rows."""
        mark = mark_of(self.table, *self._key.columns)
        for number, row in enumerate(self._rows):
            values = self._values(row, mix(mark, number)) if number % 3 else None
            if values is None:
                continue
            changed = {**row, **dict(zip(self._key.columns, values, strict=True))}
            if self._fits(row, changed):
                row.update(changed)
                yield self._update(row)

    def _values(self, row: Row, turn: int) -> tuple[Any, ...] | None:
        """Return the values of a parent that agree with what is in the row."""
        given = [place for place, name in enumerate(self._key.columns) if row.get(name) is not None]
        values = tuple(row[self._key.columns[place]] for place in given)
        candidates = self._parents.matching(tuple(given), values)
        return self._parents.rows[candidates[turn % len(candidates)]] if candidates else None

    def _fits(self, row: Row, changed: Row) -> bool:
        """Tell whether a row may change; its own keys are no obstacle."""
        for each, seen in zip(self._plan.uniques, self._made.seen, strict=True):
            seen.discard(each.key_of(row))
        fits = self._made.fits(changed)
        self._made.note(changed if fits else row)
        return fits

    def _update(self, row: Row) -> str:
        def equal(name: str) -> str:
            return f"{quoted(name, self._dialect)} = {literal(row[name], self._dialect)}"

        table = quoted_table(self.table, self._dialect)
        changes = ", ".join(map(equal, self._key.columns))
        return " ".join(("UPDATE", table, "SET", changes, "WHERE", " AND ".join(map(equal, self._found_by))))
