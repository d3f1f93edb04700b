"""The checks of the gate: one function for each check that a requirement of the policy may name."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import timedelta

from handrail.policy.matrix import Requirement
from handrail.policy.projection import level_of
from handrail.policy.team import DeployWindow
from handrail.review.approvals import Approvals, read_approvals
from handrail.review.body import Answer
from handrail.review.case import PAST, SCHEMA, Case, Part, met, missing
from handrail.review.proof import PROOFS, Proof, evidence_parts
from handrail.review.questions import checklist_parts, field_parts, fields_due
from handrail.review.windows import closed, is_day, next_day, told, window_of
from handrail.risk.levels import Levels
from handrail.risk.verdict import MigrationRisk, describe
from handrail.source.evidence import utc

Check = Callable[[Case, Requirement], Iterable[Part]]

DELETE_RULES = ("foreign_key.on_delete.change", "foreign_key.on_delete.cascade")
_TOLD_APART = (*PAST, "migration.program")
"""Findings that are operations of a migration as well; a program that did not change is no news."""
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[T ,]+(?:at +)?(\d\d:\d\d)")


def declaration(case: Case, _: Requirement) -> Iterator[Part]:
    """Yield the questions that belong to no other requirement."""
    if case.pull_request.author_is_bot and not case.touched:
        yield met("declaration", "A program wrote it, and it touches no database")
    else:
        yield from field_parts(case, None)


def checklists(case: Case, _: Requirement) -> Iterator[Part]:
    """Yield the boxes of the checklists."""
    yield from checklist_parts(case)


def migration(case: Case, _: Requirement) -> Iterator[Part]:
    """Yield what is missing where the schema changed without a migration."""
    title = "A migration brings the database to the schema"
    for risk in case.verdict.migrations:
        for each in risk.operations:
            if each.operation.kind == SCHEMA and not each.waiver:
                said = f"{risk.path} changed without one: {' '.join(each.operation.facts) or risk.name}"
                yield missing(f"migration:{risk.path}", title, said, "Write it: handrail new NAME.")


def history(case: Case, _: Requirement) -> Iterator[Part]:
    """Yield what is wrong with names and order, and with a past that must not change."""
    for risk in case.migrations:
        for each in risk.operations:
            if each.operation.kind in PAST and not each.waiver:
                said = " ".join(each.operation.facts)
                then = each.safer or "Leave it as it was, and write a new migration."
                yield missing(f"history:{risk.path}", each.operation.kind, said, then)
    for finding in case.verdict.all_findings:
        if finding.code not in _TOLD_APART and finding.severity != "note":
            where = f"{finding.location.path}:{finding.location.line}"
            yield missing(f"history:{where}", finding.code, f"{finding.message} ({where}).", finding.hint)


def approvals_of(case: Case) -> Approvals:
    """Return who approved, by the seats of the level.

    A waiver that a new script brings along spares evidence, not people: they
    are those of the level that it waives.
    """
    if not case.level:
        return Approvals((), ())
    brought = [
        each.level
        for risk in case.migrations
        for each in risk.operations
        if each.waiver and each.waiver.location.path == risk.path
    ]
    level = level_of(case.policy, Levels(case.policy).highest((case.level, *brought)))
    roles = case.policy.roles.roles
    return read_approvals(case.policy.risk_matrix, level, roles, case.pull_request, case.reviews)


def approvals(case: Case, _: Requirement) -> Iterator[Part]:
    """Yield each role that the level names, and each person who asked for changes."""
    found = approvals_of(case)
    yield from seat_parts(found)
    wait = level_of(case.policy, case.level).minimum_wait_hours if case.level else 0
    if wait:
        yield _waiting(case, wait)


def _waiting(case: Case, hours: int) -> Part:
    """Return whether the time is over that must pass before the merge."""
    title = f"{hours} hours have passed since it was opened"
    opened = utc(case.pull_request.opened)
    now = utc(case.now)
    if opened is None or now is None:
        return missing("wait", title, "When it was opened is not known.", "Run the gate on GitHub.")
    end = opened + timedelta(hours=hours)
    if now >= end:
        return met("wait", title)
    then = f"Run the gate again after {end:%Y-%m-%d %H:%M} UTC."
    return missing("wait", title, f"It was opened at {opened:%Y-%m-%d %H:%M} UTC.", then)


def seat_parts(found: Approvals) -> Iterator[Part]:
    """Yield the state of each seat."""
    sitting = {login for seat in found.seats for login in seat.given}
    for seat in found.seats:
        key, title = f"role:{seat.role}", f"Approval by {seat.title}"
        if len(seat.given) >= seat.needed:
            yield met(key, title, ", ".join(seat.given))
            continue
        said = f"{len(seat.given)} of {seat.needed}."
        if seat.ignored:
            said += f" Not counted: {'; '.join(seat.ignored)}."
        asked = [each for each in seat.may if each not in sitting]
        nobody = "Nobody else is in this role: see policies/roles.yaml."
        then = f"Ask for a review: {', '.join(asked)}." if asked else nobody
        yield missing(key, title, said, then)
    for login in found.objections:
        said = f"{login} asked for changes."
        then = f"Answer, and ask {login} to look again."
        yield missing(f"objection:{login}", "Nobody stands against it", said, then)


def cascades(case: Case, requirement: Requirement) -> Iterator[Part]:
    """Yield the reasons for delete rules that appear or change."""
    touched = [
        each.operation
        for risk in case.migrations
        for each in risk.operations
        if each.operation.kind in DELETE_RULES and not each.waiver
    ]
    if not touched:
        return
    parts = list(field_parts(case, requirement.id))
    yield from parts
    if any(part.state == "missing" for part in parts):
        return
    answers = (case.declaration.answers.get(each.id, Answer()) for each in fields_due(case, requirement.id))
    words = " ".join(answer.text for answer in answers).casefold()
    for table, about in {each.table: describe(each) for each in touched}.items():
        if not re.search(rf"(?<!\w){re.escape(table.casefold())}(?!\w)", words):
            said = f"Nothing is said about {about}."
            yield missing(f"relation:{table}", requirement.title, said, f"Name {table}, and give the reason.")


def rollback(case: Case, requirement: Requirement) -> Iterator[Part]:
    """Yield the way back: what is declared, and whether the files bear it out."""
    parts = list(field_parts(case, requirement.id))
    yield from parts
    chosen = {
        option.means
        for field in fields_due(case, requirement.id)
        for option in field.options
        if option.id in case.declaration.ticked(field.id)
    }
    if chosen == {"down-script"}:
        for risk in case.migrations:
            yield from _way_back(risk, case)


_NO_WAY = {
    "missing": "has no down script",
    "empty": "has a down script that changes nothing",
    "not undone": "has a down script that does not bring the old schema back",
    "declared irreversible": "says of itself that it cannot be undone",
}


def _way_back(risk: MigrationRisk, case: Case) -> Iterator[Part]:
    problem = _NO_WAY.get(risk.undo.way)
    if problem and risk.path in case.digests:
        unlike = f": {'; '.join(risk.undo.differences[:3])}" if risk.undo.differences else ""
        down = case.policy.database.paths.down
        then = f"Write {down}, or declare the change forward-only with a restore plan."
        yield missing(f"down:{risk.name}", "A down script undoes it", f"{risk.name} {problem}{unlike}.", then)


def _evidence(proof: Proof) -> Check:
    def check(case: Case, requirement: Requirement) -> Iterator[Part]:
        yield from field_parts(case, requirement.id)
        there = [risk for risk in case.migrations if risk.path in case.digests]
        scripts = {risk.name: case.digests[risk.path] for risk in there}
        yield from evidence_parts(proof, case, requirement, scripts)

    return check


def window(case: Case, requirement: Requirement) -> Iterator[Part]:
    """Yield whether a date and time within the deploy window is named."""
    parts = list(field_parts(case, requirement.id))
    yield from parts
    booked = window_of(case.policy, case.level)
    if booked is None or any(part.state == "missing" for part in parts):
        return
    answers = [case.declaration.answers.get(each.id, Answer()) for each in fields_due(case, requirement.id)]
    found = _MOMENT.search(" ".join(answer.text for answer in answers))
    line = answers[0].line if answers else 0
    said = _booking_problem(booked, found, case.now[:10])
    if said:
        time = f"{next_day(booked, case.now[:10])} {booked.from_time}"
        then = f"Name a time such as {time} within {told(booked)}."
        yield missing("window", booked.title, said, then, line)
    else:
        yield met("window", booked.title, found[0] if found else "", line)


def _booking_problem(window: DeployWindow, found: re.Match[str] | None, today: str) -> str:
    if found is None:
        return "No date and time was found in the answer."
    if not is_day(found[1]):
        return f"{found[1]} is no day."
    return f"{found[1]} is over." if found[1] < today else closed(window, found[1], found[2])


def loosened(case: Case, _: Requirement) -> Iterator[Part]:
    """Yield the approvals that a loosened policy needs, by the policy as it was."""
    if case.loosening is None:
        return
    before = case.loosening.before
    level = level_of(before, case.loosening.level)
    found = read_approvals(before.risk_matrix, level, before.roles.roles, case.pull_request, case.reviews)
    first = "; ".join(each.text for each in case.loosening.changes[:3])
    more = len(case.loosening.changes) - 3
    first += f"; and {more} more" if more > 0 else ""
    said = f"Loosened: {first}. "
    for part in seat_parts(found):
        yield part._replace(id=f"policy:{part.id}", said=f"{said}{part.said}".strip())
        said = "" if part.state == "missing" else said  # told once, where people see it


CHECKS: Mapping[str, Check] = {
    "review-declaration": declaration,
    "review-checklists": checklists,
    "review-migration": migration,
    "review-history": history,
    "review-approvals": approvals,
    "review-cascades": cascades,
    "review-rollback": rollback,
    **{check: _evidence(proof) for check, proof in PROOFS.items()},
    "review-window": window,
    "review-policy": loosened,
}
"""Id of a check -> the function that makes its parts. ``policy.checks`` lists the same ids."""
