"""The rows of one table: made, held against checks and unique sets, and made anew where they do not fit."""

from collections.abc import Mapping
from typing import Any

from handrail.rehearsal.seed.evaluation import distance
from handrail.rehearsal.seed.numbers import mix
from handrail.rehearsal.seed.parents import Key, choose
from handrail.rehearsal.seed.plan import Field, Plan

ATTEMPTS = 40
"""How often a row is made anew."""

Row = dict[str, Any]
Wanted = Mapping[str, int]


class Rows:
    """Makes the rows of one table, each by its number. ``plan`` may change on the way."""

    def __init__(self, plan: Plan, count: int) -> None:
        self.plan = plan
        self._room = 4 * count + 1000
        self._places: dict[tuple[str, ...], int] = {}
        self._seen: tuple[set[Any], ...] = tuple(set() for _ in plan.uniques)

    def make(self, number: int) -> Row | None:
        """Return a row, None when none was found. Columns that may be NULL are so in some rows."""
        for attempt in range(ATTEMPTS):
            row = self._attempt(number, attempt)
            if row is not None and self.fits(row):
                self.note(row)
                return row
        return None

    def fits(self, row: Row) -> bool:
        """Tell whether a row satisfies all checks and has nothing twice."""
        if any(distance(each.node, row) for one in self.plan.groups for each in one.conditions):
            return False
        return all(
            each.key_of(row) not in seen for each, seen in zip(self.plan.uniques, self._seen, strict=True)
        )

    def note(self, row: Row) -> None:
        """Remember a row that was taken."""
        for each, seen in zip(self.plan.uniques, self._seen, strict=True):
            key = each.key_of(row)
            if key is not None:
                seen.add(key)
        self._move(row, 1)

    def forget(self, row: Row) -> None:
        """Take back a row that was noted."""
        for each, seen in zip(self.plan.uniques, self._seen, strict=True):
            seen.discard(each.key_of(row))
        self._move(row, -1)

    def _move(self, row: Row, by: int) -> None:
        """Go on, or back, among the parents that are pointed at once only."""
        for key in self.plan.keys:
            if key.single and row.get(key.columns[0]) is not None:
                self._places[key.columns] = self._places.get(key.columns, 0) + by

    def _attempt(self, number: int, attempt: int) -> Row | None:
        wanted = self._wanted(number, attempt)
        row: Row = {}
        keys = self.plan.keys
        if not all(self._point(key, row, wanted, number, attempt) for key in keys if not key.own):
            return None
        later = {
            name for key in keys if key.own for name in (key.optional or key.columns) if name not in key.own
        }
        self._fill(row, later, wanted, number, attempt)
        if not all(self._point_home(key, row, wanted, number, attempt) for key in keys if key.own):
            return None
        if later:
            self._fill(row, set(), wanted, number, attempt)
        return row

    def _fill(self, row: Row, later: set[str], wanted: Wanted, number: int, attempt: int) -> None:
        for field in self.plan.fields.values():
            if field.name not in row and field.name not in later:
                row[field.name] = self._value(field, wanted, number, attempt)

    def _wanted(self, number: int, attempt: int) -> Wanted:
        """Return the choices that satisfy the checks, other ones from row to row."""
        wanted: dict[str, int] = {}
        for place, each in enumerate(self.plan.groups):
            turn = mix(place, number * 64 + attempt) if attempt else number
            wanted.update(each.ways[turn % len(each.ways)])
        return wanted

    def _value(self, field: Field, wanted: Wanted, number: int, attempt: int) -> Any:
        fresh = number
        if attempt and not field.steady:
            fresh += self._room * (1 + mix(field.mark, number * 64 + attempt) % 1000)
        if field.name in wanted:
            return field.ways[wanted[field.name]](fresh)
        if field.optional and (number + field.mark) % 5 == 0:
            return None
        return field.make(fresh)

    def _point(self, key: Key, row: Row, wanted: Wanted, number: int, attempt: int) -> bool:
        """Fill the columns of a key; False when there is no row that it could point at."""
        places = tuple(place for place, name in enumerate(key.columns) if name in row)
        values = tuple(row[key.columns[place]] for place in places)
        free = key.optional - row.keys()
        found = None
        if not (None in values or (free and self._is_left_empty(key, free, wanted, number))):
            candidates = key.parents.matching(places, values)
            turn = self._places.get(key.columns, 0) if key.single else number
            found = choose(key, candidates, turn, attempt)
        if found is None:
            row.update(dict.fromkeys(free))
            return bool(free or None in values)
        row.update(zip(key.columns, found, strict=True))
        return True

    def _is_left_empty(self, key: Key, free: frozenset[str], wanted: Wanted, number: int) -> bool:
        if free & self.plan.empty:
            return True
        chosen = [name for name in free if name in wanted]
        if chosen:
            return any(self.plan.fields[name].ways[wanted[name]](0) is None for name in chosen)
        return (number + key.mark) % 5 == 0

    def _point_home(self, key: Key, row: Row, wanted: Wanted, number: int, attempt: int) -> bool:
        """Fill a key to the table's own rows: the first row of those that need one points at itself."""
        if key.parents.rows or key.optional - row.keys():
            return self._point(key, row, wanted, number, attempt)
        for name, other in zip(key.columns, key.own, strict=True):
            row.setdefault(name, row.get(other))
        return all(row.get(name) is not None for name in key.columns)
