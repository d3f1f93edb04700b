"""What was found out about migrations: values only."""

from typing import NamedTuple

from handrail.core.finding import Finding, sorted_findings
from handrail.core.location import Location
from handrail.migrations.fold import Undo
from handrail.migrations.operations import Operation, Unread
from handrail.risk.waivers import Waiver


class Judged(NamedTuple):
    """An operation with its level; ``why`` and ``safer`` are the policy's, as plain text.

    ``raised`` is the condition of the policy that raised the level, in words;
    ``waiver`` the exception that takes it out of the migration's level.
    """

    operation: Operation
    level: str
    why: str = ""
    safer: str = ""
    raised: str = ""
    waiver: Waiver | None = None


REBUILD = "table.rebuild"
"""A rebuild is what it changes, and that is told: it has nothing to say of its own."""


class MigrationRisk(NamedTuple):
    """One migration: its level, the highest of its operations that are not waived."""

    name: str
    path: str
    dialect: str
    level: str
    operations: tuple[Judged, ...]
    findings: tuple[Finding, ...]
    not_checked: tuple[Unread, ...]
    undo: Undo

    @property
    def raising(self) -> tuple[Judged, ...]:
        """The operations that gave the migration its level."""
        counted = (each for each in self.operations if each.level == self.level and not each.waiver)
        return tuple(each for each in counted if each.operation.kind != REBUILD)

    def told(self, lowest: str) -> tuple[Judged, ...]:
        """Return what people have to hear of: operations above the lowest level, and waived ones."""
        return tuple(
            each
            for each in self.operations
            if each.waiver or (each.level != lowest and each.operation.kind != REBUILD)
        )


class Verdict(NamedTuple):
    """Several migrations: the highest level, and findings that belong to none of them."""

    level: str
    migrations: tuple[MigrationRisk, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        """The findings about all migrations and waivers, by place."""
        inside = (finding for each in self.migrations for finding in each.findings)
        return sorted_findings((*self.findings, *inside))


def describe(operation: Operation) -> str:
    """Return what an operation is about, in a few words: the object, and from what to what."""
    about = ".".join(part for part in (operation.table, operation.column) if part)
    if operation.old and operation.new:
        change = f"{operation.old} -> {operation.new}"
    else:
        change = operation.old or operation.new
    return f"{about} ({change})" if change and about else about or change


def as_findings(verdict: Verdict, lowest: str) -> tuple[Finding, ...]:
    """Return the verdict as findings, for formats that know nothing else; the level is a word of the message.

    Operations of the lowest level, and waived ones, are notes; all others are warnings.
    """
    found = list(verdict.all_findings)
    for risk in verdict.migrations:
        told = risk.told(lowest)
        found += [_as_finding(risk, each, quiet=each not in told) for each in risk.operations]
    return sorted_findings(found)


def _as_finding(risk: MigrationRisk, judged: Judged, *, quiet: bool) -> Finding:
    operation = judged.operation
    head = f"{judged.level}: {describe(operation)}".rstrip(": ")
    waived = f"Waived until {judged.waiver.expires}: {judged.waiver.reason}" if judged.waiver else ""
    message = ". ".join(part.rstrip(".") for part in (head, *operation.facts, judged.why, waived) if part)
    where = Location(risk.path, operation.line)
    return Finding(
        operation.kind, f"{message}.", where, "note" if quiet or judged.waiver else "warning", judged.safer
    )
