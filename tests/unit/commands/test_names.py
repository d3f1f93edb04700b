"""Names and order of the migrations that are shown."""

import pytest

from handrail.commands.names import MOST, find_names
from handrail.migrations.histories import Migration
from handrail.migrations.operations import Script
from tests.records.judge import policy

HOME = policy().database.paths.migrations


def made(*names: str, folder: str = "db", text: str = "SELECT 1;") -> list[Migration]:
    return [
        Migration(name, f"{folder}/{name}.sql", "sqlite", Script(f"{folder}/{name}.sql", text), folder=folder)
        for name in names
    ]


def said(history: list[Migration], *shown: str) -> list[tuple[str, str]]:
    """Return (severity, message) of what is found about the names shown, all of them for none."""
    found = find_names(policy(), history, lambda each: not shown or each.name in shown)
    return [(each.severity, each.message) for each in found]


@pytest.mark.parametrize("name", ["0001_add_notes_to_recipes", "20260101_000000_add_notes"])
def test_a_name_that_says_what_it_changes(name: str) -> None:
    assert said(made(name)) == []


def test_the_pattern_of_the_policy_holds_in_its_own_folder_only() -> None:
    message = "0001_add_notes is not named by the rules of this repository"
    assert said(made("0001_add_notes", folder=HOME)) == [("warning", message)]
    assert said(made("0001_add_notes")) == []


def test_a_few_names_are_told_one_by_one_and_many_at_once() -> None:
    names = [f"{number:04}" for number in range(1, MOST + 2)]
    few = said(made(*names[:MOST]))
    assert few == [("note", f"{name} does not say what it changes") for name in names[:MOST]]
    assert said(made(*names)) == [("note", "0001 does not say what it changes, nor do the names of 3 others")]


def test_only_what_is_shown_is_judged() -> None:
    assert said(made("0001", "0002"), "0002") == [("note", "0002 does not say what it changes")]


def test_a_number_is_compared_with_those_that_are_not_shown() -> None:
    history = made("0001_add_a_note", "0001_add_b_note")
    (found,) = said(history, "0001_add_b_note")
    assert found[1].startswith("0001_add_b_note has the number of 0001_add_a_note")
    assert said(history, "0001_add_a_note") == []


def test_histories_are_compared_with_themselves_only() -> None:
    assert said([*made("0001_add_a_note", folder="a"), *made("0001_add_b_note", folder="b")]) == []


def test_what_is_gone_has_no_name_to_judge() -> None:
    assert said(made("0001", text="")) == []
