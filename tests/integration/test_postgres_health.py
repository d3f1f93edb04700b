"""What is wrong in a PostgreSQL database, what numbers its rows, and what changes a hash."""

import pytest

from handrail.core.database import TableContent
from handrail.ports import DatabaseCopy
from tests.integration.databases import item, prepare, run

KEY = "FOREIGN KEY (parent_id) REFERENCES parent"

BROKEN = {
    "INSERT INTO child (id, parent_id) VALUES (200, 200);"
    f"ALTER TABLE child ADD CONSTRAINT k {KEY} NOT VALID;": [
        ("constraint-not-validated", "child.k"), ("foreign-key", "child.k"),
    ],
    "ALTER TABLE child ADD CONSTRAINT c CHECK (age > 0) NOT VALID;": [
        ("constraint-not-validated", "child.c"),
    ],
    "CREATE FUNCTION t() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;"
    "CREATE TRIGGER t BEFORE UPDATE ON child EXECUTE FUNCTION t(); ALTER TABLE child DISABLE TRIGGER t;": [
        ("trigger-disabled", "child.t"),
    ],
    "CREATE FUNCTION f() RETURNS bigint LANGUAGE sql AS 'SELECT count(age) FROM child';"
    "ALTER TABLE child DROP age;": [("function-broken", "f()")],
    "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ DECLARE x mood; BEGIN END $$; DROP TYPE mood;": [
        ("function-broken", "f()"),
    ],
    "CREATE FUNCTION g() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1 / 0; END $$;"
    "CREATE MATERIALIZED VIEW m AS SELECT count(*) FROM child WITH NO DATA;": [("view-broken", "m")],
    "CREATE TABLE fine (id serial PRIMARY KEY); CREATE VIEW v AS SELECT * FROM fine;": [],
}  # fmt: skip


@pytest.mark.parametrize("script", BROKEN)
def test_a_problem_is_named(script: str, copy: DatabaseCopy) -> None:
    prepare(copy, script)
    before = copy.schema()
    assert [(each.code, each.name) for each in copy.problems()] == BROKEN[script]
    assert copy.schema() == before


def test_an_index_that_failed_is_named(copy: DatabaseCopy) -> None:
    prepare(copy, "UPDATE child SET age = 1;")
    (done,) = run(copy, "CREATE UNIQUE INDEX CONCURRENTLY u ON child (age);")
    assert done.error
    assert [(each.code, each.name) for each in copy.problems()] == [("index-invalid", "child.u")]
    assert item(copy.schema(), "index", "child.u").endswith("INVALID")


def test_what_numbers_rows(copy: DatabaseCopy) -> None:
    prepare(copy, """
        CREATE TABLE a (id serial PRIMARY KEY); INSERT INTO a DEFAULT VALUES; INSERT INTO a DEFAULT VALUES;
        CREATE TABLE b (id int GENERATED ALWAYS AS IDENTITY);
        INSERT INTO b OVERRIDING SYSTEM VALUE VALUES (70);
        CREATE SEQUENCE loose START 5; CREATE TABLE c (n bigint DEFAULT nextval('loose'), m text);
        CREATE SEQUENCE nobodys;
        CREATE TABLE d (id bigserial, at date) PARTITION BY RANGE (at);
        CREATE TABLE d1 PARTITION OF d DEFAULT;
        INSERT INTO d (at) VALUES ('2026-01-01');
    """)  # fmt: skip
    assert [tuple(each) for each in copy.counters()] == [
        ("a_id_seq", 3, 2, "a", "id"),
        ("b_id_seq", 1, 70, "b", "id"),
        ("d_id_seq", 2, 1, "d", "id"),
        ("loose", 5, 0, "c", "n"),
    ]


