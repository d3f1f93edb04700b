"""Rows go into a database that has a schema and none."""

from collections.abc import Iterator

from handrail.migrations.quotes import Dialect
from handrail.migrations.tables import Catalog
from handrail.ports import DatabaseCopy
from handrail.rehearsal.seed import make_seed


def fill(database: DatabaseCopy, catalog: Catalog, dialect: Dialect, rows: int) -> Iterator[tuple[str, str]]:
    """Make rows for a schema, and yield (table, reason) of each that stays empty."""
    seed = make_seed(catalog, dialect, rows)
    refused: dict[str, str] = {}
    tables: list[str] = []

    def numbered() -> Iterator[tuple[int, str]]:
        for each in seed.statements:
            tables[:] = [each.table]
            yield 1, each.text

    rest = numbered()
    while failed := next((each for each in database.run(rest, transaction=False) if each.error), None):
        refused.setdefault(tables[0], failed.error)
    yield from refused.items()
    yield from seed.skipped
