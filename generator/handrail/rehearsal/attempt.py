"""A migration is tried on a copy: forward, in the other mode, back, and against a restored backup."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from handrail.core.finding import Finding
from handrail.migrations.quotes import Dialect
from handrail.migrations.statements import split
from handrail.ports import DatabaseCopy
from handrail.rehearsal.compare import Side, TableChange, compare
from handrail.rehearsal.evidence import Lost
from handrail.rehearsal.follow import follow, without_swaps
from handrail.rehearsal.look import Look, look_at
from handrail.rehearsal.losses import Script, find_losses
from handrail.rehearsal.object_losses import find_object_losses
from handrail.rehearsal.objects import (
    differences,
    find_failure,
    find_troubles,
    find_waits,
)
from handrail.rehearsal.smoke import find_smoke
from handrail.rehearsal.trial import Applied, Back, Trial, Tried, Way


class Plan(NamedTuple):
    """What is to be tried.

    ``up`` and ``down`` are scripts as text; ``down`` is None where there is no way back but
    the backup, and ``way`` says where it comes from. ``transaction``: the runner opens one
    around a script. ``restore`` returns a database made from a backup of the one that it is
    given, and the seconds that restoring took. ``smoke`` are queries of the application.
    """

    tried: Tried
    dialect: Dialect
    up: str
    down: str | None
    way: Way
    transaction: bool
    restore: Callable[[DatabaseCopy], tuple[DatabaseCopy, float]]
    smoke: tuple[str, ...] = ()


def attempt(base: DatabaseCopy, plan: Plan, tell: Callable[[str], None]) -> tuple[Trial, DatabaseCopy]:
    """Try a migration on copies of ``base``; return what was seen, and the copy that is migrated.

    ``base`` stays as it is. ``tell`` is told what is done next.
    """
    operations = without_swaps(plan.tried.operations, plan.up)
    plan = plan._replace(tried=plan.tried._replace(operations=operations))
    tell("reading every row")
    before = look_at(base)
    script = Script(plan.tried, before.schema, plan.up)
    tell("applying the script")
    migrated = base.copy()
    applied = _apply(migrated, plan.up, plan, transaction=plan.transaction)
    tell("comparing every row")
    after = look_at(migrated)
    changes = _compare((base, before), (migrated, after), plan.tried)
    findings = list(_judge(script, applied, before, after, changes))
    if not applied.failed:
        findings += find_smoke(script, base, migrated, plan.smoke)
    if plan.dialect == "sqlite" and "pragma" in plan.up.lower():  # nothing else minds a transaction
        tell("trying the other transaction mode")
        findings += _other_mode(base, before, plan, script, findings)
    tell("trying the way back")
    back = _back(base, before, migrated, plan)
    tell("restoring a backup")
    restore = _restored(base, before, plan)
    findings += _judge_back(script, restore if back is None else back)
    return Trial(
        plan.tried, applied, before, after, changes, tuple(findings), back or restore, restore
    ), migrated


def _apply(database: DatabaseCopy, text: str, plan: Plan, *, transaction: bool) -> Applied:
    statements = ((each.line, each.text) for each in split(text, plan.dialect) if each.text.strip())
    return Applied(tuple(database.run(statements, transaction=transaction)), transaction)


def _compare(
    old: tuple[DatabaseCopy, Look], new: tuple[DatabaseCopy, Look], tried: Tried | None
) -> tuple[TableChange, ...]:
    """Return what changed in the content; names are followed through the operations of ``tried``."""
    pairs = follow(old[1].schema, new[1].schema, tried.operations if tried else ())
    return tuple(compare(Side(old[0], old[1].content), Side(new[0], new[1].content), pairs))


def _judge(
    script: Script, applied: Applied, before: Look, after: Look, changes: Sequence[TableChange]
) -> Iterator[Finding]:
    yield from find_losses(script, changes)
    if applied.failed:
        left = () if applied.transaction else _left(before, after, changes)
        yield from find_failure(script, applied, left)
    else:
        yield from find_object_losses(script, before, after)
    yield from find_troubles(script, before, after)
    yield from find_waits(
        script, applied.statements, {name: content.rows for name, content in before.content.items()}
    )


def _left(before: Look, after: Look, changes: Sequence[TableChange]) -> Iterator[str]:
    """Yield what statements before one that failed left behind, a phrase each."""
    yield from map(str, differences(before.schema, after.schema))
    for change in changes:
        for column in change.columns:
            yield f"{change.table}.{column.column} has {column.changed or column.filled} other values"
        if change.lost or change.added:
            yield f"{change.table} has {change.lost} rows less and {change.added} more"


def _other_mode(
    base: DatabaseCopy, before: Look, plan: Plan, script: Script, known: Sequence[Finding]
) -> Iterator[Finding]:
    """Yield what the other transaction mode would lose, and the runner's own does not."""
    other = base.copy()
    applied = _apply(other, plan.up, plan, transaction=not plan.transaction)
    after = (other, look_at(other, rows_only=True))
    changes = () if applied.failed else _compare((base, before), after, plan.tried)
    other.remove()
    told = {each.message for each in known}
    losses = [each for each in find_losses(script, changes) if each.severity == "error"]
    new = [each for each in losses if each.message not in told]
    if new:
        mode = "outside a transaction" if plan.transaction else "in a transaction"
        what = " ".join(each.message for each in new)
        message = f"A runner that applies it {mode} loses data without an error: {what}"
        hint = "Never apply it by another program than the policy's runner, and never by hand with BEGIN."
        yield script.finding("rehearsal.other-mode", message, "warning", new[0].location.line, hint)


