"""Migrations in lists of paths."""

import pytest

from handrail.migrations.layouts import Found, find_files, place_of


def names(*paths: str) -> list[str]:
    return [each.name for each in find_files(paths)[0]]


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        (["m/1_a/migration.sql", "m/migration_lock.toml"],
         Found("m", "1_a", "m/1_a/migration.sql", "", "folder")),
        (["m/1_a/migration.sql", "m/1_a/down.sql"],
         Found("m", "1_a", "m/1_a/migration.sql", "m/1_a/down.sql", "folder")),
        (["m/fix.sql/migration.sql"], Found("m", "fix.sql", "m/fix.sql/migration.sql", "", "folder")),
        (["1_a/up.sql", "1_a/down.sql"], Found("", "1_a", "1_a/up.sql", "1_a/down.sql", "folder")),
        (["m/1_a.up.sql", "m/1_a.down.sql"], Found("m", "1_a", "m/1_a.up.sql", "m/1_a.down.sql", "pair")),
        (["m/1_a.up.sql"], Found("m", "1_a", "m/1_a.up.sql", "", "pair")),
        (["m/1-a-up.sql", "m/1-a-down.sql"], Found("m", "1-a", "m/1-a-up.sql", "m/1-a-down.sql", "pair")),
        (["m/1_a.sql", "m/1_a.rollback.sql"], Found("m", "1_a", "m/1_a.sql", "m/1_a.rollback.sql", "plain")),
        (["m/1_a.sql", "m/1_a.down.sql"], Found("m", "1_a", "m/1_a.sql", "m/1_a.down.sql", "plain")),
        (["m/001.do.a.sql", "m/001.undo.a.sql"],
         Found("m", "001.a", "m/001.do.a.sql", "m/001.undo.a.sql", "pair")),
        (["m/1.do.sql", "m/1.undo.back.sql"], Found("m", "1", "m/1.do.sql", "m/1.undo.back.sql", "pair")),
        (["m/V1__a.sql", "m/U1__a.sql"], Found("m", "V1__a", "m/V1__a.sql", "m/U1__a.sql", "flyway")),
        (["m/R__views.sql"], Found("m", "R__views", "m/R__views.sql", "", "repeatable")),
        (["m/1_A.SQL"], Found("m", "1_A", "m/1_A.SQL")),
        (["a.sql"], Found("", "a", "a.sql")),
        (["migration.sql"], Found("", "migration", "migration.sql")),
        (["m/1_sign_up.sql"], Found("m", "1_sign_up", "m/1_sign_up.sql")),
        (["m/1_add_drop_down.sql"], Found("m", "1_add_drop_down", "m/1_add_drop_down.sql")),
        (["m/update_users.sql"], Found("m", "update_users", "m/update_users.sql")),
    ],
)  # fmt: skip
def test_one_migration(paths: list[str], expected: Found) -> None:
    assert find_files(paths) == ((expected,), ())


@pytest.mark.parametrize(
    ("paths", "order"),
    [
        (["m/V10__c.sql", "m/V2__b.sql", "m/V1.1__a.sql", "m/R__r.sql", "m/V1__z.sql"],
         ["V1__z", "V1.1__a", "V2__b", "V10__c", "R__r"]),
        (["m/10_b.up.sql", "m/9_a.up.sql"], ["9_a", "10_b"]),
        (["m/201801011200_a.up.sql", "m/201901011200_b.sql", "m/202001011200_c.up.sql"],
         ["201801011200_a", "201901011200_b", "202001011200_c"]),
        (["m/10.sql", "m/9.sql", "m/9-1.sql"], ["9", "9-1", "10"]),
        (["m/10.do.b.sql", "m/9.do.a.sql", "m/10.undo.b.sql"], ["9.a", "10.b"]),
        (["m/20251126_b.sql", "m/1_init.sql"], ["1_init", "20251126_b"]),
        (["m/20251126120000_b/migration.sql", "m/20251126_090000_a/migration.sql"],
         ["20251126120000_b", "20251126_090000_a"]),
        (["m/20251126120000_b.sql", "m/20251126_090000_a.sql"], ["20251126120000_b", "20251126_090000_a"]),
        (["m/10_b/up.sql", "m/9_a/up.sql"], ["10_b", "9_a"]),
        (["m/20150319_b/up.sql", "m/2017-09-23-1_c/up.sql", "m/2014-01-01_a/up.sql"],
         ["2014-01-01_a", "20150319_b", "2017-09-23-1_c"]),
        (["b/1.sql", "a/2.sql"], ["2", "1"]),
    ],
)  # fmt: skip
def test_they_stand_in_the_order_in_which_they_run(paths: list[str], order: list[str]) -> None:
    assert names(*paths) == order


