# ruff: noqa: E501  # SQL reads best on a line of its own
"""DO blocks: a program is run on the picture, and what cannot be known is said to be so."""

import pytest

from handrail.migrations.operations import MAYBE
from tests.unit.migrations.postgresql.reading import kinds, read

T = "CREATE TABLE t (id int PRIMARY KEY, c int);"
THERE = "EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 't' AND column_name = '{}')"


def columns_after(body: str) -> list[str]:
    """Return the columns of ``t`` after a block, all of which was read."""
    catalog, step = read(T, f"DO $$ {body} $$;")
    assert step.unread == ()
    return [each.name for each in catalog.tables["t"].columns] if "t" in catalog.tables else []


@pytest.mark.parametrize(
    ("body", "columns"),
    [
        ("BEGIN ALTER TABLE t ADD d int; END", "id c d"),
        ("BEGIN ALTER TABLE t ADD d int; EXCEPTION WHEN duplicate_column THEN NULL; END", "id c d"),
        ("BEGIN ALTER TABLE t ADD c text; EXCEPTION WHEN duplicate_column THEN RAISE NOTICE 'there'; END", "id c"),
        ("BEGIN ALTER TABLE t ADD c text; EXCEPTION WHEN OTHERS THEN ALTER TABLE t ADD e int; END", "id c e"),
        ("BEGIN ALTER TABLE t DROP c; RAISE EXCEPTION 'no'; EXCEPTION WHEN OTHERS THEN NULL; END", "id c"),
        ("BEGIN ALTER TABLE t DROP c; EXCEPTION WHEN OTHERS THEN NULL; END", "id"),
        ("BEGIN ALTER TABLE t DROP c; EXCEPTION WHEN undefined_table THEN RAISE; END", "id"),
        (f"BEGIN IF NOT {THERE.format('d')} THEN ALTER TABLE t ADD d int; END IF; END", "id c d"),
        (f"BEGIN IF NOT {THERE.format('c')} THEN ALTER TABLE t ADD d int; END IF; END", "id c"),
        (f"BEGIN IF {THERE.format('c')} THEN ALTER TABLE t DROP c; END IF; END", "id"),
        (f"BEGIN IF {THERE.format('d')} THEN ALTER TABLE t DROP c; END IF; END", "id c"),
        (f"BEGIN IF {THERE.format('d')} THEN NULL; ELSIF {THERE.format('c')} THEN ALTER TABLE t DROP c; ELSE DROP TABLE t; END IF; END", "id"),
        (f"BEGIN IF {THERE.format('c')} AND NOT {THERE.format('d')} THEN ALTER TABLE t RENAME c TO d; ELSE ALTER TABLE t DROP c; END IF; END", "id d"),
        ("BEGIN IF EXISTS (SELECT 1 FROM t) THEN RAISE EXCEPTION 'no'; END IF; ALTER TABLE t DROP c; END", "id"),
        ("BEGIN IF EXISTS (SELECT 1 FROM t) THEN ALTER TABLE t DROP c; END IF; END", "id"),
        ("BEGIN IF false THEN RETURN; END IF; ALTER TABLE t DROP c; END", "id"),
        ("BEGIN IF true THEN RETURN; END IF; ALTER TABLE t DROP c; END", "id c"),
        ("BEGIN CASE 2 WHEN 1 THEN DROP TABLE t; WHEN 2 THEN ALTER TABLE t DROP c; ELSE NULL; END CASE; END", "id"),
        ("BEGIN EXECUTE 'ALTER TABLE t DROP COLUMN c'; END", "id"),
        ("DECLARE n text := 'c'; BEGIN EXECUTE format('ALTER TABLE t DROP COLUMN %I', n); END", "id"),
        ("DECLARE n text; BEGIN n := 'c'; EXECUTE 'ALTER TABLE t DROP COLUMN ' || quote_ident(n); END", "id"),
        ("DECLARE n text; BEGIN SELECT column_name INTO n FROM information_schema.columns WHERE table_name = 't' AND ordinal_position = 2; EXECUTE 'ALTER TABLE t DROP ' || n; END", "id"),
        ("DECLARE n text; BEGIN SELECT conname INTO n FROM pg_constraint WHERE conrelid = 'gone'::regclass; IF n IS NOT NULL THEN DROP TABLE t; END IF; END", "id c"),
        ("DECLARE n text; BEGIN FOREACH n IN ARRAY ARRAY['d', 'e'] LOOP EXECUTE 'ALTER TABLE t ADD ' || n || ' int'; END LOOP; END", "id c d e"),
        ("DECLARE r record; BEGIN FOR r IN SELECT * FROM (VALUES ('d', 'int'), ('c', 'x')) AS v(name, kind) LOOP CONTINUE WHEN r.name = 'c'; EXECUTE format('ALTER TABLE t ADD %I %s', r.name, r.kind); END LOOP; END", "id c d"),
        ("BEGIN FOR i IN 1..3 LOOP EXIT WHEN i = 3; EXECUTE format('ALTER TABLE t ADD d%s int', i); END LOOP; END", "id c d1 d2"),
        ("DECLARE n int := 0; BEGIN WHILE n < 2 LOOP n := n + 1; EXECUTE format('ALTER TABLE t ADD d%s int', n); END LOOP; END", "id c d1 d2"),
        ("DECLARE r record; q CURSOR FOR SELECT column_name FROM information_schema.columns WHERE table_name = 't'; BEGIN FOR r IN q LOOP EXECUTE format('ALTER TABLE t ADD %I int', r.column_name || 2); END LOOP; END", "id c id2 c2"),
        ("BEGIN <<outer>> FOR i IN 1..2 LOOP FOR j IN 1..2 LOOP CONTINUE outer WHEN j = 2; EXECUTE format('ALTER TABLE t ADD d%s%s int', i, j); END LOOP; END LOOP; END", "id c d11 d21"),
        ("DECLARE a int := 1; BEGIN DECLARE b text := 'd' || a; BEGIN EXECUTE 'ALTER TABLE t ADD ' || b || ' int'; END; END", "id c d1"),
    ],
)  # fmt: skip
def test_what_a_block_makes_of_a_table(body: str, columns: str) -> None:
    assert columns_after(body) == columns.split()


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("BEGIN NULL; END", []),
        ("BEGIN DELETE FROM t; END", ["rows.delete.all t"]),
        ("BEGIN TRUNCATE t; END", ["table.truncate t"]),
        ("BEGIN DELETE FROM t; COMMIT; END", ["rows.delete.all t", "transaction.own"]),
        ("BEGIN IF (SELECT count(*) FROM t) > 3 THEN DELETE FROM t WHERE c = 1; ELSE UPDATE t SET c = 1; END IF; END", ["rows.delete.some t", "rows.update.all t c"]),
        ("DECLARE r record; BEGIN FOR r IN SELECT * FROM t LOOP INSERT INTO t VALUES (r.id); END LOOP; END", ["rows.insert t"]),
        ("DECLARE n int; BEGIN LOOP DELETE FROM t WHERE c = 1; GET DIAGNOSTICS n = ROW_COUNT; EXIT WHEN n = 0; END LOOP; END", ["rows.delete.some t"]),
        ("DECLARE n int := 3; BEGIN n := n + 1; SELECT count(*) INTO n FROM t; END", []),
        ("BEGIN PERFORM setval('s', 3); END", ["sequence.set"]),
        ("BEGIN FOR i IN 1..3 LOOP DELETE FROM t WHERE id = i; END LOOP; END", ["rows.delete.some t"]),
        ("BEGIN DELETE FROM t; EXCEPTION WHEN foreign_key_violation THEN UPDATE t SET c = 1; END", ["rows.delete.all t", "rows.update.all t c"]),
    ],
)  # fmt: skip
def test_rows_that_a_block_may_write_count_as_written(body: str, found: list[str]) -> None:
    assert kinds(f"DO $$ {body} $$;") == found


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("BEGIN PERFORM write_something(); END", "write_something() writes"),
        ("DECLARE n int := write_something(); BEGIN NULL; END", "write_something() writes"),
        ("BEGIN IF write_something() THEN NULL; END IF; END", "write_something() writes"),
        ("BEGIN CALL p(); END", "p() does"),
        ("DECLARE n text; BEGIN SELECT name INTO n FROM u; EXECUTE 'DROP TABLE ' || n; END", "known only when it runs"),
        ("DECLARE r record; BEGIN FOR r IN SELECT name FROM u LOOP EXECUTE format('DELETE FROM %I', r.name); END LOOP; END", "known only when it runs"),
        ("BEGIN EXECUTE 'selec 1'; END", "syntax error"),
        ("BEGIN selec 1; END", "syntax error"),
        ("garbage", "syntax error"),
        ("BEGIN LOOP NULL; END LOOP; END", "too long"),
    ],
)  # fmt: skip
def test_what_cannot_be_known_is_opaque(body: str, reason: str) -> None:
    before, _ = read(T)
    after, step = read(T, f"\nDO $$ {body} $$;")
    assert [each.kind for each in step.operations] == ["statement.opaque"]
    assert step.unread[0].line == 2
    assert reason in step.unread[0].reason
    assert after == before


