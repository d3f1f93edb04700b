"""Who has approved: by a table, and against every way in which people can sit."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.core.pull_request import PullRequest, Review, ReviewState
from handrail.core.record import replace
from handrail.policy.matrix import Level, MatrixFile
from handrail.policy.roles import Role
from handrail.review.approvals import read_approvals
from tests.minimal.builder import minimal_policy

POLICY = minimal_policy()
HEAD, OLD = "a" * 40, "b" * 40
CHANGE = PullRequest(1, author="Author", head=HEAD)


def role(name: str, *logins: str, agents: tuple[str, ...] = (), human: bool = True) -> Role:
    """Return a role with members."""
    some = POLICY.roles.roles[0]
    one = next(member for each in POLICY.roles.roles for member in each.members)
    people = [replace(one, login=each, kind="person") for each in logins]
    people += [replace(one, login=each, kind="agent") for each in agents]
    return replace(some, id=name, title=name, human=human, members=tuple(people))


def level(**counts: int) -> Level:
    """Return a level that asks for approvals: role -> how many."""
    some = POLICY.risk_matrix.levels[0]
    asked = tuple(replace(some.approvals[0], role=name, count=count) for name, count in counts.items())
    return replace(some, approvals=asked)


def matrix(*, distinct: bool = True, stale: bool = True) -> MatrixFile:
    """Return a matrix with the two switches."""
    return replace(POLICY.risk_matrix, distinct_people=distinct, dismiss_stale=stale)


def said(login: str, state: ReviewState, commit: str = HEAD, at: int = 0, *, bot: bool = False) -> Review:
    """Return a review of minute ``at``."""
    return Review(login, state, commit, f"2026-11-24T10:{at:02}:00Z", bot)


YES, NO = said("ann", "approved", at=1), said("ann", "changes_requested", at=2)

TABLE: dict[str, tuple[list[Review], list[str], list[str]]] = {
    "nobody": ([], [], []),
    "one": ([YES], ["ann"], []),
    "another case": ([said("ANN", "approved")], ["ANN"], []),
    "stale": ([said("ann", "approved", OLD)], [], []),
    "no commit": ([said("ann", "approved", "")], [], []),
    "the author": ([said("author", "approved")], [], []),
    "a stranger": ([said("eve", "approved")], [], []),
    "a bot": ([said("ann", "approved", bot=True)], [], []),
    "an agent": ([said("robot", "approved")], [], []),
    "nobody's account": ([said("", "approved")], [], []),
    "changes after yes": ([YES, NO], [], ["ann"]),
    "yes after changes": ([said("ann", "changes_requested", at=0), YES], ["ann"], []),
    "in whatever order they come": ([NO, YES], [], ["ann"]),
    "comment after yes": ([YES, said("ann", "commented", at=3)], ["ann"], []),
    "pending after yes": ([YES, said("ann", "pending", at=3)], ["ann"], []),
    "dismissed": ([YES, said("ann", "dismissed", at=3)], [], []),
    "dismissed changes": ([NO, said("ann", "dismissed", at=3)], [], []),
    "old changes stand": ([said("bob", "changes_requested", OLD), YES], ["ann"], ["bob"]),
    "changes of a stranger": ([YES, said("eve", "changes_requested")], ["ann"], []),
    "yes in another case takes changes back": ([NO, said("Ann", "approved", at=4)], ["Ann"], []),
}


@pytest.mark.parametrize("name", TABLE)
def test_one_seat(name: str) -> None:
    reviews, given_by, objections = TABLE[name]
    people = role("reviewer", "ann", "bob", "author", agents=("robot",))
    found = read_approvals(matrix(), level(reviewer=1), [people], CHANGE, reviews)
    assert [list(found.seats[0].given), list(found.objections)] == [given_by, objections]
    assert found.seats[0].may == ("ann", "bob")


def test_why_an_approval_does_not_count_is_said() -> None:
    people = role("reviewer", "ann", "author", "app", agents=("robot",))
    reviews = [said("ann", "approved", OLD), said("author", "approved"), said("robot", "approved")]
    reviews.append(said("app", "approved", bot=True))
    (seat,) = read_approvals(matrix(), level(reviewer=1), [people], CHANGE, reviews).seats
    assert set(seat.ignored) == {
        "ann approved bbbbbbb, which is not the last commit",
        "author is the author",
        "robot is a program",
        "app is a program",
    }


def test_where_the_policy_keeps_them_old_approvals_count() -> None:
    found = read_approvals(
        matrix(stale=False),
        level(reviewer=1),
        [role("reviewer", "ann")],
        CHANGE,
        [said("ann", "approved", OLD)],
    )
    assert found.seats[0].given == ("ann",)


def test_an_agent_counts_where_no_human_is_asked() -> None:
    people = role("reviewer", agents=("robot",), human=False)
    found = read_approvals(
        matrix(), level(reviewer=1), [people], CHANGE, [said("robot", "approved", bot=True)]
    )
    assert found.seats[0].given == ("robot",)


def test_one_person_sits_in_two_seats_only_where_the_policy_lets_them() -> None:
    roles = [role("first", "ann"), role("second", "ann")]
    for distinct, taken in ((True, 1), (False, 2)):
        found = read_approvals(matrix(distinct=distinct), level(first=1, second=1), roles, CHANGE, [YES])
        assert sum(len(seat.given) for seat in found.seats) == taken


LOGINS = ("ann", "bob", "cat", "dan")


@given(
    st.lists(st.sets(st.sampled_from(LOGINS)), min_size=1, max_size=3),
    st.lists(st.integers(1, 2), min_size=3, max_size=3),
    st.sets(st.sampled_from(LOGINS)),
)
def test_as_many_seats_are_taken_as_can_be(
    members: list[set[str]], counts: list[int], approving: set[str]
) -> None:
    roles = [role(f"r{number}", *sorted(each)) for number, each in enumerate(members)]
    asked = {f"r{number}": counts[number] for number in range(len(members))}
    reviews = [said(each, "approved") for each in sorted(approving)]
    found = read_approvals(matrix(), level(**asked), roles, CHANGE, reviews)
    seats = [number for number in range(len(members)) for _ in range(counts[number])]
    ways = product(*(["", *sorted(members[number] & approving)] for number in seats))
    best = max(
        len(people) for way in ways if len(people := [each for each in way if each]) == len(set(people))
    )
    given_by = [login for seat in found.seats for login in seat.given]
    assert len(given_by) == len(set(given_by)) == best
    for seat, who in zip(found.seats, members, strict=True):
        assert set(seat.given) <= who & approving
        assert len(seat.given) <= seat.needed
