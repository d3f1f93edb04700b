"""What follows from the policy, held against the plain data of the files."""

import shlex
from typing import Any

import pytest

from handrail.core.record import replace
from handrail.policy.adoption import Hours
from handrail.policy.checks import CHECKS
from handrail.policy.model import Policy
from handrail.policy.projection import (
    Trace,
    approvals_of_all,
    due,
    items_of,
    label_command,
    label_description,
    level_of,
    level_rank,
    new_at,
    operations_at,
    requirements_at,
    rollout_hours,
    rollout_weeks,
    traces,
)
from tests.fakes import CHECKOUT
from tests.minimal.builder import load, minimal_data, minimal_policy, read_plain


def shipped() -> tuple[Policy, dict[str, Any]]:
    folder = CHECKOUT / "policies"
    raw = {path.relative_to(CHECKOUT).as_posix(): path.read_bytes() for path in folder.rglob("*.yaml")}
    policy = load(raw).policy
    assert policy is not None
    return policy, {path.stem: read_plain(path.read_bytes()) for path in folder.glob("*.yaml")}


POLICIES = {"minimal": (minimal_policy(), minimal_data()), "shipped": shipped()}
LEVELS = ["LOW", "MEDIUM", "HIGH", "CRITICAL"]


def ids(entries: Any) -> list[str]:
    return [each.id for each in entries]


@pytest.mark.parametrize("name", POLICIES)
@pytest.mark.parametrize("level", LEVELS)
def test_what_is_asked_at_a_level(name: str, level: str) -> None:
    policy, data = POLICIES[name]
    below = LEVELS[: LEVELS.index(level) + 1]
    engines = {each["engine"] for each in data["database"]["databases"]}
    wanted = data["risk-matrix"]["requirements"]
    assert ids(requirements_at(policy, level)) == [e["id"] for e in wanted if e["from_level"] in below]
    assert ids(new_at(policy.risk_matrix.requirements, level)) == [
        e["id"] for e in wanted if e["from_level"] == level
    ]
    for checklist in data["checklists"]["checklists"]:
        items = items_of(policy, checklist["id"])
        assert ids(items) == [item["id"] for item in checklist["items"]]
        assert ids(due(policy, items, level)) == [
            item["id"] for item in checklist["items"] if item["from_level"] in below
        ]
    assert ids(operations_at(policy, level)) == [
        each["id"]
        for each in data["operations"]["operations"]
        if each["level"] == level and engines & set(each["dialects"])
    ]


@pytest.mark.parametrize("name", POLICIES)
def test_a_level_is_found_by_its_id(name: str) -> None:
    policy, data = POLICIES[name]
    assert [level_rank(policy, level) for level in LEVELS] == [0, 1, 2, 3]
    assert [level_of(policy, level).title for level in LEVELS] == [
        level["title"] for level in data["risk-matrix"]["levels"]
    ]
    with pytest.raises(ValueError, match="NONE"):
        level_rank(policy, "NONE")


def test_a_list_that_the_team_dropped_has_no_items() -> None:
    assert items_of(minimal_policy(), "deploy") == ()


@pytest.mark.parametrize("name", POLICIES)
def test_the_rollout_adds_up(name: str) -> None:
    policy, data = POLICIES[name]
    phases = data["rollout"]["phases"]
    hours = [phase["hours"] for phase in phases if phase.get("hours")]
    assert rollout_hours(policy) == (sum(h["low"] for h in hours), sum(h["high"] for h in hours))
    assert rollout_weeks(policy) == max(phase.get("last_week", 0) for phase in phases)


def test_the_rollout_of_phases_that_go_on() -> None:
    policy = minimal_policy()
    first, second = policy.rollout.phases
    hours = Hours(location=first.location, low=1, high=2)
    longer = replace(policy, rollout=replace(policy.rollout, phases=(first, replace(second, hours=hours))))
    assert (rollout_hours(longer), rollout_weeks(longer)) == ((4, 7), 2)
    without = replace(policy, rollout=replace(policy.rollout, phases=(second,)))
    assert (rollout_hours(without), rollout_weeks(without)) == ((0, 0), 0)


def test_traces_go_from_control_to_where_it_bites() -> None:
    policy = minimal_policy()
    shown = ("approval-matrix",)
    both = (
        Trace("second-pair-of-eyes", "github", "code-owners", "", shown),
        Trace("second-pair-of-eyes", "person", "", "level-right", shown),
    )
    assert traces(policy, ["second-pair-of-eyes"]) == both
    assert traces(policy, ["none", "second-pair-of-eyes", "second-pair-of-eyes"]) == both
    assert traces(policy, []) == ()


def test_every_gap_of_the_shipped_policy_is_traced_to_something_that_bites() -> None:
    policy, data = POLICIES["shipped"]
    checks = {check.id for check in CHECKS}
    items = {item["id"] for each in data["checklists"]["checklists"] for item in each["items"]}
    for gap in policy.gaps.gaps:
        found = traces(policy, gap.controls)
        assert {trace.control for trace in found} == set(gap.controls)
        assert any(trace.check in checks or trace.item in items for trace in found)


def test_checks_have_ids_of_their_own_and_full_sentences() -> None:
    assert len({check.id for check in CHECKS}) == len(CHECKS)
    assert {check.run_by for check in CHECKS} <= {"ci", "github"}
    assert all(check.what.endswith(".") and check.what[0].isupper() and check.title for check in CHECKS)


@pytest.mark.parametrize(
    ("meaning", "said"),
    [
        ("It adds something.", "It adds something."),
        ("Two\n lines", "Two lines"),
        ("x" * 100, "x" * 100),
        ("word " * 20 + "end", "word " * 19 + "word\u2026"),
        ("nineteen letters and, " * 5, "nineteen letters and, " * 4 + "nineteen\u2026"),
        ("x" * 101, "x" * 99 + "\u2026"),
    ],
)
def test_the_description_of_a_label_fits(meaning: str, said: str) -> None:
    assert label_description(meaning) == said
    assert len(said) <= 100


@pytest.mark.parametrize("name", ["risk: HIGH", "--force", "'; rm -rf ~; '", "$(id) `id`", "a\\b"])
def test_the_name_of_a_label_is_one_word_of_its_command(name: str) -> None:
    (label, *_) = minimal_policy().pull_request.pull_request.labels
    words = shlex.split(label_command(replace(label, name=name), "It can be -- undone."))
    assert words[:5] == ["gh", "label", "create", "--force", "--color"]
    assert words[5:] == [label.colour, "--description", "It can be -- undone.", "--", name]


@pytest.mark.parametrize(("counts", "asked"), [((1,), 1), ((2, 1), 3), ((10, 1), 10)])
def test_a_ruleset_asks_for_what_the_lowest_level_asks(counts: tuple[int, ...], asked: int) -> None:
    policy = minimal_policy()
    lowest, *others = policy.risk_matrix.levels
    approvals = tuple(replace(lowest.approvals[0], count=count) for count in counts)
    levels = (replace(lowest, approvals=approvals), *others)
    assert approvals_of_all(replace(policy, risk_matrix=replace(policy.risk_matrix, levels=levels))) == asked
