"""What a migration does: operations, and what could not be read."""

from collections.abc import Mapping
from typing import NamedTuple

GONE = "(gone)"
"""Stands for a table's end among the lines of a ``Step``: its name may be used again afterwards."""

MAYBE = "It stands under a condition that is known only when it runs."
"""A fact of what may not happen."""


class Operation(NamedTuple):
    """One thing that a migration does to a schema or to rows.

    ``kind`` is an id of ``policies/operations.yaml`` (``column.drop.optional``);
    ``old`` and ``new`` are what changes, as text; ``line`` is the one that
    causes it, from 1; ``facts`` are sentences about the schema as it stood that
    a reader needs ("The column was optional before."); ``proven`` are the
    conditions of the policy (``raised:``) that the schema proves.
    """

    kind: str
    table: str = ""
    column: str = ""
    old: str = ""
    new: str = ""
    line: int = 1
    facts: tuple[str, ...] = ()
    proven: frozenset[str] = frozenset()


class Unread(NamedTuple):
    """Something that nobody checked: where, the beginning of its text, and why."""

    line: int
    text: str
    reason: str


EXCERPT = 80
"""Characters of a statement that are shown of what was not read."""


def opaque(text: str, line: int, reason: str) -> tuple[Unread, Operation]:
    """Return what is said of a statement that nobody read: what is not checked, and the operation for it."""
    short = " ".join(text.split())
    short = short if len(short) <= EXCERPT else short[: EXCERPT - 1] + "…"
    return Unread(line, short, reason), Operation("statement.opaque", new=short, line=line, facts=(reason,))


class Script(NamedTuple):
    """The SQL of one migration as it is applied; ``skipped`` lines of its file stand before it."""

    path: str
    text: str
    skipped: int = 0


class Step(NamedTuple):
    """What a front end saw in one script, apart from the catalog that it left.

    ``operations`` are those that only the text can tell (rows written or
    deleted, transactions, grants, maintenance, opaque statements); what the
    catalogs show is found by ``net_effect``. ``lines`` says which line caused
    a change: (table, name of a column, index or constraint; '' for the table
    itself, ``GONE`` for its end) -> line; for an enum or a thing (its name, '').
    ``doubts`` are the lines that may not run.
    """

    operations: tuple[Operation, ...] = ()
    lines: Mapping[tuple[str, str], int] = {}
    unread: tuple[Unread, ...] = ()
    doubts: frozenset[int] = frozenset()
