import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from typing import Any

import pytest

from handrail.migrations.sqlite.catalog import catalog_of
from handrail.migrations.sqlite.text import read_index, read_table, unquoted
from handrail.migrations.tables import Catalog, Check, Column, ForeignKey, Index, Table, Thing


def read(sql: str, only: Iterable[str] | None = None) -> Catalog:
    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript(sql)
        return catalog_of(lambda query: database.execute(query).fetchall(), only)


def table(sql: str, name: str = "t") -> Table:
    return read(sql).tables[name]


@pytest.mark.parametrize(
    ("definition", "column"),
    [
        ("x TEXT", Column("x", "TEXT")),
        ("[x] varchar ( 20 , 1 )", Column("x", "VARCHAR(20,1)")),
        ("`x` unsigned  big int NOT NULL", Column("x", "UNSIGNED BIG INT", required=True)),
        ("x", Column("x")),
        ("x TEXT DEFAULT 'a,(b'", Column("x", "TEXT", default="'a,(b'")),
        ("x DATETIME DEFAULT CURRENT_TIMESTAMP", Column("x", "DATETIME", default="CURRENT_TIMESTAMP")),
        ("x TEXT COLLATE nocase", Column("x", "TEXT", collation="NOCASE")),
        ("x INT AS (y + 1)", Column("x", "INT", default="y + 1", generated="virtual")),
        (
            "x INT GENERATED ALWAYS AS (abs(y)) STORED",
            Column("x", "INT", default="abs(y)", generated="stored"),
        ),
        ("x INTEGER PRIMARY KEY", Column("x", "INTEGER", required=True, identity="rowid")),
        (
            "x INTEGER PRIMARY KEY AUTOINCREMENT",
            Column("x", "INTEGER", required=True, identity="autoincrement"),
        ),
        ("x INT PRIMARY KEY", Column("x", "INT")),  # not the row's number, so NULL may stand in it
        ("x TEXT /* COLLATE NOCASE, z INT */ -- AS (1)\n", Column("x", "TEXT")),
    ],
)
def test_a_column_is_read(definition: str, column: Column) -> None:
    assert table(f"CREATE TABLE t({definition}, y INT)").column("x") == column


@pytest.mark.parametrize(
    ("definition", "key"),
    [
        ("REFERENCES p", ForeignKey(("x",), "p", stated=False)),
        ("REFERENCES P(id)", ForeignKey(("x",), "p", ("id",), stated=False)),
        ("REFERENCES p ON DELETE NO ACTION", ForeignKey(("x",), "p")),
        ("REFERENCES p ON DELETE CASCADE", ForeignKey(("x",), "p", on_delete="CASCADE")),
        (
            "REFERENCES p ON UPDATE CASCADE",
            ForeignKey(("x",), "p", on_update="CASCADE", stated=False),
        ),
        ("CONSTRAINT k REFERENCES p", ForeignKey(("x",), "p", stated=False, name="k")),
        (
            'REFERENCES gone("on") ON DELETE SET NULL',
            ForeignKey(("x",), "gone", ("on",), on_delete="SET NULL"),
        ),
    ],
)
def test_a_foreign_key_is_read(definition: str, key: ForeignKey) -> None:
    assert table(
        f"CREATE TABLE p(id INTEGER PRIMARY KEY); CREATE TABLE t(x INT {definition})"
    ).foreign_keys == (key,)


def test_foreign_keys_stand_in_the_order_in_which_they_are_written() -> None:
    keys = table(
        "CREATE TABLE t(a REFERENCES p, b CONSTRAINT bk REFERENCES q ON DELETE SET NULL, c,"
        " CONSTRAINT ck FOREIGN KEY (b, c) REFERENCES r(x, y) ON DELETE CASCADE)"
    ).foreign_keys
    assert [(each.name, each.columns, each.table, each.stated) for each in keys] == [
        ("", ("a",), "p", False),
        ("bk", ("b",), "q", True),
        ("ck", ("b", "c"), "r", True),
    ]


def test_a_primary_key_keeps_its_own_order() -> None:
    assert table("CREATE TABLE t(a, b, c, PRIMARY KEY (c, a))").primary_key == ("c", "a")


@pytest.mark.parametrize(
    ("sql", "index"),
    [
        ("CREATE INDEX i ON t(a, b DESC)", Index("i", ("a", "b"))),
        ("CREATE UNIQUE INDEX i ON t(a)", Index("i", ("a",), unique=True)),
        ("CREATE INDEX i ON t(lower(a), b)", Index("i", ("lower(a)", "b"))),
        ("CREATE INDEX i ON t(a) WHERE b > ','", Index("i", ("a",), where="b > ','")),
        ("CREATE INDEX i ON t(a COLLATE nocase)", Index("i", ("a COLLATE NOCASE",))),
        ("CREATE INDEX i ON t(n)", Index("i", ("n",))),
    ],
)
def test_an_index_is_read(sql: str, index: Index) -> None:
    assert table(f"CREATE TABLE t(a, b, n COLLATE NOCASE); {sql}").indexes == (index,)


