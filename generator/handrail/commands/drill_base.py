"""The database that every drill of one run begins with."""

from collections.abc import Sequence
from typing import NamedTuple

from handrail.commands.classify import World
from handrail.commands.rehearsal_base import apply_history
from handrail.core.database import Origin
from handrail.core.errors import HandrailError
from handrail.migrations.fold import Opened, fold_history
from handrail.migrations.front_end import Runner
from handrail.migrations.front_ends import front_end
from handrail.migrations.histories import Migration, read_migrations
from handrail.migrations.layouts import SUFFIXES
from handrail.migrations.snapshots import Snapshots
from handrail.policy.model import Policy
from handrail.ports import DatabaseCopy
from handrail.rehearsal.drill.faults import can_be_broken
from handrail.rehearsal.drill.ground import Grounds
from handrail.rehearsal.drill.prisma_history import HISTORY, history_of
from handrail.rehearsal.drill.sample import NAMES, sample
from handrail.rehearsal.fill import fill
from handrail.rehearsal.look import look_at

ROWS = 200
"""Rows that are made for each table."""


class Base(NamedTuple):
    """The database, and where its rows are from."""

    database: DatabaseCopy
    origin: Origin


def make_base(grounds: Grounds, world: World, policy: Policy, snapshots: Snapshots) -> Base:
    """Return the database that was asked for, or one made from the policy's migrations, or from a sample.

    Where Prisma is the runner, it has Prisma's history. Raises ``HandrailError`` when a migration fails.
    """
    database, origin = grounds.base(), grounds.origin()
    migrations = _migrations(world, policy, grounds.engine)
    if origin is None:
        what = _make(database, world, migrations, snapshots)
        origin = Origin(what, world.clock.now(), "seeded")
    if policy.database.orm == "prisma" and HISTORY not in database.schema().tables:
        names = (each.name for each in migrations)
        _run(database, tuple(history_of(names, grounds.engine)))
    return Base(database, origin)


def _migrations(world: World, policy: Policy, engine: str) -> tuple[Migration, ...]:
    """Return the history of the policy, or the one beside its copy of the schema; () for another engine's."""
    paths = policy.database.paths
    beside = f"{paths.schema_here.rpartition('/')[0]}/migrations"
    home = next((each for each in (paths.migrations, beside) if world.files.is_folder(each)), "")
    if not home:
        return ()
    found = read_migrations(world.files.find(home, SUFFIXES), world.files.read).migrations
    return tuple(each for each in found if each.up.text and each.dialect == engine)


def _make(
    database: DatabaseCopy, world: World, migrations: tuple[Migration, ...], snapshots: Snapshots
) -> str:
    """Make tables and rows, and say what they are."""
    if not migrations:
        _run(database, sample())
        return "a sample database of handrail"
    apply_history(database, migrations, transaction=False)
    dialect, applied = migrations[0].dialect, Runner(transaction=False)
    schema = fold_history(migrations, Opened(front_end(dialect, applied, world.scratch), applied), snapshots)
    for _ in fill(database, schema, dialect, ROWS):
        pass  # a table that stays empty is none that a drill could break
    what = f"rows made by handrail, {ROWS} a table"
    look = look_at(database)
    taken = {name.lower() for name in look.schema.tables}
    if can_be_broken(look, dialect) or taken & NAMES:
        return what
    _run(database, sample())  # so that no fault is left out because the application has little to lose yet
    return f"{what}, and tables of a sample"


def _run(database: DatabaseCopy, statements: Sequence[str]) -> None:
    for ran in database.run(enumerate(statements, 1), transaction=False):
        if ran.error:
            raise HandrailError(f"the database of the drill cannot be made: {ran.error}")
