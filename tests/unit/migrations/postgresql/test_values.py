# ruff: noqa: E501  # SQL reads best on a line of its own
"""What expressions and questions to the catalog come to."""

import pytest

from handrail.migrations.operations import Script
from handrail.migrations.picture import Picture
from handrail.migrations.postgresql.asked import answers
from handrail.migrations.postgresql.calls import UNKNOWN
from handrail.migrations.postgresql.front_end import PostgresFrontEnd
from handrail.migrations.postgresql.grammar import parse_statement
from handrail.migrations.postgresql.outlines import is_plain, outline
from handrail.migrations.postgresql.values import Frame, Scope, evaluate
from handrail.migrations.postgresql.work import Work

HISTORY = """
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE p (id serial PRIMARY KEY, name varchar(40) NOT NULL UNIQUE, m mood DEFAULT 'ok', at timestamp(3));
CREATE TABLE s.c (id int, p int REFERENCES p ON DELETE CASCADE, tags text[], CONSTRAINT odd CHECK (id > 0));
CREATE INDEX named ON p (name);
CREATE VIEW seen AS SELECT id FROM p;
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER told BEFORE INSERT ON p EXECUTE FUNCTION f();
CREATE EXTENSION citext;
"""


def scope() -> Scope:
    """Return what names mean after the history, with some variables."""
    front_end = PostgresFrontEnd()
    front_end.apply(Script("x.sql", HISTORY))
    work = Work(Picture(front_end.catalog))
    known: dict[str, Frame] = {
        "": {"n": 3, "t": "a", "none": None, "odd": UNKNOWN, "list": ("a", "b")},
        "r": {"x": "y"},
    }
    return Scope(known, answers(work))


SCOPE = scope()


def value_of(sql: str) -> object:
    """Return what an expression comes to."""
    tree = parse_statement(f"SELECT {sql}")
    assert tree is not None
    return evaluate(tree["SelectStmt"]["targetList"][0]["ResTarget"]["val"], SCOPE)


@pytest.mark.parametrize(
    ("sql", "value"),
    [
        ("0", 0), ("'x'", "x"), ("true", True), ("NULL", None), ("1.5", UNKNOWN), ("n + 1", 4), ("r.x", "y"), ("r.z", UNKNOWN), ("nobody", UNKNOWN),
        ("'a' || n", "a3"), ("'a' || NULL", None), ("'a' || odd", UNKNOWN), ("list || 'c'", ("a", "b", "c")), ("list[2]", "b"), ("list[9]", None), ("list[1:2]", UNKNOWN),
        ("n = 3", True), ("n <> 3", False), ("n > 2", True), ("n = odd", UNKNOWN), ("n = NULL", None), ("n = '3'", True), ("true = 'yes'", True), ("'a' < 'b'", UNKNOWN),
        ("t IN ('a', 'b')", True), ("t NOT IN ('a')", False), ("t IN ('b', odd)", UNKNOWN), ("t = ANY(list)", True), ("t = ANY('{b,c}'::text[])", False),
        ("t LIKE 'a%'", True), ("t LIKE '_'", True), ("t NOT LIKE '%b%'", True), ("'A_B' ILIKE 'a\\_b'", True), ("t ~ 'a'", UNKNOWN),
        ("NOT false", True), ("NOT NULL", None), ("odd AND false", False), ("odd OR true", True), ("odd AND true", UNKNOWN), ("NULL OR false", None),
        ("none IS NULL", True), ("odd IS NULL", UNKNOWN), ("t IS NOT NULL", True), ("false IS NOT TRUE", True), ("none IS TRUE", False), ("t IS DISTINCT FROM 'b'", True),
        ("coalesce(none, t)", "a"), ("coalesce(odd, t)", UNKNOWN), ("CASE n WHEN 3 THEN 'x' ELSE 'y' END", "x"), ("CASE WHEN false THEN 1 END", None), ("CASE WHEN odd THEN 1 ELSE 2 END", UNKNOWN),
        ("'7'::int", 7), ("'7x'::int", UNKNOWN), ("'no'::boolean", False), ("n::text", "3"), ("'public.p'::regclass", "p"), ("'\"P\"'::regclass::text", "P"), ("'s.c'::regclass", "s.c"), ("'x'::json", UNKNOWN),
        ("format('%s-%I-%L-%%', n, 'A b', 'it''s')", "3-\"A b\"-'it''s'-%"), ("format('%2$s%1$s', 'a', 'b')", "ba"), ("format('%s', odd)", UNKNOWN), ("format('%L|%s|', NULL, NULL)", "NULL||"),
        ("quote_ident('user')", '"user"'), ("quote_ident('abc')", "abc"), ("quote_literal('a''b')", "'a''b'"), ("concat('a', NULL, n)", "a3"), ("concat_ws('-', 'a', 'b')", "a-b"),
        ("upper('a')", "A"), ("replace('a.b', '.', '_')", "a_b"), ("split_part('a.b', '.', 2)", "b"), ("array_length(list, 1)", 2), ("array_append(list, 'c')", ("a", "b", "c")), ("now()", UNKNOWN),
        ("current_schema()", "public"), ("to_regclass('public.p') IS NOT NULL", True), ("to_regclass('q') IS NULL", True), ("to_regclass('seen') IS NULL", False),
    ],
)  # fmt: skip
def test_expressions(sql: str, value: object) -> None:
    assert value_of(sql) == value


