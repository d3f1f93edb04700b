"""Waivers: what they cover, and what is wrong with one that waives nothing."""

from typing import Any

import pytest

from handrail.core.location import Location
from handrail.migrations.operations import Operation
from handrail.risk.waivers import Waiver, find_stale, find_waiver, inline_waivers

OWNERS = frozenset({"ada", "helper[bot]"})
KNOWN = frozenset({"table.drop", "statement.opaque", "column.drop.optional"})
GOOD = "-- handrail: waive table.drop notes by ada until 2027-01-31: Nobody uses it."


def waiver(**changes: Any) -> Waiver:
    """Return a waiver of dropping the table notes."""
    return Waiver("table.drop", "notes", "Empty.", "ada", "2027-01-31", Location("w", 3))._replace(**changes)


def found(text: str) -> tuple[list[tuple[str, str]], list[str]]:
    """Return (operation, object) of the waivers in a script, and the problems."""
    good, bad = inline_waivers("up.sql", text, "m", OWNERS, KNOWN)
    return [(each.operation, each.object) for each in good], [each.message for each in bad]


def test_a_whole_one() -> None:
    (good,), bad = inline_waivers("up.sql", f"SELECT 1;\n  {GOOD}\r\nDROP TABLE notes;", "m", OWNERS, KNOWN)
    assert good == Waiver(
        "table.drop", "notes", "Nobody uses it.", "ada", "2027-01-31", Location("up.sql", 2), "m"
    )
    assert bad == ()


MALFORMED = {
    "-- handrail: waive": "This waiver is not complete, and waives nothing",
    "-- handrail: waive table.drop notes": "This waiver is not complete, and waives nothing",
    GOOD.replace(": Nobody uses it.", ":"): "This waiver is not complete, and waives nothing",
    GOOD.replace(" by ada", ""): "This waiver is not complete, and waives nothing",
    GOOD.replace("2027-01-31", "soon"): "This waiver is not complete, and waives nothing",
    GOOD.replace("2027-01-31", "2027-13-31"): "'2027-13-31' is no day. This waiver waives nothing",
    GOOD.replace("ada", "eve"): (
        "This waiver has an owner that the policy does not know: 'eve'. It waives nothing"
    ),
    GOOD.replace("table.drop", "table.dorp"): (
        "This waiver names no operation of the policy: 'table.dorp'. It waives nothing"
    ),
}


@pytest.mark.parametrize("text", MALFORMED)
def test_a_malformed_one_waives_nothing(text: str) -> None:
    good, bad = inline_waivers("up.sql", f"\n{text}\n", "m", OWNERS, KNOWN)
    assert good == ()
    assert [(each.code, each.severity, each.message, each.location) for each in bad] == [
        ("waiver.malformed", "error", MALFORMED[text], Location("up.sql", 2))
    ]
    assert "-- handrail: waive OPERATION OBJECT" in bad[0].hint


@pytest.mark.parametrize(
    "text", ["-- we waive nothing", "-- handrail: forward-only because", "SELECT '-- handrail: x'", ""]
)
def test_other_comments_are_none(text: str) -> None:
    assert found(text) == ([], [])


COVERS = [
    (waiver(), Operation("table.drop", "notes"), True),
    (waiver(), Operation("table.drop", "recipes"), False),
    (waiver(), Operation("table.truncate", "notes"), False),
    (waiver(migration="m"), Operation("table.drop", "notes"), True),
    (waiver(migration="other"), Operation("table.drop", "notes"), False),
    (waiver(operation="column.drop.optional"), Operation("column.drop.optional", "notes", "body"), True),
    (
        waiver(operation="column.drop.optional", object="notes.body"),
        Operation("column.drop.optional", "notes", "body"),
        True,
    ),
    (
        waiver(operation="column.drop.optional", object="notes.title"),
        Operation("column.drop.optional", "notes", "body"),
        False,
    ),
    (waiver(operation="statement.opaque", migration="m"), Operation("statement.opaque"), True),
    (
        waiver(operation="statement.opaque", migration="m", location=Location("up.sql", 3)),
        Operation("statement.opaque", line=4),
        True,
    ),
    (
        waiver(operation="statement.opaque", migration="m", location=Location("up.sql", 3)),
        Operation("statement.opaque", line=9),
        False,
    ),
    (
        waiver(operation="statement.opaque", migration="m", location=Location("up.sql", 3)),
        Operation("statement.opaque", line=2),
        False,
    ),
    (waiver(operation="statement.opaque"), Operation("statement.opaque"), False),
    (waiver(expires="2026-11-24"), Operation("table.drop", "notes"), True),
    (waiver(expires="2026-11-23"), Operation("table.drop", "notes"), False),
]


@pytest.mark.parametrize(("each", "operation", "covers"), COVERS)
def test_what_a_waiver_covers(each: Waiver, operation: Operation, covers: bool) -> None:  # a case
    assert (find_waiver([each], operation, "m", "2026-11-24") is each) is covers


def test_stale_ones() -> None:
    used, unused, over = waiver(), waiver(object="a"), waiver(object="b", expires="2026-01-01")
    problems = list(find_stale([used, unused, over], [used], "2026-11-24"))
    assert [(each.code, each.severity) for each in problems] == [
        ("waiver.unused", "warning"),
        ("waiver.expired", "error"),
    ]
    assert "ended on 2026-01-01" in problems[1].message
