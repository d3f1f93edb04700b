"""What Prisma notes in the database, written by a drill in its place: Prisma itself is not run."""

from collections.abc import Iterable, Iterator, Sequence

HISTORY = "_prisma_migrations"

_TIMES = {"sqlite": "DATETIME", "postgresql": "TIMESTAMPTZ"}
_TABLE = """
CREATE TABLE "_prisma_migrations" (
    "id" VARCHAR(36) PRIMARY KEY NOT NULL,
    "checksum" VARCHAR(64) NOT NULL,
    "finished_at" {time},
    "migration_name" VARCHAR(255) NOT NULL,
    "logs" TEXT,
    "rolled_back_at" {time},
    "started_at" {time} NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "applied_steps_count" INTEGER NOT NULL DEFAULT 0
);
"""


def history_of(names: Iterable[str], engine: str) -> Iterator[str]:
    """Yield the statements that make the table, with a row for each migration that was applied."""
    yield _TABLE.format(time=_TIMES[engine])
    for number, name in enumerate(names):
        yield attempt(name, error="", number=number)


def attempt(name: str, error: str, number: int = 999) -> str:
    """Return the statement that notes one run of a migration, which failed where ``error`` says how."""
    finished = "NULL" if error else "CURRENT_TIMESTAMP"
    logs = _literal(error) if error else "NULL"
    values = f"'drill-{number}', 'not known', {_literal(name)}, {finished}, {logs}"
    columns = '"id", "checksum", "migration_name", "finished_at", "logs"'
    return f'INSERT INTO "{HISTORY}" ({columns}) VALUES ({values});'


def effect_of(words: Sequence[str]) -> str:
    """Return the statement that does what ``npx prisma migrate resolve …`` does, or '' for other commands."""
    match [word for word in words if not word.startswith("--schema")]:
        case [_, "prisma", "migrate", "resolve", "--rolled-back", name]:
            return f'UPDATE "{HISTORY}" SET "rolled_back_at" = CURRENT_TIMESTAMP {_failed(name)}'
        case [_, "prisma", "migrate", "resolve", "--applied", name]:
            return f'UPDATE "{HISTORY}" SET "finished_at" = CURRENT_TIMESTAMP {_failed(name)}'
        case _:
            return ""


def _failed(name: str) -> str:
    return f'WHERE "migration_name" = {_literal(name)} AND "finished_at" IS NULL;'


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
