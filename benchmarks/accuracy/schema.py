"""What an engine shows of a database: its catalog by name, and what is in its tables."""

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

Values = Counter[str | None]


class Column(NamedTuple):
    """A column. ``identity`` is what it keeps when renamed (0 where the engine has no such thing).

    ``labels`` are those of its enum; ``computed``: the engine gives the value.
    """

    name: str
    type: str
    required: bool
    default: str = ""
    computed: bool = False
    identity: int = 0
    labels: tuple[str, ...] = ()
    type_identity: int = 0


class Key(NamedTuple):
    """A foreign key."""

    columns: tuple[str, ...]
    table: str
    references: tuple[str, ...]
    on_delete: str


class Unique(NamedTuple):
    """A unique set: its columns ('' for an expression), and its condition."""

    columns: tuple[str, ...]
    where: str = ""


class Table(NamedTuple):
    """A table."""

    name: str
    columns: Mapping[str, Column]
    primary_key: tuple[str, ...] = ()
    uniques: frozenset[Unique] = frozenset()
    keys: tuple[Key, ...] = ()
    checks: tuple[str, ...] = ()
    identity: int = 0


class Catalog(NamedTuple):
    """A database; ``enums``: name -> (identity, label) of each value.

    ``fills``: the engine itself gives a value to a required column that has no default;
    ``partitions``: tables that are parts of others, and are not looked at.
    """

    tables: Mapping[str, Table]
    enums: Mapping[str, tuple[tuple[int, str], ...]] = {}
    fills: bool = False
    partitions: frozenset[str] = frozenset()


class Content(NamedTuple):
    """The rows of a table: how many, the values of each column, and the primary keys."""

    count: int
    columns: Mapping[str, Values]
    keys: frozenset[tuple[str | None, ...]] = frozenset()


Contents = Mapping[str, Content]


class Look(NamedTuple):
    """A database at one moment."""

    catalog: Catalog
    contents: Contents


def content_of(table: Table, rows: list[tuple[str | None, ...]]) -> Content:
    """Return the content of a table from its rows, whose values stand in the order of its columns."""
    names = list(table.columns)
    places = [names.index(each) for each in table.primary_key if each in names]
    columns = {name: Counter(row[place] for row in rows) for place, name in enumerate(names)}
    keys = frozenset(tuple(row[place] for place in places) for row in rows) if places else frozenset()
    return Content(len(rows), columns, keys)
