"""Levels, what a verdict comes to in words, and the grades and the picture of a schema."""

from itertools import product

import pytest

from handrail.core.record import replace
from handrail.migrations.fold import Undo
from handrail.migrations.operations import Operation
from handrail.migrations.prisma.schema import read_schema
from handrail.migrations.schema_facts import Facts
from handrail.migrations.schema_reading import facts_of_schema
from handrail.policy.rulebook import Rules, rulebook_of
from handrail.risk.levels import OPAQUE, Levels
from handrail.risk.schema_picture import MOST, draw_schema
from handrail.risk.schema_risks import grade_schema, spreading, touching, traceless, unstated
from handrail.risk.verdict import REBUILD, Judged, MigrationRisk, describe
from handrail.risk.waivers import Waiver
from tests.minimal.builder import minimal_policy
from tests.records.judge import levels, policy

ORDER = ("LOW", "MEDIUM", "HIGH", "CRITICAL")


@pytest.mark.parametrize(("level", "other"), tuple(product(ORDER, ORDER)))
def test_levels_are_in_the_order_of_the_policy(level: str, other: str) -> None:
    assert levels().at_least(level, other) is (ORDER.index(level) >= ORDER.index(other))


@pytest.mark.parametrize(
    ("some", "highest"), [((), "LOW"), (("LOW",), "LOW"), (("HIGH", "CRITICAL", "MEDIUM"), "CRITICAL")]
)
def test_the_highest(some: tuple[str, ...], highest: str) -> None:
    assert levels().highest(some) == highest


def without(*kinds: str) -> Rules:
    """Return the shipped rules without some operations."""
    book = rulebook_of(policy())
    kept = tuple(each for each in book.operations.operations if each.id not in kinds)
    return book._replace(operations=replace(book.operations, operations=kept))


@pytest.mark.parametrize(
    ("rules", "kind", "level"),
    [
        (policy(), "column.drop.optional", "MEDIUM"),
        (policy(), "nobody.named.this", "HIGH"),
        (without("column.drop.optional"), "column.drop.optional", "HIGH"),
        (without(OPAQUE), "nobody.named.this", "CRITICAL"),
        (without(OPAQUE), OPAQUE, "CRITICAL"),
    ],
)
def test_what_the_policy_does_not_name_is_as_bad_as_what_nobody_read(
    rules: Rules, kind: str, level: str
) -> None:
    decision = Levels(rules).decide(Operation(kind))
    assert (decision.level, decision.condition) == (level, "")


@pytest.mark.parametrize(
    ("proven", "level", "condition"),
    [((), "MEDIUM", ""), (("other",), "MEDIUM", ""), (("other", "cascaded"), "CRITICAL", "cascaded")],
)
def test_only_a_proven_condition_raises(proven: tuple[str, ...], level: str, condition: str) -> None:
    decision = levels().decide(Operation("foreign_key.drop", proven=frozenset(proven)))
    assert (decision.level, decision.condition) == (level, condition)


@pytest.mark.parametrize(
    ("operation", "words"),
    [
        (Operation("k"), ""),
        (Operation("k", "t"), "t"),
        (Operation("k", "t", "c"), "t.c"),
        (Operation("k", "t", "c", "a", "b"), "t.c (a -> b)"),
        (Operation("k", "t", "c", "a"), "t.c (a)"),
        (Operation("k", "t", new="b"), "t (b)"),
        (Operation("k", old="a", new="b"), "a -> b"),
        (Operation("k", new="b"), "b"),
    ],
)
def test_an_operation_in_a_few_words(operation: Operation, words: str) -> None:
    assert describe(operation) == words


LOW, HIGH = Judged(Operation("a"), "LOW"), Judged(Operation("b"), "HIGH")
WAIVED = HIGH._replace(
    waiver=Waiver("b", "", "r", "o", "2027-01-01", policy().operations.operations[0].location)
)
REBUILT = Judged(Operation(REBUILD), "HIGH")


