"""What was restored from a backup, against what was noted when it was taken, or against the database."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from handrail.core.backup import Seen
from handrail.core.database import Counter, Problem
from handrail.core.finding import Finding
from handrail.migrations.applied import Ledger
from handrail.rehearsal.backup_note import Note
from handrail.rehearsal.compare import TableChange
from handrail.rehearsal.look import Look
from handrail.rehearsal.objects import differences

_LEAST = 0.5
"""The share of rows, and of tables, that a backup has in common with its own database at least."""

_MOST = 8
"""Differences of one kind that are told one by one."""

_AGAIN = "Take another one, and find out what damaged this one."
_NOTED = (
    "Nothing tells whether they came later: verify right after taking, or take it with "
    "handrail backup take, which notes what is in it."
)


class Opened(NamedTuple):
    """A database that was looked at: what tells it from others, and which migrations it has.

    ``marks`` are numbers that the application wrote into it; ``applied`` is None where it keeps no history.
    """

    look: Look
    identity: str = ""
    marks: Mapping[str, int] = {}
    applied: Ledger | None = None


class Compared(NamedTuple):
    """A backup beside the database: both, and what changed from the one to the other."""

    backup: Opened
    source: Opened
    changes: tuple[TableChange, ...]


def find_against_note(seen: Seen, backup: Opened, note: Note) -> Iterator[Finding]:
    """Yield what is not as it was noted: schema, rows, values, counters, and what is wrong besides."""
    schema = [str(each) for each in differences(note.look.schema, backup.look.schema)]
    if schema:
        yield seen.finding("schema-differs", f"The schema is not as noted: {_some(schema)}.", _AGAIN)
    for name, noted in note.look.content.items():
        found = backup.look.content.get(name)
        if found is None or found.rows != noted.rows:
            rows = found.rows if found else "no"
            message = f"{name} has {rows} rows, and {noted.rows} were noted."
            yield seen.finding("rows-differ", message, _AGAIN)
            continue
        changed = [column for column, each in noted.columns.items() if found.columns.get(column) != each]
        if changed:
            message = f"Values of {name} are not those that were noted: {_some(changed)}."
            yield seen.finding("values-differ", message, _AGAIN)
    yield from _counters(seen, backup.look.counters, note.look.counters, "was noted")
    yield from _problems(seen, backup.look.problems, note.look.problems)


def _counters(
    seen: Seen, found: Sequence[Counter], wanted: Sequence[Counter], words: str
) -> Iterator[Finding]:
    now = {each.name: each for each in found}
    for counter in wanted:
        there = now.get(counter.name)
        if there is None or there.next < counter.next:
            number = there.next if there else "nothing"
            message = f"{counter.name} gives {number} next, and {counter.next} {words}."
            hint = "New rows would get numbers that were given before."
            yield seen.finding("counter-behind", message, hint)


def _problems(seen: Seen, found: Sequence[Problem], known: Sequence[Problem]) -> Iterator[Finding]:
    """Yield what is wrong in the backup; what is as wrong in the database is no fault of the backup."""
    told = {each.text for each in known}
    for problem in found:
        if problem.text not in told:
            yield seen.finding(problem.code, problem.text, _AGAIN)
        else:
            message = f"{problem.text} So it was in the database."
            yield seen.finding(problem.code, message, "Mend it there.", "warning")


def find_stranger(seen: Seen, compared: Compared, noted: str) -> Iterator[Finding]:
    """Yield ``backup.another-database`` where a backup is of another database than the one named.

    ``noted`` is the identity of the one that it was taken from, '' where that is not known.
    """
    backup, source = compared.backup, compared.source
    identity = source.identity
    if noted and noted == identity:
        return
    ours, theirs = set(backup.look.schema.tables), set(source.look.schema.tables)
    reason = ""
    if noted and identity and not noted.startswith("place:"):
        reason = f"it was taken from {noted}, and this one is {identity}"
    elif len(ours & theirs) < _LEAST * len(ours | theirs):
        reason = f"they have {len(ours & theirs)} of {len(ours | theirs)} tables in common"
    elif backup.marks.get("application_id", 0) != source.marks.get("application_id", 0):
        reason = "their application_id differs"
    elif _share(compared) < _LEAST:
        reason = "fewer than half of its rows are in the database"
    if reason:
        message = f"It is another database's backup: {reason}."
        yield seen.finding("another-database", message, "Name the database that it was taken from.")


def _share(compared: Compared) -> float:
    """Return which share of the backup's rows is in the database to the letter."""
    look, touched = compared.backup.look, {each.table: each for each in compared.changes}
    every = sum(each.rows for each in look.content.values())
    kept = 0
    for name, content in look.content.items():
        change = touched.get(name)
        other = change.lost + max((each.changed for each in change.columns), default=0) if change else 0
        kept += max(0, content.rows - other)
    return kept / every if every else 1.0


