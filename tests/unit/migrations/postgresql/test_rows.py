# ruff: noqa: E501  # SQL reads best on a line of its own
"""Statements that write rows: what they are, and where the values came from."""

import pytest

from tests.unit.migrations.postgresql.reading import kinds, read

OLD = "CREATE TABLE old (id int, name text, note text); CREATE TABLE new (id int, title text);"


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        ("INSERT INTO t VALUES (1)", ["rows.insert t"]),
        ("INSERT INTO t VALUES (1) ON CONFLICT (a) DO NOTHING", ["rows.insert t"]),
        (
            "INSERT INTO t VALUES (1) ON CONFLICT (a) DO UPDATE SET a = 2",
            ["rows.insert t", "rows.update.some t"],
        ),
        ("UPDATE t SET a = 1", ["rows.update.all t a"]),
        ("UPDATE t SET a = 1, b = 2 WHERE true", ["rows.update.all t"]),
        ("UPDATE t SET a = 1 WHERE b = 2", ["rows.update.some t a"]),
        ("UPDATE t SET a = u.a FROM u", ["rows.update.some t a"]),
        ("DELETE FROM t", ["rows.delete.all t"]),
        ("DELETE FROM ONLY public.t WHERE true", ["rows.delete.all t"]),
        ("DELETE FROM t WHERE a = 1", ["rows.delete.some t"]),
        ("DELETE FROM t USING u WHERE t.a = u.a", ["rows.delete.some t"]),
        (
            "WITH x AS (DELETE FROM t RETURNING *) INSERT INTO u SELECT * FROM x",
            ["rows.delete.all t", "rows.insert u"],
        ),
        (
            "WITH x AS (UPDATE t SET a = 1 RETURNING *) SELECT * FROM x",
            ["rows.update.all t a", "statement.other"],
        ),
        ("TRUNCATE t, u", ["table.truncate t", "table.truncate u"]),
        ("COPY t FROM stdin;\n1\n\\.\n", ["rows.insert t"]),
        ("COPY t FROM '/tmp/x'", ["statement.opaque"]),
        ("COPY t FROM PROGRAM 'x'", ["statement.opaque"]),
        ("COPY t TO stdout", ["statement.other"]),
        (
            "MERGE INTO t USING u ON t.a = u.a WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES (1)",
            ["rows.delete.some t", "rows.insert t"],
        ),
        ("CREATE TEMP TABLE t (a int); INSERT INTO t VALUES (1); DELETE FROM t", []),
    ],
)
def test_what_is_done_to_rows(sql: str, found: list[str]) -> None:
    assert kinds(sql) == found


def test_truncate_empties_the_tables_that_point_there_too() -> None:
    sql = "CREATE TABLE a (i int PRIMARY KEY); CREATE TABLE b (i int PRIMARY KEY REFERENCES a); CREATE TABLE c (i int REFERENCES b);"
    assert kinds(sql + "TRUNCATE a CASCADE") == ["table.truncate a", "table.truncate b", "table.truncate c"]