def test_what_raised_a_level_and_what_is_told() -> None:
    every = (LOW, HIGH, WAIVED, REBUILT)
    risk = MigrationRisk("n", "p", "sqlite", "HIGH", every, (), (), Undo("undone"))
    assert risk.raising == (HIGH,)
    assert risk.told("LOW") == (HIGH, WAIVED)
    assert risk._replace(level="LOW").raising == (LOW,)
    assert risk.told("HIGH") == (LOW, WAIVED)


# --- schemas ---

HEAD = 'datasource db {\n  provider = "postgresql"\n  url = env("X")\n}\n'


USER = "model user {\n  id Int @id\n  post post[]\n}\n"


def schema(rule: str = "", more: str = "") -> Facts:
    """Return the facts of a user and its posts, by a relation with ``rule``; ``more`` stands in post."""
    text = f"{HEAD}{USER}model post {{\n  id Int @id\n  userId Int?\n{more}"
    text += f"  user user? @relation(fields: [userId], references: [id]{rule})\n}}\n"
    return facts_of_schema(read_schema({"s.prisma": text}), "s.prisma", ("s.prisma",))


@pytest.mark.parametrize(
    ("rule", "arrow"),
    [
        (", onDelete: Cascade", "t1 -->|deletes| t2"),
        (", onDelete: SetNull", "t1 -.->|empties| t2"),
        (", onDelete: SetDefault", "t1 -.->|empties| t2"),
        (", onDelete: Restrict", "t1 --x|is stopped by| t2"),
        (", onDelete: NoAction", "t1 --x|is stopped by| t2"),
        ("", "t1 -.->|empties| t2"),
    ],
)
def test_a_picture_has_an_arrow_a_relation(rule: str, arrow: str) -> None:
    assert draw_schema(schema(rule)).splitlines() == [
        "flowchart LR",
        '  t1["user"]',
        '  t2["post"]',
        f"  {arrow}",
    ]


def test_names_are_shown_to_the_letter() -> None:
    facts = schema(", onDelete: Cascade")
    facts["relations"][0]["name"] = 'a"]<b>;\u00e4 c.userId'
    assert '  t2["a#34;#93;#60;b#62;#59;\u00e4 c"]' in draw_schema(facts)


def test_nothing_or_too_much_is_no_picture() -> None:
    facts = schema(", onDelete: Cascade")
    one = facts["relations"][0]
    many = [{**one, "name": f"t{number}.userId"} for number in range(MOST + 1)]
    assert draw_schema({**facts, "relations": []}) == ""
    assert draw_schema({**facts, "relations": many[:MOST]}).count("-->") == MOST  # type: ignore[typeddict-item]  # copies of one fact
    assert draw_schema({**facts, "relations": many}) == ""  # type: ignore[typeddict-item]  # copies of one fact


@pytest.mark.parametrize(
    ("rule", "more", "counts"),
    [
        (", onDelete: Cascade", "", {"S1": 1, "S2": 2, "S3": 0}),
        ("", "", {"S1": 0, "S2": 2, "S3": 1}),
        (", onDelete: Restrict", "  deletedAt DateTime?\n", {"S1": 0, "S2": 1, "S3": 0}),
    ],
)
def test_the_dangers_of_a_schema_are_counted(rule: str, more: str, counts: dict[str, int]) -> None:
    assert {each.id: each.found for each in grade_schema(schema(rule, more), None)} == counts


def test_a_danger_has_the_title_and_the_level_of_the_policy() -> None:
    graded = grade_schema(schema(), minimal_policy())
    known = {each.id: each for each in minimal_policy().risks.schema_risks}
    assert known
    for each in graded:
        risk = known.get(each.id)
        assert (each.severity, each.risk) == (risk.severity if risk else "", risk)
        assert each.title == risk.title if risk else each.title
    assert [each.severity for each in grade_schema(schema(), None)] == ["", "", ""]


def test_the_tables_and_relations_that_are_meant() -> None:
    facts = schema(", onDelete: Cascade")
    assert ([each["name"] for each in touching(facts)], spreading(facts)) == (["user"], ["user"])
    assert (traceless(facts), unstated(facts)) == (["user", "post"], [])
    assert unstated(schema()) == ["post.user"]
    assert spreading(schema(", onDelete: SetNull")) == []
    assert [each["name"] for each in touching(schema(", onDelete: SetNull"))] == ["user"]
