"""Plain INSERTs: which statements have one shape, and that one like another says the same."""

from collections.abc import Callable

import pytest

from handrail.adapters.sqlite import SqliteScratch
from handrail.migrations.front_end import FrontEnd
from handrail.migrations.inserts import LONGEST, Inserts, shape_of
from handrail.migrations.mysql.front_end import MysqlFrontEnd
from handrail.migrations.operations import Operation, Script
from handrail.migrations.postgresql.front_end import PostgresFrontEnd
from handrail.migrations.sqlite.front_end import SqliteFrontEnd


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("INSERT INTO t VALUES (1)", "INSERT INTO t VALUES (?)"),
        ("insert  into t values(NULL,true, -1.5 )", "insert  into t values(?,?, ? )"),
        ("INSERT INTO t (a, b) VALUES ('x', 'it''s')", "INSERT INTO t (a, b) VALUES (?, ?)"),
        ("INSERT INTO t VALUES ('a, ''b'' (c)'), (2)", "INSERT INTO t VALUES (?), (?)"),
        ('INSERT INTO "s"."t"("a 1") VALUES (1)', 'INSERT INTO "s"."t"("a 1") VALUES (?)'),
        ("INSERT INTO `t` (`a`) VALUES ('?')", "INSERT INTO `t` (`a`) VALUES (?)"),
        ("INSERT INTO t9 (a1) VALUES (12)", "INSERT INTO t9 (a1) VALUES (?)"),
    ],
)
def test_a_shape_is_the_statement_without_its_values(text: str, shape: str) -> None:
    assert shape_of(text) == shape


@pytest.mark.parametrize(
    "text",
    [
        "",
        "SELECT 1",
        "INSERT INTO t SELECT 1",
        "INSERT INTO t VALUES (f(1))",
        "INSERT INTO t VALUES (1 + 1)",
        "INSERT INTO t VALUES (1) ON CONFLICT DO NOTHING",
        "INSERT INTO t VALUES (1) RETURNING a",
        "INSERT INTO t VALUES ((SELECT 1))",
        "INSERT OR REPLACE INTO t VALUES (1)",
        "REPLACE INTO t VALUES (1)",
        "INSERT INTO t VALUES (1); DROP TABLE t",
        "INSERT INTO t VALUES (1) -- '",
        "INSERT INTO t /* ' */ VALUES ('a')",
        r"INSERT INTO t VALUES ('\')",
        "INSERT INTO t VALUES ('a\x00')",
        "INSERT INTO t VALUES ('\ud800')",
        "INSERT INTO t VALUES (x'0')",
        "INSERT INTO t VALUES (E'a')",
        'INSERT INTO t VALUES ("a")',
        "INSERT INTO t VALUES (1a)",
        "INSERT INTO t VALUES (\u0661)",
        "INSERT INTO t VALUES ()",
        "INSERT INTO t VALUES ('open)",
        "INSERT INTO t VALUES (%s)" % ("1" * LONGEST),  # noqa: S608  # our own number
    ],
)
def test_anything_else_has_no_shape(text: str) -> None:
    assert shape_of(text) == ""


def test_what_was_learnt_is_told_again_on_another_line() -> None:
    inserts = Inserts()
    inserts.learn("shape", [Operation("rows.insert", "t", line=1)], read=True)
    assert inserts.again("shape", 7) == [Operation("rows.insert", "t", line=7)]
    assert inserts.again("other", 7) is None


def test_what_was_refused_is_not_learnt() -> None:
    inserts = Inserts()
    inserts.learn("shape", [], read=False)
    assert inserts.again("shape", 1) is None


def test_another_statement_makes_all_forgotten() -> None:
    inserts = Inserts()
    inserts.learn("shape", [], read=True)
    inserts.learn("", [], read=True)
    assert inserts.again("shape", 1) is None


def _sqlite() -> FrontEnd:
    return SqliteFrontEnd(SqliteScratch(), SqliteScratch())


DIALECTS = [_sqlite, PostgresFrontEnd, MysqlFrontEnd]
MANY = "".join(f"INSERT INTO t (a) VALUES ({number});\n" for number in range(1, 4))  # noqa: S608  # our own numbers


@pytest.mark.parametrize("opened", DIALECTS)
def test_each_insert_of_a_script_is_told_with_its_line(opened: Callable[[], FrontEnd]) -> None:
    reader = opened()
    reader.apply(Script("1.sql", "CREATE TABLE t (a INTEGER);"))
    step = reader.apply(Script("2.sql", MANY))
    assert step.operations == tuple(Operation("rows.insert", "t", line=line) for line in (1, 2, 3))
    assert step.unread == ()


@pytest.mark.parametrize("opened", DIALECTS)
def test_rows_of_a_new_table_are_told_as_they_would_be_one_by_one(opened: Callable[[], FrontEnd]) -> None:
    reader, other = opened(), opened()
    new = "CREATE TABLE t (a INTEGER);\n"
    step = reader.apply(Script("1.sql", new + MANY))
    # a comment inside makes a statement one that is always read
    slow = other.apply(Script("1.sql", new + MANY.replace(" VALUES", "/**/VALUES")))
    assert step.operations == slow.operations
    assert step.lines == slow.lines


@pytest.mark.parametrize("bad", ["INSERT INTO t (a) VALUES (1, 2);", "INSERT INTO t (b) VALUES (1);"])
def test_sqlite_refuses_each_insert_that_is_wrong(bad: str) -> None:
    reader = _sqlite()
    reader.apply(Script("1.sql", "CREATE TABLE t (a INTEGER);"))
    step = reader.apply(Script("2.sql", f"{MANY}{bad}\n{bad}\n"))
    assert [each.line for each in step.unread] == [4, 5]


def test_sqlite_reads_an_insert_again_after_its_table_changed() -> None:
    reader = _sqlite()
    reader.apply(Script("1.sql", "CREATE TABLE t (a INTEGER); CREATE TABLE u (a INTEGER);"))
    script = "INSERT INTO t VALUES (1);\nALTER TABLE t ADD COLUMN b TEXT;\nINSERT INTO t VALUES (2);\n"
    assert [each.line for each in reader.apply(Script("2.sql", script)).unread] == [3]