@pytest.mark.parametrize(
    ("paths", "code", "path"),
    [
        (["m/1/migration.sql", "m/1/notes.sql"], "migration.ignored", "m/1/notes.sql"),
        (["m/1_a.down.sql"], "migration.down-alone", "m/1_a.down.sql"),
        (["m/U1__a.sql"], "migration.down-alone", "m/U1__a.sql"),
        (["m/10.do.a.sql", "m/1.undo.a.sql"], "migration.down-alone", "m/1.undo.a.sql"),
        (["m/1.sql", "m/0027.php", "m/0028.php"], "migration.program", "m/0027.php"),
    ],
)
def test_what_is_none_is_said(paths: list[str], code: str, path: str) -> None:
    (finding,) = find_files(paths)[1]
    assert (finding.code, finding.location.path) == (code, path)


@pytest.mark.parametrize(
    "path",
    ["m/._1.sql", ".git/1.sql", "a/.cache/1.sql", "m/index.php", "m/migration_lock.toml", "m/readme.md"],
)
def test_what_is_passed_over_in_silence(path: str) -> None:
    assert find_files([path]) == ((), ())


def test_a_path_may_begin_with_dots() -> None:
    assert names("./m/1.sql", "../m/2.sql") == ["2", "1"]


MANY = (
    *("m/1_a.mysql.up.sql", "m/1_a.mysql.down.sql", "m/1_a.sqlite3.up.sql", "m/1_a.sqlite3.down.sql"),
    *("m/2_b.up.sql", "m/2_b.down.sql", "m/2_b.mysql.up.sql", "m/3_c.autocommit.up.sql"),
    *("m/3_c.cockroach.up.sql", "m/4_d.postgres.autocommit.up.sql"),
)


@pytest.mark.parametrize(
    ("folder", "ups"),
    [
        ("m/*.mysql", ["m/1_a.mysql.up.sql", "m/2_b.mysql.up.sql", "m/3_c.autocommit.up.sql"]),
        ("m/*.sqlite", ["m/1_a.sqlite3.up.sql", "m/2_b.up.sql", "m/3_c.autocommit.up.sql"]),
        ("m/*.postgresql", ["m/2_b.up.sql", "m/3_c.autocommit.up.sql", "m/4_d.postgres.autocommit.up.sql"]),
        ("m/*.cockroach", ["m/2_b.up.sql", "m/3_c.cockroach.up.sql"]),
    ],
)
def test_each_dialect_that_names_say_is_a_history(folder: str, ups: list[str]) -> None:
    found, findings = find_files(MANY)
    assert [each.up for each in found if each.folder == folder] == ups
    assert {each.folder for each in found} == {"m/*.mysql", "m/*.sqlite", "m/*.postgresql", "m/*.cockroach"}
    assert findings == ()


def test_a_script_of_one_dialect_is_undone_by_that_of_its_dialect_or_of_all() -> None:
    found, _ = find_files(MANY)
    downs = {each.up: each.down for each in found if each.folder == "m/*.mysql"}
    assert downs["m/1_a.mysql.up.sql"] == "m/1_a.mysql.down.sql"
    assert downs["m/2_b.mysql.up.sql"] == "m/2_b.down.sql"


def test_a_word_that_is_no_dialect_makes_no_history() -> None:
    found, _ = find_files(["m/1_a.prod.up.sql", "m/2_pg.up.sql", "m/3.mysql_fix.up.sql"])
    assert {each.folder for each in found} == {"m"}


@pytest.mark.parametrize(
    ("history", "place"), [("a/b", "a/b"), ("a/b/*.mysql", "a/b"), ("*.mysql", ""), ("", ""), ("a", "a")]
)
def test_a_history_lies_in_a_folder(history: str, place: str) -> None:
    assert place_of(history) == place