@pytest.mark.parametrize(
    ("sql", "value"),
    [
        ("EXISTS (SELECT 1 FROM information_schema.tables WHERE table_schema = 's' AND table_name = 'c')", True),
        ("EXISTS (SELECT 1 FROM information_schema.tables WHERE table_schema = 'public' AND table_name = 'c')", False),
        ("EXISTS (SELECT FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'p')", True),
        ("EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 's' AND c.relname = 'c')", True),
        ("EXISTS (SELECT FROM pg_class WHERE relname = 'named' AND relkind = 'i')", True),
        ("EXISTS (SELECT FROM pg_attribute WHERE attrelid = 'p'::regclass AND attname = 'name' AND attnotnull AND NOT attisdropped)", True),
        ("EXISTS (SELECT FROM pg_attribute WHERE attrelid = 'p'::regclass AND attname = 'at' AND attnotnull)", False),
        ("EXISTS (SELECT FROM pg_indexes WHERE tablename = 'p' AND indexname = 'p_pkey')", True),
        ("EXISTS (SELECT FROM pg_type WHERE typname = 'mood')", True),
        ("EXISTS (SELECT FROM pg_type WHERE typname = 'nobody')", UNKNOWN),
        ("EXISTS (SELECT FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid WHERE t.typname = 'mood' AND e.enumlabel = 'ok')", True),
        ("EXISTS (SELECT FROM pg_enum WHERE enumtypid = 'mood'::regtype AND enumlabel = 'glad')", False),
        ("EXISTS (SELECT FROM pg_trigger WHERE tgname = 'told')", True),
        ("EXISTS (SELECT FROM pg_proc WHERE proname = 'f')", True),
        ("EXISTS (SELECT FROM pg_extension WHERE extname = 'citext')", True),
        ("EXISTS (SELECT FROM pg_extension WHERE extname = 'vector')", UNKNOWN),
        ("EXISTS (SELECT FROM pg_roles WHERE rolname = 'anon')", UNKNOWN),
        ("EXISTS (SELECT FROM information_schema.views WHERE table_name = 'seen')", True),
        ("EXISTS (SELECT FROM information_schema.sequences WHERE sequence_name = 'p_id_seq')", True),
        ("EXISTS (SELECT FROM p)", UNKNOWN),
        ("(SELECT data_type FROM information_schema.columns WHERE table_name = 'p' AND column_name = 'at')", "timestamp without time zone"),
        ("(SELECT udt_name FROM information_schema.columns WHERE table_name = 'p' AND column_name = 'm')", "mood"),
        ("(SELECT data_type FROM information_schema.columns WHERE table_name = 'c' AND column_name = 'tags')", "ARRAY"),
        ("(SELECT is_nullable FROM information_schema.columns WHERE table_name = 'p' AND column_name = 'name')", "NO"),
        ("(SELECT character_maximum_length FROM information_schema.columns WHERE table_name = 'p' AND column_name = 'name')", 40),
        ("(SELECT conname FROM pg_constraint WHERE conrelid = 's.c'::regclass AND contype = 'f' AND confrelid = 'p'::regclass AND confdeltype = 'c')", "c_p_fkey"),
        ("(SELECT constraint_name FROM information_schema.table_constraints WHERE table_name = 'c' AND constraint_type = 'CHECK')", "odd"),
        ("(SELECT k.column_name FROM information_schema.table_constraints t JOIN information_schema.key_column_usage k USING (constraint_name) WHERE t.table_name = 'p' AND t.constraint_type = 'PRIMARY KEY')", "id"),
        ("(SELECT a.attname FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = ANY(c.conkey) WHERE c.conname = 'p_name_key')", "name"),
        ("(SELECT conname FROM pg_constraint WHERE conrelid = 'p'::regclass AND contype = 'x')", None),
        ("(SELECT count(*) FROM information_schema.columns WHERE table_name = 'p')", 4),
        ("(SELECT count(*) > 3 FROM information_schema.columns WHERE table_name = 'p')", True),
        ("(SELECT string_agg(enumlabel, ',') FROM pg_enum)", "sad,ok"),
        ("ARRAY(SELECT column_name FROM information_schema.columns WHERE table_name = 'c')", ("id", "p", "tags")),
        ("(WITH x AS (SELECT 'a' AS v UNION ALL SELECT 'b') SELECT string_agg(v, '+') FROM x)", "a+b"),
        ("(SELECT v.b FROM (VALUES (1, 'x'), (2, 'y')) AS v(a, b) WHERE v.a = 2)", "y"),
        ("(SELECT u.x FROM unnest(ARRAY['a', 'b']) WITH ORDINALITY AS u(x, n) WHERE u.n = 2)", "b"),
        ("(SELECT count(*) FROM generate_series(1, 3) g CROSS JOIN (VALUES (1), (2)) v)", 6),
        ("(SELECT count(*) FROM (VALUES (1), (2)) v(a) LEFT JOIN (VALUES (2)) w(b) ON w.b = v.a)", 2),
        ("EXISTS (SELECT 1 WHERE false)", False),
        ("(SELECT 1 GROUP BY 1)", UNKNOWN),
    ],
)  # fmt: skip
def test_questions_to_the_catalog(sql: str, value: object) -> None:
    assert value_of(sql) == value


@pytest.mark.parametrize(
    ("sql", "text", "plain"),
    [
        ("'GRANT SELECT ON t TO ' || odd", "GRANT SELECT ON t TO known_when_run", True),
        (
            "format('ALTER TABLE t ADD a int DEFAULT %L', odd)",
            "ALTER TABLE t ADD a int DEFAULT 'known_when_run'",
            True,
        ),
        ("format('ALTER TABLE t OWNER TO %I', odd)", "ALTER TABLE t OWNER TO known_when_run", True),
        ("'DROP TABLE ' || quote_ident(odd)", "DROP TABLE known_when_run", False),
        ("format('UPDATE %I SET a = %s', 't', odd)", "UPDATE t SET a = known_when_run", False),
        ("concat('ALTER TABLE t DROP ', odd)", "ALTER TABLE t DROP known_when_run", False),
    ],
)
def test_texts_of_which_a_part_is_not_known(sql: str, text: str, plain: bool) -> None:
    tree = parse_statement(f"SELECT {sql}")
    assert tree is not None
    assert outline(tree["SelectStmt"]["targetList"][0]["ResTarget"]["val"], SCOPE) == text
    assert is_plain(parse_statement(text) or {}) == plain
