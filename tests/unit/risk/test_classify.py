"""Levels come from the policy alone."""

import pytest

from handrail.core.record import replace
from handrail.migrations.fold import Reading, Undo, Way
from handrail.migrations.histories import Migration
from handrail.migrations.operations import Operation, Script
from handrail.policy.model import Policy
from handrail.risk.classify import Classifier
from handrail.risk.levels import Levels
from handrail.risk.verdict import Verdict, as_findings, describe
from tests.fakes import CHECKOUT
from tests.minimal.builder import load

TODAY = "2026-11-24"


@pytest.fixture(scope="module")
def policy() -> Policy:
    files = (CHECKOUT / "policies").rglob("*.yaml")
    loaded = load({path.relative_to(CHECKOUT).as_posix(): path.read_bytes() for path in files})
    assert loaded.policy is not None
    return loaded.policy


def reading(*operations: Operation, way: Way = "undone", text: str = "") -> Reading:
    """Return a reading of a migration that does this."""
    migration = Migration("m", "p/m.sql", "sqlite", Script("p/m.sql", text))
    return Reading(migration, operations, (), Undo(way))


def judged(policy: Policy, *operations: Operation, way: Way = "undone", text: str = "") -> Verdict:
    """Return the verdict on one migration."""
    return Classifier(policy, TODAY).classify([reading(*operations, way=way, text=text)], {}, whole=False)


def levels(verdict: Verdict) -> dict[str, str]:
    """Return kind -> level."""
    return {each.operation.kind: each.level for each in verdict.migrations[0].operations}


def test_every_operation_has_the_level_of_its_line(policy: Policy) -> None:
    quiet = {"table.rebuild", "history.no_rollback"}
    for entry in policy.operations.operations:
        if entry.id not in quiet:
            verdict = judged(policy, Operation(entry.id, "t"))
            assert (verdict.level, levels(verdict)[entry.id]) == (entry.level, entry.level)


def test_one_line_of_the_policy_changes_the_level(policy: Policy) -> None:
    stricter = tuple(
        replace(each, level="CRITICAL") if each.id == "column.drop.optional" else each
        for each in policy.operations.operations
    )
    changed = replace(policy, operations=replace(policy.operations, operations=stricter))
    operation = Operation("column.drop.optional", "users", "nickname")
    assert [judged(each, operation).level for each in (policy, changed)] == ["MEDIUM", "CRITICAL"]


def test_the_highest_counts_and_is_said_to(policy: Policy) -> None:
    verdict = judged(
        policy,
        Operation("table.create", "a"),
        Operation("column.rename", "b", "c"),
        Operation("rows.insert", "b"),
    )
    assert verdict.level == "HIGH"
    assert [each.operation.kind for each in verdict.migrations[0].raising] == ["column.rename"]


def test_nothing_at_all_is_the_lowest(policy: Policy) -> None:
    assert judged(policy).level == Levels(policy).order[0]
    assert Classifier(policy, TODAY).classify([], {}, whole=True).level == "LOW"


def test_a_proven_condition_raises(policy: Policy) -> None:
    key = Operation("foreign_key.drop", "recipes", "userId")
    assert judged(policy, key).level == "MEDIUM"
    raised = judged(policy, key._replace(proven=frozenset({"cascaded"})))
    assert raised.level == "CRITICAL"
    assert raised.migrations[0].operations[0].raised == "The key's delete rule was CASCADE"


def test_an_operation_that_the_policy_does_not_name_is_as_bad_as_an_unread_one(policy: Policy) -> None:
    verdict = judged(policy, Operation("table.teleport", "a"))
    assert levels(verdict) == {"table.teleport": "HIGH"}
    rest = tuple(each for each in policy.operations.operations if each.id != "statement.opaque")
    without = replace(policy, operations=replace(policy.operations, operations=rest))
    assert judged(without, Operation("table.teleport", "a")).level == "CRITICAL"


@pytest.mark.parametrize(
    ("other", "level"),
    [
        (Operation("column.add.optional", "a", "b"), "LOW"),
        (Operation("column.drop.optional", "a", "b"), "MEDIUM"),
        (Operation("column.type.change", "a", "b"), "HIGH"),
        (Operation("column.drop.required", "a", "b"), "CRITICAL"),
        (Operation("column.drop.required", "another", "b"), "LOW"),
    ],
)
def test_a_rebuild_has_the_level_of_its_net_effect(policy: Policy, other: Operation, level: str) -> None:
    assert levels(judged(policy, Operation("table.rebuild", "a"), other))["table.rebuild"] == level


@pytest.mark.parametrize(
    ("kind", "way", "asked"),
    [
        ("column.add.optional", "missing", False),
        ("column.drop.optional", "missing", True),
        ("column.drop.optional", "empty", True),
        ("column.drop.optional", "not undone", True),
        ("column.drop.optional", "not checked", True),
        ("column.drop.optional", "undone", False),
        ("column.drop.optional", "declared irreversible", False),
    ],
)
def test_a_way_back_is_asked_for_above_the_lowest_level(
    policy: Policy,
    kind: str,
    way: Way,
    asked: bool,  # a case
) -> None:
    found = levels(judged(policy, Operation(kind, "t", "c"), way=way))
    assert found == {kind: found[kind], **({"history.no_rollback": "MEDIUM"} if asked else {})}


WAIVED = "-- handrail: waive table.drop notes by {owner} until 2027-01-31: Nobody uses it.\n"


def test_a_waived_operation_stays_in_sight_and_does_not_count(policy: Policy) -> None:
    owner = policy.roles.roles[0].members[0].login
    verdict = judged(policy, Operation("table.drop", "notes"), text=WAIVED.format(owner=owner))
    assert verdict.level == "LOW"
    (judgement,) = verdict.migrations[0].operations
    assert (judgement.level, judgement.waiver and judgement.waiver.reason) == ("CRITICAL", "Nobody uses it.")
    assert verdict.all_findings == ()
    assert [each.severity for each in as_findings(verdict, "LOW")] == ["note"]


def test_a_malformed_waiver_waives_nothing_and_is_an_error(policy: Policy) -> None:
    verdict = judged(policy, Operation("table.drop", "notes"), text=WAIVED.format(owner="nobody-known"))
    assert verdict.level == "CRITICAL"
    assert [each.code for each in verdict.all_findings] == ["waiver.malformed"]


def test_a_waiver_that_nothing_needed_is_told(policy: Policy) -> None:
    owner = policy.roles.roles[0].members[0].login
    verdict = judged(policy, Operation("table.drop", "other"), text=WAIVED.format(owner=owner))
    assert (verdict.level, [each.code for each in verdict.all_findings]) == ("CRITICAL", ["waiver.unused"])


@pytest.mark.parametrize(
    ("operation", "words"),
    [
        (Operation("x", "a", "b", "c", "d"), "a.b (c -> d)"),
        (Operation("x", "a", "", "c"), "a (c)"),
        (Operation("x", "", "", "", "d"), "d"),
        (Operation("x", "a"), "a"),
        (Operation("x"), ""),
    ],
)
def test_an_operation_in_a_few_words(operation: Operation, words: str) -> None:
    assert describe(operation) == words
