"""Rows that are made up, without a database: their order, their reasons, their text."""

from decimal import Decimal

import pytest

from handrail.migrations.quotes import Dialect
from handrail.migrations.tables import Catalog, Check, Column, ForeignKey, Index, Table, Thing
from handrail.rehearsal.seed.seed import make_seed
from handrail.rehearsal.seed.values import Raw, literal


def table(
    name: str, *columns: Column, keys: tuple[ForeignKey, ...] = (), checks: tuple[str, ...] = ()
) -> Table:
    key = Column("id", "INTEGER", required=True, identity="rowid")
    return Table(name, (key, *columns), ("id",), keys, checks=tuple(Check("", each) for each in checks))


def to(name: str, parent: str) -> ForeignKey:
    return ForeignKey((name,), parent)


def catalog(*tables: Table) -> Catalog:
    return Catalog({each.name: each for each in tables})


def filled(found: Catalog, rows: int = 10, dialect: Dialect = "sqlite") -> list[str]:
    """Return the tables in the order in which they get rows."""
    return list(dict.fromkeys(each.table for each in make_seed(found, dialect, rows).statements))


def skipped(found: Catalog) -> dict[str, str]:
    seed = make_seed(found, "sqlite", 10)
    assert all(each.text for each in seed.statements)
    return dict(seed.skipped)


def test_the_same_schema_gives_the_same_statements() -> None:
    schema = catalog(table("a", Column("n", "INTEGER"), Column("t", "TEXT", required=True)))
    one, two = (list(make_seed(schema, "sqlite", 50).statements) for _ in range(2))
    assert one == two
    assert one != list(make_seed(schema, "sqlite", 50, seed=1).statements)


def test_parents_come_first() -> None:
    schema = catalog(
        table("c", Column("b", "INTEGER", required=True), keys=(to("b", "b"),)),
        table("b", Column("a", "INTEGER"), keys=(to("a", "a"),)),
        table("a"),
    )
    assert filled(schema) == ["a", "b", "c"]


def test_a_circle_is_broken_where_a_key_may_be_null() -> None:
    schema = catalog(
        table("a", Column("b", "INTEGER", required=True), keys=(to("b", "b"),)),
        table("b", Column("a", "INTEGER"), keys=(to("a", "a"),)),
    )
    texts = [each.text.split()[0] + " " + each.table for each in make_seed(schema, "sqlite", 10).statements]
    assert list(dict.fromkeys(texts)) == ["INSERT b", "INSERT a", "UPDATE b"]


def test_a_circle_of_required_keys_is_a_reason() -> None:
    schema = catalog(
        table("a", Column("b", "INTEGER", required=True), keys=(to("b", "b"),)),
        table("b", Column("a", "INTEGER", required=True), keys=(to("a", "a"),)),
        table("c", Column("a", "INTEGER", required=True), keys=(to("a", "a"),)),
    )
    assert skipped(schema) == {
        "a": "keys that may not be NULL lead from it back to itself",
        "b": "each row needs one of a, which has none",
        "c": "each row needs one of a, which has none",
    }


def test_a_check_that_nothing_satisfies_is_a_reason() -> None:
    schema = catalog(table("a", Column("n", "INTEGER", required=True), checks=("n > 5 AND n < 3",)))
    assert skipped(schema) == {"a": "no values were found that satisfy CHECK (n > 5 AND n < 3)"}


@pytest.mark.parametrize(
    "name", ["_prisma_migrations", "schema_migrations", "__drizzle_migrations", "SequelizeMeta"]
)
def test_what_tools_keep_is_left_alone(name: str) -> None:
    assert filled(catalog(table(name), table("a"))) == ["a"]


def test_what_triggers_write_is_left_to_them() -> None:
    search = Table("search", (Column("body"),), kind="virtual", options=frozenset({"fts5"}))
    schema = catalog(search, table("a"))
    fed = {("trigger", "t"): Thing("trigger", "t", "... INSERT INTO search VALUES (new.id) ...", "a")}
    assert filled(schema) == ["search", "a"]
    assert filled(schema._replace(things=fed)) == ["a"]


def test_generated_columns_are_left_out() -> None:
    schema = catalog(table("a", Column("twice", "INTEGER", generated="stored", default="id * 2")))
    assert "twice" not in next(make_seed(schema, "sqlite", 3).statements).text


def test_a_small_unique_set_ends_the_table() -> None:
    flag = Column("flag", "BOOLEAN", required=True)
    schema = catalog(table("a", flag)._replace(indexes=(Index("u", ("flag",), unique=True),)))
    rows = sum(each.text.count("\n") + 1 for each in make_seed(schema, "sqlite", 100).statements)
    assert rows == 2


def test_sequences_are_moved_on() -> None:
    key = Column("id", "bigint", required=True, identity="serial", default="nextval('a_id_seq'::regclass)")
    last = list(make_seed(catalog(Table("a", (key,), ("id",))), "postgresql", 5).statements)[-1].text
    assert last.startswith("SELECT setval(pg_get_serial_sequence('\"a\"', 'id'), ")


def test_refused_rows_are_forgotten_and_no_child_points_at_them() -> None:
    schema = catalog(table("a"), table("b", Column("a", "INTEGER", required=True), keys=(to("a", "a"),)))
    seed = make_seed(schema, "sqlite", 10)
    for each in seed.statements:
        if each.table == "a":
            seed.refuse("no")
    assert dict(seed.skipped) == {"a": "no", "b": "each row needs one of a, which has none"}


@pytest.mark.parametrize(
    ("value", "sqlite", "postgresql", "mysql"),
    [
        (None, "NULL", "NULL", "NULL"),
        (True, "1", "true", "1"),
        (-7, "-7", "-7", "-7"),
        (Decimal("1E-9"), "0.000000001", "0.000000001", "0.000000001"),
        ("it's \\n", "'it''s \\n'", "'it''s \\n'", "'it''s \\\\n'"),
        (b"\x00'", "X'0027'", "'\\x0027'", "X'0027'"),
        (('a"b', None), '\'{"a\\"b",NULL}\'', '\'{"a\\"b",NULL}\'', '\'{"a\\\\"b",NULL}\''),
        (Raw("now()"), "now()", "now()", "now()"),
    ],
)
def test_a_value_is_written_as_the_engine_reads_it(
    value: object, sqlite: str, postgresql: str, mysql: str
) -> None:
    assert (literal(value, "sqlite"), literal(value, "postgresql"), literal(value, "mysql")) == (
        sqlite,
        postgresql,
        mysql,
    )
