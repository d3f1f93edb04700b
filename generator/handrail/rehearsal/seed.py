"""Rows for a schema that has none: made up, the same every time, and as the schema demands them."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from handrail.migrations.quotes import Dialect
from handrail.migrations.schema_reading import HISTORIES
from handrail.migrations.tables import Catalog, Table
from handrail.rehearsal.seed_checks import Unmet
from handrail.rehearsal.seed_late import Later
from handrail.rehearsal.seed_order import Turn, find_order, is_optional
from handrail.rehearsal.seed_parents import Parents
from handrail.rehearsal.seed_plan import Given, Plan, address, plan_table
from handrail.rehearsal.seed_rows import Row, Rows
from handrail.rehearsal.seed_statements import Inserts, counter_of

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


class Seed(NamedTuple):
    """``statements`` in the order in which they run, each made when it is asked for.

    ``skipped`` is complete when the last of them was taken.
    """

    statements: Iterator[Seeding]
    skipped: list[Skipped]


def make_seed(catalog: Catalog, dialect: Dialect, rows: int, seed: int = 0) -> Seed:
    """Return statements that put up to ``rows`` rows into each table of a schema.

    A table has fewer when its keys allow no more. The same input gives the same
    statements. In memory are the keys of rows that others point at, and those
    that must not come twice, never whole tables.
    """
    skipped: list[Skipped] = []
    return Seed(_Seed(catalog, dialect, rows, seed, skipped).statements(), skipped)


class _Seed:
    def __init__(
        self, catalog: Catalog, dialect: Dialect, rows: int, seed: int, skipped: list[Skipped]
    ) -> None:
        self._dialect = dialect
        self._rows = rows
        self._skipped = skipped
        self._tables = {name: each for name, each in catalog.tables.items() if _is_filled(each, catalog)}
        known: dict[tuple[str, tuple[str, ...]], Parents] = {}
        for table in self._tables.values():
            for key in table.foreign_keys:
                known.setdefault(address(key, catalog), Parents())
        self._given = Given(catalog, dialect, seed, known)

    def statements(self) -> Iterator[Seeding]:
        turns = find_order(self._tables)
        later: list[Later] = []
        for turn in turns:
            plan = self._plan(turn)
            if plan is not None:
                yield from self._fill(plan, turn, later)
        for each in later:
            for text in each.statements():
                yield Seeding(each.table, text)
        for turn in turns:
            for text in counter_of(turn.table, self._dialect):
                yield Seeding(turn.table.name, text)

    def _plan(self, turn: Turn) -> Plan | None:
        """Return how a table is filled, None when it cannot be."""
        try:
            reason = turn.stuck or self._lacks(turn.table)
            if not reason:
                return plan_table(turn.table, turn.late, self._given)
        except Unmet as unmet:
            reason = f"no values were found that satisfy {unmet}"
        self._skipped.append(Skipped(turn.table.name, reason))
        return None

    def _lacks(self, table: Table) -> str:
        """Say which parent without rows each row of a table would need, or ''."""
        for key in table.foreign_keys:
            if key.table != table.name and not is_optional(table, key):
                if not self._parents(key).rows:
                    return f"each row needs one of {key.table}, which has none"
        return ""

    def _parents(self, key: object) -> Parents:
        return self._given.parents[address(key, self._given.catalog)]  # type: ignore[arg-type]

    def _fill(self, plan: Plan, turn: Turn, later: list[Later]) -> Iterator[Seeding]:
        table = plan.table
        made = Rows(plan, self._rows)
        mine = [
            (columns, each) for (name, columns), each in self._given.parents.items() if name == table.name
        ]
        late = [Later(plan, made, key, self._parents(key), self._dialect) for key in turn.late]
        inserts = Inserts(plan, self._dialect, self._rows)
        for row in made.make():
            for columns, parents in mine:
                parents.add(tuple(row.get(name) for name in columns))
            for each in late:
                each.keep(row)
            for text in inserts.add(row):
                yield Seeding(table.name, text)
        for text in inserts.rest():
            yield Seeding(table.name, text)
        if not inserts.count:
            self._skipped.append(
                Skipped(table.name, "no row was found that satisfies its checks and unique sets")
            )
        later.extend(late)


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


def tables_of(given: Mapping[str, Table]) -> tuple[str, ...]:
    """Return the names of tables, in order."""
    return tuple(given)


__all__ = ["Row", "Seed", "Seeding", "Skipped", "make_seed"]
