"""Two pictures of one schema, and who is who in them."""

from collections.abc import Mapping
from typing import NamedTuple

from handrail.migrations.tables import Catalog, Column, Table


class Pair(NamedTuple):
    """A table before, and what it has become."""

    old: Table
    new: Table


class Change(NamedTuple):
    """The schema before and after, and the lines that changed it.

    ``renamed`` and ``types`` map old names of tables and enums to new ones.
    """

    before: Catalog
    after: Catalog
    lines: Mapping[tuple[str, str], int]
    dialect: str
    renamed: Mapping[str, str]
    types: Mapping[str, str] = {}

    def line(self, owner: str, name: str = "") -> int:
        """Return the line that caused a change of a part of ``owner``, or of ``owner`` itself."""
        return self.lines.get((owner, name)) or self.lines.get((owner, "")) or 1


class Heirs(NamedTuple):
    """What became of the columns of a table.

    ``kept``: (before, after) of those whose values live on in one column of the
    table; ``dropped`` and ``added``: the others.
    """

    kept: tuple[tuple[Column, Column], ...]
    dropped: tuple[Column, ...]
    added: tuple[Column, ...]

    @property
    def names(self) -> Mapping[str, str]:
        """Old -> new names of the columns that live on."""
        return {old.name: new.name for old, new in self.kept}


def heirs(old: Table, new: Table) -> Heirs:
    """Return which column of ``new`` holds the values of which column of ``old``."""
    own = {each.uid: each for each in new.columns}
    before = {each.uid for each in old.columns}
    free = [each for each in new.columns if each.uid not in before]
    kept, dropped, used = [], [], set()
    for column in old.columns:
        heir = own.get(column.uid) or _copy_of(
            column, [each for each in free if each.uid not in used], before
        )
        if heir is None:
            dropped.append(column)
        else:
            used.add(heir.uid)
            kept.append((column, heir))
    return Heirs(tuple(kept), tuple(dropped), tuple(each for each in new.columns if each.uid not in used))


def _copy_of(old: Column, free: list[Column], before: set[int]) -> Column | None:
    """Return the column that an old one was copied into, rather one of its name."""
    copies = [each for each in free if _is_copy(old, each, before)]
    return min(copies, key=lambda each: each.name != old.name, default=None)


def _is_copy(old: Column, new: Column, before: set[int]) -> bool:
    """Tell whether a new column is an old one: under its name, or with its values and no others."""
    alone = old.type == new.type and new.sources & before == {old.uid}
    return old.uid in new.sources and (old.name == new.name or alone)
