"""The rows of a database before and after, and sentences about what became of them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

SHOWN = 2
"""So many new rows are shown; more are counted."""

Row = Mapping[str, object]


class Rows(NamedTuple):
    """A table: the columns of its key, all its columns, its rows."""

    key: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def values(self, column: str) -> list[object]:
        """Return the values of a column that are not NULL."""
        return [row[column] for row in self.rows if row[column] is not None]

    def by_key(self) -> dict[tuple[object, ...], Row]:
        """Return the rows by their key, or by all columns where there is none."""
        return {tuple(_text(row.get(name)) for name in self.key or self.columns): row for row in self.rows}


Snapshot = Mapping[str, Rows]


def compare(before: Snapshot, after: Snapshot) -> tuple[str, ...]:
    """Return what happened to tables, rows and values, () for nothing."""
    found = [*_tables(before, after)]
    for name in sorted(before.keys() & after.keys()):
        found += _table(name, before[name], after[name])
    return tuple(found)


def outcome(error: str, before: Snapshot, after: Snapshot) -> tuple[str, ...]:
    """Return how a script ended, '' being well, and what it did."""
    end = f"{error}." if error else "It runs without an error."
    return end, *(compare(before, after) or ("No row and no value changed.",))


def _tables(before: Snapshot, after: Snapshot) -> Iterator[str]:
    gone, new = sorted(before.keys() - after.keys()), sorted(after.keys() - before.keys())
    for name in gone:
        heirs = [each for each in new if before[name].rows and after[each].rows == before[name].rows]
        if heirs:
            new.remove(heirs[0])
            yield f"{name} is gone, and {_all(before[name].rows, 'row')} in {heirs[0]}."
        else:
            yield f"{name} is gone{_with(before[name].rows, 'row')}."
    for name in new:
        yield f"{name} is new{_with(after[name].rows, 'row', ' and empty')}."


def _table(name: str, before: Rows, after: Rows) -> Iterator[str]:
    if len(before.rows) != len(after.rows):
        yield f"{name}: {_count(before.rows, 'row')} before, {len(after.rows)} after."
    yield from _columns(name, before, after)
    old, new = before.by_key(), _by(after, before)
    shared = [key for key in old if key in new]
    for column in before.columns:
        if column in after.columns:
            yield from _values(f"{name}.{column}", [(old[key][column], new[key][column]) for key in shared])
    yield from _new_rows(name, [row for key, row in new.items() if key not in old])


def _by(after: Rows, before: Rows) -> dict[tuple[object, ...], Row]:
    """Return the rows by the key that they had before, as far as its columns are still there."""
    return after._replace(key=before.key or before.columns).by_key()


def _columns(name: str, before: Rows, after: Rows) -> Iterator[str]:
    gone = [each for each in before.columns if each not in after.columns]
    new = [each for each in after.columns if each not in before.columns]
    for column in gone:
        held = before.values(column)
        heirs = [each for each in new if held and after.values(each) == held]
        if heirs:
            new.remove(heirs[0])
            yield f"{name}.{column} is gone, and {_all(held, 'value')} in {heirs[0]}."
        else:
            yield f"{name}.{column} is gone{_with(held, 'value', '; it held no value')}."
    for column in new:
        yield f"{name}.{column} is new{_with(after.values(column), 'value', ', and NULL in every row')}."


def _values(name: str, pairs: Sequence[tuple[object, object]]) -> Iterator[str]:
    lost = sum(old is not None and new is None for old, new in pairs)
    filled = sum(old is None and new is not None for old, new in pairs)
    moved = [
        (old, new) for old, new in pairs if old is not None and new is not None and _text(old) != _text(new)
    ]
    if lost:
        yield f"{name}: {lost} {'value is' if lost == 1 else 'values are'} NULL now."
    if filled:
        yield f"{name}: {filled} {'NULL has' if filled == 1 else 'NULLs have'} a value now."
    if moved:
        old, new = moved[0]
        verb = "value" if len(moved) == 1 else "values"
        yield f"{name}: {len(moved)} {verb} changed, such as {old} to {new}."


def _new_rows(name: str, rows: Sequence[Row]) -> Iterator[str]:
    for row in rows[:SHOWN]:
        said = ", ".join(f"{column} {'NULL' if value is None else value}" for column, value in row.items())
        yield f"{name} has a new row: {said}."
    if len(rows) > SHOWN:
        yield f"{name} has {len(rows) - SHOWN} more new rows."


def _count(values: Sequence[object], noun: str) -> str:
    return f"{len(values)} {noun}" if len(values) == 1 else f"{len(values)} {noun}s"


def _all(values: Sequence[object], noun: str) -> str:
    return f"its {noun} is" if len(values) == 1 else f"all {len(values)} {noun}s are"


def _with(values: Sequence[object], noun: str, none: str = ", and was empty") -> str:
    return f", with {_count(values, noun)}" if values else none


def _text(value: object) -> str:
    return "NULL" if value is None else str(value)
