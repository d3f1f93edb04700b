"""handrail rehearse: migrations are tried on a real database, and so is their way back."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import NamedTuple

from handrail.commands.classify import World
from handrail.commands.down_draft import DraftWorld, certain_inverse
from handrail.commands.rehearsal_base import (
    Chosen,
    apply_history,
    choose,
    read_history,
    risks_of,
    tried_of,
)
from handrail.commands.runner_history import ledger_of
from handrail.commands.validate import usable_policy
from handrail.core.database import Origin
from handrail.core.errors import HandrailError
from handrail.core.finding import Finding
from handrail.core.location import Location
from handrail.migrations.applied import compare_applied
from handrail.migrations.fold import Opened, fold_history
from handrail.migrations.front_end import Runner
from handrail.migrations.front_ends import front_end
from handrail.migrations.histories import Migration
from handrail.migrations.quotes import Dialect
from handrail.migrations.snapshots import Snapshots
from handrail.migrations.statements import split
from handrail.migrations.tables import EMPTY, Catalog
from handrail.policy.model import Policy
from handrail.policy.projection import smoke_queries
from handrail.policy.team import Database
from handrail.ports import DatabaseCopy, Progress, Workshop
from handrail.rehearsal.attempt import Plan, attempt
from handrail.rehearsal.fill import fill
from handrail.rehearsal.trial import Trial, Way
from handrail.risk.verdict import MigrationRisk


class RehearseOptions(NamedTuple):
    """What to rehearse, and on which rows.

    ``asked`` are names or paths, none for the pending ones; ``database`` is an address or a file,
    '' for rows of our own, ``rows`` of them in each table, or those of the script ``seed``.
    """

    asked: tuple[str, ...] = ()
    database: str = ""
    seed: str = ""
    rows: int = 200


class RehearsalWorld(NamedTuple):
    """The ports of the command.

    ``open_workshop`` takes a dialect, an address or '', and the version of production; ``seconds``
    is a clock that only differences of mean something.
    """

    reading: World
    open_workshop: Callable[[Dialect, str, str], AbstractContextManager[Workshop]]
    progress: Progress
    seconds: Callable[[], float]


class Rehearsal(NamedTuple):
    """What came out: trials in order, each with the level of its migration, and what is said of all."""

    trials: tuple[Trial, ...]
    levels: tuple[str, ...]
    findings: tuple[Finding, ...]
    origin: Origin
    engine: str
    version: str


def rehearse(world: RehearsalWorld, options: RehearseOptions, snapshots: Snapshots) -> Rehearsal:
    """Try each wanted migration on a copy. Raises ``HandrailError`` when it cannot be rehearsed."""
    policy = usable_policy(world.reading.files)
    history = read_history(world.reading, policy, options.asked)
    dialect = history[0].dialect
    version = next((each.version for each in policy.database.databases if each.engine == dialect), "")
    with world.open_workshop(dialect, options.database, version) as workshop:
        return _Run(world, options, snapshots, policy, workshop).run(history)


class _Run:
    """One run of the command, with all that its steps share."""

    def __init__(
        self,
        world: RehearsalWorld,
        options: RehearseOptions,
        snapshots: Snapshots,
        policy: Policy,
        workshop: Workshop,
    ) -> None:
        self.world, self.options, self.snapshots = world, options, snapshots
        self.policy, self.workshop = policy, workshop
        self.findings: list[Finding] = []
        self.around = False

    def run(self, history: tuple[Migration, ...]) -> Rehearsal:
        """Try the wanted migrations of a history."""
        dialect = history[0].dialect
        said = next((each for each in self.policy.database.databases if each.engine == dialect), None)
        self.around = bool(said and said.runner.transaction)
        self.findings += _version(said, self.workshop)
        trials = self._on_copy(history) if self.options.database else self._on_rows(history)
        done = tuple(trials)
        origin = self.workshop.origin() if self.options.database else self._own_rows()
        return Rehearsal(
            tuple(each[0] for each in done),
            tuple(each[1].level for each in done),
            tuple(self.findings),
            origin,
            self.workshop.engine,
            self.workshop.version,
        )

    def _on_copy(self, history: tuple[Migration, ...]) -> Iterator[tuple[Trial, MigrationRisk]]:
        """Try what a database does not have yet, one after the other on one copy of it."""
        base = self.workshop.copy_source()
        pending = self._pending(base, history)
        if pending is None and not self.options.asked:
            hint = "Name the migrations to rehearse."
            raise HandrailError("the database does not tell which migrations it has", hint)
        chosen = choose(history, self.options.asked, pending)
        risks, last = self._risks(chosen), -1
        for place in chosen.wanted:
            between = [each for each in history[last + 1 : place] if pending and each.name in pending]
            apply_history(base, between, transaction=self.around)
            risk = risks[history[place].path]
            trial, migrated = self._try(base, history, place, risk)
            yield trial, risk
            base.remove()
            base, last = migrated, place
            if trial.applied.failed:
                break
        base.remove()

    def _pending(self, base: DatabaseCopy, history: tuple[Migration, ...]) -> tuple[str, ...] | None:
        """Return what a database does not have yet, by its runner's table; None where it keeps none."""
        ledger = ledger_of(base, history[0].dialect)
        if ledger is None:
            return None
        standing = compare_applied(ledger, history, self.world.reading.files.read)
        failed = [each.name for each in standing.differences if each.code == "failed"]
        if failed:
            hint = "The runner starts nothing before that is resolved: see the runbook for taking it back."
            raise HandrailError(f"{failed[0]} failed in that database and was not resolved", hint)
        return tuple(each.name for each in standing.pending)

    def _on_rows(self, history: tuple[Migration, ...]) -> Iterator[tuple[Trial, MigrationRisk]]:
        """Try each migration on its own, on the schema before it filled with rows."""
        chosen = choose(history, self.options.asked, None)
        risks, bare, at = self._risks(chosen), self.workshop.empty(), 0
        for place in chosen.wanted:
            self.world.progress.say(f"{history[place].name}: applying what comes before it")
            apply_history(bare, history[at:place], transaction=self.around)
            base = bare.copy()
            refused = self._fill(base, history, place)
            risk = risks[history[place].path]
            trial, migrated = self._try(base, history, place, risk)
            self._tell_empty(trial, refused)
            yield trial, risk
            migrated.remove()
            base.remove()
            at = place
        bare.remove()

    def _risks(self, chosen: Chosen) -> Mapping[str, MigrationRisk]:
        return risks_of(self.world.reading, self.policy, chosen, self.snapshots) if chosen.wanted else {}

    def _own_rows(self) -> Origin:
        if self.options.seed:
            return Origin(f"rows of {self.options.seed}", self.world.reading.clock.now(), "seeded")
        what = f"rows made by handrail, {self.options.rows} a table"
        return Origin(what, self.world.reading.clock.now(), "seeded")

    def _fill(self, base: DatabaseCopy, history: Sequence[Migration], place: int) -> list[tuple[str, str]]:
        """Put rows into a database: those of a script, or made for its schema. Return what was refused."""
        dialect = history[place].dialect
        if self.options.seed:
            text = self.world.reading.files.read(self.options.seed).decode("utf-8-sig", "replace")
            statements = [(each.line, each.text) for each in split(text, dialect) if each.text.strip()]
            failed = [each for each in base.run(statements, transaction=False) if each.error]
            if failed:
                hint = f"It has to fit the schema before {history[place].name}."
                raise HandrailError(f"{self.options.seed}:{failed[0].line}: {failed[0].error}", hint)
            return []
        self.world.progress.say(f"{history[place].name}: making rows")
        return list(fill(base, self._schema(history, place), dialect, self.options.rows))

    def _tell_empty(self, trial: Trial, refused: Sequence[tuple[str, str]]) -> None:
        """Note the tables on which a rehearsal says nothing, as they had no rows."""
        empty = [f"{table} ({reason})" for table, reason in refused if not trial.before.rows(table)]
        if empty:
            message = f"No rows could be made for {'; '.join(empty)}."
            hint = "Rehearse on a copy of a database, or name a script of rows: --seed FILE"
            place = Location(trial.tried.path)
            self.findings.append(Finding("rehearsal.not-filled", message, place, "note", hint))

    def _schema(self, history: Sequence[Migration], place: int) -> Catalog:
        if not place:
            return EMPTY
        applied = Runner(transaction=self.around)
        opened = Opened(front_end(history[0].dialect, applied, self.world.reading.scratch), applied)
        return fold_history(history[:place], opened, self.snapshots)

    def _try(
        self, base: DatabaseCopy, history: Sequence[Migration], place: int, risk: MigrationRisk
    ) -> tuple[Trial, DatabaseCopy]:
        """Try one migration."""
        migration = history[place]
        down, way = self._way_back(history, place)
        plan = Plan(
            tried_of(self.world.reading, migration, risk),
            migration.dialect,
            migration.up.text,
            down,
            way,
            self.around and migration.transaction,
            self._restore,
            smoke_queries(self.policy, migration.dialect),
        )
        return attempt(base, plan, lambda what: self.world.progress.say(f"{migration.name}: {what}"))

    def _way_back(self, history: Sequence[Migration], place: int) -> tuple[str | None, Way]:
        """Return the script that goes back: the one beside the migration, else an inverse that is certain."""
        migration = history[place]
        if migration.down and migration.down.text.strip():
            return migration.down.text, "down script"
        if migration.irreversible:
            return None, "restore"
        draft = DraftWorld(self.world.reading.files, self.world.reading.scratch)
        inverse = certain_inverse(draft, self.policy, history, place)
        return (inverse, "certain inverse") if inverse else (None, "restore")

    def _restore(self, database: DatabaseCopy) -> tuple[DatabaseCopy, float]:
        """Back a database up; return what comes out of it, and the seconds that restoring took."""
        path = self.workshop.spare_file()
        self.workshop.take_backup(path, database)
        begin = self.world.seconds()
        restored = self.workshop.restore(path)
        return restored, self.world.seconds() - begin


def _version(said: Database | None, workshop: Workshop) -> Iterator[Finding]:
    """Yield a finding when this is another version of the engine than the policy names for production."""
    if said is None:
        return
    wide = 2 if workshop.engine == "sqlite" else 1
    wanted, there = (tuple(each.split(".")[:wide]) for each in (said.version, workshop.version))
    if wanted != there:
        message = f"This is {workshop.engine} {workshop.version}, and the policy names {said.version}."
        hint = "Rehearse on the version of production: name a server of it with --database."
        place = Location("policies/database.yaml")
        yield Finding("rehearsal.engine-version", message, place, "warning", hint)
