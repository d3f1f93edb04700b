"""The database that every drill of one run begins with."""

from collections.abc import Iterable
from typing import NamedTuple

from handrail.core.database import Origin
from handrail.core.errors import HandrailError
from handrail.migrations.histories import Migration, read_migrations
from handrail.migrations.layouts import SUFFIXES
from handrail.migrations.statements import split
from handrail.policy.model import Policy
from handrail.ports import Clock, DatabaseCopy, Files
from handrail.rehearsal.ground import Grounds
from handrail.rehearsal.prisma_history import HISTORY, history_of
from handrail.rehearsal.sample import sample


class Base(NamedTuple):
    """The database, and where its rows are from."""

    database: DatabaseCopy
    origin: Origin


def make_base(grounds: Grounds, files: Files, clock: Clock, policy: Policy) -> Base:
    """Return the database that was asked for, or else one made from the policy's migrations, or from a sample.

    Where Prisma is the runner, it has Prisma's history. Raises ``HandrailError`` when a migration fails.
    """
    database, origin = grounds.base(), grounds.origin()
    migrations = _migrations(files, policy, grounds.engine)
    if origin is None:
        origin = Origin(_fill(database, files, migrations), clock.now(), "seeded")
    if policy.database.orm == "prisma" and HISTORY not in database.schema().tables:
        _run(
            database, "the history of Prisma", history_of((each.name for each in migrations), grounds.engine)
        )
    return Base(database, origin)


def _migrations(files: Files, policy: Policy, engine: str) -> tuple[Migration, ...]:
    """Return the history of the policy, or the one beside the copy of its schema; () when it is for another engine."""
    paths = policy.database.paths
    beside = f"{paths.schema_here.rpartition('/')[0]}/migrations"
    home = next((each for each in (paths.migrations, beside) if files.is_folder(each)), "")
    if not home:
        return ()
    found = read_migrations(files.find(home, SUFFIXES), files.read).migrations
    return tuple(each for each in found if each.up.text and each.dialect == engine)


def _fill(database: DatabaseCopy, files: Files, migrations: tuple[Migration, ...]) -> str:
    """Make tables and rows, and say where they are from."""
    if not migrations:
        _run(database, "the sample", sample())
        return "a sample database of handrail"
    for each in migrations:
        _run(database, each.path, (one.text for one in split(each.up.text, each.dialect)))
    seed = f"{migrations[0].folder.rpartition('/')[0]}/seed.sql"
    script = (files.read_or_none(seed) or b"").decode()
    _run(database, seed, (one.text for one in split(script, migrations[0].dialect)))
    return f"rows of {seed}"


def _run(database: DatabaseCopy, what: str, statements: Iterable[str]) -> None:
    numbered = enumerate((each for each in statements if each.strip()), 1)
    for ran in database.run(numbered, transaction=False):
        if ran.error:
            hint = "Drill on a copy of a database: --database"
            raise HandrailError(f"{what}, statement {ran.line}: {ran.error}", hint)
