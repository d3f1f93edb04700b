"""What tests of real databases share: sources, scripts run whole, somebody who listens to no progress."""

import os
import subprocess
from collections.abc import Sequence

from handrail.core.database import Schema, StatementRun
from handrail.migrations.quotes import Dialect
from handrail.migrations.statements import split
from handrail.ports import DatabaseCopy
from tests.integration.servers import Target

FILLED = """
CREATE TABLE parent (id int PRIMARY KEY);
CREATE TABLE child (
  id int PRIMARY KEY, parent_id int, age int, name varchar(20), note text NOT NULL DEFAULT '');
CREATE TYPE mood AS ENUM ('good');
INSERT INTO parent SELECT generate_series(1, 100);
INSERT INTO child SELECT g, g, g, g, g FROM generate_series(1, 100) g;
"""
"""What the copy of the fixture of that name holds."""


class Silent:
    """``ports.Progress`` that says nothing."""

    def say(self, what: str, done: int = 0, of: int = 0) -> None:
        pass


def run(
    copy: DatabaseCopy, script: str, *, transaction: bool = False, dialect: Dialect = "postgresql"
) -> Sequence[StatementRun]:
    """Run a script as ``rehearse`` does; return how each statement went."""
    statements = ((each.line, each.text) for each in split(script, dialect))
    return list(copy.run(statements, transaction=transaction))


def prepare(copy: DatabaseCopy, script: str, dialect: Dialect = "postgresql") -> None:
    """Run a script that has to work."""
    assert [each.error for each in run(copy, script, dialect=dialect) if each.error] == []


def item(schema: Schema, kind: str, name: str) -> str:
    """Return the definition of an item, '' where it is not there."""
    return schema.items.get((kind, name), "")


def psql(target: Target, script: str, database: str = "") -> str:
    done = subprocess.run(
        ["psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-d", database or name_of(target), "-f", "-"],
        input=script.encode(), env={**os.environ, **target.env}, capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def name_of(target: Target) -> str:
    return target.env["DATABASE_URL"].rpartition("/")[2]


def url(target: Target, user: str = "postgres", more: str = "") -> str:
    return f"postgresql://{user}@localhost/{name_of(target)}?host={target.env['PGHOST']}{more}"


def databases(target: Target) -> set[str]:
    return set(psql(target, "SELECT datname FROM pg_database", "postgres").split())
