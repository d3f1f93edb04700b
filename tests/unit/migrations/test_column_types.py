"""Which changes of a type touch the catalog only, and which defaults differ from row to row."""

import pytest

from handrail.migrations.column_types import enum_labels, is_volatile, is_wider

P, M, S = "postgresql", "mysql", "sqlite"


@pytest.mark.parametrize(
    ("dialect", "old", "new", "wider"),
    [
        (P, "character varying(10)", "character varying(11)", True),
        (P, "varchar(10)", "character varying(10)", True),
        (P, "character varying(10)", "character varying(9)", False),
        (P, "character varying(10)", "text", True),
        (P, "character varying(10)", "character varying", True),
        (P, "character varying", "text", True),
        (P, "text", "character varying", True),
        (P, "text", "character varying(10)", False),
        (P, "character varying", "character varying(10)", False),
        (P, "numeric(5,2)", "numeric(6,2)", True),
        (P, "numeric(5,2)", "numeric(5,2)", True),
        (P, "numeric(6,2)", "numeric(5,2)", False),
        (P, "numeric(5,2)", "numeric(6,3)", False),
        (P, "numeric(5,2)", "numeric", True),
        (P, "numeric", "numeric(5,2)", False),
        (P, "integer", "bigint", False),
        (P, "character(3)", "text", False),
        (M, "varchar(63)", "varchar(63)", True),
        (M, "varchar(10)", "varchar(63)", True),
        (M, "varchar(63)", "varchar(64)", False),
        (M, "varchar(255)", "varchar(256)", False),
        (M, "varchar(256)", "varchar(300)", True),
        (M, "varchar(300)", "varchar(256)", False),
        (M, "varchar(10)", "text", False),
        (M, "decimal(5,2)", "decimal(6,2)", False),
        (S, "VARCHAR(10)", "VARCHAR(20)", True),
        (S, "VARCHAR(10)", "TEXT", False),
        (S, "numeric(5,2)", "numeric", False),
    ],
)
def test_a_wider_type(dialect: str, old: str, new: str, wider: bool) -> None:
    assert is_wider(old, new, dialect) is wider


@pytest.mark.parametrize(
    ("dialect", "default", "volatile"),
    [
        (P, "gen_random_uuid()", True),
        (P, "public.uuid_generate_v4()", True),
        (P, "uuidv7()", True),
        (P, "nextval('s'::regclass)", True),
        (P, "RANDOM ()", True),
        (P, "clock_timestamp()", True),
        (P, "now()", False),
        (P, "CURRENT_TIMESTAMP", False),
        (P, "'random'", False),
        (P, "my_random()", False),
        (M, "(uuid())", True),
        (M, "(rand())", True),
        (M, "nextval('s')", False),
        (S, "random()", False),
    ],
)
def test_a_default_that_differs_from_row_to_row(dialect: str, default: str, volatile: bool) -> None:
    assert is_volatile(default, dialect) is volatile


@pytest.mark.parametrize(
    ("kind", "labels"),
    [
        ("enum('a','b')", ("a", "b")),
        ("ENUM ( 'a', 'it''s' )", ("a", "it's")),
        ("set('a')", ("a",)),
        ("enum('')", ("",)),
        ("enumeration('a')", ()),
        ("varchar(10)", ()),
    ],
)
def test_the_values_of_an_inline_enum(kind: str, labels: tuple[str, ...]) -> None:
    assert enum_labels(kind) == labels
