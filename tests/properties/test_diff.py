"""Laws of the diff in meaning: something from something only, and the way back is the opposite."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import assume, example, given

from handrail.core.record import fields
from handrail.policy.diff import Change, diff_policies
from handrail.policy.model import Policy
from handrail.policy.shape import Node
from tests.minimal.builder import load
from tests.properties.policies import base, changes, policies, with_value
from tests.properties.project import examples, policy_files

OPPOSITE = {"tightened": "loosened", "loosened": "tightened", "changed": "changed", "reworded": "reworded"}


def policy_of(data: dict[str, Any]) -> Policy:
    policy = load(policy_files(data)).policy
    assert policy is not None
    return policy


def uncovered(value: Any) -> Any:
    """Return what a value says: without places, and without the rows that it covers."""
    if isinstance(value, Node):
        names = [name for name in fields(value) if name not in ("location", "covers")]
        return {name: uncovered(getattr(value, name)) for name in names}
    return [uncovered(each) for each in value] if isinstance(value, tuple) else value


def says(policy: Policy) -> dict[str, Any]:
    return {name: uncovered(getattr(policy, name)) for name in fields(policy)}


def swaps_roles(old: Policy, new: Policy) -> bool:
    """Tell whether a level loses an approval of one role and gains one of another: loosened both ways."""
    before, after = approvals(old), approvals(new)
    return any(
        before[level] - after[level] and after[level] - before[level] for level in before.keys() & after
    )


def approvals(policy: Policy) -> dict[str, Counter[str]]:
    return {
        level.id: Counter(role for each in level.approvals for role in [each.role] * each.count)
        for level in policy.risk_matrix.levels
    }


def directions(found: tuple[Change, ...]) -> list[str]:
    return sorted(change.direction for change in found)


@examples(20)
@given(policies())
def test_nothing_changed_between_a_policy_and_itself(data: dict[str, Any]) -> None:
    assert diff_policies(policy_of(data), policy_of(data)) == ()


@examples(40)
@given(changes())
@example((base(), with_value(2, "risk-matrix", "levels", 3, "approvals", 0, "count")))
@example((base(), with_value("MEDIUM", "risk-matrix", "requirements", 1, "from_level")))
@example((base(), with_value(False, "roles", "roles", 2, "human")))
@example((base(), with_value("2027-02-01", "waivers", "waivers", 0, "expires")))
@example((base(), with_value("Other words.", "gaps", "gaps", 0, "fix")))
def test_a_change_is_told_and_its_reverse_points_the_other_way(pair: tuple[Any, Any]) -> None:
    old, new = policy_of(pair[0]), policy_of(pair[1])
    there, back = diff_policies(old, new), diff_policies(new, old)
    assert bool(there) is bool(back) is (says(old) != says(new))
    assume(not swaps_roles(old, new))
    assert directions(there) == sorted(OPPOSITE[change.direction] for change in back)


SWAPS = {
    "one for another": [{"role": "code-reviewer"}, {"role": "tech-lead"}],
    "twice the same": [{"role": "data-engineer", "count": 2}],
    "more of fewer": [{"role": "data-engineer", "count": 3}],
}


@pytest.mark.parametrize("name", SWAPS)
def test_a_swapped_role_loosens_both_ways(name: str) -> None:
    old, new = base(), with_value(SWAPS[name], "risk-matrix", "levels", 1, "approvals")
    for first, second in ((old, new), (new, old)):
        found = diff_policies(policy_of(first), policy_of(second))
        assert ("loosened", "MEDIUM") in [(each.direction, each.subject) for each in found]


def test_a_level_that_goes_takes_what_it_asked_with_it() -> None:
    old = base()
    new = with_value(old["risk-matrix"]["levels"][1:], "risk-matrix", "levels")
    told = {each.text: each.direction for each in diff_policies(policy_of(old), policy_of(new))}
    assert told["level LOW removed"] == "loosened"
    assert told["requirement script-read removed from LOW"] == "loosened"
    assert told["operation column.add.optional: level is now MEDIUM (was LOW)"] == "tightened"
