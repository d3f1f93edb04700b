"""What has another name or schema afterwards is the same thing, and whatever names it follows."""

import pytest

from tests.unit.migrations.postgresql.reading import column, kinds, read, table

T = """
CREATE SCHEMA audit;
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE t (id serial PRIMARY KEY, c mood DEFAULT 'ok', many mood[], CONSTRAINT low CHECK (id > 0));
CREATE INDEX by_c ON t (c);
CREATE VIEW v AS SELECT id FROM t;
CREATE SEQUENCE s;
CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION f(text) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
CREATE TABLE u (t_id int REFERENCES t (id), n int DEFAULT nextval('s'));
"""

THINGS = {
    "ALTER VIEW v RENAME TO w": ({("view", "v")}, {("view", "w")}),
    "ALTER TABLE v RENAME TO w": ({("view", "v")}, {("view", "w")}),
    "ALTER VIEW v SET SCHEMA audit": ({("view", "v")}, {("view", "audit.v")}),
    "ALTER SEQUENCE s RENAME TO r": ({("sequence", "s")}, {("sequence", "r")}),
    "ALTER SEQUENCE s SET SCHEMA audit": ({("sequence", "s")}, {("sequence", "audit.s")}),
    "ALTER FUNCTION f(int) RENAME TO h": ({("function", "f(integer)")}, {("function", "h(integer)")}),
    "ALTER FUNCTION f RENAME TO h": (
        {("function", "f(integer)"), ("function", "f(text)")},
        {("function", "h(integer)"), ("function", "h(text)")},
    ),
    "ALTER FUNCTION f(text) SET SCHEMA audit": ({("function", "f(text)")}, {("function", "audit.f(text)")}),
    "ALTER TRIGGER g ON t RENAME TO h": ({("trigger", "t.g")}, {("trigger", "t.h")}),
    "ALTER TABLE t RENAME TO z": ({("trigger", "t.g")}, {("trigger", "z.g")}),
    "ALTER ROLE a RENAME TO b": (set(), set()),
    "ALTER EXTENSION e SET SCHEMA audit": (set(), set()),
}


@pytest.mark.parametrize("sql", THINGS)
def test_a_thing_is_renamed(sql: str) -> None:
    gone, come = THINGS[sql]
    before, after = (read(T, each)[0].things.keys() for each in ("", sql))
    assert (before - after, after - before) == (gone, come)
    assert read(T, sql)[1].unread == ()


def test_a_table_is_renamed_with_the_keys_to_it() -> None:
    assert table(T + "ALTER TABLE t RENAME TO z", "u").foreign_keys[0].table == "z"
    assert table(T + "ALTER TABLE t SET SCHEMA audit", "u").foreign_keys[0].table == "audit.t"


def test_a_table_does_not_take_the_name_of_another() -> None:
    assert {"t", "u"} <= read(T + "ALTER TABLE t RENAME TO u")[0].tables.keys()


@pytest.mark.parametrize(
    ("sql", "kind", "many"),
    [
        ("ALTER TYPE mood RENAME TO feeling", "feeling", "feeling[]"),
        ("ALTER TYPE mood SET SCHEMA audit", "audit.mood", "audit.mood[]"),
    ],
)
def test_a_type_is_renamed_in_the_columns_of_it(sql: str, kind: str, many: str) -> None:
    assert (column(T + sql).type, column(T + sql, "many").type) == (kind, many)
    assert kind in read(T + sql)[0].enums
    assert "mood" not in read(T + sql)[0].enums


def test_a_schema_is_renamed_with_what_is_in_it() -> None:
    sql = "ALTER TABLE t SET SCHEMA audit; ALTER TYPE mood SET SCHEMA audit; ALTER SCHEMA audit RENAME TO log"
    catalog, _ = read(T + sql)
    assert ("log.t" in catalog.tables, "log.mood" in catalog.enums, "u" in catalog.tables) == (True,) * 3
    assert catalog.tables["log.t"].columns[1].type == "log.mood"


@pytest.mark.parametrize(
    ("sql", "names"),
    [
        ("ALTER INDEX by_c RENAME TO i", {"i"}),
        ("ALTER TABLE by_c RENAME TO i", {"i"}),
        ("ALTER INDEX gone RENAME TO i", {"by_c"}),
    ],
)
def test_an_index_is_renamed(sql: str, names: set[str]) -> None:
    assert {each.name for each in read(T + sql)[0].tables["t"].indexes} == names


def test_a_constraint_is_renamed() -> None:
    made = table(
        T + "ALTER TABLE t RENAME CONSTRAINT low TO high; ALTER TABLE t RENAME CONSTRAINT t_pkey TO pk"
    )
    assert ([each.name for each in made.checks], made.key_name) == (["high"], "pk")


def test_the_default_of_a_column_follows_its_sequence() -> None:
    assert column(T + "ALTER SEQUENCE s RENAME TO r", "n", "u").default == "nextval('r')"


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("varchar(10)", "character varying(10)"),
        ("numeric(5, 2)[]", "numeric(5,2)[]"),
        ("timestamptz(3)", "timestamp(3) with time zone"),
        ("serial", "integer"),
        ("int2", "smallint"),
        ("char", "character(1)"),
        ("audit.int4", "audit.int4"),
        ("pg_catalog.int4", "integer"),
        ("geometry(Point, 4326)", "geometry(point,4326)"),
        ("geometry('Point', 4326)", "geometry(Point,4326)"),
    ],
)
def test_a_type_is_written_as_postgresql_shows_it(written: str, kind: str) -> None:
    assert column(f"CREATE TABLE t (c {written})").type == kind


def test_nothing_that_is_renamed_is_lost() -> None:
    renamed = "ALTER VIEW v RENAME TO w; ALTER INDEX by_c RENAME TO i; ALTER SEQUENCE s RENAME TO r;"
    assert kinds(T + renamed) == ["statement.other"]
