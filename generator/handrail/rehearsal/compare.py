"""Two databases, row by row: what of the first one is no longer in the second."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from handrail.core.database import Shape, TableContent
from handrail.ports import DatabaseCopy
from handrail.rehearsal.follow import Pair
from handrail.rehearsal.values import are_same, canonical

Row = tuple[str | None, ...]


class ColumnChange(NamedTuple):
    """A column whose values are no longer the same.

    ``now`` is its name after, '' where it is gone; ``filled`` how many rows had a
    value before. Of the rows that are in both: ``changed`` have another value,
    ``nulled`` of these had one and have none now, ``given`` had none and have one.
    ``converted`` tells that its type is another one.
    """

    column: str
    now: str
    filled: int
    changed: int = 0
    nulled: int = 0
    given: int = 0
    converted: bool = False

    @property
    def overwritten(self) -> int:
        """Return how many rows had a value before and have another, or none, now."""
        return self.changed - self.given


class TableChange(NamedTuple):
    """A table whose content is no longer the same. ``rows_after`` is None where it is gone."""

    table: str
    now: str
    rows_before: int
    rows_after: int | None
    lost: int = 0
    added: int = 0
    columns: tuple[ColumnChange, ...] = ()


class Side(NamedTuple):
    """A database, and what was counted and hashed in it."""

    database: DatabaseCopy
    content: Mapping[str, TableContent]


def compare(before: Side, after: Side, pairs: Iterable[Pair]) -> Iterator[TableChange]:
    """Yield the tables whose rows or values differ. Where hashes are equal, nothing is read again."""
    for pair in pairs:
        old = before.content[pair.before.name]
        if pair.after is None:
            yield TableChange(pair.before.name, "", old.rows, None, old.rows)
            continue
        new = after.content[pair.after.name]
        change = TableChange(
            pair.before.name, pair.after.name, old.rows, new.rows, columns=_gone(pair, old, new)
        )
        names = _differing(pair, pair.after, old, new)
        if names is not None:
            found = _row_by_row(before.database, after.database, pair, names)
            columns = (*change.columns, *_changes(pair, old, found))
            change = change._replace(lost=found.lost, added=found.added, columns=columns)
        if change.lost or change.added or change.columns:
            yield change


def _gone(pair: Pair, old: TableContent, new: TableContent) -> tuple[ColumnChange, ...]:
    """Return the columns that are gone, without those whose values all stand in a new column."""
    fresh = [content for name, content in new.columns.items() if name not in pair.columns.values()]
    missing = (name for name in pair.before.columns if name not in pair.columns)
    return tuple(
        ColumnChange(name, "", old.columns[name].filled) for name in missing if old.columns[name] not in fresh
    )


def _differing(pair: Pair, now: Shape, old: TableContent, new: TableContent) -> tuple[str, ...] | None:
    """Return the columns that have to be read row by row, None where hashes show that nothing changed."""
    names = tuple(
        name
        for name, after in pair.columns.items()
        if old.columns[name] != new.columns[after] or pair.before.columns[name] != now.columns[after]
    )
    same_key = tuple(pair.columns.get(name) for name in pair.before.key) == now.key
    same_order = bool(now.key) or len(pair.columns) == len(pair.before.columns) == len(now.columns)
    if not names and old.rows == new.rows and same_key and same_order:
        return None
    return names if names and same_key and now.key else tuple(pair.columns)


class _Found:
    """What reading row by row counts."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = names
        self.lost = self.added = 0
        self.changed, self.nulled, self.given = ([0] * len(names) for _ in range(3))

    def note(self, old: Sequence[str | None], new: Sequence[str | None], converted: Sequence[bool]) -> None:
        """Count what differs between two rows of one key."""
        for place, (left, right) in enumerate(zip(old, new, strict=True)):
            if left == right or (converted[place] and are_same(left, right)):
                continue
            self.changed[place] += 1
            self.nulled[place] += right is None
            self.given[place] += left is None


def _row_by_row(before: DatabaseCopy, after: DatabaseCopy, pair: Pair, names: Sequence[str]) -> _Found:
    """Read both tables in the order of their key and count what differs in columns ``names``."""
    now = pair.after or pair.before
    key = pair.before.key if all(name in pair.columns for name in pair.before.key) else ()
    names = tuple(name for name in names if name not in key)
    old = before.rows(pair.before._replace(key=key), names)
    new_key = tuple(pair.columns[name] for name in key)
    new = after.rows(now._replace(key=new_key), tuple(pair.columns[name] for name in names))
    converted = [pair.before.columns[name] != now.columns[pair.columns[name]] for name in names]
    found, width = _Found(names), len(key) or len(names)
    if any(pair.before.columns[name] != now.columns[pair.columns[name]] for name in (key or names)):
        old, new = _by_value(old, width), _by_value(new, width)
    for left, right in _matched(old, new, width):
        if left is None:
            found.added += 1
        elif right is None:
            found.lost += 1
        elif key:
            found.note(left[width:], right[width:], converted)
    return found


def _by_value(rows: Iterable[Row], width: int) -> Iterator[Row]:
    """Return rows in the order of what their keys mean, as a key that got another type is written otherwise.

    All of them are held in memory: it is for that one case.
    """
    told = ((*map(canonical, row[:width]), *row[width:]) for row in rows)
    return iter(sorted(told, key=lambda row: _order(row[:width])))


def _changes(pair: Pair, old: TableContent, found: _Found) -> Iterator[ColumnChange]:
    now = pair.after or pair.before
    for place, name in enumerate(found.names):
        if found.changed[place]:
            after = pair.columns[name]
            yield ColumnChange(
                name,
                after,
                old.columns[name].filled,
                found.changed[place],
                found.nulled[place],
                found.given[place],
                pair.before.columns[name] != now.columns[after],
            )


def _matched(old: Iterator[Row], new: Iterator[Row], width: int) -> Iterator[tuple[Row | None, Row | None]]:
    """Yield the rows of both sides by key, None where one side has none. Both come in the key's order."""
    left, right = next(old, None), next(new, None)
    while left is not None and right is not None:
        if left[:width] == right[:width]:  # nearly always
            yield left, right
            left, right = next(old, None), next(new, None)
        elif _order(left[:width]) < _order(right[:width]):
            yield left, None
            left = next(old, None)
        else:
            yield None, right
            right = next(new, None)
    while left is not None:
        yield left, None
        left = next(old, None)
    while right is not None:
        yield None, right
        right = next(new, None)


def _order(key: Row) -> tuple[tuple[bool, str], ...]:
    return tuple((part is not None, part or "") for part in key)
