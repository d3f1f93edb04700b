"""Which row of its parent a row points at: few parents have many children, some have none."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from handrail.rehearsal.seed.numbers import mix


class Parents:
    """The values that rows of a table are referred to by."""

    def __init__(self) -> None:
        self.rows: list[tuple[Any, ...]] = []
        self._indexes: dict[tuple[int, ...], dict[tuple[Any, ...], list[int]]] = {}

    def add(self, values: tuple[Any, ...]) -> None:
        """Note one more row; one without a value cannot be pointed at."""
        if None in values:
            return
        for places, index in self._indexes.items():
            index.setdefault(tuple(values[each] for each in places), []).append(len(self.rows))
        self.rows.append(values)

    def drop(self, count: int) -> None:
        """Forget the last rows."""
        if count:
            del self.rows[-count:]
            self._indexes.clear()

    def matching(self, places: tuple[int, ...], values: tuple[Any, ...]) -> Sequence[int]:
        """Return the rows that have some values in some places."""
        if not places:
            return range(len(self.rows))
        index = self._indexes.get(places)
        if index is None:
            index = self._indexes[places] = {}
            for number, row in enumerate(self.rows):
                index.setdefault(tuple(row[each] for each in places), []).append(number)
        return index.get(values, ())


class Key(NamedTuple):
    """A foreign key that is filled.

    ``single``: no two rows point at the same parent. ``optional``: columns
    that may be NULL. ``own``: the columns it points at where that is its own table.
    """

    columns: tuple[str, ...]
    optional: frozenset[str]
    parents: Parents
    mark: int
    single: bool
    own: tuple[str, ...]


def choose(key: Key, candidates: Sequence[int], number: int, attempt: int) -> tuple[Any, ...] | None:
    """Return the values of a parent for row ``number``, None when no parent is left."""
    count = len(candidates)
    if key.single:
        place = number + attempt
        place += place // 7 if count > 8 else 0  # every eighth has none
        return key.parents.rows[candidates[place]] if place < count else None
    if not count:
        return None
    turn = mix(key.mark, number * 64 + attempt)
    if turn % 4 == 0 and not attempt:
        return key.parents.rows[candidates[key.mark % count]]
    some = max(1, count * 4 // 5)
    return key.parents.rows[candidates[turn // 4 % some]]
