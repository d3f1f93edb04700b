"""Accepted exceptions: in ``policies/waivers.yaml``, or beside the statement in the script.

In a script, on a line of its own::

    -- handrail: waive OPERATION OBJECT by OWNER until YYYY-MM-DD: REASON

A waiver that says less waives nothing. A statement that nobody could read has no
object: its waiver stands right above it, or names the migration.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from handrail.core.finding import Finding
from handrail.core.location import Location
from handrail.migrations.operations import Operation
from handrail.policy.rulebook import Rules

FORM = "-- handrail: waive OPERATION OBJECT by OWNER until YYYY-MM-DD: REASON"

NEAR = 3
"""Lines between such a waiver and a statement that has no object, at most: several may stand above it."""

_INLINE = re.compile(r"^[ \t]*--[ \t]*handrail:[ \t]*waive\b(?P<rest>.*)$", re.MULTILINE | re.IGNORECASE)
_PARTS = re.compile(
    r"\s+(?P<operation>[a-z][a-z0-9_.]*)\s+(?P<object>\S+)\s+by\s+(?P<owner>\S+)"
    r"\s+until\s+(?P<until>\d{4}-\d\d-\d\d):\s*(?P<reason>\S.*)"
)
_DAY = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")


class Waiver(NamedTuple):
    """One exception. ``migration`` is '' for any; ``expires`` is its last day, as YYYY-MM-DD."""

    operation: str
    object: str
    reason: str
    owner: str
    expires: str
    location: Location
    migration: str = ""

    def covers(self, operation: Operation, migration: str) -> bool:
        """Tell whether it is about this operation of this migration. The day is not looked at."""
        table = operation.table or operation.column
        names = {table, f"{table}.{operation.column}", operation.column or table}
        return (
            self.operation == operation.kind
            and self.migration in ("", migration)
            and (self.object in names if table else self._is_beside(operation))
        )

    def _is_beside(self, operation: Operation) -> bool:
        """Tell whether it can be about a statement that has no object."""
        inline = self.location.path.endswith(".sql")
        near = 0 < operation.line - self.location.line <= NEAR
        return near if inline else bool(self.migration)


def policy_waivers(policy: Rules) -> tuple[Waiver, ...]:
    """Return the waivers of the policy file, which is valid already."""
    return tuple(
        Waiver(
            each.operation,
            each.object,
            " ".join(each.reason.split()),
            each.owner,
            each.expires,
            each.location,
            each.migration or "",
        )
        for each in policy.waivers.waivers
    )


def inline_waivers(
    path: str, text: str, name: str, owners: frozenset[str], operations: frozenset[str]
) -> tuple[tuple[Waiver, ...], tuple[Finding, ...]]:
    """Return the waivers in a script, and what is wrong with those that are malformed.

    Findings: ``waiver.malformed``. ``owners`` and ``operations`` are the names that the policy knows.
    """
    good: list[Waiver] = []
    bad: list[Finding] = []
    for found in _INLINE.finditer(text):
        where = Location(path, text.count("\n", 0, found.start()) + 1)
        parts = _PARTS.fullmatch(found["rest"].rstrip("\r "))
        problem = _problem(parts, owners, operations)
        if parts is None or problem:
            bad.append(Finding("waiver.malformed", problem, where, hint=f"Write: {FORM}"))
        else:
            good.append(
                Waiver(
                    parts["operation"],
                    parts["object"],
                    parts["reason"].strip(),
                    parts["owner"],
                    parts["until"],
                    where,
                    name,
                )
            )
    return tuple(good), tuple(bad)


def _problem(parts: re.Match[str] | None, owners: frozenset[str], operations: frozenset[str]) -> str:
    if parts is None:
        return "This waiver is not complete, and waives nothing"
    if parts["operation"] not in operations:
        return f"This waiver names no operation of the policy: '{parts['operation']}'. It waives nothing"
    if parts["owner"] not in owners:
        return (
            f"This waiver has an owner that the policy does not know: '{parts['owner']}'. It waives nothing"
        )
    if not _DAY.fullmatch(parts["until"]):
        return f"'{parts['until']}' is no day. This waiver waives nothing"
    return ""


def find_waiver(waivers: Sequence[Waiver], operation: Operation, migration: str, today: str) -> Waiver | None:
    """Return the waiver that covers an operation today, or None."""
    return next(
        (each for each in waivers if each.expires >= today and each.covers(operation, migration)), None
    )


def find_stale(waivers: Sequence[Waiver], used: Sequence[Waiver], today: str) -> Iterator[Finding]:
    """Yield ``waiver.expired`` and ``waiver.unused`` for those that are over or that nothing needed."""
    for each in waivers:
        if each.expires < today:
            message = f"The waiver of {each.operation} on {each.object} ended on {each.expires}"
            hint = "Remove it, or have it renewed with a new reason."
            yield Finding("waiver.expired", message, each.location, "error", hint)
        elif each not in used:
            message = f"The waiver of {each.operation} on {each.object} is needed by no migration"
            yield Finding("waiver.unused", message, each.location, "warning", "Remove it.")
