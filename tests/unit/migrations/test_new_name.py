"""The name and the files of a new migration follow the history that it joins."""

import pytest

from handrail.migrations.history import find_order_problems
from handrail.migrations.layouts import find_files
from handrail.migrations.new_name import NewFile, NewName, new_files, new_name, words_of

NOW = "20261124174129"
POLICY = "YYYYMMDD_HHMMSS_descriptive_name"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("add_recipe_notes", "add_recipe_notes"),
        ("Add recipe  notes", "add_recipe_notes"),
        ("add-recipe-notes/../x", "add_recipe_notes_x"),
        ("add$(id);'`", "add_id"),
        ("__", ""),
        ("", ""),
    ],
)
def test_words_are_small_letters_digits_and_underscores(typed: str, words: str) -> None:
    assert words_of(typed) == words


HISTORIES: dict[str, tuple[list[str], str]] = {
    "nothing yet": ([], "20261124_174129_add_notes"),
    "stamp of Prisma": (["m/20251126090000_a/migration.sql"], "20261124174129_add_notes"),
    "stamp with an underscore": (["m/20251126_090000_a/migration.sql"], "20261124_174129_add_notes"),
    "stamp of diesel": (["m/2025-11-26-090000_a/up.sql"], "2026-11-24-174129_add_notes"),
    "stamp of Laravel": (["m/2025_11_26_090000_a.sql"], "2026_11_24_174129_add_notes"),
    "numbers": (["m/000011_a.up.sql", "m/000012_b.up.sql"], "000013_add_notes"),
    "numbers that grow wider": (["m/9_a.sql"], "10_add_notes"),
    "numbers by value": (["m/9_a.up.sql", "m/10_b.up.sql"], "11_add_notes"),
    "flyway": (["m/V1__a.sql", "m/V2.9__b.sql"], "V2.10__add_notes"),
    "flyway with a stamp": (["m/V20251126090000__a.sql"], "V20261124174129__add_notes"),
    "flyway, repeatable ones aside": (["m/V7__a.sql", "m/R__views.sql"], "V8__add_notes"),
    "names without a number": (["m/schema.sql"], "20261124_174129_add_notes"),
}


@pytest.mark.parametrize("name", HISTORIES)
def test_the_number_is_of_the_form_that_the_history_has(name: str) -> None:
    paths, wanted = HISTORIES[name]
    found, _ = find_files(paths)
    made = new_name("add_notes", found, POLICY, NOW)
    assert made == NewName(wanted)
    entries = [(each.name, each.up) for each in found]
    assert find_order_problems((*entries, (wanted, "new"))) == ()


@pytest.mark.parametrize(
    ("form", "wanted"),
    [
        ("YYYYMMDDHHMMSS_descriptive_name", "20261124174129_add_notes"),
        ("V<version>__descriptive_name", "V1__add_notes"),
        ("NNNN_descriptive_name", "0001_add_notes"),
        ("N_descriptive_name", "1_add_notes"),
        ("something of the team's own", "20261124174129_add_notes"),
    ],
)
def test_the_first_number_is_of_the_form_that_the_policy_has(form: str, wanted: str) -> None:
    assert new_name("add_notes", (), form, NOW) == NewName(wanted)


@pytest.mark.parametrize(
    ("newest", "wanted"),
    [
        ("20261124174129", "20261124174130"),
        ("20261231235959", "20270101000000"),
        ("20280228235959", "20280229000000"),
    ],
)
def test_a_stamp_never_sorts_before_the_newest(newest: str, wanted: str) -> None:
    found, _ = find_files([f"m/{newest}_a/migration.sql"])
    made = new_name("add_notes", found, POLICY, NOW)
    assert made is not None
    assert made.name == f"{wanted}_add_notes"
    assert newest in made.moved


@pytest.mark.parametrize("stamp", ["20261345000000", "20261124256161"])
def test_a_newest_stamp_that_is_no_time_is_not_gone_past(stamp: str) -> None:
    found, _ = find_files([f"m/{stamp}_a/migration.sql"])
    assert new_name("add_notes", found, POLICY, NOW) is None


LIKE: dict[str, tuple[list[str], str, list[str]]] = {
    "diesel": (["m/1_a/up.sql", "m/1_a/down.sql"], "", ["m/2_b/up.sql", "m/2_b/down.sql"]),
    "golang-migrate": (["m/1_a.up.sql", "m/1_a.down.sql"], "", ["m/2_b.up.sql", "m/2_b.down.sql"]),
    "pair without a down script": (["m/1_a.up.sql"], "", ["m/2_b.up.sql", "m/2_b.down.sql"]),
    "pair with a plain up": (["m/1_a.sql", "m/1_a.down.sql"], "", ["m/2_b.sql", "m/2_b.down.sql"]),
    "underscores": (["m/1_a_up.sql", "m/1_a_down.sql"], "", ["m/2_b_up.sql", "m/2_b_down.sql"]),
    "flyway": (["m/V1__a.sql"], "", ["m/V2__b.sql"]),
    "flyway with undo": (["m/V1__a.sql", "m/U1__a.sql"], "", ["m/V2__b.sql", "m/U2__b.sql"]),
    "plain": (["m/1_a.sql"], "CREATE TABLE a (x)", ["m/2_b.sql"]),
    "goose": (["m/1_a.sql"], "-- +goose Up\nCREATE TABLE a (x);\n-- +goose Down\n", ["m/2_b.sql"]),
}


def made(name: str) -> tuple[NewFile, ...]:
    paths, text, _ = LIKE[name]
    ((like, *_), _) = find_files(paths)
    new = new_name("b", (like,), POLICY, NOW)
    assert new is not None
    return new_files("m", new.name, like, like.layout, text)


@pytest.mark.parametrize("name", LIKE)
def test_the_files_are_such_as_the_newest_migration_has(name: str) -> None:
    assert [each.path for each in made(name)] == LIKE[name][2]


@pytest.mark.parametrize("name", LIKE)
def test_what_is_written_is_read_as_one_migration_of_the_same_layout(name: str) -> None:
    paths, _, _ = LIKE[name]
    both, findings = find_files([*paths, *(each.path for each in made(name))])
    assert (len(both), findings) == (2, ())
    assert both[0].layout == both[1].layout or name == "pair without a down script"


@pytest.mark.parametrize("mark", ["-- +goose Up", "-- migrate:up", "-- +migrate Up"])
def test_a_file_with_both_directions_gets_both_marks(mark: str) -> None:
    ((like, *_), _) = find_files(["m/1_a.sql"])
    (file,) = new_files("m", "2_b", like, "plain", f"{mark}\nSELECT 1;\n")
    assert file.text.startswith(f"{mark}\n")
    assert mark.lower().replace("up", "down") in file.text.lower()


@pytest.mark.parametrize("name", LIKE)
def test_files_hold_comments_only(name: str) -> None:
    lines = [line for each in made(name) for line in each.text.splitlines()]
    assert [line for line in lines if line and not line.startswith("--")] == []
