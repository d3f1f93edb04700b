"""Two looks at a database -> what happened to it, as events."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from heirs import DISTINCT, follow_columns, follow_tables, telling
from schema import Catalog, Column, Look, Table, Unique

NOTHING = {"", "0", "0.0", "0.00", "0000-00-00", "0000-00-00 00:00:00", "\\x"}
"""What MySQL puts into a required column that has no default."""


class Event(NamedTuple):
    """One thing that happened. ``table`` is its name afterwards (before, where it is gone)."""

    kind: str
    table: str
    column: str = ""
    detail: str = ""


def find_events(before: Look, after: Look, how: str, said: str = "", text: str = "") -> list[Event]:
    """Return what happened; with ``how`` not ``rows`` the contents of the two cannot be compared.

    ``said`` is why the engine refused the rows, ``text`` the script: what it writes itself, no default wrote.
    """
    rows = how == "rows"
    names = follow_tables(before, after, rows=rows)
    found = [
        Event("table.drop" if rows and _told(before, name) else "table.drop?", name)
        for name in before.catalog.tables
        if name not in names and name not in after.catalog.partitions
    ]
    for old, new in names.items():
        if old != new:
            found.append(Event("table.rename", new, "", old))
        found += _Pair(
            before, after, before.catalog.tables[old], after.catalog.tables[new], names, (how, said, text)
        ).events()
    found += _labels(before.catalog, after.catalog)
    return found


def _told(look: Look, name: str) -> bool:
    return any(map(telling, look.contents[name].columns.values()))


class _Pair:
    """A table before and after."""

    def __init__(
        self,
        before: Look,
        after: Look,
        old: Table,
        new: Table,
        tables: dict[str, str],
        ran: tuple[str, str, str],
    ) -> None:
        self.before, self.after, self.old, self.new = before.catalog, after.catalog, old, new
        self.tables, (self.how, self.said, self.text) = tables, ran
        self.theirs, self.ours = before.contents[old.name], after.contents[new.name]
        self.names = follow_columns(old, new, self.theirs, self.ours, rows=self.how == "rows")

    def events(self) -> Iterator[Event]:
        """Yield what happened to the table."""
        yield from self._lost_and_new()
        for old, new in self.names.items():
            yield from self._column(self.old.columns[old], self.new.columns[new])
        names = {**self._by_place(), **self.names}
        if tuple(names.get(each, each) for each in self.old.primary_key) != self.new.primary_key:
            yield self._event("primary_key.change", "", ", ".join(self.new.primary_key))
        old = {_plain(_under(each, names)) for each in self.old.uniques}
        for unique in sorted(self.new.uniques):
            if _plain(unique) not in old and not any(self._still_empty(each) for each in unique.columns):
                yield self._event("unique.add", ", ".join(unique.columns), unique.where)
        yield from self._keys()
        if self.how == "rows":
            yield from self._rows()

    def _event(self, kind: str, column: str = "", detail: str = "") -> Event:
        return Event(kind, self.new.name, column, detail)

    def _lost_and_new(self) -> Iterator[Event]:
        for name in self.old.columns:
            if name not in self.names:
                yield self._event("column.drop" if self._can_tell(name) else "column.drop?", name)
        for name, column in self.new.columns.items():
            if (
                name not in self.names.values()
                and column.required
                and not (column.default or column.computed)
            ):
                yield self._event(self._how_added(name), name)

    def _how_added(self, name: str) -> str:
        """Tell whether a new required column was refused, filled by the engine or filled by the script."""
        if re.search(rf'column "{name}".*null value|NOT NULL constraint failed: \w+\.{name}$', self.said):
            return "column.add.required"
        if self.how != "rows" or not self.theirs.count:
            return "column.add.required?"
        gone = [each for each in self.old.columns if each not in self.names]
        if any(self.theirs.columns[each] == self.ours.columns[name] for each in gone):
            return "column.add.required?"
        if not self.after.fills or not self.ours.columns[name].keys() <= NOTHING:
            return "column.add.filled"
        written = re.search(
            rf"\b(?:UPDATE|INSERT|REPLACE)\b[^;]*\b{re.escape(name)}\b", self.text, re.IGNORECASE
        )
        return "column.add.required?" if written else "column.add.required"

    def _column(self, old: Column, new: Column) -> Iterator[Event]:
        if old.name != new.name:
            yield self._event("column.rename", old.name, new.name)
        gone = [each for each in old.labels if each not in new.labels] if new.labels else []
        if not old.type_identity:  # an enum that is no type of its own
            for label in gone:
                yield self._event("enum.value.remove", new.name, label)
        same_enum = old.type_identity == new.type_identity and old.labels and new.labels
        if old.type != new.type and not same_enum:
            yield self._event("column.type.change", new.name, f"{old.type} -> {new.type}")
        if old.required != new.required:
            yield self._event("column.null.forbid" if new.required else "column.null.allow", new.name)
        if self.how == "rows" and self.ours.count:
            yield from self._values(old, new)

    def _values(self, old: Column, new: Column) -> Iterator[Event]:
        before, after = self.theirs.columns[old.name], self.ours.columns[new.name]
        another = old.identity != new.identity
        if telling(before) and before == after:
            return
        if (another and not (telling(before) and telling(after))) or (
            telling(before) and len({each for each in after if each is not None}) < DISTINCT
        ):
            yield self._event("values.lost", new.name)
        elif before != after:
            yield self._event("values.changed", new.name)

    def _can_tell(self, name: str) -> bool:
        """Tell whether the values would show that they went on elsewhere."""
        same = self.how == "rows" and self.theirs.count == self.ours.count
        return same and telling(self.theirs.columns[name])

    def _by_place(self) -> dict[str, str]:
        """Return columns that may have a new name: same type, same place, and no values to tell."""
        pairs = zip(self.old.columns.values(), self.new.columns.values(), strict=False)
        return {
            old.name: new.name
            for old, new in pairs
            if old.name not in self.new.columns
            and new.name not in self.old.columns
            and (old.type == new.type or self._only_renamed())
            and not self._can_tell(old.name)
        }

    def _only_renamed(self) -> bool:
        """Tell whether it is the same table with as many columns, none of which another row could show."""
        same = self.old.identity == self.new.identity != 0 and self.how != "rows"
        return same and len(self.old.columns) == len(self.new.columns)

    def _still_empty(self, name: str) -> bool:
        """Tell whether a column is new and no row has a value in it."""
        if name not in self.new.columns or name in self.names.values() or self.new.columns[name].required:
            return False
        return self.how != "rows" or not any(each is not None for each in self.ours.columns[name])

    def _keys(self) -> Iterator[Event]:
        old: dict[tuple[tuple[str, ...], str | None], set[str]] = {}
        for key in self.old.keys:  # several may stand over the same columns
            place = tuple(self.names.get(each, each) for each in key.columns), self.tables.get(key.table)
            old.setdefault(place, set()).add(key.on_delete)
        for key in self.new.keys:
            before = old.get((key.columns, key.table))
            if before is not None and key.on_delete not in before:
                detail = f"{', '.join(sorted(before))} -> {key.on_delete}"
                yield self._event("foreign_key.on_delete.change", ", ".join(key.columns), detail)

    def _rows(self) -> Iterator[Event]:
        lost = self.theirs.count - self.ours.count
        if lost > 0:
            yield self._event("rows.delete", "", "all" if not self.ours.count else "some")
        elif self.old.primary_key == self.new.primary_key and len(self.theirs.keys - self.ours.keys) > 0:
            yield self._event("rows.replaced")


def _under(unique: Unique, names: dict[str, str]) -> Unique:
    """Return a unique set under the names that columns have now, in expressions too."""

    def now(text: str) -> str:
        return re.sub(r"\w+", lambda word: names.get(word[0], word[0]), text)

    return Unique(tuple(names.get(each) or now(each) for each in unique.columns), now(unique.where))


def _plain(unique: Unique) -> Unique:
    """Return a unique set without the casts that mean nothing: a column that was varchar is text now."""

    def plain(text: str) -> str:
        return re.sub(r"::(?:text|character varying)\b|[()]", "", text)

    return Unique(tuple(map(plain, unique.columns)), plain(unique.where))


def _labels(before: Catalog, after: Catalog) -> Iterator[Event]:
    for name, old in before.enums.items():
        if name in after.enums:
            new = after.enums[name]
            there, labels = dict(new), {label for _, label in new}
            for identity, label in old:
                if label not in labels and identity not in there:
                    yield Event("enum.value.remove", name, "", label)
