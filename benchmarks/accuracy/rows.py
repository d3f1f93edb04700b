"""Fill empty tables with a few rows, through an engine's own INSERT."""

from collections.abc import Mapping, Sequence
from typing import Protocol

import invent
from schema import Catalog, Column, Contents, Key, Table

ROWS = 4
PASSES = 4
Row = dict[str, str | None]


class Writer(Protocol):
    """What an engine offers to put rows into its tables."""

    def insert(self, table: Table, row: Row) -> bool:
        """Insert a row; False when the engine refuses it."""
        ...

    def update(self, table: Table, column: str, values: Sequence[str | None]) -> None:
        """Give the first rows of a table new values in a column, where the engine takes them."""
        ...

    def sample(self, table: str, columns: Sequence[str]) -> list[tuple[str | None, ...]]:
        """Return the first rows of some columns."""
        ...


def fill(writer: Writer, catalog: Catalog, contents: Contents, hopeless: set[object]) -> set[str]:
    """Put rows into the empty tables, and return the names of those that got some.

    A table that takes none is remembered in ``hopeless`` in the shape that it has.
    """
    empty = {
        name: table
        for name, table in catalog.tables.items()
        if name in contents and not contents[name].count and _shape(table) not in hopeless
    }
    there = {name for name, each in contents.items() if each.count}
    filled: set[str] = set()
    for number in range(PASSES):
        for name, table in list(empty.items()):
            if _ready(table, there | {name}, patient=number < PASSES - 1):
                del empty[name]
                if _fill_one(writer, table, there):
                    filled.add(name)
                    there.add(name)
                else:
                    hopeless.add(_shape(table))
    hopeless.update(_shape(table) for table in empty.values())
    return filled


def refresh(writer: Writer, old: Catalog, new: Catalog, contents: Contents) -> set[str]:
    """Give columns that are new in tables with a few rows values of their own; return the tables' names."""
    touched = set()
    for name, table in new.tables.items():
        before = old.tables.get(name)
        if before is None or not 0 < contents[name].count <= 2 * ROWS:
            continue
        for column in table.columns.values():
            if column.name not in before.columns and not column.computed:
                writer.update(table, column.name, _column(writer, table, column, contents[name].count))
                touched.add(name)
    return touched


def _shape(table: Table) -> object:
    columns = tuple((each.name, each.type, each.required) for each in table.columns.values())
    return table.name, columns, table.keys, table.checks


def _ready(table: Table, there: set[str], *, patient: bool) -> bool:
    """Tell whether the rows that it refers to are there; the impatient do without optional ones."""
    return all(
        key.table in there or (not patient and not any(_required(table, each) for each in key.columns))
        for key in table.keys
    )


def _required(table: Table, name: str) -> bool:
    column = table.columns.get(name)
    return column is not None and column.required


def _fill_one(writer: Writer, table: Table, there: set[str]) -> bool:
    parents = {key: writer.sample(key.table, key.references) for key in table.keys if key.table in there}
    done = 0
    for strategy in range(invent.STRATEGIES):
        for number in range(done, ROWS):
            row = _row(table, parents, number, strategy)
            if row is None or not writer.insert(table, row):
                break
            done += 1
        if done == ROWS:
            break
    return done > 0


def _row(  # noqa: C901  # one branch a kind of column
    table: Table,
    parents: Mapping[Key, list[tuple[str | None, ...]]],
    number: int,
    strategy: int,
) -> Row | None:
    """Return a row; every third one has no value where it may have none. None when parents have run out."""
    row: Row = {}
    sparse = number % 3 == 1 or strategy == 3
    for column in table.columns.values():
        if column.computed or (column.default and strategy in (1, 2, 3)):
            continue
        optional = not column.required and column.name not in table.primary_key
        row[column.name] = None if optional and sparse else invent.value(table, column, number, strategy)
    for key, rows in parents.items():
        own = any(not _required(table, each) for each in key.columns)
        if number < len(rows):
            values = rows[number]
        elif own:
            values = (None,) * len(key.columns)
        else:
            return None
        if not (own and sparse):
            row.update(zip(key.columns, values, strict=False))
    for key in table.keys:
        if key not in parents and key.table != table.name:
            row.update(dict.fromkeys(key.columns))
        elif key not in parents:
            row.update({each: None for each in key.columns if not _required(table, each)})
    return row


def _column(writer: Writer, table: Table, column: Column, count: int) -> list[str | None]:
    """Return values for a column that rows have just got; one in three stays as it is where it may."""
    for key in table.keys:
        if key.columns == (column.name,):
            there = [each[0] for each in writer.sample(key.table, key.references)]
            return (there + [None] * count)[:count]
    return [
        None if number % 3 == 1 and not column.required else invent.value(table, column, number, 0)
        for number in range(count)
    ]
