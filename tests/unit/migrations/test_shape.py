"""Two pictures of one schema: every difference is a sentence, names that databases give are none."""

import pytest

from handrail.migrations.shape import find_differences
from handrail.migrations.tables import EMPTY, Catalog, Check, Column, ForeignKey, Index, Label, Table, Thing

ID = Column("id", "INTEGER", required=True)
NOTE = Column("note", "TEXT")
KEY = ForeignKey(("id",), "u", name="k")
T = Table("t", (ID, NOTE), ("id",), (KEY,), (Index("i", ("note",)),), (Check("c", "id > 0"),))


def one(table: Table) -> Catalog:
    return Catalog({"t": table})


DIFFERENT: dict[str, tuple[Table, tuple[str, ...]]] = {
    "a column less": (T._replace(columns=(ID,)), ("t: column note is missing",)),
    "a column more": (T._replace(columns=(ID, NOTE, Column("x"))), ("t: column x is left over",)),
    "another type": (
        T._replace(columns=(ID, NOTE._replace(type="BLOB"))),
        ("t.note is BLOB NULL, was TEXT NULL",),
    ),
    "required": (
        T._replace(columns=(ID, NOTE._replace(required=True))),
        ("t.note is TEXT NOT NULL, was TEXT NULL",),
    ),
    "another default": (
        T._replace(columns=(ID, NOTE._replace(default="'x'"))),
        ("t.note is TEXT NULL DEFAULT 'x', was TEXT NULL",),
    ),
    "no primary key": (T._replace(primary_key=()), ("t: the primary key differs",)),
    "strict": (T._replace(options=frozenset({"STRICT"})), ("t: the options differ",)),
    "no key": (T._replace(foreign_keys=()), ("t: the foreign keys differ",)),
    "another rule": (
        T._replace(foreign_keys=(KEY._replace(on_delete="CASCADE"),)),
        ("t: the foreign keys differ",),
    ),
    "unique": (T._replace(indexes=(Index("i", ("note",), unique=True),)), ("t: the indexes differ",)),
    "another check": (T._replace(checks=(Check("c", "id > 1"),)), ("t: the checks differ",)),
}


@pytest.mark.parametrize("name", DIFFERENT)
def test_a_difference_of_a_table_is_told(name: str) -> None:
    there, told = DIFFERENT[name]
    assert find_differences(one(T), one(there)) == told


@pytest.mark.parametrize(
    "there",
    [
        T._replace(columns=(NOTE, ID)),
        T._replace(columns=(ID._replace(uid=9, filled=True, sources=frozenset({3})), NOTE)),
        T._replace(foreign_keys=(KEY._replace(name="other"),)),
        T._replace(indexes=(Index("other", ("note",)),)),
        T._replace(checks=(Check("other", "id > 0"),)),
        T._replace(uid=7, sources=frozenset({1}), key_name="pk"),
    ],
)
def test_order_names_and_who_is_who_make_no_difference(there: Table) -> None:
    assert find_differences(one(T), one(there)) == ()


CATALOGS = {
    "table": (Catalog({"t": T}), "table t is missing", "table t is left over"),
    "type": (Catalog({}, {"e": (Label("a"),)}), "type e is missing", "type e is left over"),
    "thing": (
        Catalog({}, {}, {("view", "v"): Thing("view", "v")}),
        "view v is missing",
        "view v is left over",
    ),
}


@pytest.mark.parametrize("name", CATALOGS)
def test_what_is_missing_or_left_over_is_told(name: str) -> None:
    catalog, missing, left = CATALOGS[name]
    assert find_differences(catalog, EMPTY) == (missing,)
    assert find_differences(EMPTY, catalog) == (left,)
    assert find_differences(catalog, catalog) == ()


@pytest.mark.parametrize(
    ("labels", "told"), [("ab", False), ("ba", False), ("a", True), ("abc", True), ("ac", True)]
)
def test_the_values_of_a_type_count_and_their_order_does_not(labels: str, told: bool) -> None:
    wanted, there = (Catalog({}, {"e": tuple(map(Label, each))}) for each in ("ab", labels))
    assert find_differences(wanted, there) == (("the values of the type e differ",) if told else ())


def test_columns_are_told_in_the_order_of_the_table() -> None:
    names = [f"c{number}" for number in range(30)]
    wanted, there = (one(Table("t", tuple(Column(n, kind) for n in names))) for kind in ("a", "b"))
    assert [each.split()[0] for each in find_differences(wanted, there)] == [f"t.{name}" for name in names]