VALUES = {
    "int": ("1", "2"),
    "bigint": ("9007199254740993", "9007199254740992"),
    "numeric": ("1.10", "1.1"),
    "float4": ("0.1", "0.10000001"),
    "float8": ("0.1", "0.10000000000000002"),
    "boolean": ("true", "false"),
    "text": ("'a'", "'a '"),
    "varchar(5)": ("''", "' '"),
    "bytea": ("'\\x00ff'", "'\\x00fe'"),
    "date": ("'2026-01-01'", "'infinity'"),
    "timestamptz": ("'2026-01-01 00:00+00'", "'2026-01-01 00:00+01'"),
    "timestamp": ("'2026-01-01 00:00:00.000001'", "'2026-01-01'"),
    "interval": ("'1 mon'", "'30 days'"),
    "json": ("'{\"a\":1}'", "'{\"a\": 1}'"),
    "jsonb": ("'{\"a\":1}'", "'{\"a\":2}'"),
    "xml": ("'<a/>'", "'<b/>'"),
    "point": ("'(1,2)'", "'(1,3)'"),
    "polygon": ("'((0,0),(1,1))'", "'((0,0),(1,2))'"),
    "uuid": ("'00000000-0000-0000-0000-000000000001'", "'00000000-0000-0000-0000-000000000002'"),
    "inet": ("'10.0.0.1/8'", "'10.0.0.1'"),
    "bit(3)": ("B'101'", "B'100'"),
    "int[]": ("'{1,NULL}'", "'{1}'"),
    "tsvector": ("'a b'", "'a c'"),
    "int4range": ("'[1,5)'", "'[1,6)'"),
    "money": ("'1.00'", "'1.01'"),
    "mood": ("'good'", "NULL"),
    "pg_lsn": ("'0/1'", "'0/2'"),
}


@pytest.mark.parametrize("kind", VALUES)
def test_another_value_has_another_hash_and_the_same_one_the_same(kind: str, copy: DatabaseCopy) -> None:
    value, other = VALUES[kind]
    prepare(
        copy,
        f"CREATE TABLE v (id int PRIMARY KEY, x {kind}); INSERT INTO v VALUES (1, {value}), (2, {value});",
    )
    shape = copy.schema().tables["v"]

    def content() -> TableContent:
        return copy.content([shape])["v"]

    before = content()
    prepare(copy, f"UPDATE v SET x = {other} WHERE id = 2;")
    after = content()
    assert after.columns["x"] != before.columns["x"]
    assert after.columns["id"] == before.columns["id"]
    assert len(list(copy.rows(shape, ["x"]))) == 2
    prepare(copy, f"UPDATE v SET x = {value} WHERE id = 2;")
    assert content() == before


def test_values_that_change_places_change_the_hash(copy: DatabaseCopy) -> None:
    shape = copy.schema().tables["child"]
    before = copy.content([shape])["child"]
    prepare(copy, "UPDATE child SET age = 3 - age WHERE id < 3;")
    after = copy.content([shape])["child"]
    assert [name for name in shape.columns if after.columns[name] != before.columns[name]] == ["age"]


def test_parts_of_a_key_are_told_apart(copy: DatabaseCopy) -> None:
    prepare(
        copy,
        "CREATE TABLE p (a text, b text, v int, PRIMARY KEY (a, b)); INSERT INTO p VALUES ('a', 'bc', 1);",
    )
    shape = copy.schema().tables["p"]
    before = copy.content([shape])
    prepare(copy, "UPDATE p SET a = 'ab', b = 'c';")
    assert copy.content([shape])["p"].columns["v"] != before["p"].columns["v"]


def test_a_column_made_anew_at_the_end_is_the_same(copy: DatabaseCopy) -> None:
    before = copy.schema(), copy.content(copy.schema().tables.values())
    prepare(copy, """
        ALTER TABLE child RENAME age TO old; ALTER TABLE child ADD age int; UPDATE child SET age = old;
        ALTER TABLE child DROP old;
    """)  # fmt: skip
    assert (copy.schema().items, copy.content(copy.schema().tables.values())) == (before[0].items, before[1])
