"""What a database shows at one moment."""

from collections.abc import Mapping
from typing import NamedTuple

from handrail.core.database import Counter, Problem, Schema, TableContent
from handrail.ports import DatabaseCopy


class Look(NamedTuple):
    """A database at one moment: schema, content by table, problems, counters."""

    schema: Schema
    content: Mapping[str, TableContent]
    problems: tuple[Problem, ...] = ()
    counters: tuple[Counter, ...] = ()

    def rows(self, table: str) -> int | None:
        """Return how many rows a table has, None where it is not there."""
        content = self.content.get(table)
        return content.rows if content else None


def look_at(database: DatabaseCopy, *, rows_only: bool = False) -> Look:
    """Read all of it: every row of every table once, and, unless ``rows_only``, what is wrong with it."""
    schema = database.schema()
    content = database.content(schema.tables.values())
    if rows_only:
        return Look(schema, content)
    return Look(schema, content, tuple(database.problems()), tuple(database.counters()))
