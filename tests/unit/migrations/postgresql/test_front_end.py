# ruff: noqa: E501  # SQL reads best on a line of its own
"""The front end never raises, loses no statement, and goes on from a saved state."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.migrations.operations import Script
from handrail.migrations.postgresql.front_end import PostgresFrontEnd
from tests.unit.migrations.postgresql.reading import kinds, read

AFTER = "\nCREATE TABLE after (i int);"


@pytest.mark.parametrize(
    ("broken", "line", "reason"),
    [
        ("selec 1;", 1, 'syntax error at or near "selec"'),
        ("SELECT 1;\n\n  SELECT (;", 3, 'syntax error at end of input'),
        ("CREATE TABLE t (\n  a int,\n  b itn nul\n);", 1, 'in line 3: syntax error at or near "nul"'),
        ("SELECT 'a\0b';", 1, "NUL"),
        ("SELECT " + "1+" * 200 + "'é" + "x" * 2_000_001 + "';", 1, "too long"),
        ("SELECT " + "1+" * 100_000 + "1;", 1, "nested too deeply"),
        ("SELECT " + "1+" * 5_000 + "1;", 1, "nested too deeply"),
        ("SELECT " + "(" * 100_000 + "1;", 1, "memory exhausted"),
        ("SELECT 1 " + "UNION SELECT 1, 2 " * 100_000 + ";", 1, "nested too deeply"),
        ("CREATE VIEW v AS SELECT " + "1+" * 4_000 + "1;", 1, "nested too deeply"),
        ("DO $$ BEGIN " + "IF true THEN " * 5_000 + "NULL; " + "END IF; " * 5_000 + "END $$;", 1, "DO block"),
        ("\\connect other", 1, "psql"),
        ("CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELEC 1;", 1, "syntax error"),
    ],
    ids=lambda value: str(value)[:20],
)  # fmt: skip
def test_a_broken_statement_is_opaque_and_the_rest_is_read(broken: str, line: int, reason: str) -> None:
    catalog, step = read(broken + AFTER)
    assert [(each.line, reason in each.reason) for each in step.unread] == [(line, True)]
    assert [each.line for each in step.operations if each.kind == "statement.opaque"] == [line]
    assert "after" in catalog.tables


@pytest.mark.parametrize(
    "script", ["", "\ufeff", "-- nothing", ";;;", "\ufeffCREATE TABLE after (i int);\r\n", "SELECT '\udce9';"]
)
def test_nothing_is_missed_in(script: str) -> None:
    catalog, step = read(script + AFTER)
    assert step.unread == ()
    assert "after" in catalog.tables


@pytest.mark.parametrize("open_ended", ["SELECT 'a", 'SELECT "a', "SELECT $$ a", "/* a"])
def test_what_is_never_closed_takes_the_rest_and_says_so(open_ended: str) -> None:
    catalog, step = read("CREATE TABLE before (i int);\n" + open_ended + AFTER)
    assert [each.line for each in step.unread] == [2]
    assert list(catalog.tables) == ["before"]


def test_lines_count_from_the_lines_that_were_skipped() -> None:
    step = PostgresFrontEnd().apply(Script("x.sql", "\nDELETE FROM t;", skipped=10))
    assert step.operations[0].line == 12


def test_many_statements() -> None:
    """One that costs more than the one before it would take minutes."""
    assert len(kinds("INSERT INTO t VALUES (1);\n" * 30_000)) == 30_000
    assert (
        len(read("".join(f"CREATE TABLE t{n} (a serial PRIMARY KEY);" for n in range(3_000)))[0].tables)
        == 3_000
    )


def test_it_goes_on_from_a_saved_state() -> None:
    first, second = PostgresFrontEnd(), PostgresFrontEnd()
    first.apply(Script("1.sql", "CREATE TABLE t (a int PRIMARY KEY); CREATE TYPE e AS ENUM ('a');"))
    second.load(first.save())
    assert second.catalog == first.catalog
    second.apply(Script("2.sql", "ALTER TABLE t RENAME TO old; CREATE TABLE t (a int PRIMARY KEY);"))
    uids = [each.uid for each in second.catalog.tables.values()]
    assert len(set(uids)) == 2
    assert second.catalog.tables["t"].key_name == "t_pkey1"
    assert list(first.catalog.tables) == ["t"]


def test_a_temporary_table_ends_with_its_script() -> None:
    catalog, step = read("CREATE TEMP TABLE x AS SELECT 1 AS a; UPDATE x SET a = 2;")
    assert catalog.tables == {}
    assert step.operations == ()


_WORDS = (
    "CREATE ALTER DROP TABLE TYPE COLUMN ADD t u a b ( ) , ; int text NOT NULL DEFAULT 1 'x' \" ' $$ /* */ -- \n"
    " PRIMARY KEY REFERENCES ON DELETE CASCADE SELECT FROM WHERE UPDATE SET = INSERT INTO VALUES AS ENUM \\ DO BEGIN END"
    " INDEX RENAME TO CONSTRAINT CHECK USING COPY stdin . :: [] * é \0"
)
WORDS = st.sampled_from(_WORDS.split(" "))


@given(st.lists(WORDS, max_size=40).map(" ".join))
def test_no_script_stops_it(script: str) -> None:
    """Statements of an unknown shape are caught; here they would be a bug."""
    catalog, step = read(
        "CREATE TABLE t (a int PRIMARY KEY, b text); CREATE TABLE u (a int REFERENCES t);", script
    )
    assert not [each for each in step.unread if "shape" in each.reason]
    assert all(each.name == name for name, each in catalog.tables.items())
