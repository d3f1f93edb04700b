"""The tables of a picture, kept so that a change of one does not cost a look at all of them."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import compress
from operator import is_not
from typing import Any, TypeVar

from handrail.migrations.tables import Table

Mark = tuple[str, str | int]
"""What tables are looked for by: ("key", a table that a foreign key leads to), ("index", the name of an
index or primary key), ("option", one of the options), ("source", the uid of a table or column whose values
were copied)."""


K = TypeVar("K")
V = TypeVar("V")


class Tables(dict[str, Table]):
    """Tables by name, that are set and removed one at a time; ``update`` and its like would go unnoticed.

    What changes is logged, and every mark that a table ever had is noted. A
    copy shares both.
    """

    def __init__(self, tables: Mapping[str, Table] = {}) -> None:
        super().__init__()
        self._log: list[str] = []
        self._end = 0
        self._marks: dict[Mark, set[str]] = {}
        self._places: dict[str, int] = {}
        self._copy: Tables | None = None
        for name, table in tables.items():
            self[name] = table

    def __setitem__(self, name: str, table: Table) -> None:
        """Put a table under its name."""
        if name not in self:
            self._places[name] = self._end
        super().__setitem__(name, table)
        self._changed(name)
        for mark in _marks(table):
            self._marks.setdefault(mark, set()).add(name)

    def __delitem__(self, name: str) -> None:
        """Remove a table."""
        super().__delitem__(name)
        self._changed(name)

    def pop(self, name: str, default: Any = None) -> Any:
        """Remove a table and return it, ``default`` when it is not there."""
        self._changed(name)
        return super().pop(name, default)

    def _changed(self, name: str) -> None:
        self._log.append(name)
        self._end = len(self._log)

    def copy(self) -> "Tables":
        """Return the tables as they are now, for nobody to change."""
        if self._copy is None or self._copy._end != self._end:
            kept = Tables()
            dict.update(kept, self)
            kept._log, kept._end, kept._marks = self._log, self._end, self._marks
            kept._places = self._places.copy()
            self._copy = kept
        return self._copy

    def marked(self, mark: Mark) -> list[Table]:
        """Return the tables that have a mark, or had it once, in their order."""
        return self.named(self._marks.get(mark, ()))

    def changed_since(self, others: "Tables") -> set[str] | None:
        """Return the names set between this copy and another one; None where they have nothing in common."""
        if self._log is not others._log:
            return None
        first, last = sorted((self._end, others._end))
        return set(self._log[first:last])

    def named(self, names: Iterable[str]) -> list[Table]:
        """Return the tables that are there under some names, in their order."""
        return [self[name] for name in sorted(filter(self.__contains__, names), key=self._places.__getitem__)]


def marked(tables: Mapping[str, Table], mark: Mark) -> list[Table]:
    """Return all tables that can have a mark, in their order; the caller looks which of them have it."""
    return tables.marked(mark) if isinstance(tables, Tables) else list(tables.values())


def differing(old: Mapping[str, Table], new: Mapping[str, Table]) -> tuple[list[Table], list[Table]]:
    """Return the tables of each side that are not the same on the other one."""
    if isinstance(old, Tables) and isinstance(new, Tables):
        names = new.changed_since(old)
        if names is not None:
            gone = [each for each in old.named(names) if new.get(each.name) is not each]
            come = [each for each in new.named(names) if old.get(each.name) is not each]
            return gone, come
    return [old[name] for name in unlike(old, new)], [new[name] for name in unlike(new, old)]


def unlike(these: Mapping[K, V], others: Mapping[K, V]) -> list[K]:
    """Return the keys that have something else in ``others``; all in C, for there may be thousands."""
    return list(compress(these, map(is_not, these.values(), map(others.get, these))))


def _marks(table: Table) -> Iterator[Mark]:
    for key in table.foreign_keys:
        yield "key", key.table
    for index in table.indexes:
        yield "index", index.name
    if table.key_name:
        yield "index", table.key_name
    for option in table.options:
        yield "option", option
    for uid in table.sources:
        yield "source", uid
    for column in table.columns:
        for uid in column.sources:
            yield "source", uid
