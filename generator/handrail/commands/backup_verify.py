"""handrail backup verify: a backup is restored, and compared with what was noted or with the database."""

from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple

from handrail.commands.backup_take import NOTE
from handrail.commands.backup_world import BackupWorld, opened, policy_of
from handrail.core.backup import Seen
from handrail.core.database import Origin
from handrail.core.database_address import parse_address
from handrail.core.errors import HandrailError
from handrail.core.finding import Finding, has_errors
from handrail.migrations.quotes import Dialect
from handrail.policy.model import Policy
from handrail.policy.projection import smoke_queries
from handrail.ports import DatabaseCopy, Workshop
from handrail.rehearsal.backup_bytes import find_in_bytes, wrote
from handrail.rehearsal.backup_judge import (
    Compared,
    Opened,
    find_against_note,
    find_against_source,
    find_stranger,
)
from handrail.rehearsal.backup_note import Note, parse_note
from handrail.rehearsal.compare import Side, compare
from handrail.rehearsal.follow import follow
from handrail.rehearsal.smoke import smoke_failures
from handrail.source.evidence import utc


class VerifyOptions(NamedTuple):
    """Which file, the database that it should be a backup of ('' for none), and whose rows ('': as noted)."""

    path: str
    database: str = ""
    data: str = ""


class Verified(NamedTuple):
    """What came out. ``restored`` is None where nothing could be restored; ``seconds`` is how long that took.

    ``compared`` are ``note`` and ``database``, where they were compared with.
    """

    seen: Seen
    origin: Origin
    engine: str
    version: str
    findings: tuple[Finding, ...]
    compared: tuple[str, ...]
    seconds: float = 0
    restored: Opened | None = None
    reference: Opened | None = None
    note: Note | None = None

    @property
    def passed(self) -> bool:
        """Tell whether the backup is good."""
        return not has_errors(self.findings)


def verify(world: BackupWorld, options: VerifyOptions) -> Verified:
    """Restore a backup and compare it. Raises ``HandrailError`` when that cannot be tried."""
    address = parse_address(options.database) if options.database else None
    raw = world.backups.read_or_none(options.path + NOTE)
    note = parse_note(options.path + NOTE, raw) if raw is not None else None
    if note is None and address is None:
        hint = "Name the database that it was taken from: --database URL|FILE"
        raise HandrailError(f"there is no {options.path}{NOTE} to compare it with", hint)
    file = address.database if address and address.dialect == "sqlite" else ""
    seen = world.backups.seen(options.path, file)
    engine = address.dialect if address else ""
    findings = tuple(find_in_bytes(seen, note, engine))
    origin = _origin(seen, note, address.shown() if address else "", options.data)
    policy = policy_of(world.files)
    findings += tuple(_stale(seen, origin, policy, world.clock.now()))
    kind = wrote(seen.head)
    known: Dialect = "postgresql" if kind == "postgresql" else "sqlite"
    if any(each.code not in _GO_ON for each in findings):
        return Verified(seen, origin, engine or known, note.engine_version if note else "", findings, ())
    with world.open_workshop(known, options.database) as workshop:
        return _Attempt(world, workshop, seen, note, policy).run(origin, findings, bool(options.database))


_GO_ON = ("backup.damaged", "backup.stale")
"""What is said of a file that is restored all the same, to say more."""


def _origin(seen: Seen, note: Note | None, what: str, data: str) -> Origin:
    """Return what a backup was taken of, and when. Without a note it is as old as its file."""
    if note is None:
        return Origin(what, seen.changed_at, data or "seeded")
    return note.origin._replace(data=data or note.origin.data)


