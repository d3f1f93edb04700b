"""Rows for a schema that has none: made up, the same every time, and as the schema demands them."""

from collections.abc import Iterator
from typing import NamedTuple

from handrail.migrations.quotes import Dialect
from handrail.migrations.schema_reading import HISTORIES
from handrail.migrations.tables import Catalog, ForeignKey, Table
from handrail.rehearsal.seed.checks import Unmet
from handrail.rehearsal.seed.filling import Filling
from handrail.rehearsal.seed.late import Later
from handrail.rehearsal.seed.order import Turn, find_order, is_optional
from handrail.rehearsal.seed.parents import Parents
from handrail.rehearsal.seed.plan import Given, Plan, address, plan_table
from handrail.rehearsal.seed.rows import Rows
from handrail.rehearsal.seed.statements import counters_of

_KEPT_BY_TOOLS = HISTORIES | {
    "__drizzle_migrations",
    "drizzle.__drizzle_migrations",
    "alembic_version",
    "ar_internal_metadata",
    "databasechangelog",
    "databasechangeloglock",
    "django_migrations",
    "gorp_migrations",
    "knex_migrations",
    "knex_migrations_lock",
    "migrations",
    "sequelizemeta",
    "__efmigrationshistory",
    "_cf_kv",
}
"""Tables that tools of migrations keep, in small letters."""


class Seeding(NamedTuple):
    """One statement of a seed, and the table that it is for."""

    table: str
    text: str


class Skipped(NamedTuple):
    """A table that gets no rows, and why."""

    table: str
    reason: str


class Seed:
    """``statements`` in the order in which they run, each made when it is asked for.

    Who runs them one by one, each for itself, may ``refuse`` one that the
    engine did not take: its rows are forgotten, and plainer ones tried.
    ``skipped`` is complete when the last statement was taken.
    """

    def __init__(self, catalog: Catalog, dialect: Dialect, rows: int, seed: int) -> None:
        self.skipped: list[Skipped] = []
        self._dialect = dialect
        self._rows = rows
        self._tables = {name: each for name, each in catalog.tables.items() if _is_filled(each, catalog)}
        known: dict[tuple[str, tuple[str, ...]], Parents] = {}
        for table in self._tables.values():
            for key in table.foreign_keys:
                known.setdefault(address(key, catalog), Parents())
        self._given = Given(catalog, dialect, seed, known)
        self._filling: Filling | None = None
        self.statements = self._statements()

    def refuse(self, reason: str) -> None:
        """Say that the engine did not take the last statement, and what it said."""
        if self._filling:
            self._filling.refuse(reason)

    def _statements(self) -> Iterator[Seeding]:
        turns = find_order(self._tables)
        later: list[Later] = []
        for turn in turns:
            self._filling = self._start(turn)
            if self._filling:
                for text in self._filling.statements():
                    yield Seeding(turn.table.name, text)
                later.extend(self._filling.late)
                if not self._filling.taken:
                    self._skip(turn.table, self._filling.reason)
        self._filling = None
        yield from (
            Seeding(each.table.name, text) for each in later for text in each.statements(self._dialect)
        )
        tables = (turn.table for turn in turns)
        yield from (Seeding(each.name, text) for each in tables for text in counters_of(each, self._dialect))

    def _skip(self, table: Table, reason: str) -> None:
        self.skipped.append(Skipped(table.name, reason))

    def _start(self, turn: Turn) -> Filling | None:
        """Return what fills a table, None when it cannot be filled."""
        table, given = turn.table, self._given
        reason = turn.stuck or self._lacks(table)
        if reason:
            self._skip(table, reason)
            return None

        def plan_for(plain: bool) -> Plan:
            return plan_table(table, turn.late, given._replace(plain=plain))

        def late(made: Rows) -> list[Later]:
            return [Later(table, made, key, self._parents(key)) for key in turn.late]

        pointed_at = [
            (columns, each) for (name, columns), each in given.parents.items() if name == table.name
        ]
        try:
            return Filling(plan_for, self._rows, self._dialect, pointed_at, late)
        except Unmet as unmet:
            self._skip(table, f"no values were found that satisfy {unmet}")
            return None

    def _lacks(self, table: Table) -> str:
        """Say which parent without rows each row of a table would need, or ''."""
        for key in table.foreign_keys:
            if key.table != table.name and not is_optional(table, key) and not self._parents(key).rows:
                return f"each row needs one of {key.table}, which has none"
        return ""

    def _parents(self, key: ForeignKey) -> Parents:
        return self._given.parents[address(key, self._given.catalog)]


def make_seed(catalog: Catalog, dialect: Dialect, rows: int, seed: int = 0) -> Seed:
    """Return statements that put up to ``rows`` rows into each table of a schema.

    A table has fewer when its keys allow no more. The same input gives the same
    statements. In memory are the keys of rows that others point at, and those
    that must not come twice, never whole tables.
    """
    return Seed(catalog, dialect, rows, seed)


def _is_filled(table: Table, catalog: Catalog) -> bool:
    """Tell whether a table gets rows of its own; some are filled by tools, triggers or their parent."""
    if table.kind == "partition" or table.name.lower() in _KEPT_BY_TOOLS:
        return False
    if table.kind == "virtual":
        return bool(table.columns) and not _is_fed(table, catalog)
    return True


def _is_fed(table: Table, catalog: Catalog) -> bool:
    """Tell whether triggers write into a virtual table."""
    words = (f"into {table.name}", f'into "{table.name}"', f"into `{table.name}`", f"into [{table.name}]")
    texts = (each.text.lower() for each in catalog.things.values() if each.kind == "trigger")
    return any(word.lower() in text for text in texts for word in words)