def find_against_source(seen: Seen, compared: Compared, *, noted: bool) -> Iterator[Finding]:
    """Yield where a backup is not as the database is now.

    ``noted``: what was in it is known from elsewhere, so that rows which came since are no fault.
    """
    backup, source = compared.backup, compared.source
    schema = [str(each) for each in differences(source.look.schema, backup.look.schema)]
    if schema:
        yield _other_schema(seen, backup, source, schema)
    elif backup.marks != source.marks:
        pairs = [f"{key} {backup.marks.get(key)}, now {value}" for key, value in source.marks.items()]
        yield seen.finding("schema-differs", f"Its marks are not the database's: {'; '.join(pairs)}.", _AGAIN)
    if noted:
        yield from _moved_on(seen, compared.changes)
        return
    yield from _missing(seen, compared.changes)
    yield from _counters(seen, backup.look.counters, source.look.counters, "is next in the database")
    yield from _problems(seen, backup.look.problems, source.look.problems)


def _done(opened: Opened) -> set[str]:
    rows = opened.applied.rows if opened.applied else ()
    return {row.name for row in rows if row.state == "done"}


def _other_schema(seen: Seen, backup: Opened, source: Opened, schema: Sequence[str]) -> Finding:
    told = backup.applied is not None and source.applied is not None
    ours, theirs = _done(backup), _done(source)
    text = f"against the database: {_some(schema)}."
    if told and ours < theirs:
        message = f"Its schema is older: it lacks {_some(sorted(theirs - ours))}; {text}"
        return seen.finding("older-schema", message, "Take one of the database as it is now.")
    if told and theirs < ours:
        message = f"Its schema is newer: it has {_some(sorted(ours - theirs))} already; {text}"
        return seen.finding("newer-schema", message, "Take one of the database as it is now.")
    hint = "Take one of the whole database as it is now."
    return seen.finding("schema-differs", f"Its schema is another one: {text}", hint)


def _moved_on(seen: Seen, changes: Sequence[TableChange]) -> Iterator[Finding]:
    told = [each for each in map(_told, changes) if each]
    if told:
        message = f"The database moved on since: {_some(told)}."
        yield seen.finding("moved-on", message, "A restore loses that.", "note")


def _missing(seen: Seen, changes: Sequence[TableChange]) -> Iterator[Finding]:
    """Yield what the backup has not as the database has it, and nothing tells why."""
    told = [each for each in map(_told, changes) if each]
    if not told:
        return
    text = _some(told)
    if not seen.in_wal_mode:
        message = f"The database has what the backup has not: {text}."
        yield seen.finding("differs", message, _NOTED)
        return
    sure = "This is" if seen.is_copy and seen.source_log else "This looks like"
    message = (
        f"{sure} a copy of the file of a running database without its -wal, in which the last commits are. "
        f"Against the database: {text}. The check of the file says ok all the same."
    )
    hint = "Never copy the files of a database in use. Take it with: handrail backup take --database FILE"
    yield seen.finding("copy-without-log", message, hint)


def _told(change: TableChange) -> str:
    """Return in words how a table of the database differs from that of the backup."""
    changed = max((each.changed for each in change.columns), default=0)
    numbers = ((change.added, "more"), (change.lost, "gone"), (changed, "with other values"))
    words = [f"{number} {'row' if number == 1 else 'rows'} {what}" for number, what in numbers if number]
    return f"{change.table}: {', '.join(words)}" if words else ""


def _some(texts: Sequence[str]) -> str:
    more = f" and {len(texts) - _MOST} more" if len(texts) > _MOST else ""
    return f"{'; '.join(texts[:_MOST])}{more}"