def test_a_unique_constraint_is_told_from_an_index() -> None:
    (unique,) = table("CREATE TABLE t(a TEXT PRIMARY KEY, b, c, UNIQUE (c, b))").indexes
    assert (unique.columns, unique.unique, unique.constraint) == (("c", "b"), True, True)


def test_checks_are_read_with_their_names() -> None:
    checks = table(
        "CREATE TABLE t(a CHECK (a  >\n1), b CONSTRAINT small CHECK (length(b) < 3 /* so */),"
        " CHECK (a != ')'))"
    ).checks
    assert checks == (Check("", "a > 1"), Check("small", "length(b) < 3"), Check("", "a != ')'"))


@pytest.mark.parametrize(
    ("end", "options"),
    [
        ("", set()),
        ("WITHOUT ROWID", {"WITHOUT ROWID"}),
        ("STRICT, WITHOUT ROWID", {"STRICT", "WITHOUT ROWID"}),
    ],
)
def test_options_are_read(end: str, options: set[str]) -> None:
    assert table(f"CREATE TABLE t(a INT PRIMARY KEY) {end}").options == options


def test_a_virtual_table_is_read_without_its_shadow_tables() -> None:
    tables = read(
        "CREATE TABLE notes(id INTEGER PRIMARY KEY, body);"
        "CREATE VIRTUAL TABLE found USING fts5(title, body UNINDEXED, tokenize = 'porter');"
        "CREATE VIRTUAL TABLE box USING rtree(id, low, high)"
    ).tables
    assert list(tables) == ["notes", "found", "box"]
    assert tables["found"] == Table(
        "found", (Column("title"), Column("body")), options=frozenset({"fts5"}), kind="virtual"
    )


def test_views_and_triggers_are_things() -> None:
    things = read(
        "CREATE TABLE t(a); CREATE VIEW v AS SELECT  a -- all\n FROM t;"
        "CREATE TRIGGER g AFTER DELETE ON t BEGIN SELECT 1; END"
    ).things
    assert things == {
        ("view", "v"): Thing("view", "v", "CREATE VIEW v AS SELECT a FROM t"),
        ("trigger", "g"): Thing(
            "trigger", "g", "CREATE TRIGGER g AFTER DELETE ON t BEGIN SELECT 1; END", "t"
        ),
    }


MANY = (
    'CREATE TABLE p(id INTEGER PRIMARY KEY); CREATE TABLE "o\'x"(a REFERENCES P UNIQUE);'
    "CREATE TABLE c(x REFERENCES p); CREATE INDEX ci ON c(x); CREATE VIEW v AS SELECT 1;"
    "CREATE TRIGGER g AFTER DELETE ON c BEGIN SELECT 1; END; CREATE VIRTUAL TABLE f USING fts5(a)"
)


@pytest.mark.parametrize("names", [["C"], ["o'X", "f"], ["v"], [], ["gone"]])
def test_named_tables_are_read_alone_and_no_different(names: list[str]) -> None:
    everything, some = read(MANY), read(MANY, names)
    lower = {name.lower() for name in names}
    assert some.tables == {k: v for k, v in everything.tables.items() if k.lower() in lower}
    assert some.things == {k: v for k, v in everything.things.items() if (v.table or v.name).lower() in lower}


def test_the_number_of_queries_does_not_grow_with_the_tables() -> None:
    asked: list[str] = []
    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript("".join(f"CREATE TABLE t{n}(a, b UNIQUE);" for n in range(50)))

        def rows(query: str) -> Sequence[tuple[Any, ...]]:
            asked.append(query)
            return database.execute(query).fetchall()

        assert len(catalog_of(rows).tables) == 50
    assert len(asked) == 5


def test_a_renamed_table_and_an_added_column_are_read_as_they_are_now() -> None:
    now = table(
        "CREATE TABLE new_t(a TEXT NOT NULL, UNIQUE (a)); ALTER TABLE new_t RENAME TO t;"
        "ALTER TABLE t ADD COLUMN b TEXT REFERENCES p ON DELETE CASCADE CHECK (b <> 'x')"
    )
    assert [column.name for column in now.columns] == ["a", "b"]
    assert (now.foreign_keys[0].stated, now.checks) == (True, (Check("", "b <> 'x'"),))


@pytest.mark.parametrize(
    "sql", ["", "CREATE TABLE", "CREATE TABLE t(", "CREATE TABLE t('a", ")(,", "t(,,)", "t(a CHECK"]
)
def test_text_that_is_cut_does_no_harm(sql: str) -> None:
    assert read_table(sql).keys == ()
    assert read_index(sql).where == ""


@pytest.mark.parametrize(
    ("quoted", "name"),
    [
        ('"a""b"', 'a"b'),
        ("'it''s'", "it's"),
        ("`a`", "a"),
        ("[a b]", "a b"),
        ("a", "a"),
        ('"', '"'),
        ("", ""),
    ],
)
def test_quotes_are_taken_off(quoted: str, name: str) -> None:
    assert unquoted(quoted) == name
