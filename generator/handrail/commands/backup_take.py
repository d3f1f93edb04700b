"""handrail backup take: a backup as one new file, restored once and noted beside it."""

from typing import NamedTuple

from handrail.commands.backup_world import BackupWorld, opened, policy_of
from handrail.core.database import Origin
from handrail.core.database_address import DatabaseAddress, parse_address
from handrail.core.errors import HandrailError
from handrail.core.finding import Finding
from handrail.migrations.quotes import Dialect
from handrail.policy.model import Policy
from handrail.policy.projection import smoke_queries
from handrail.ports import Workshop
from handrail.rehearsal.backup_note import Note, dump_note
from handrail.rehearsal.evidence import BackupFile
from handrail.rehearsal.smoke import smoke_failures

FOLDER = "backups"
"""Where backups go when nobody says where: a folder of the repository that is kept out of it."""

NOTE = ".json"
"""What is added to the name of a backup for the file that notes what is in it."""

_SUFFIXES = {"sqlite": ".db", "postgresql": ".dump"}


class TakeOptions(NamedTuple):
    """What to back up: an address or a file; where to, '' for a name of our own in ``folder``; whose rows."""

    database: str
    output: str = ""
    folder: str = FOLDER
    data: str = "seeded"


class Taken(NamedTuple):
    """A backup that was taken: its path, what was noted, and what is wrong in the database itself."""

    path: str
    note: Note
    findings: tuple[Finding, ...]


def take(world: BackupWorld, options: TakeOptions) -> Taken:
    """Take a backup. Raises ``HandrailError`` when it cannot be taken; then nothing is left behind.

    What is in it is read from the file that was written, restored once: a backup that cannot be
    restored is never given its name.
    """
    address = read_address(options.database)
    policy = policy_of(world.files)
    now = world.clock.now()
    path = options.output or world.backups.place(options.folder, default_name(address, now))
    with world.open_workshop(address_dialect(address), options.database) as workshop:
        begin = world.seconds()
        with world.backups.new(path) as draft:
            origin = workshop.origin()._replace(taken_at=now, data=options.data)
            world.progress.say("taking the backup")
            workshop.take_backup(draft)
            seconds = world.seconds() - begin
            note = _note(world, workshop, draft, origin, policy)._replace(seconds=seconds)
    world.backups.save(path + NOTE, dump_note(note))
    return Taken(path, note, tuple(_findings(world, path, note)))


def read_address(text: str) -> DatabaseAddress:
    """Return the address of the database to work on. Raises ``HandrailError`` when none is given."""
    if not text:
        hint = "Name it: --database URL|FILE, or HANDRAIL_DATABASE_URL"
        raise HandrailError("there is no database to take a backup of", hint)
    return parse_address(text)


def address_dialect(address: DatabaseAddress) -> Dialect:
    """Return the engine of an address. Raises ``HandrailError`` where no backup of it can be taken."""
    if address.dialect == "sqlite":
        return "sqlite"
    if address.dialect == "postgresql":
        return "postgresql"
    hint = "Take one with its own tools."
    raise HandrailError(f"no backup of {address.dialect} can be taken or restored here", hint)


def default_name(address: DatabaseAddress, now: str) -> str:
    """Return the name of a backup: dev-20261124T090000Z.backup.db"""
    stem = address.database.replace("\\", "/").rpartition("/")[2]
    plain = "".join(letter if letter.isalnum() or letter in "._-" else "-" for letter in stem)
    for suffix in (".db", ".sqlite3", ".sqlite"):
        plain = plain.removesuffix(suffix)
    time = now.replace("-", "").replace(":", "")
    return f"{plain.lstrip('.') or 'database'}-{time}.backup{_SUFFIXES.get(address.dialect, '')}"


def _note(world: BackupWorld, workshop: Workshop, path: str, origin: Origin, policy: Policy | None) -> Note:
    world.progress.say("restoring it")
    restored = workshop.restore(path)
    world.progress.say("reading every row")
    found = opened(restored, workshop.engine)
    queries = smoke_queries(policy, workshop.engine) if policy else ()
    failed = smoke_failures(restored, queries)
    restored.remove()
    seen = world.backups.seen(path, "")
    return Note(
        BackupFile(seen.sha256, seen.bytes),
        origin,
        0,
        workshop.engine,
        workshop.version,
        found.look,
        found.marks,
        tuple(each for each in queries if each not in failed),
    )


def _findings(world: BackupWorld, path: str, note: Note) -> list[Finding]:
    """Return what is wrong in the database, and so in its backup."""
    seen = world.backups.seen(path, "")
    hint = "The backup has it too. Mend the database, and take another one."
    return [
        seen.finding(each.code, each.text, hint, "error" if each.code == "integrity" else "warning")
        for each in note.look.problems
    ]
