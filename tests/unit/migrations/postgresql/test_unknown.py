"""What the history did not make is there all the same, as a rule: nobody says that nothing happens to it."""

import pytest

from handrail.migrations.operations import Script
from handrail.migrations.postgresql.front_end import PostgresFrontEnd
from tests.unit.migrations.postgresql.reading import kinds, read

T = """
CREATE TABLE t (a int, b int);
CREATE INDEX i ON t (a);
CREATE VIEW v AS SELECT a FROM t;
CREATE SEQUENCE s;
"""

UNREAD = {
    "ALTER TABLE q DROP COLUMN a": "there is no table q",
    "ALTER TABLE q ADD COLUMN a int NOT NULL": "there is no table q",
    "ALTER TABLE ONLY audit.q ALTER a SET NOT NULL": "there is no table audit.q",
    "ALTER TABLE q ALTER a TYPE text": "there is no table q",
    "ALTER TABLE q ADD CONSTRAINT c UNIQUE (a)": "there is no table q",
    "ALTER TABLE q DROP CONSTRAINT c": "there is no table q",
    "ALTER TABLE q SET UNLOGGED": "there is no table q",
    "ALTER TABLE q RENAME TO z": "there is no table q",
    "ALTER TABLE q RENAME a TO z": "there is no table q",
    "ALTER TABLE q RENAME CONSTRAINT a TO z": "there is no table q",
    "ALTER TABLE q SET SCHEMA audit": "there is no table q",
    "CREATE UNIQUE INDEX j ON q (a)": "there is no table q",
    "ALTER TABLE t DROP COLUMN z": "there is no column t.z",
    "ALTER TABLE t ALTER z SET NOT NULL": "there is no column t.z",
    "ALTER TABLE t ALTER z TYPE text": "there is no column t.z",
    "ALTER TABLE t ALTER z DROP DEFAULT": "there is no column t.z",
    "DROP INDEX j": "there is no index j",
    "ALTER TYPE e RENAME VALUE 'a' TO 'b'": "there is no enum e",
}


@pytest.mark.parametrize("sql", UNREAD)
def test_a_change_of_what_is_unknown_is_not_read(sql: str) -> None:
    _, step = read(T, sql)
    assert [(each.text, each.reason) for each in step.unread] == [
        (sql, f"{UNREAD[sql]} in the history so far")
    ]
    assert [each.kind for each in step.operations] == ["statement.opaque"]


DROPPED = {
    "DROP TABLE q": ("table.drop", "q"),
    "DROP TABLE audit.q CASCADE": ("table.drop", "audit.q"),
    "DROP VIEW q": ("view.drop", "q"),
    "DROP MATERIALIZED VIEW q": ("view.drop", "q"),
    "DROP FUNCTION q(int)": ("function.drop", "q"),
    "DROP PROCEDURE q": ("function.drop", "q"),
    "DROP TRIGGER q ON t": ("trigger.drop", "t.q"),
    "DROP SEQUENCE q": ("sequence.drop", "q"),
    "DROP EXTENSION q": ("extension.drop", "q"),
}


@pytest.mark.parametrize("sql", DROPPED)
def test_what_is_unknown_and_dropped_is_lost(sql: str) -> None:
    kind, name = DROPPED[sql]
    (found,) = read(T, sql)[1].operations
    assert (found.kind, found.table) == (kind, name)
    assert found.facts == ("The history so far does not create it.",)


def test_each_of_several_is_told() -> None:
    operations = read(T, "DROP TABLE q,\n t,\n r")[1].operations
    assert [(each.kind, each.table) for each in operations] == [("table.drop", "q"), ("table.drop", "r")]


GUARDED = (
    "DO $$ BEGIN IF EXISTS (SELECT 1 FROM pg_tables WHERE tablename = 'q') THEN"
    " DROP TABLE q; ALTER TABLE r DROP COLUMN q; END IF; END $$"
)


@pytest.mark.parametrize(
    "sql",
    [
        "ALTER TABLE IF EXISTS q DROP COLUMN a",
        "ALTER TABLE IF EXISTS q RENAME TO z",
        "ALTER TABLE IF EXISTS q RENAME a TO z",
        "ALTER TABLE t DROP COLUMN IF EXISTS z",
        "DROP TABLE IF EXISTS q",
        "DROP VIEW IF EXISTS q",
        "DROP INDEX IF EXISTS q",
        "DROP SEQUENCE IF EXISTS q",
        "ALTER TABLE v RENAME TO w",
        "ALTER TABLE s RENAME TO w",
        "ALTER TABLE i RENAME TO w",
        "DROP INDEX i",
        "DROP VIEW v",
        "DROP SEQUENCE s",
        GUARDED,
    ],
)
def test_what_may_be_missing_or_is_known_is_read(sql: str) -> None:
    _, step = read(T, sql)
    assert (step.unread, [each for each in step.operations if each.kind != "statement.other"]) == ((), [])


@pytest.mark.parametrize(
    ("sql", "kind"),
    [
        ("ALTER TABLE q OWNER TO app", "statement.other"),
        ("ALTER TABLE q REPLICA IDENTITY FULL", "statement.other"),
        ("ALTER TABLE q DISABLE ROW LEVEL SECURITY", "security.rls_disable q"),
        ("ALTER TABLE q DISABLE TRIGGER ALL", "trigger.drop q"),
        ("ALTER TABLE q SET TABLESPACE fast", "maintenance q"),
        ("ALTER TABLE q DETACH PARTITION r", "partition.detach r"),
        ("ALTER TABLE q ALTER a RESTART WITH 3", "sequence.set q a"),
    ],
)
def test_what_the_text_tells_needs_no_table(sql: str, kind: str) -> None:
    assert kinds(sql) == [kind]


def test_the_sequence_of_a_serial_column_is_known() -> None:
    one = "CREATE TABLE r (id serial)"
    two = "ALTER TABLE r ALTER id DROP DEFAULT; DROP SEQUENCE r_id_seq"
    front_end = PostgresFrontEnd()
    front_end.apply(Script("1.sql", one))
    assert front_end.apply(Script("2.sql", two)).operations == ()
