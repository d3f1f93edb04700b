"""Which table and column of the schema before is which one after: names are followed through operations."""

import re
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
    columns = {}
    for name in before.columns:
        now = renamed.get(name, name)
        taken = now == name and name in renamed.values() and name not in renamed
        if now in after.columns and not taken:
            columns[name] = now
    return Pair(before, after, columns)


def without_swaps(operations: Iterable[Operation], text: str) -> tuple[Operation, ...]:
    """Leave out renames by which columns change places, unless the script says RENAME: a copy by position."""
    operations = tuple(operations)
    renames = [each for each in operations if each.kind == "column.rename"]
    ways = {(each.table, each.old): each.new for each in renames}
    return tuple(
        each
        for each in operations
        if each not in renames or _says_rename(text, each.old) or not _goes_round(each, ways)
    )


def _says_rename(text: str, column: str) -> bool:
    name = rf"[\"`]?{re.escape(column)}[\"`]?"
    return bool(re.search(rf"\bRENAME\s+(?:COLUMN\s+)?{name}\s+TO\b", text, re.IGNORECASE))


def _goes_round(rename: Operation, ways: Mapping[tuple[str, str], str]) -> bool:
    """Tell whether following renames of a table from a column leads back to it."""
    now = rename.new
    for _ in ways:
        if now == rename.old:
            return True
        now = ways.get((rename.table, now), "")
    return False
