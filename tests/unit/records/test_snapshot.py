"""Sentences about rows before and after."""

import pytest

from tests.records.snapshot import Rows, Snapshot, compare, outcome


def rows(*values: tuple[object, ...], columns: str = "id note", key: str = "id") -> Rows:
    names = tuple(columns.split())
    return Rows(tuple(key.split()), names, tuple(dict(zip(names, row, strict=True)) for row in values))


SOUP, BREAD = (1, "leeks"), (2, None)
TABLE = rows(SOUP, BREAD)

CASES: dict[str, tuple[Snapshot, Snapshot, tuple[str, ...]]] = {
    "nothing": ({"recipes": TABLE}, {"recipes": TABLE}, ()),
    "table gone": ({"recipes": TABLE}, {}, ("recipes is gone, with 2 rows.",)),
    "empty table gone": ({"recipes": rows()}, {}, ("recipes is gone, and was empty.",)),
    "table new": ({}, {"recipes": rows(SOUP)}, ("recipes is new, with 1 row.",)),
    "empty table new": ({}, {"recipes": rows()}, ("recipes is new and empty.",)),
    "table renamed": ({"a": TABLE}, {"b": TABLE}, ("a is gone, and all 2 rows are in b.",)),
    "empty table renamed": (
        {"a": rows()},
        {"b": rows()},
        ("a is gone, and was empty.", "b is new and empty."),
    ),
    "row gone": ({"a": TABLE}, {"a": rows(SOUP)}, ("a: 2 rows before, 1 after.",)),
    "row new": (
        {"a": rows(SOUP)},
        {"a": TABLE},
        ("a: 1 row before, 2 after.", "a has a new row: id 2, note NULL."),
    ),
    "many rows new": (
        {"a": rows()},
        {"a": rows((1, "x"), (2, "y"), (3, "z"))},
        (
            "a: 0 rows before, 3 after.",
            "a has a new row: id 1, note x.",
            "a has a new row: id 2, note y.",
            "a has 1 more new rows.",
        ),
    ),
    "column gone": ({"a": TABLE}, {"a": rows((1,), (2,), columns="id")}, ("a.note is gone, with 1 value.",)),
    "empty column gone": (
        {"a": rows(BREAD)},
        {"a": rows((2,), columns="id")},
        ("a.note is gone; it held no value.",),
    ),
    "column new": (
        {"a": rows((1,), columns="id")},
        {"a": rows((1, None))},
        ("a.note is new, and NULL in every row.",),
    ),
    "column renamed": (
        {"a": TABLE},
        {"a": rows(SOUP, BREAD, columns="id remark")},
        ("a.note is gone, and its value is in remark.",),
    ),
    "values lost": ({"a": TABLE}, {"a": rows((1, None), BREAD)}, ("a.note: 1 value is NULL now.",)),
    "NULL filled": ({"a": TABLE}, {"a": rows(SOUP, (2, ""))}, ("a.note: 1 NULL has a value now.",)),
    "values changed": (
        {"a": rows((1, "a"), (2, "b"))},
        {"a": rows((1, "c"), (2, "d"))},
        ("a.note: 2 values changed, such as a to c.",),
    ),
    "same text, another type": ({"a": rows((1, "30"))}, {"a": rows((1, 30))}, ()),
    "key gone": (
        {"a": TABLE},
        {"a": rows(SOUP, (2, "new"), columns="id note", key="")},
        ("a.note: 1 NULL has a value now.",),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_became_of_rows_and_values(name: str) -> None:
    before, after, said = CASES[name]
    assert compare(before, after) == said


def test_a_script_that_changes_nothing_says_so() -> None:
    assert outcome("", {"a": TABLE}, {"a": TABLE}) == (
        "It runs without an error.",
        "No row and no value changed.",
    )


def test_an_error_comes_first() -> None:
    said = outcome("It fails: no such table: b", {"a": TABLE}, {"a": rows(SOUP)})
    assert said == ("It fails: no such table: b.", "a: 2 rows before, 1 after.")
