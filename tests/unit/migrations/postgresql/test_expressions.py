"""Expressions are written in one form."""

import pytest

from handrail.migrations.postgresql.expressions import mentions, renamed, show
from handrail.migrations.postgresql.grammar import parse_statement


def shown(text: str) -> str:
    tree = parse_statement(f"SELECT {text}")
    assert tree is not None
    return show(tree["SelectStmt"]["targetList"][0]["ResTarget"]["val"])


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("1", "1"),
        ("0", "0"),
        ("1.50", "1.50"),
        ("'it''s'", "'it''s'"),
        ("NULL", "NULL"),
        ("TRUE", "true"),
        ("CAST(a AS varchar(3))", "a::character varying(3)"),
        ('"A"."b c"', '"A"."b c"'),
        ("pg_catalog.now( )", "now()"),
        ("count(*)", "count(*)"),
        ("a+b*2", "a + (b * 2)"),
        ("a AND (b OR NOT c)", "a AND (b OR (NOT (c)))"),
        ("a IS NULL", "a IS NULL"),
        ("a IS NOT NULL", "a IS NOT NULL"),
        ("a IN (1,2)", "a IN (1, 2)"),
        ("a NOT IN (1)", "a NOT IN (1)"),
        ("a = ANY(b)", "a = ANY (b)"),
        ("a BETWEEN 1 AND 2", "a BETWEEN 1 AND 2"),
        ("a IS DISTINCT FROM b", "a = DISTINCT FROM b"),
        ("nullif(a,b)", "NULLIF(a, b)"),
        ("coalesce(a,b)", "COALESCE(a, b)"),
        ("CASE WHEN a THEN 1 ELSE 2 END", "CASE WHEN a THEN 1 ELSE 2 END"),
        ("array[1,2]", "ARRAY[1, 2]"),
        ("current_timestamp(3)", "CURRENT_TIMESTAMP(3)"),
        ('a COLLATE "C"', 'a COLLATE "C"'),
    ],
)
def test_show(written: str, text: str) -> None:
    assert shown(written) == text


def test_what_has_no_writer_is_told_apart_all_the_same() -> None:
    assert shown("ROW(a, b)") != shown("ROW(a, c)")
    assert shown("(SELECT a FROM b)") == shown("( select a\nfrom b )")


@pytest.mark.parametrize(
    ("text", "name", "found"),
    [
        ("lower(a)", "a", True),
        ("lower(ab)", "a", False),
        ("b = 'a'", "a", False),
        ('"A" > 1', "A", True),
        ("a(b)", "a", False),
        ("x.a = 1", "a", True),
    ],
)
def test_mentions(text: str, name: str, found: bool) -> None:
    assert mentions(text, name) == found


def test_renamed() -> None:
    assert renamed("a = 'a' AND ab > a", "a", "New") == '"New" = \'a\' AND ab > "New"'
