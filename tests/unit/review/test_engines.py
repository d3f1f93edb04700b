"""Whether a database, or what was run on one, is of the engine and version of production."""

import pytest

from handrail.core.location import Location
from handrail.migrations.quotes import Dialect
from handrail.policy.team import Database, Runner
from handrail.review.engines import engine_problem

HERE = Location("policies/database.yaml", 1, 1)
RUNNER = Runner(location=HERE, command="migrate up", transaction=False, notes="None.")


def production(engine: Dialect, version: str) -> Database:
    """Return what the policy states."""
    return Database(location=HERE, engine=engine, version=version, environments=(), runner=RUNNER)


CASES: list[tuple[Dialect, str, str, str, str]] = [
    ("sqlite", "3.40", "sqlite", "3.40.1", ""),
    ("sqlite", "3.40", "sqlite", "3.46.1", ""),
    ("sqlite", "3.40", "sqlite", "3.39.4", "SQLite 3.39.4, and production has 3.40"),
    ("sqlite", "3.40", "sqlite", "3.4", "SQLite 3.4, and production has 3.40"),
    ("sqlite", "3.40", "postgresql", "15.1", "PostgreSQL, and production is SQLite"),
    ("sqlite", "3.40", "", "", ""),
    ("sqlite", "3.40", "sqlite", "", ""),
    ("sqlite", "unknown", "sqlite", "3.1", ""),
    ("postgresql", "15", "postgresql", "15.18", ""),
    ("postgresql", "15.3", "postgresql", "15.2", "PostgreSQL 15.2, and production has 15.3"),
    ("postgresql", "15", "postgresql", "14.9", "PostgreSQL 14.9, and production has 15"),
    ("postgresql", "15", "postgresql", "18.4", "PostgreSQL 18.4, another major version than production's 15"),
    ("mysql", "8.0", "mysql", "8.4.2", ""),
    ("mysql", "10.11", "mysql", "10.11.6-MariaDB-0+deb12u1", ""),
]


@pytest.mark.parametrize(("engine", "version", "seen", "seen_version", "said"), CASES)
def test_engine_problem(engine: Dialect, version: str, seen: str, seen_version: str, said: str) -> None:
    assert engine_problem(production(engine, version), seen, seen_version) == said
