"""The front ends: one line a dialect. Each is loaded only when a script of its dialect is read."""

from collections.abc import Callable
from typing import assert_never

from handrail.migrations.front_end import FrontEnd, Runner
from handrail.migrations.quotes import Dialect
from handrail.ports import Scratch


def front_end(dialect: Dialect, runner: Runner, scratch: Callable[[], Scratch]) -> FrontEnd:
    """Return a front end that has read nothing yet. ``scratch`` opens an empty SQLite database."""
    match dialect:
        case "sqlite":
            from handrail.migrations.sqlite.front_end import SqliteFrontEnd

            return SqliteFrontEnd(scratch(), scratch(), runner)
        case "postgresql":
            from handrail.migrations.postgresql.front_end import PostgresFrontEnd

            return PostgresFrontEnd(runner)
        case "mysql":
            from handrail.migrations.mysql.front_end import MysqlFrontEnd

            return MysqlFrontEnd(runner)
    assert_never(dialect)
