"""What a schema means for the rows in it, as plain data: what is reported, published and remembered."""

from typing import TypedDict


class RelationFact(TypedDict):
    """A foreign key: ``name`` and ``target`` as people know them, ``on_delete`` as it works.

    ``origin`` says where that comes from: ``stated``, ``Prisma's default``, ``the
    database's default`` or ``Prisma's join table``, which takes no other. ``line``
    is 0 for what stands in no file.
    """

    name: str
    table: str
    columns: list[str]
    target: str
    on_delete: str
    stated: bool
    origin: str
    enforced: bool
    path: str
    line: int


class KeyFact(TypedDict):
    """A foreign key that a delete comes to; ``inside``: rows of its own table may be gone by then."""

    name: str
    on_delete: str
    inside: bool


class DeleteFact(TypedDict):
    """A table whose rows go too, ``depth`` keys away, and the tables on the way to it."""

    name: str
    depth: int
    path: list[str]


class TableFact(TypedDict):
    """A table, and what deleting one row of it does. ``join``: it holds nothing but foreign keys."""

    name: str
    table: str
    path: str
    line: int
    deletes: list[DeleteFact]
    empties: list[KeyFact]
    stopped_by: list[KeyFact]
    leaves: list[str]
    soft_delete: bool
    created: bool
    updated: bool
    logged: bool
    join: bool


class OrphanFact(TypedDict):
    """A column that looks like a reference to ``target``, and no relation says so."""

    name: str
    target: str
    path: str
    line: int


class CycleFact(TypedDict):
    """Tables whose keys lead round in a circle; ``cascades``: deletes go round it as well."""

    tables: list[str]
    cascades: bool


class UnreadFact(TypedDict):
    """What could not be read of the schema, and why."""

    path: str
    line: int
    column: int
    message: str


class Facts(TypedDict):
    """A whole schema. ``logs`` are tables named like a log of changes."""

    source: str
    files: list[str]
    provider: str
    enforced: bool
    relations: list[RelationFact]
    tables: list[TableFact]
    cycles: list[CycleFact]
    orphans: list[OrphanFact]
    logs: list[str]
    unread: list[UnreadFact]
