"""Who has approved: one person a seat, for the last commit, and none of them the author."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from handrail.core.pull_request import PullRequest, Review
from handrail.policy.matrix import Level, MatrixFile
from handrail.policy.roles import Role
from handrail.review.case import Seat

_SPEAKS = frozenset({"approved", "changes_requested", "dismissed"})
"""States that replace an earlier one of the same person; a comment does not."""


class Approvals(NamedTuple):
    """The seats of a level with who sits there, and who asked for changes."""

    seats: tuple[Seat, ...]
    objections: tuple[str, ...]


def read_approvals(
    matrix: MatrixFile, level: Level, roles: Sequence[Role], change: PullRequest, reviews: Iterable[Review]
) -> Approvals:
    """Return who approved in which role.

    Only the last state of a person counts. The author, programs, deleted
    accounts, and approvals for earlier commits (where the policy dismisses
    them) do not. With distinct people nobody sits in two seats.
    """
    by_id = {each.id: each for each in roles}
    latest = _latest(reviews)
    people = [each for each in latest.values() if each.state == "approved"]
    asked = [(by_id[each.role], each.count) for each in level.approvals if each.role in by_id]
    reasons = {each.login: _reason(each, change, matrix.dismiss_stale) for each in people}
    able = {
        role.id: [each.login for each in people if not reasons[each.login] and _may(role, each)]
        for role, _ in asked
    }
    taken = _seated(asked, able, distinct=matrix.distinct_people)
    seats = tuple(
        Seat(role.id, role.title, count, tuple(taken[role.id]), _members(role, change.author),
             tuple(_ignored(role, people, reasons)))
        for role, count in asked
    )  # fmt: skip
    members = {one.login.casefold() for role, _ in asked for one in role.members}
    objecting = (each for each in latest.values() if each.state == "changes_requested")
    return Approvals(seats, tuple(each.login for each in objecting if each.login.casefold() in members))


def _latest(reviews: Iterable[Review]) -> Mapping[str, Review]:
    """Return the last review of each person that says yes or no, by login in small letters."""
    latest: dict[str, Review] = {}
    for each in sorted(reviews, key=lambda review: review.submitted):
        if each.state in _SPEAKS and each.login:
            latest[each.login.casefold()] = each
    return latest


def _reason(review: Review, change: PullRequest, dismiss_stale: bool) -> str:
    """Say why an approval counts in no role, or ''."""
    if review.login.casefold() == change.author.casefold():
        return "is the author"
    if dismiss_stale and review.commit != change.head:
        return f"approved {review.commit[:7] or 'no commit'}, which is not the last commit"
    return ""


def _may(role: Role, review: Review) -> bool:
    return not _unfit(role, review) and _member(role, review.login)


def _member(role: Role, login: str) -> bool:
    return any(each.login.casefold() == login.casefold() for each in role.members)


def _unfit(role: Role, review: Review) -> bool:
    """Tell whether a program approved where the policy wants a person."""
    agents = {each.login.casefold() for each in role.members if each.kind == "agent"}
    return role.human and (review.is_bot or review.login.casefold() in agents)


def _ignored(role: Role, people: Iterable[Review], reasons: Mapping[str, str]) -> Iterator[str]:
    for each in people:
        if _member(role, each.login) and (reasons[each.login] or _unfit(role, each)):
            yield f"{each.login} {reasons[each.login] or 'is a program'}"


def _members(role: Role, author: str) -> tuple[str, ...]:
    """Return who may sit there."""
    people = (each for each in role.members if not (role.human and each.kind == "agent"))
    return tuple(each.login for each in people if each.login.casefold() != author.casefold())


def _seated(
    asked: Sequence[tuple[Role, int]], able: Mapping[str, Sequence[str]], *, distinct: bool
) -> dict[str, list[str]]:
    """Return who sits where, with as many seats taken as can be."""
    if not distinct:
        return {role.id: list(able[role.id][:count]) for role, count in asked}
    seats = [(role.id, number) for role, count in asked for number in range(count)]
    sitting: dict[str, tuple[str, int]] = {}
    for seat in seats:
        _sit(seat, able, sitting, set())
    where = {seat: login for login, seat in sitting.items()}
    return {role.id: [where[seat] for seat in seats if seat[0] == role.id and seat in where]
            for role, _ in asked}  # fmt: skip


def _sit(
    seat: tuple[str, int],
    able: Mapping[str, Sequence[str]],
    sitting: dict[str, tuple[str, int]],
    tried: set[str],
) -> bool:
    """Find somebody for a seat, moving others to another seat of theirs where that helps."""
    for login in able[seat[0]]:
        if login in tried:
            continue
        tried.add(login)
        if login not in sitting or _sit(sitting[login], able, sitting, tried):
            sitting[login] = seat
            return True
    return False
