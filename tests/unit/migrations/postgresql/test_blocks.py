# ruff: noqa: E501  # SQL reads best on a line of its own
"""DO blocks: read when they show what they do, opaque when not."""

import pytest

from tests.unit.migrations.postgresql.reading import kinds, read

T = "CREATE TABLE t (id int PRIMARY KEY, c int);"


@pytest.mark.parametrize(
    ("body", "columns"),
    [
        ("BEGIN ALTER TABLE t ADD d int; END", ["id", "c", "d"]),
        ("BEGIN ALTER TABLE t ADD d int; EXCEPTION WHEN duplicate_column THEN NULL; END", ["id", "c", "d"]),
        (
            "BEGIN ALTER TABLE t ADD c text; EXCEPTION WHEN duplicate_column THEN RAISE NOTICE 'there'; END",
            ["id", "c"],
        ),
        (
            "BEGIN IF NOT EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 't' AND column_name = 'd') THEN ALTER TABLE t ADD COLUMN d int; END IF; END",
            ["id", "c", "d"],
        ),
        (
            "BEGIN IF EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 't' AND column_name = 'c') THEN ALTER TABLE t DROP COLUMN c; END IF; END",
            ["id"],
        ),
        (
            "BEGIN IF EXISTS (SELECT 1 FROM t) THEN RAISE EXCEPTION 'no'; END IF; ALTER TABLE t DROP c; END",
            ["id"],
        ),
    ],
)
def test_a_block_that_shows_what_it_changes(body: str, columns: list[str]) -> None:
    catalog, step = read(T, f"DO $$ {body} $$;")
    assert step.unread == ()
    assert [each.name for each in catalog.tables["t"].columns] == columns


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("BEGIN NULL; END", []),
        ("BEGIN DELETE FROM t; END", ["rows.delete.all t"]),
        ("BEGIN IF (SELECT count(*) FROM t) > 3 THEN DELETE FROM t WHERE c = 1; ELSE UPDATE t SET c = 1; END IF; END", ["rows.delete.some t", "rows.update.all t c"]),
        ("DECLARE r record; BEGIN FOR r IN SELECT * FROM t LOOP INSERT INTO t VALUES (r.id); END LOOP; END", ["rows.insert t"]),
        ("DECLARE n int := 3; BEGIN n := n + 1; SELECT count(*) INTO n FROM t; END", []),
    ],
)  # fmt: skip
def test_rows_that_a_block_may_write_count_as_written(body: str, found: list[str]) -> None:
    assert kinds(f"DO $$ {body} $$;") == found


@pytest.mark.parametrize(
    "body",
    [
        "BEGIN EXECUTE 'DROP TABLE t'; END",
        "BEGIN PERFORM write_something(); END",
        "BEGIN IF (SELECT count(*) FROM t) > 3 THEN DROP TABLE t; END IF; END",
        "BEGIN IF EXISTS (SELECT 1 FROM pg_class WHERE relname = 'other') THEN DROP TABLE t; END IF; END",
        "BEGIN IF NOT EXISTS (SELECT 1 FROM pg_class WHERE relname = 't') THEN DROP TABLE t; END IF; END",
        "BEGIN IF (SELECT count(*) FROM t) > 3 THEN IF EXISTS (SELECT 1 FROM pg_class WHERE relname = 't') THEN DROP TABLE t; END IF; END IF; END",
        "BEGIN DROP TABLE t; EXCEPTION WHEN OTHERS THEN NULL; END",
        "BEGIN DROP TABLE t; EXCEPTION WHEN undefined_table THEN DELETE FROM u; END",
        "BEGIN CALL p(); END",
        "BEGIN COMMIT; END",
        "DECLARE n int := write_something(); BEGIN NULL; END",
        "BEGIN TRUNCATE t; END",
        "garbage",
        "BEGIN selec 1; END",
    ],
)
def test_a_program_is_opaque_and_changes_nothing(body: str) -> None:
    before, _ = read(T)
    after, step = read(T, f"\nDO $$ {body} $$;")
    assert [each.kind for each in step.operations] == ["statement.opaque"]
    assert step.unread[0].line == 2
    assert "DO block" in step.unread[0].reason
    assert after == before


def test_another_language_is_opaque() -> None:
    assert kinds("DO LANGUAGE plpython3u $$ print(1) $$") == ["statement.opaque"]


def test_lines_are_those_in_the_block() -> None:
    _, step = read("\nDO $$\nBEGIN\n  DELETE FROM t;\nEND\n$$;")
    assert [each.line for each in step.operations] == [4]
