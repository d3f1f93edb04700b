"""Conditions of a schema, worked out for one row as an engine would."""

from typing import Any

import pytest

from handrail.migrations.quotes import Dialect
from handrail.rehearsal.seed.evaluation import distance, evaluate
from handrail.rehearsal.seed.expressions import read_expression
from handrail.rehearsal.seed.functions import UNKNOWN

ROW: dict[str, Any] = {
    "a": 5,
    "b": None,
    "name": "Zoë",
    "hash": b"\x00" * 32,
    "state": "open",
    "list": ("x", "y"),
    "data": '{"k": [1]}',
    "yes": True,
    "Mixed": 1,
}
NAMES = {each.lower(): each for each in ROW}

CASES = (
    ("a > 3", True),
    ("a between 6 and 9", False),
    ("a NOT BETWEEN 6 AND 9", True),
    ("a = -5", False),
    ("a =-5", False),
    ("a + 2 * 3 = 11", True),
    ("b > 3", None),
    ("b IS NULL", True),
    ("b IS NOT NULL", False),
    ("b > 3 OR a = 5", True),
    ("b > 3 AND a = 5", None),
    ("NOT (b > 3)", None),
    ("(a IS NULL) <> (b IS NULL)", True),
    ("((a IS NOT NULL)::integer + (b IS NOT NULL)::integer) = 1", True),
    ("num_nonnulls(a, b) = 1", True),
    ("state IN ('open', 'shut')", True),
    ("state NOT IN ('open', 'shut')", False),
    ("state::text = ANY (ARRAY['open'::character varying, 'shut']::text[])", True),
    ("state <> ALL (ARRAY['open'])", False),
    ("state LIKE 'o%'", True),
    ("state NOT LIKE '_pen'", False),
    ("name ~ '^[a-z]+$'", False),
    ("name ~* '^z'", True),
    ("name !~ 'x'", True),
    ("char_length(name) = 3", True),
    ("octet_length(name) = 4", True),
    ("octet_length(hash) = 32", True),
    ("hash = X'00'", False),
    ("lower(name) = 'zoë'", True),
    ("coalesce(b, 7) = 7", True),
    ("cardinality(list) = 2", True),
    ("jsonb_typeof(data) = 'object'", True),
    ("json_valid(name)", False),
    ("json_valid(b)", False),
    ("yes", True),
    ("NOT (yes)", False),
    ("BooleanTest(arg(yes), booltesttype IS_TRUE)", True),
    ('"Mixed" = 1', True),
    ("t.mixed = 1", True),
    ("CASE state WHEN 'open' THEN a & 4 ELSE 0 END", 4),
    ("b IS DISTINCT FROM 3", True),
    ("a < now()", UNKNOWN),
    ("name || 'x' = 'Zoëx'", True),
    ("a / 2 = 2", UNKNOWN),
)


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_a_condition_comes_to(text: str, expected: object) -> None:
    node = read_expression(text, "postgresql", NAMES)
    assert node is not None
    assert evaluate(node, ROW) is expected or evaluate(node, ROW) == expected


@pytest.mark.parametrize(
    ("text", "dialect", "expected"),
    [
        ("`a` <=> NULL", "mysql", False),
        ("state = _utf8mb4'open'", "mysql", True),
        ("a IS NOT b", "sqlite", True),
        ('state = "open"', "sqlite", True),
        ("name GLOB 'Z*'", "sqlite", True),
    ],
)
def test_a_dialect_has_its_own_words(text: str, dialect: Dialect, expected: bool) -> None:
    node = read_expression(text, dialect, NAMES)
    assert node is not None
    assert evaluate(node, ROW) is expected


@pytest.mark.parametrize(
    "text", ["", "a >", "(a", "a b", "CASE WHEN", "a IN (1", "(" * 500, "x" * 20_000, "SELECT 1 FROM t"]
)
def test_what_cannot_be_read_is_none(text: str) -> None:
    assert read_expression(text, "postgresql", NAMES) is None


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("a = 5", 0),
        ("a = 6", 1),
        ("b = 6", 0),
        ("a = 6 AND state = 'shut' AND yes", 2),
        ("a = 6 OR (state = 'shut' AND a = 7)", 1),
        ("NOT (a = 5 OR yes)", 2),
    ],
)
def test_the_distance_counts_what_stands_in_the_way(text: str, steps: int) -> None:
    node = read_expression(text, "postgresql", NAMES)
    assert node is not None
    assert distance(node, ROW) == steps
