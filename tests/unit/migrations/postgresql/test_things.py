# ruff: noqa: E501  # SQL reads best on a line of its own
"""Views, functions, triggers, sequences, extensions, enums; what is renamed and dropped."""

import pytest

from tests.unit.migrations.postgresql.reading import kinds, read

ENUM = "CREATE TYPE e AS ENUM ('a', 'b'); CREATE TABLE t (id int PRIMARY KEY, c e DEFAULT 'a', d e[]);"


def labels(*scripts: str, name: str = "e") -> list[str]:
    return [each.name for each in read(*scripts)[0].enums[name]]


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("ALTER TYPE e ADD VALUE 'c'", ["a", "b", "c"]),
        ("ALTER TYPE e ADD VALUE 'c' BEFORE 'b'", ["a", "c", "b"]),
        ("ALTER TYPE e ADD VALUE 'c' AFTER 'a'", ["a", "c", "b"]),
        ("ALTER TYPE e ADD VALUE IF NOT EXISTS 'a'", ["a", "b"]),
        ("ALTER TYPE e RENAME VALUE 'a' TO 'x'", ["x", "b"]),
        ("ALTER TYPE gone ADD VALUE 'x'", ["a", "b"]),
        ("CREATE TYPE e AS ENUM ('again')", ["a", "b"]),
    ],
)
def test_labels(change: str, found: list[str]) -> None:
    assert labels(ENUM, change) == found


def test_a_label_that_is_renamed_is_the_same_label_and_defaults_follow() -> None:
    before, _ = read(ENUM)
    after, _ = read(ENUM, "ALTER TYPE e RENAME VALUE 'a' TO 'x'")
    assert [each.uid for each in before.enums["e"]] == [each.uid for each in after.enums["e"]]
    assert after.tables["t"].columns[1].default == "'x'"


def test_an_enum_that_is_rebuilt() -> None:
    catalog, step = read(
        ENUM,
        "CREATE TYPE e_new AS ENUM ('a'); ALTER TABLE t ALTER c DROP DEFAULT;"
        "ALTER TABLE t ALTER c TYPE e_new USING (c::text::e_new); ALTER TABLE t ALTER d TYPE e_new[] USING d::text::e_new[];"
        "ALTER TYPE e RENAME TO e_old; ALTER TYPE e_new RENAME TO e; DROP TYPE e_old; ALTER TABLE t ALTER c SET DEFAULT 'a';",
    )
    assert step.operations == ()
    assert list(catalog.enums) == ["e"]
    assert [each.name for each in catalog.enums["e"]] == ["a"]
    assert [(each.type, each.default) for each in catalog.tables["t"].columns[1:]] == [
        ("e", "'a'"),
        ("e[]", ""),
    ]


def test_a_type_that_is_dropped_with_cascade_takes_its_columns() -> None:
    catalog, _ = read(ENUM, "DROP TYPE e CASCADE")
    assert [each.name for each in catalog.tables["t"].columns] == ["id"]
    catalog, _ = read("CREATE TABLE t (a int, b citext, c citext[])", "DROP EXTENSION citext CASCADE")
    assert [each.name for each in catalog.tables["t"].columns] == ["a"]