def test_after_what_is_not_known_the_rest_is_read() -> None:
    assert kinds("DO $$ BEGIN PERFORM f(); DELETE FROM t; END $$") == [
        "statement.opaque",
        "rows.delete.all t",
    ]


@pytest.mark.parametrize(
    ("body", "doubted"),
    [
        ("BEGIN DELETE FROM t; END", False),
        ("BEGIN IF true THEN DELETE FROM t; END IF; END", False),
        ("BEGIN IF (SELECT count(*) FROM t) > 3 THEN DELETE FROM t; END IF; END", True),
        ("BEGIN IF (SELECT count(*) FROM t) > 3 THEN RETURN; END IF; DELETE FROM t; END", True),
        (
            "BEGIN IF (SELECT count(*) FROM t) > 3 THEN RAISE EXCEPTION 'no'; END IF; DELETE FROM t; END",
            False,
        ),
        ("DECLARE r record; BEGIN FOR r IN SELECT * FROM t LOOP DELETE FROM t; END LOOP; END", True),
        ("DECLARE r record; BEGIN FOR r IN SELECT * FROM t LOOP NULL; END LOOP; DELETE FROM t; END", False),
    ],
)
def test_what_may_not_run_says_so(body: str, doubted: bool) -> None:
    _, step = read(T, f"DO $$ {body} $$;")
    assert [(each.kind, MAYBE in each.facts) for each in step.operations] == [("rows.delete.all", doubted)]


def test_a_change_that_may_not_run_is_noted_by_its_line() -> None:
    _, step = read(
        T, "DO $$ BEGIN\nIF f THEN\nALTER TABLE t DROP c;\nEND IF;\nALTER TABLE t ADD d int;\nEND $$;"
    )
    assert step.doubts == {3}


def test_another_language_is_opaque() -> None:
    assert kinds("DO LANGUAGE plpython3u $$ print(1) $$") == ["statement.opaque"]


def test_lines_are_those_in_the_block() -> None:
    _, step = read("\nDO $$\nBEGIN\n  DELETE FROM t;\n  EXECUTE '\n\nDELETE FROM u';\nEND\n$$;")
    assert [each.line for each in step.operations] == [4, 5]


def test_many_blocks_that_ask_the_catalog() -> None:
    block = "DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_class WHERE relname = 't{0}') THEN CREATE TABLE t{0} (id int); END IF; END $$;"
    catalog, step = read("".join(block.format(number) for number in range(300)))
    assert (len(catalog.tables), step.unread) == (300, ())