def _back(base: DatabaseCopy, before: Look, migrated: DatabaseCopy, plan: Plan) -> Back | None:
    """Run the way back on a copy of the migrated database, and compare with the one before."""
    if plan.down is None:
        return None
    database = migrated.copy()
    applied = _apply(database, plan.down, plan, transaction=plan.transaction)
    failed = applied.failed
    error = f"line {failed.line}: {failed.error}" if failed else ""
    back = _compared(base, before, database, plan.way, applied.milliseconds / 1000, error)
    database.remove()
    return back


def _restored(base: DatabaseCopy, before: Look, plan: Plan) -> Back:
    database, seconds = plan.restore(base)
    same = database.is_twin_of(base)
    back = Back("restore", seconds) if same else _compared(base, before, database, "restore", seconds, "")
    database.remove()
    return back


def _compared(
    base: DatabaseCopy, before: Look, database: DatabaseCopy, way: Way, seconds: float, error: str
) -> Back:
    """Return the two verdicts on a database that should be as it was."""
    after = look_at(database)
    changes = _compare((base, before), (database, after), None)
    schema = [str(each) for each in differences(before.schema, after.schema)]
    schema += _behind(before, after)
    known = {each.text for each in before.problems}
    schema += [each.text.rstrip(".") for each in after.problems if each.text not in known]
    return Back(way, seconds, tuple(schema), tuple(_lost(changes)), sum(map(_extra, changes)), error)


def _behind(before: Look, after: Look) -> Iterator[str]:
    """Yield what numbers new rows and would give numbers again that it gave before."""
    earlier = {each.name: each.next for each in before.counters}
    for each in after.counters:
        if each.next < earlier.get(each.name, each.next):
            yield f"{each.name} gives {each.next} next, and gave {earlier[each.name]} before"


def _lost(changes: Sequence[TableChange]) -> Iterator[Lost]:
    for change in changes:
        if change.lost:
            yield Lost(change.table, "", change.lost)
        for column in change.columns:
            number = column.overwritten if column.now else column.filled
            if number:
                yield Lost(change.table, column.column, number)


def _extra(change: TableChange) -> int:
    return change.added + sum(each.given for each in change.columns)


def _judge_back(script: Script, back: Back) -> Iterator[Finding]:
    """Yield what did not come back, named before it is needed."""
    if back.error:
        message = f"The way back ({back.way}) was refused at {back.error}"
        yield script.finding(
            "rehearsal.no-way-back", message, "warning", 1, "Correct the down script, or plan a restore."
        )
        return
    if back.schema:
        message = f"After the way back ({back.way}) the schema is another one: {'; '.join(back.schema)}."
        yield script.finding(
            "rehearsal.schema-not-restored", message, "warning", 1, "Correct the down script."
        )
    if back.lost:
        names = (
            f"{each.rows} of {each.table}{'.' + each.column if each.column else ''}" for each in back.lost
        )
        message = f"The way back ({back.way}) does not bring back: {', '.join(names)}."
        hint = "Only the backup does: say so in the restore plan."
        yield script.finding("rehearsal.data-not-restored", message, "warning", 1, hint)
    if back.extra:
        message = f"After the way back ({back.way}) there are {back.extra} rows or values too many."
        yield script.finding(
            "rehearsal.data-left-over", message, "warning", 1, "Remove them in the down script."
        )
