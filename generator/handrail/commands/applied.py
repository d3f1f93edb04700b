"""Which migrations a database says it has: read from the runner's own table."""

from collections.abc import Iterator, Sequence
from typing import Any, Protocol

_QUERIES = (
    ("_prisma_migrations", "SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL"),
    ("flyway_schema_history", "SELECT script FROM flyway_schema_history WHERE success"),
    ("goose_db_version", "SELECT version_id FROM goose_db_version WHERE is_applied"),
    ("schema_migrations", "SELECT version FROM schema_migrations"),
)
"""Table -> how its applied migrations are listed, by name, script or number."""


class Asked(Protocol):
    """A database that answers queries."""

    def query(self, statement: str) -> Sequence[tuple[Any, ...]]:
        """Return the rows of one query."""
        ...


def pending_names(database: Asked, tables: Sequence[str], names: Sequence[str]) -> tuple[str, ...] | None:
    """Return those of ``names`` that a database does not have yet, in order; None when it does not tell."""
    marks = applied_names(database, tables)
    return None if marks is None else lacking(marks, names)


def lacking(marks: Sequence[str], names: Sequence[str]) -> tuple[str, ...]:
    """Return those of ``names`` that are not among what a runner noted, in order."""
    if len(marks) == 1 and marks[0].isdecimal():  # golang-migrate keeps the last number only
        return tuple(name for name in names if _number(name) > _number(marks[0]))
    return tuple(name for name in names if not any(_is(mark, name) for mark in marks))


def applied_names(database: Asked, tables: Sequence[str]) -> tuple[str, ...] | None:
    """Return what a database noted of the migrations that it has; None when it keeps no such table."""
    known = next((each for each in _QUERIES if each[0] in tables), None)
    return None if known is None else tuple(sorted({str(row[0]) for row in database.query(known[1])}))


def _is(mark: str, name: str) -> bool:
    """Tell whether what a runner noted is this migration: its name, its file, or its number alone."""
    bare = mark.rpartition("/")[2]
    return (
        bare == name or bare.rpartition(".")[0] == name or (bare.isdecimal() and _number(name) == int(bare))
    )


def _number(name: str) -> int:
    digits = "".join(_digits(name.removeprefix("V").removeprefix("v")))
    return int(digits) if digits else -1


def _digits(text: str) -> Iterator[str]:
    for letter in text:
        if not letter.isdecimal():
            return
        yield letter
