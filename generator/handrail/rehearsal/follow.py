"""Which table and column of the schema before is which one after: names are followed through operations."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from handrail.core.database import Schema, Shape
from handrail.migrations.operations import Operation


class Pair(NamedTuple):
    """A table before and after, None where it is gone; ``columns`` maps old names to new ones."""

    before: Shape
    after: Shape | None
    columns: Mapping[str, str]


def follow(before: Schema, after: Schema, operations: Iterable[Operation]) -> tuple[Pair, ...]:
    """Return each table of the schema before with the one that it became."""
    operations = tuple(operations)
    tables = {
        each.old: each.new for each in operations if each.kind == "table.rename" and each.old in before.tables
    }
    return tuple(
        _pair(shape, after.tables.get(tables.get(name, name)), operations)
        for name, shape in before.tables.items()
    )


def _pair(before: Shape, after: Shape | None, operations: tuple[Operation, ...]) -> Pair:
    if after is None:
        return Pair(before, None, {})
    renamed = {
        each.old: each.new
        for each in operations
        if each.kind == "column.rename" and each.table in (before.name, after.name)
    }
    for name in [each for each in renamed if _goes_round(each, renamed)]:
        del renamed[name]  # columns that only changed places: a copy by position
    columns = {}
    for name in before.columns:
        now = renamed.get(name, name)
        taken = now == name and name in renamed.values() and name not in renamed
        if now in after.columns and not taken:
            columns[name] = now
    return Pair(before, after, columns)


def _goes_round(name: str, renamed: Mapping[str, str]) -> bool:
    """Tell whether following renames from a name leads back to it."""
    now = renamed[name]
    for _ in renamed:
        if now == name:
            return True
        now = renamed.get(now, "")
    return False
