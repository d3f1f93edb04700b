"""The rows of one table: made, held against checks and unique sets, and made anew where they do not fit."""

from collections.abc import Iterator, Mapping
from typing import Any

from handrail.rehearsal.evaluation import distance
from handrail.rehearsal.seed_numbers import mix
from handrail.rehearsal.seed_parents import Key, choose
from handrail.rehearsal.seed_plan import Field, Plan

ATTEMPTS = 40
"""How often a row is made anew."""

_MISSES = 12
"""Rows in a row that could not be made, after which a table has all that it can hold."""

Row = dict[str, Any]
Wanted = Mapping[str, int]


class Rows:
    """Makes the rows of one table; ``seen`` knows the keys of those that were made."""

    def __init__(self, plan: Plan, count: int) -> None:
        self._plan = plan
        self._count = count
        self._shift: dict[Key, int] = {}
        self._checks = [each.node for one in plan.groups for each in one.conditions]
        self.seen: tuple[set[Any], ...] = tuple(set() for _ in plan.uniques)

    def make(self) -> Iterator[Row]:
        """Yield rows: columns that may be NULL are so in some of them."""
        misses = 0
        for number in range(self._count):
            row = self._one(number)
            misses = 0 if row else misses + 1
            if row:
                yield row
            elif misses == _MISSES:
                return

    def _one(self, number: int) -> Row | None:
        for attempt in range(ATTEMPTS):
            row = self._attempt(number, attempt)
            if row is not None and self.fits(row):
                self.note(row)
                return row
        return None

    def fits(self, row: Row) -> bool:
        """Tell whether a row satisfies all checks and has nothing twice."""
        if any(distance(each, row) for each in self._checks):
            return False
        return all(
            each.key_of(row) not in seen for each, seen in zip(self._plan.uniques, self.seen, strict=True)
        )

    def note(self, row: Row) -> None:
        """Remember a row that was taken."""
        for each, seen in zip(self._plan.uniques, self.seen, strict=True):
            key = each.key_of(row)
            if key is not None:
                seen.add(key)

    def _attempt(self, number: int, attempt: int) -> Row | None:
        wanted = self._wanted(number, attempt)
        row: Row = {}
        keys = self._plan.keys
        if not all(self._point(key, row, wanted, number, attempt) for key in keys if not key.own):
            return None
        own = {name for key in keys if key.own for name in key.columns}
        for field in self._plan.fields.values():
            if field.name not in row and field.name not in own:
                row[field.name] = self._value(field, wanted, number, attempt)
        for key in keys:
            if key.own and not self._point_home(key, row, wanted, number, attempt):
                return None
        return row

    def _wanted(self, number: int, attempt: int) -> Wanted:
        """Return the choices that satisfy the checks, other ones from row to row."""
        wanted: dict[str, int] = {}
        for place, each in enumerate(self._plan.groups):
            turn = mix(place, number * 64 + attempt) if attempt else number
            wanted.update(each.ways[turn % len(each.ways)])
        return wanted

    def _value(self, field: Field, wanted: Wanted, number: int, attempt: int) -> Any:
        fresh = number
        if attempt and not field.steady:
            fresh += self._count * (1 + mix(field.mark, number * 64 + attempt) % 1000)
        if field.name in wanted:
            return field.ways[wanted[field.name]](fresh)
        if self._is_turn_for_null(field, number):
            return None
        return field.make(fresh)

    def _is_turn_for_null(self, field: Field, number: int) -> bool:
        return field.optional and (number + field.mark) % 5 == 0

    def _point(self, key: Key, row: Row, wanted: Wanted, number: int, attempt: int) -> bool:
        """Fill the columns of a key; False when there is no row that it could point at."""
        places = tuple(place for place, name in enumerate(key.columns) if name in row)
        values = tuple(row[key.columns[place]] for place in places)
        free = key.optional - row.keys()
        nothing = None in values or (free and self._is_left_empty(key, free, wanted, number))
        shift = self._shift.get(key, 0) if key.single else 0
        found = None
        if not nothing:
            candidates = key.parents.matching(places, values)
            found = choose(key, candidates, number, attempt + shift)
            if found is not None and attempt and key.single:
                self._shift[key] = shift + 1
        if found is not None:
            row.update(zip(key.columns, found, strict=True))
            return True
        return self._leave_empty(key, row, free, wanted, number) if free or None in values else False

    def _is_left_empty(self, key: Key, free: frozenset[str], wanted: Wanted, number: int) -> bool:
        if free & self._plan.empty:
            return True
        chosen = [name for name in free if name in wanted]
        if chosen:
            return any(self._is_null_way(name, wanted[name]) for name in chosen)
        return (number + key.mark) % 5 == 0

    def _is_null_way(self, name: str, way: int) -> bool:
        return self._plan.fields[name].ways[way](0) is None

    def _leave_empty(self, key: Key, row: Row, free: frozenset[str], wanted: Wanted, number: int) -> bool:
        """Set what may be NULL of a key, and give the rest values as any other column."""
        for name in key.columns:
            if name in free:
                row[name] = None
            elif name not in row:
                field = self._plan.fields[name]
                row[name] = self._value(field._replace(optional=False), wanted, number, 0)
        return True

    def _point_home(self, key: Key, row: Row, wanted: Wanted, number: int, attempt: int) -> bool:
        """Fill a key to the table's own rows: the first row of those that need one points at itself."""
        if key.parents.rows or key.optional - row.keys():
            return self._point(key, row, wanted, number, attempt)
        for name, other in zip(key.columns, self._references(key), strict=True):
            row.setdefault(name, row.get(other))
        return all(row.get(name) is not None for name in key.columns)

    def _references(self, key: Key) -> tuple[str, ...]:
        found = next(
            each
            for each in self._plan.table.foreign_keys
            if each.columns == key.columns and each.table == self._plan.table.name
        )
        return found.references or self._plan.table.primary_key
