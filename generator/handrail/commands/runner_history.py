"""The table in which a runner keeps what it applied, read from a database."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, cast

from handrail.migrations.applied import Ledger, Row, State, numbers, version_in
from handrail.migrations.quotes import Dialect
from handrail.ports import Database, DatabaseCopy

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


class _Rows(NamedTuple):
    """A database of ours, read as one of the user's."""

    copy: DatabaseCopy

    def rows(self, query: str) -> Sequence[tuple[Any, ...]]:
        """Return the rows of a query."""
        return self.copy.query(query)


def ledger_of(copy: DatabaseCopy, engine: str) -> Ledger | None:
    """Return what a copy of a database says was applied, None where it keeps no such table."""
    return read_applied(Live(cast(Dialect, engine), _Rows(copy))).ledger


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
    if "goose_db_version" in tables:
        yield _goose(live.database)
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


def _goose(database: Database) -> Ledger:
    """Read goose's table, in which the last row of a version counts; it begins with a row for version 0."""
    rows: dict[str, Row] = {}
    for version, is_applied in database.rows(
        "SELECT version_id, is_applied FROM goose_db_version ORDER BY id"
    ):
        rows[str(version)] = Row(str(version), "done" if is_applied else "rolled back")
    rows.pop("0", None)
    return Ledger("goose", "goose_db_version", tuple(rows.values()))


def _golang_migrate(database: Database) -> Ledger:
    rows = database.rows("SELECT version, dirty FROM schema_migrations")
    states = tuple(Row(str(version), "failed" if dirty else "done") for version, dirty in rows)
    return Ledger("golang-migrate", "schema_migrations", states, states[0].name if states else "")


def _dbmate(database: Database) -> Ledger:
    rows = database.rows("SELECT version FROM schema_migrations ORDER BY version")
    return Ledger("dbmate", "schema_migrations", tuple(Row(str(version), "done") for (version,) in rows))
