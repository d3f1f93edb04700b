"""Rows go into a database that has a schema and none."""

from collections.abc import Iterator

from handrail.migrations.quotes import Dialect
from handrail.migrations.tables import Catalog
from handrail.ports import DatabaseCopy
from handrail.rehearsal.seed.seed import make_seed


def fill(database: DatabaseCopy, catalog: Catalog, dialect: Dialect, rows: int) -> Iterator[tuple[str, str]]:
    """Make rows for a schema, and yield (table, reason) of each that stays empty."""
    seed = make_seed(catalog, dialect, rows)
    rest = ((1, each.text) for each in seed.statements)
    while failed := next((each for each in database.run(rest, transaction=False) if each.error), None):
        seed.refuse(failed.error)
    yield from seed.skipped
