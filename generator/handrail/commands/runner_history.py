"""The table in which a runner keeps what it applied, read from a database."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from handrail.migrations.applied import Ledger, Row, State, numbers, version_in
from handrail.migrations.quotes import Dialect
from handrail.ports import Database

_TABLES: Mapping[Dialect, str] = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'",
    "postgresql": "SELECT table_name FROM information_schema.tables"
    " WHERE table_schema = ANY (current_schemas(false)) AND table_type = 'BASE TABLE'",
    "mysql": "SELECT table_name FROM information_schema.tables"
    " WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE'",
}
_DIRTY: Mapping[Dialect, str] = {
    "sqlite": "SELECT count(*) FROM pragma_table_info('schema_migrations') WHERE name = 'dirty'",
    "postgresql": "SELECT count(*) FROM information_schema.columns WHERE table_name = 'schema_migrations'"
    " AND column_name = 'dirty' AND table_schema = ANY (current_schemas(false))",
    "mysql": "SELECT count(*) FROM information_schema.columns WHERE table_name = 'schema_migrations'"
    " AND column_name = 'dirty' AND table_schema = DATABASE()",
}
_VERSION: Mapping[Dialect, str] = {"postgresql": "SHOW server_version", "mysql": "SELECT VERSION()"}
"""Who says which version runs; of a SQLite file it is that of whoever opens it."""


class Live(NamedTuple):
    """A database that is only read, and its engine."""

    engine: Dialect
    database: Database


class Held(NamedTuple):
    """What a database holds: its runner's table (None for none), whether none at all, its version."""

    ledger: Ledger | None
    is_empty: bool
    version: str


def read_applied(live: Live) -> Held:
    """Return what a database says was applied. Raises ``HandrailError`` when it cannot be read."""
    tables = frozenset(str(name) for (name,) in live.database.rows(_TABLES[live.engine]))
    ledger = next(_ledgers(live, tables), None)
    asked = _VERSION.get(live.engine)
    version = str(live.database.rows(asked)[0][0]).split(" ")[0] if asked else ""
    return Held(ledger, not tables, version)


def _ledgers(live: Live, tables: frozenset[str]) -> Iterator[Ledger]:
    if "_prisma_migrations" in tables:
        yield _prisma(live.database)
    if "flyway_schema_history" in tables:
        yield _flyway(live.database)
    if "schema_migrations" in tables:
        dirty = bool(live.database.rows(_DIRTY[live.engine])[0][0])
        yield _golang_migrate(live.database) if dirty else _dbmate(live.database)


_RANK: Mapping[State, int] = {"rolled back": 0, "done": 1, "failed": 2}


def _prisma(database: Database) -> Ledger:
    """Read Prisma's table. It has a row for each attempt, and one that is open stops every later deploy."""
    asked = "SELECT migration_name, checksum, finished_at, rolled_back_at FROM _prisma_migrations"
    rows: dict[str, Row] = {}
    for name, checksum, finished, rolled_back in database.rows(f"{asked} ORDER BY started_at"):
        state: State = "done" if finished is not None else "failed"
        row = Row(str(name), "rolled back" if rolled_back is not None else state, str(checksum))
        there = rows.setdefault(row.name, row)
        if _RANK[row.state] > _RANK[there.state]:
            rows[row.name] = row
    return Ledger("Prisma", "_prisma_migrations", tuple(rows.values()))


def _flyway(database: Database) -> Ledger:
    """Read Flyway's table, in which later rows undo or repair what earlier ones say."""
    asked = (
        "SELECT version, type, script, checksum, success FROM flyway_schema_history ORDER BY installed_rank"
    )
    rows: dict[str, Row] = {}
    upto = ""
    for version, kind, script, checksum, success in database.rows(asked):
        if kind in ("UNDO_SQL", "DELETE"):
            rows = {name: row for name, row in rows.items() if version_in("Flyway", name) != numbers(version)}
        elif kind == "BASELINE":
            upto = str(version)
        elif kind == "SQL":
            name = str(script).rpartition("/")[2]
            rows[name] = Row(name, "done" if success else "failed", "" if checksum is None else str(checksum))
    return Ledger("Flyway", "flyway_schema_history", tuple(rows.values()), upto)


def _golang_migrate(database: Database) -> Ledger:
    rows = database.rows("SELECT version, dirty FROM schema_migrations")
    states = tuple(Row(str(version), "failed" if dirty else "done") for version, dirty in rows)
    return Ledger("golang-migrate", "schema_migrations", states, states[0].name if states else "")


def _dbmate(database: Database) -> Ledger:
    rows = database.rows("SELECT version FROM schema_migrations ORDER BY version")
    return Ledger("dbmate", "schema_migrations", tuple(Row(str(version), "done") for (version,) in rows))
