# SQL reads best on a line of its own
"""Calls of functions and procedures: those of the history are run, others are opaque."""

import pytest

from tests.unit.migrations.postgresql.reading import read

HISTORY = """
CREATE TABLE t (id int, a int);
CREATE TABLE u (id int);
CREATE FUNCTION gone(name text, really boolean DEFAULT true) RETURNS void LANGUAGE plpgsql AS $$
BEGIN IF really THEN EXECUTE format('DROP TABLE %I', name); END IF; END $$;
CREATE FUNCTION twice(n int) RETURNS int LANGUAGE sql AS 'SELECT n * 2';
CREATE PROCEDURE wipe() LANGUAGE sql AS 'DELETE FROM t; DELETE FROM u WHERE id = 1';
CREATE FUNCTION again() RETURNS void LANGUAGE plpgsql AS 'BEGIN PERFORM again(); END';
CREATE FUNCTION c() RETURNS int LANGUAGE c AS 'lib', 'c';
"""


@pytest.mark.parametrize(
    ("sql", "tables", "found"),
    [
        ("SELECT gone('u');", "t", []),
        ("SELECT gone('u', false);", "t u", []),
        ("SELECT * FROM (SELECT gone('u')) x;", "t", []),
        ("DO $$ BEGIN PERFORM gone('u'); END $$;", "t", []),
        ("DO $$ DECLARE n text := 'u'; BEGIN PERFORM gone('u'); END $$;", "t", []),
        ("SELECT twice(2);", "t u", []),
        ("CALL wipe();", "t u", ["rows.delete.all t", "rows.delete.some u"]),
        ("SELECT again();", "t u", ["statement.opaque "]),
        ("SELECT gone();", "t u", ["statement.opaque "]),
        ("SELECT c();", "t u", ["statement.opaque "]),
        ("SELECT gone(id::text) FROM t;", "t u", ["statement.opaque "]),
        ("CALL nobody();", "t u", ["statement.opaque "]),
        ("DROP FUNCTION twice(int); SELECT twice(2);", "t u", ["statement.opaque "]),
    ],
)
def test_calls(sql: str, tables: str, found: list[str]) -> None:
    catalog, step = read(HISTORY, sql)
    assert " ".join(sorted(catalog.tables)) == tables
    told = [f"{each.kind} {each.table}" for each in step.operations if each.kind != "statement.other"]
    assert told == found


def test_what_a_function_does_stands_where_it_is_called() -> None:
    _, step = read(HISTORY, "SELECT 1;\n\nCALL wipe();\nDELETE FROM t;")
    assert [each.line for each in step.operations] == [1, 3, 3, 4]
