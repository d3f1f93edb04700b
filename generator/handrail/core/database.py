"""What is seen of a real database: its schema, its content, and how statements ran on it.

Counts, hashes and names only: no value of a row is ever kept in one of these.
"""

from collections.abc import Mapping
from typing import NamedTuple


class Link(NamedTuple):
    """A foreign key of a table: its columns point at ``table``; ``on_delete`` is the action that acts."""

    columns: tuple[str, ...]
    table: str
    on_delete: str


class Shape(NamedTuple):
    """One table: ``columns`` maps names to types as the engine prints them.

    ``key`` is the primary key, or another unique set without NULLs, by which a
    row is found again; () where there is none. Columns that the engine computes
    are in ``generated``.
    """

    name: str
    columns: Mapping[str, str]
    key: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    generated: frozenset[str] = frozenset()


class Schema(NamedTuple):
    """A schema as the database's own catalog shows it.

    ``items`` maps (kind, name) to a definition that is normal enough to compare:
    the same text means the same thing, wherever a column stands. Kinds are words
    for people: column, primary key, foreign key, unique, check, index, trigger,
    view, function, type, sequence, grant, owner, extension, option. The name of
    what belongs to a table begins with it: ``users.email``.
    """

    items: Mapping[tuple[str, str], str]
    tables: Mapping[str, Shape]


class ColumnContent(NamedTuple):
    """What is in a column: how many rows have a value, and a hash of all values with their row's key."""

    filled: int
    digest: str


class TableContent(NamedTuple):
    """What is in a table: rows, and each column by name."""

    rows: int
    columns: Mapping[str, ColumnContent]


class Counter(NamedTuple):
    """What numbers new rows: the next number it gives, and the highest there is in ``table.column``."""

    name: str
    next: int
    highest: int
    table: str
    column: str


class Problem(NamedTuple):
    """Something that is wrong in a database whatever its rows are.

    ``code`` is one of ``foreign-key``, ``integrity``, ``index-invalid``,
    ``constraint-not-validated``, ``view-broken``, ``function-broken``,
    ``trigger-broken``, ``trigger-disabled``, ``search-index`` (FTS),
    ``collation-version``; ``text`` says it in one sentence.
    """

    code: str
    name: str
    text: str


class StatementRun(NamedTuple):
    """One statement as it ran.

    ``line`` is that of the script, from 1; ``lock`` the strongest lock that it
    took on a table which was there before ('' where it was not measured),
    ``locked`` those tables, ``blocks_writes`` whether others had to wait with
    writing; ``rewritten`` the tables that were written anew; ``rows`` how many
    it read or wrote while locks were held (where measured); ``error`` is '' or
    why the engine refused it.
    """

    line: int
    text: str
    milliseconds: float
    lock: str = ""
    locked: tuple[str, ...] = ()
    blocks_writes: bool = False
    rewritten: tuple[str, ...] = ()
    rows: int = 0
    error: str = ""


class Origin(NamedTuple):
    """Where the rows of a rehearsal come from.

    ``what`` in words without credentials; ``taken_at`` UTC time; ``data`` is
    ``production`` or ``seeded``; ``identity`` tells one database from another
    ('' where the engine has no such thing).
    """

    what: str
    taken_at: str
    data: str
    identity: str = ""