def _stale(seen: Seen, origin: Origin, policy: Policy | None, now: str) -> Iterator[Finding]:
    """Yield ``backup.stale`` where more would be lost than the policy allows."""
    taken, today = utc(origin.taken_at), utc(now)
    if policy is None or taken is None or today is None:
        return
    minutes, limit = (today - taken) / timedelta(minutes=1), policy.database.backup.rpo_minutes
    if minutes > limit:
        message = (
            f"It is stale: taken {origin.taken_at}, {minutes:.0f} minutes ago; the policy allows {limit}."
        )
        yield seen.finding("stale", message, "Take another one: handrail backup take")
    elif minutes < -5:
        message = f"It is from the future: taken {origin.taken_at}."
        yield seen.finding("from-the-future", message, "Set the clock of the machine that took it.")


class _Attempt:
    """One backup that is restored and compared."""

    def __init__(
        self, world: BackupWorld, workshop: Workshop, seen: Seen, note: Note | None, policy: Policy | None
    ) -> None:
        self.world, self.workshop, self.seen, self.note = world, workshop, seen, note
        self.queries = smoke_queries(policy, workshop.engine) if policy else ()

    def run(self, origin: Origin, findings: tuple[Finding, ...], has_source: bool) -> Verified:
        """Restore it and compare it with what there is."""
        workshop, compared = self.workshop, ("note",) if self.note else ()
        base = Verified(
            self.seen, origin, workshop.engine, workshop.version, findings, compared, note=self.note
        )
        self.world.progress.say("restoring the backup")
        begin = self.world.seconds()
        try:
            database = workshop.restore(self.seen.path)
            base = base._replace(seconds=self.world.seconds() - begin)
            self.world.progress.say("reading every row of it")
            restored = opened(database, workshop.engine)
        except HandrailError as error:
            return base._replace(findings=(*findings, _not_restored(self.seen, str(error))))
        base = base._replace(restored=restored)
        found = list(find_against_note(self.seen, restored, self.note)) if self.note else []
        failed: set[str] = set()
        if has_source:
            base = self._with_source(base, database, restored, found, failed)
        found += self._smoke(database, failed)
        return base._replace(findings=(*findings, *found))

    def _with_source(
        self,
        base: Verified,
        database: DatabaseCopy,
        restored: Opened,
        found: list[Finding],
        failed: set[str],
    ) -> Verified:
        """Compare with the database as it is now; note in ``failed`` the queries that fail there as well."""
        self.world.progress.say("copying the database")
        copy = self.workshop.copy_source()
        self.world.progress.say("comparing every row")
        source = opened(copy, self.workshop.engine, self.workshop.origin().identity)
        pairs = follow(restored.look.schema, source.look.schema, ())
        sides = Side(database, restored.look.content), Side(copy, source.look.content)
        compared = Compared(restored, source, tuple(compare(*sides, pairs)))
        noted = self.note.origin.identity if self.note else ""
        strange = list(find_stranger(self.seen, compared, noted))
        found += strange or find_against_source(self.seen, compared, noted=self.note is not None)
        failed.update(smoke_failures(copy, self.queries))
        copy.remove()
        return base._replace(compared=(*base.compared, "database"), reference=source)

    def _smoke(self, database: DatabaseCopy, known: set[str]) -> Iterator[Finding]:
        """Yield ``backup.smoke`` for a query of the application that does not work on what was restored."""
        for query, error in smoke_failures(database, self.queries).items():
            noted = self.note is not None and query not in self.note.smoke
            if query in known or noted:
                message = f"A smoke query fails, as it does on the database: {error}"
                hint = "Correct smoke in policies/database.yaml, or migrate first."
                yield self.seen.finding("smoke", message, hint, "warning")
            else:
                yield self.seen.finding("smoke", f"A smoke query fails: {error}", query)


_CUT = ("end of file", "could not read from input file", "unexpected end")


def _not_restored(seen: Seen, error: str) -> Finding:
    if any(words in error for words in _CUT):
        hint = "Fetch it again, or take another one."
        return seen.finding("truncated", f"It is truncated: it cannot be restored: {error}", hint)
    hint = "Take another one, and find out what damaged this one."
    return seen.finding("not-restored", f"It cannot be restored: {error}", hint)
