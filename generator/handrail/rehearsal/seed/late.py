"""Keys that go round in a circle: NULL when the row is written, and a value afterwards."""

from collections.abc import Iterator
from typing import Any

from handrail.migrations.quotes import Dialect
from handrail.migrations.tables import ForeignKey, Table
from handrail.rehearsal.seed.numbers import mark_of, mix
from handrail.rehearsal.seed.order import may_be_null
from handrail.rehearsal.seed.parents import Parents
from handrail.rehearsal.seed.rows import Row, Rows
from handrail.rehearsal.seed.statements import update_of

KEPT = 300
"""Rows that get a value afterwards: each is a statement of its own."""


class Later:
    """One late key of one table, and the first rows that it was left out of."""

    def __init__(self, table: Table, made: Rows, key: ForeignKey, parents: Parents) -> None:
        self.table = table
        self._made = made
        self._key = key
        self._parents = parents
        self._rows: list[Row] = []
        self._found_by = table.primary_key or next(_other_keys(table), ())

    def keep(self, rows: list[Row]) -> None:
        """Note rows that were written."""
        if self._found_by:
            self._rows += rows[: KEPT - len(self._rows)]

    def statements(self, dialect: Dialect) -> Iterator[str]:
        """Yield the statements that set the key, in two of three rows."""
        mark = mark_of(self.table.name, *self._key.columns)
        for number, row in enumerate(self._rows):
            values = self._values(row, mix(mark, number)) if number % 3 else None
            if values is None:
                continue
            changed = {**row, **dict(zip(self._key.columns, values, strict=True))}
            self._made.forget(row)
            if self._made.fits(changed):
                row.update(changed)
                yield update_of(self.table, row, self._key.columns, self._found_by, dialect)
            self._made.note(row)

    def _values(self, row: Row, turn: int) -> tuple[Any, ...] | None:
        """Return the values of a parent that agree with what is in the row."""
        given = [place for place, name in enumerate(self._key.columns) if row.get(name) is not None]
        values = tuple(row[self._key.columns[place]] for place in given)
        candidates = self._parents.matching(tuple(given), values)
        return self._parents.rows[candidates[turn % len(candidates)]] if candidates else None


def _other_keys(table: Table) -> Iterator[tuple[str, ...]]:
    """Yield the unique sets by which a row is found again where there is no primary key."""
    for index in table.indexes:
        columns = [table.column(name) for name in index.columns]
        if (
            index.unique
            and not index.where
            and all(each and not may_be_null(table, each.name) for each in columns)
        ):
            yield index.columns
