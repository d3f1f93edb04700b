"""Names, order and the past of a history."""

import pytest

from handrail.core.finding import Finding
from handrail.migrations.history import (
    Entry,
    find_changed_past,
    find_name_problems,
    find_order_problems,
    find_overtaken,
    number_of,
)

STARTER = r"^\d{8}_?\d{6}_[a-z0-9]+(_[a-z0-9]+)*$"


def entries(*names: str) -> list[Entry]:
    return [(name, f"m/{name}.sql") for name in names]


def told(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    """Return the code of each finding and the name it is about."""
    return [(each.code, each.location.path.removeprefix("m/").removesuffix(".sql")) for each in findings]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("20251126090000_a", (20251126090000,)),
        ("20251126_090000_a", (20251126090000,)),
        ("2025-11-26-090000_a", (20251126090000,)),
        ("2025-11-26-090000-0000_a", (20251126090000,)),
        ("2014_10_12_000000_a", (20141012000000,)),
        ("0001_a", (1,)),
        ("V2.1__a", (2, 1)),
        ("V2_1__a", (2, 1)),
        ("99999999999999_a", (99999999999999,)),
        ("a_1", None),
    ],
)
def test_the_number_in_front(name: str, value: tuple[int, ...] | None) -> None:
    number = number_of(name)
    assert (number.value if number else None) == value


@pytest.mark.parametrize(
    "name",
    [
        "20251126_090000_add_recipe_notes",
        "20251126090000_init",
        "2025-11-26-090000_fix_user_names",
        "V1__Initial_Schema",
        "0001_doc_214_add_signed_at_field",
        "AddRecipeNotes",
        "001-größe",
    ],
)
def test_names_that_are_fine(name: str) -> None:
    assert find_name_problems((name, "a.sql")) == ()


@pytest.mark.parametrize(
    ("name", "pattern", "severity", "says"),
    [
        ("20251126156058_add_notes", "", "warning", "no date and time"),
        ("20251126_156058_add_notes", "", "warning", "no date and time"),
        ("2025-02-30-090000_add_notes", "", "warning", "no date and time"),
        ("20251126090000", "", "note", "does not say"),
        ("20251126090000_update", "", "note", "does not say"),
        ("20251126090000_fix_changes", "", "note", "does not say"),
        ("20251126090000_UpdateSchema", "", "note", "does not say"),
        ("20251126090000_doc_208", "", "note", "does not say"),
        ("20251126090000_JIRA-1234", "", "note", "does not say"),
        ("0001", "", "note", "does not say"),
        ("20251126_0900_add_recipe_notes", STARTER, "warning", "not named by the rules"),
        ("20251126_090000_Add-Recipe-Notes", STARTER, "warning", "not named by the rules"),
    ],
)
def test_names_that_are_not(name: str, pattern: str, severity: str, says: str) -> None:
    (finding,) = find_name_problems((name, "a.sql"), pattern)
    assert (finding.code, finding.severity, finding.location.path) == ("history.name", severity, "a.sql")
    assert says in finding.message


@pytest.mark.parametrize(
    "names",
    [
        (),
        ("a", "b"),
        ("20251126_090000_a", "20251127_090000_b"),
        ("00000000000000_setup", "2025-11-26-090000_a"),
        ("V1__a", "V1.1__b", "V2__c", "V10__d", "R__e"),
        ("0001_a", "20251126090000_b"),
    ],
)
def test_an_order_that_is_fine(names: tuple[str, ...]) -> None:
    assert find_order_problems(entries(*names)) == ()


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("20251126090000_a", "20251126090000_b"), [("history.name", "20251126090000_b")]),
        (("01_a", "1_b"), [("history.name", "1_b")]),
        (("20251125120000_b", "20251126_090000_a"), [("history.name", "20251126_090000_a")]),
        (("20251126120000_b", "20251126_090000_a"), [
            ("history.name", "20251126_090000_a"), ("history.out_of_order", "20251126_090000_a"),
        ]),
        (("10_b", "2_a", "3_c"), [("history.out_of_order", "2_a"), ("history.out_of_order", "3_c")]),
    ],
)  # fmt: skip
def test_an_order_that_is_not(names: tuple[str, ...], expected: list[tuple[str, str]]) -> None:
    assert told(find_order_problems(entries(*names))) == expected


@pytest.mark.parametrize(
    ("base", "head", "expected"),
    [
        ("1a 2b", "1a 2b", []),
        ("1a 2b", "1a 2b 3c", []),
        ("", "1a", []),
        ("1a 2b", "1x 2b", [("history.edited", "1")]),
        ("1a 2b", "1a", [("history.deleted", "2")]),
        ("1a 2b", "1a 3b", [("history.deleted", "3")]),
        ("1a 3b", "1a 2c 3b", [("history.out_of_order", "2")]),
        ("1a 3b 5c", "1a 2x 3b 4x 5c 6x", [("history.out_of_order", "2"), ("history.out_of_order", "4")]),
    ],
)
def test_a_past_that_was_changed(base: str, head: str, expected: list[tuple[str, str]]) -> None:
    def history(words: str) -> dict[str, str]:
        return {f"m/{word[0]}.sql": word[1] for word in words.split()}

    found = find_changed_past(history(base), history(head))
    assert told(found) == expected
    assert {each.severity for each in found} <= {"error"}


OVERTAKEN = {
    "nothing came": ([], ["m/20251126_090000_a/migration.sql"], []),
    "an earlier one came": (["m/20251120_090000_b/migration.sql"], ["m/20251126_090000_a/migration.sql"], []),
    "a later one came": (
        ["m/20251120_090000_b/migration.sql", "m/20251201_090000_c/migration.sql"],
        ["m/20251126_090000_a/migration.sql", "m/20251202_090000_d/migration.sql"],
        ["m/20251126_090000_a/migration.sql"],
    ),
    "numbers are numbers": (["m/10_b.sql"], ["m/9_a.sql", "m/11_c.sql"], ["m/9_a.sql"]),
    "the same number": (["m/0005_b.sql"], ["m/0005_a.sql", "m/0005_c.sql"], ["m/0005_a.sql"]),
}


@pytest.mark.parametrize("name", OVERTAKEN)
def test_what_sorts_before_something_that_was_merged_meanwhile(name: str) -> None:
    there, new, expected = OVERTAKEN[name]
    found = find_overtaken(there, new)
    assert [each.location.path for each in found] == expected
    assert {(each.code, each.severity) for each in found} <= {("history.out_of_order", "error")}
