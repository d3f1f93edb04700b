"""What a migration did to the schema, against what it says; locks; what else is wrong afterwards."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from handrail.core.database import Schema, StatementRun
from handrail.core.finding import Finding
from handrail.rehearsal.look import Look
from handrail.rehearsal.losses import Script
from handrail.rehearsal.trial import Applied


class Difference(NamedTuple):
    """An item that is not as before: ``old`` or ``new`` is '' where it was not, or is not, there."""

    kind: str
    name: str
    old: str
    new: str

    def __str__(self) -> str:
        """Return it as a sentence without its stop."""
        if not self.new:
            return f"{self.kind} {self.name} is missing"
        if not self.old:
            return f"{self.kind} {self.name} is left over"
        return f"{self.kind} {self.name} is {self.new}, was {self.old}"


def differences(before: Schema, after: Schema) -> tuple[Difference, ...]:
    """Return how a schema differs from the one before, by kind and name."""
    keys = sorted({*before.items, *after.items})
    found = (Difference(*key, before.items.get(key, ""), after.items.get(key, "")) for key in keys)
    return tuple(each for each in found if each.old != each.new)


def find_troubles(script: Script, before: Look, after: Look) -> Iterator[Finding]:
    """Yield what is wrong in the database after and was not before."""
    known = {(each.code, each.name) for each in before.problems}
    for problem in after.problems:
        if problem.code == "counter-behind":
            continue  # told of its counter below
        if (problem.code, problem.name) not in known or _grew(problem.text, before):
            line = script.line(problem.name)
            code, hint = _TROUBLES.get(problem.code, ("rehearsal.trouble", ""))
            yield script.finding(code, problem.text, "error", line, hint)
    earlier = {each.name: each for each in before.counters}
    for counter in after.counters:
        old = earlier.get(counter.name)
        if counter.next <= counter.highest and not (old and old.next <= old.highest):
            message = (
                f"{counter.name} gives {counter.next} next, and {counter.table} goes up to {counter.highest}."
            )
            hint = "New rows will collide with old ones: set it above the highest."
            yield script.finding(
                "rehearsal.counter-behind", message, "error", script.line(counter.table), hint
            )
        elif old and counter.next < old.next:
            message = f"{counter.name} gives {counter.next} next, and gave {old.next} before."
            hint = "Numbers of deleted rows are given again: set it to where it was."
            yield script.finding(
                "rehearsal.counter-reset", message, "error", script.line(counter.table), hint
            )


def _grew(text: str, before: Look) -> bool:
    """Tell whether a problem that was there before is told with other numbers now."""
    return text not in {each.text for each in before.problems}


_TROUBLES = {
    "foreign-key": (
        "rehearsal.foreign-key",
        "Delete or repair the orphans in the script, before the key is checked.",
    ),
    "integrity": (
        "rehearsal.integrity",
        "Do not go on with this file. See the runbook for restoring.",
    ),
    "index-invalid": ("rehearsal.index-invalid", "Drop it, and make it again CONCURRENTLY."),
    "constraint-not-validated": (
        "rehearsal.constraint-not-validated",
        "VALIDATE CONSTRAINT in a migration of its own.",
    ),
    "view-broken": ("rehearsal.view-broken", "Make the view again in the same script."),
    "function-broken": ("rehearsal.function-broken", "Make the function again in the same script."),
    "trigger-broken": (
        "rehearsal.trigger-broken",
        "Make the trigger again in the same script: the next write fails.",
    ),
    "trigger-disabled": ("rehearsal.trigger-disabled", "ENABLE TRIGGER at the end of the script."),
    "search-index": (
        "rehearsal.search-index",
        "Fill it again: INSERT INTO name(name) VALUES('rebuild').",
    ),
}
"""Code of a problem -> code of the finding, and what to do next."""


def find_failure(script: Script, applied: Applied, left: Iterable[str]) -> Iterator[Finding]:
    """Yield the statement that was refused, and what the ones before it left behind, a phrase each."""
    failed = applied.failed
    if failed is None:
        return
    message = f"The database refused it: {failed.error}"
    yield script.finding("rehearsal.failed", message, "error", failed.line, "Correct the statement.")
    remains = "; ".join(left)
    if remains:
        message = f"It stays half applied: {remains}."
        hint = "The runner opens no transaction: split it, one change a migration, or write it to run again."
        yield script.finding("rehearsal.half-applied", message, "error", failed.line, hint)


def find_waits(
    script: Script, statements: Iterable[StatementRun], existing: Mapping[str, int]
) -> Iterator[Finding]:
    """Yield locks that keep others from writing, and tables that are written anew.

    ``existing`` maps the tables that were there before to their rows. A lock under
    which no row is read or written is held for a moment, however large a table is.
    """
    for each in statements:
        locked = [name for name in each.locked if existing.get(name)]
        rows = max((existing[name] for name in locked), default=0)
        took = f"for {each.milliseconds:.0f} ms on {rows} rows"
        if each.rewritten:
            names = ", ".join(each.rewritten)
            message = f"{names} is written anew under {each.lock or 'a lock'}, {took}."
            hint = "Nobody reads or writes meanwhile. Add, backfill in batches, and switch."
            yield script.finding("rehearsal.table-rewritten", message, "warning", each.line, hint)
        elif each.blocks_writes and locked and each.rows:
            message = f"{each.lock} on {', '.join(locked)} lets nobody write, {took}."
            hint = "Set lock_timeout, and see the guide for a way that does not block."
            yield script.finding("rehearsal.blocks-writes", message, "warning", each.line, hint)