@pytest.mark.parametrize(
    ("sql", "things"),
    [
        ("CREATE VIEW v AS SELECT 1", ["view v"]),
        ("CREATE MATERIALIZED VIEW v AS SELECT 1", ["view v"]),
        ("CREATE VIEW v AS SELECT 1; DROP VIEW v", []),
        ("CREATE VIEW v AS SELECT 1; CREATE VIEW w AS SELECT * FROM v; DROP VIEW v CASCADE", []),
        ("CREATE VIEW v AS SELECT 1; ALTER VIEW v RENAME TO w", ["view w"]),
        ("CREATE FUNCTION f(a int, OUT b int) RETURNS int LANGUAGE sql AS 'SELECT 1'", ["function f(integer)"]),
        ("CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT 2; END; SELECT 1", ["function f()"]),
        ("CREATE FUNCTION f() RETURNS int AS '' LANGUAGE sql; DROP FUNCTION f", []),
        ("CREATE FUNCTION f(int) RETURNS int AS '' LANGUAGE sql; DROP FUNCTION f(text)", ["function f(integer)"]),
        ("CREATE FUNCTION f(int) RETURNS int AS '' LANGUAGE sql; ALTER FUNCTION f(int) RENAME TO g", ["function g(integer)"]),
        ("CREATE TABLE t (a int); CREATE TRIGGER g AFTER INSERT ON t EXECUTE FUNCTION f()", ["trigger t.g"]),
        ("CREATE TABLE t (a int); CREATE TRIGGER g AFTER INSERT ON t EXECUTE FUNCTION f(); ALTER TABLE t RENAME TO u", ["trigger u.g"]),
        ("CREATE TABLE t (a int); CREATE TRIGGER g AFTER INSERT ON t EXECUTE FUNCTION f(); DROP TABLE t", []),
        ("CREATE TRIGGER g AFTER INSERT ON t EXECUTE FUNCTION f(); DROP TRIGGER g ON t", []),
        ("CREATE FUNCTION f() RETURNS trigger AS '' LANGUAGE sql; CREATE TRIGGER g AFTER INSERT ON t EXECUTE FUNCTION f(); DROP FUNCTION f() CASCADE", []),
        ("CREATE RULE r AS ON INSERT TO t DO ALSO (DELETE FROM x; DELETE FROM y); SELECT 1", ["trigger t.r"]),
        ("CREATE SEQUENCE s", ["sequence s"]),
        ("CREATE TABLE t (a int); CREATE SEQUENCE s; ALTER SEQUENCE s OWNED BY t.a; DROP TABLE t", []),
        ("CREATE EXTENSION IF NOT EXISTS citext", ["extension citext"]),
        ("CREATE SCHEMA r; CREATE VIEW r.v AS SELECT 1; CREATE TABLE r.t (a int); DROP SCHEMA r CASCADE", []),
    ],
)  # fmt: skip
def test_things(sql: str, things: list[str]) -> None:
    catalog, step = read(sql)
    assert step.unread == ()
    assert [f"{kind} {name}" for kind, name in catalog.things] == things


def test_a_view_that_is_replaced_by_the_same_text_is_the_same() -> None:
    before, _ = read("CREATE OR REPLACE VIEW v AS SELECT a, b FROM t")
    after, _ = read(
        "CREATE OR REPLACE VIEW v AS SELECT a, b FROM t",
        "create or replace view v as\n  select a,b -- all\n from t",
    )
    assert before.things == after.things


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        ("BEGIN; COMMIT", ["transaction.own", "transaction.own"]),
        ("START TRANSACTION; ROLLBACK", ["transaction.own", "transaction.own"]),
        ("REINDEX TABLE t", ["maintenance t"]),
        ("VACUUM FULL t", ["maintenance t"]),
        ("VACUUM t; ANALYZE", ["statement.other", "statement.other"]),
        ("CLUSTER t", ["maintenance t"]),
        ("REFRESH MATERIALIZED VIEW v", ["maintenance v"]),
        ("LOCK TABLE t", ["maintenance t"]),
        ("COMMENT ON TABLE t IS 'x'", ["comment"]),
        ("GRANT SELECT ON t TO PUBLIC", ["security.grant_public t"]),
        ("GRANT SELECT ON t TO app", ["security.grant_role t"]),
        ("GRANT app TO somebody", ["security.grant_role"]),
        ("ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC", ["security.grant_public"]),
        ("REVOKE ALL ON t FROM app", ["statement.other"]),
        ("ALTER TABLE t DISABLE ROW LEVEL SECURITY", ["security.rls_disable t"]),
        ("ALTER TABLE t ENABLE ROW LEVEL SECURITY", ["statement.other"]),
        ("ALTER TABLE t DISABLE TRIGGER ALL", ["trigger.drop t"]),
        ("DROP POLICY p ON t", ["policy.drop t"]),
        ("DROP SCHEMA s", ["schema.drop"]),
        ("DROP DATABASE d", ["database.drop"]),
        ("ALTER SEQUENCE s RESTART WITH 3", ["sequence.set"]),
        ("SELECT setval('s', 3)", ["sequence.set"]),
        ("ALTER TABLE t ALTER c RESTART WITH 3", ["sequence.set t c"]),
        ("ALTER TABLE t ALTER c SET INCREMENT BY 3", ["identity.change t c"]),
        ("SELECT 1", ["statement.other"]),
        ("SELECT count(*) FROM t WHERE lower(a) = 'x'", ["statement.other"]),
        ("SELECT write_something()", ["statement.opaque"]),
        ("SELECT pg_catalog.set_config('search_path', '', false)", ["statement.other"]),
        ("SET lock_timeout = '2s'", ["statement.other"]),
        ("EXPLAIN DELETE FROM t", ["statement.other"]),
        ("EXPLAIN ANALYZE DELETE FROM t", ["statement.opaque"]),
        ("CALL p()", ["statement.opaque"]),
        ("EXECUTE p", ["statement.opaque"]),
        ("\\echo hello", ["statement.other"]),
        ("\\i other.sql", ["statement.opaque"]),
    ],
)
def test_what_only_the_text_can_tell(sql: str, found: list[str]) -> None:
    assert kinds(sql) == found
