"""What a rehearsal begins with: which migrations, and a database as it stands before the first of them."""

from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import NamedTuple

from handrail.commands.classify import ClassifyOptions, World, judge
from handrail.core.errors import HandrailError
from handrail.core.suggest import did_you_mean
from handrail.migrations.histories import DEFAULT, Migration, read_migrations
from handrail.migrations.layouts import SUFFIXES
from handrail.migrations.quotes import Dialect
from handrail.migrations.snapshots import Snapshots
from handrail.migrations.statements import split
from handrail.policy.model import Policy
from handrail.ports import DatabaseCopy
from handrail.rehearsal.evidence import Ran
from handrail.rehearsal.trial import Tried
from handrail.risk.verdict import MigrationRisk


class Chosen(NamedTuple):
    """The history of which some are rehearsed: ``wanted`` are their places in it."""

    history: tuple[Migration, ...]
    wanted: tuple[int, ...]

    @property
    def dialect(self) -> Dialect:
        """Return the dialect of the history."""
        return self.history[0].dialect


def read_history(world: World, policy: Policy, asked: Sequence[str]) -> tuple[Migration, ...]:
    """Return the history that the paths among ``asked`` belong to, else the policy's.

    Raises ``HandrailError`` when there is none, or more than one.
    """
    paths = [each for each in asked if world.files.exists(each)]
    homes = {_home(world, each) for each in paths} or {policy.database.paths.migrations}
    if len(homes) > 1:
        raise HandrailError("these migrations belong to more than one history", "Rehearse one at a time.")
    (home,) = homes
    there = world.files.find(home, SUFFIXES) if world.files.is_folder(home) else ()
    engine = policy.database.databases[0].engine if policy.database.databases else None
    histories = read_migrations(
        there, world.files.read, None, engine if not paths else None, engine or DEFAULT
    )
    history = tuple(each for each in histories.migrations if each.up.text)
    if not history:
        hint = "Name a folder of migrations, or correct paths.migrations in policies/database.yaml."
        raise HandrailError(f"there are no migrations in {home}", hint)
    if len({each.folder for each in history}) > 1:
        raise HandrailError(f"{home} holds more than one history", "Name one folder of migrations.")
    return history


def _home(world: World, path: str) -> str:
    """Return the folder of the history that a script, the folder of one, or the history itself belongs to."""
    folder = path.rstrip("/") if world.files.is_folder(path) else path.rpartition("/")[0]
    here = world.files.find(folder, SUFFIXES)
    inside = any("/" in each[len(folder) + 1 :] for each in here)
    one_each = not inside and folder.rpartition("/")[2][:8].isdecimal()
    return folder.rpartition("/")[0] if one_each else folder


def choose(history: tuple[Migration, ...], asked: Sequence[str], pending: Sequence[str] | None) -> Chosen:
    """Return which migrations to rehearse: those asked for, else the pending ones, else the newest.

    ``pending`` are the names that a database does not have yet, None without one.
    Raises ``HandrailError`` for a name that is not there, or that the database has already.
    """
    if not asked:
        names = [history[-1].name] if pending is None else list(pending)
        return Chosen(history, tuple(place for place, each in enumerate(history) if each.name in names))
    wanted: set[int] = set()
    for one in asked:
        path = one.rstrip("/")
        places = [
            place
            for place, each in enumerate(history)
            if path in (each.name, each.path, each.folder) or each.path.startswith(f"{path}/")
        ]
        if not places:
            hint = did_you_mean(path, [each.name for each in history]) or "See: handrail classify"
            raise HandrailError(f"there is no migration {path}", hint)
        wanted.update(places)
    applied = [
        history[place].name
        for place in sorted(wanted)
        if pending is not None and history[place].name not in pending
    ]
    if applied:
        hint = "Rehearse it on a backup from before, or on seeded rows: leave --database out."
        raise HandrailError(f"{applied[0]} is in that database already", hint)
    return Chosen(history, tuple(sorted(wanted)))


def ran_of(world: World, policy: Policy, asked: Sequence[str]) -> tuple[Ran, ...]:
    """Return migrations that were asked for by name or path, as evidence names them.

    Raises ``HandrailError`` for one that is not there.
    """
    if not asked:
        return ()
    history, wanted = choose(read_history(world, policy, asked), asked, None)
    chosen = (history[place] for place in wanted)
    return tuple(Ran(each.name, sha256(world.files.read(each.path)).hexdigest()) for each in chosen)


def risks_of(world: World, policy: Policy, chosen: Chosen, snapshots: Snapshots) -> dict[str, MigrationRisk]:
    """Return what the classifier says of each wanted migration, by path."""
    paths = tuple(chosen.history[place].path for place in chosen.wanted)
    verdict = judge(world, policy, ClassifyOptions(paths=paths, dialect=chosen.dialect), snapshots)
    return {each.path: each for each in verdict.migrations}


def tried_of(world: World, migration: Migration, risk: MigrationRisk) -> Tried:
    """Return what is known of a script before it runs."""
    raw = world.files.read(migration.path)
    operations = tuple(each.operation for each in risk.operations)
    return Tried(migration.name, migration.path, sha256(raw).hexdigest(), operations, bool(risk.not_checked))


def apply_history(database: DatabaseCopy, migrations: Sequence[Migration], *, transaction: bool) -> None:
    """Apply migrations that are not rehearsed themselves. Raises ``HandrailError`` at one that fails."""
    for each in migrations:
        failed = next((ran for ran in run_script(database, each, transaction=transaction) if ran[1]), None)
        if failed:
            hint = "Rehearse on a copy of a database that has it: --database."
            raise HandrailError(f"{each.path}:{failed[0]}: before the rehearsal: {failed[1]}", hint)


def run_script(
    database: DatabaseCopy, migration: Migration, *, transaction: bool
) -> Iterator[tuple[int, str]]:
    """Run a script; yield (line, error or '') of each statement."""
    around = transaction and migration.transaction
    statements = (
        (each.line, each.text) for each in split(migration.up.text, migration.dialect) if each.text.strip()
    )
    for ran in database.run(statements, transaction=around):
        yield ran.line, ran.error