@pytest.mark.parametrize(
    ("sql", "sources"),
    [
        ("INSERT INTO new (id, title) SELECT id, name FROM old", "old.name"),
        ("INSERT INTO new SELECT id, upper(o.name) || note FROM old o", "old.name old.note"),
        ("INSERT INTO new SELECT * FROM old", "old.name"),
        ("INSERT INTO new SELECT id, name FROM old WHERE name IS NOT NULL", "old.name"),
        ("INSERT INTO new SELECT id, name FROM old WHERE id > 7", ""),
        ("INSERT INTO new SELECT id, name FROM old LIMIT 1", ""),
        ("INSERT INTO new SELECT id, 'x' FROM old", ""),
        ("INSERT INTO new VALUES (1, 'x')", ""),
        ("INSERT INTO new SELECT id, n FROM (SELECT id, name AS n FROM old) x", "old.name"),
        ("INSERT INTO new WITH x AS (SELECT id, name FROM old) SELECT id, y.name FROM x y", "old.name"),
        (
            "WITH x (id, name) AS (SELECT id, name FROM old) INSERT INTO new SELECT id, name FROM x",
            "old.name",
        ),
        (
            "WITH RECURSIVE x AS (SELECT id, name FROM old UNION SELECT id, name FROM x) INSERT INTO new SELECT id, name FROM x",
            "old.name",
        ),
        ("INSERT INTO new SELECT id, name FROM old UNION ALL SELECT id, note FROM old", "old.name old.note"),
        ("CREATE VIEW v AS SELECT id, name FROM old; INSERT INTO new SELECT * FROM v", "old.name"),
        ("UPDATE new SET title = old.name FROM old WHERE old.id = new.id", "old.name"),
        ("UPDATE new SET title = (SELECT o.name FROM old o WHERE o.id = new.id)", "old.name"),
        ("UPDATE new SET title = old.name FROM old WHERE old.id = 3", ""),
        ("UPDATE new SET (id, title) = (1, old.note) FROM old WHERE old.id = new.id", "old.note"),
        ("DO $$ BEGIN UPDATE new SET title = (SELECT name FROM old); END $$", "old.name"),
        (
            "DO $$ BEGIN IF true THEN UPDATE new SET title = (SELECT name FROM old); END IF; END $$",
            "old.name",
        ),
        ("DO $$ BEGIN IF f() THEN UPDATE new SET title = (SELECT name FROM old); END IF; END $$", ""),
        ("INSERT INTO new SELECT DISTINCT ON (id) * FROM old", "old.name"),
        ("INSERT INTO new SELECT DISTINCT ON (id) id, name FROM old", ""),
    ],
)
def test_where_values_came_from(sql: str, sources: str) -> None:
    catalog, _ = read(OLD, sql)
    names = {each.uid: f"old.{each.name}" for each in catalog.tables["old"].columns}
    title = catalog.tables["new"].column("title")
    assert title is not None
    assert " ".join(sorted(names[uid] for uid in title.sources)) == sources


@pytest.mark.parametrize(
    ("sql", "whole"),
    [
        ("INSERT INTO new SELECT id, name FROM old", True),
        ("INSERT INTO new SELECT o.id, name FROM old o JOIN new n ON n.id = o.id", True),
        ("INSERT INTO new SELECT id, name FROM (SELECT * FROM old) x", True),
        ("INSERT INTO new SELECT DISTINCT id, name FROM old", True),
        ("INSERT INTO new SELECT id, name FROM old WHERE id > 7", False),
        ("INSERT INTO new SELECT id, max(name) FROM old GROUP BY id", False),
        ("INSERT INTO new SELECT id, name FROM (SELECT * FROM old WHERE id = 1) x", False),
    ],
)
def test_whether_all_rows_of_a_table_were_copied(sql: str, whole: bool) -> None:
    catalog, _ = read(OLD, sql)
    assert (catalog.tables["old"].uid in catalog.tables["new"].sources) == whole


@pytest.mark.parametrize(
    ("sql", "filled"),
    [
        ("UPDATE old SET c = 1", True),
        ("UPDATE old SET c = 1 WHERE c IS NULL", True),
        ("UPDATE old SET c = NULL", False),
        ("UPDATE old SET c = DEFAULT", False),
        ("UPDATE old SET c = 1 WHERE id = 1", False),
        ("UPDATE old SET c = new.id FROM new", False),
        ("UPDATE old SET name = '1'", False),
    ],
)
def test_whether_a_new_column_has_a_value_in_every_row(sql: str, filled: bool) -> None:
    catalog, _ = read(OLD, "ALTER TABLE old ADD c int; " + sql)
    column = catalog.tables["old"].column("c")
    assert column is not None
    assert column.filled == filled


def test_a_table_made_of_a_query() -> None:
    catalog, _ = read(
        OLD,
        "CREATE TABLE made AS SELECT o.*, count(*) AS n, id::bigint big, max(name) FROM old o GROUP BY 1;",
    )
    made = catalog.tables["made"]
    assert [(each.name, each.type) for each in made.columns] == [
        ("id", "integer"), ("name", "text"), ("note", "text"), ("n", "bigint"), ("big", "bigint"), ("max", "text"),
    ]  # fmt: skip
    catalog, _ = read(OLD, "SELECT id INTO made FROM old")
    assert catalog.tables["made"].sources == {catalog.tables["old"].uid}


def test_a_type_changed_by_a_swap_has_its_source() -> None:
    catalog, _ = read(
        OLD,
        "ALTER TABLE old ADD n int; UPDATE old SET n = name::int; ALTER TABLE old DROP name; ALTER TABLE old RENAME n TO name;",
    )
    before, _ = read(OLD)
    old, new = before.tables["old"].column("name"), catalog.tables["old"].column("name")
    assert old is not None
    assert new is not None
    assert new.sources == {old.uid}
    assert new.filled
