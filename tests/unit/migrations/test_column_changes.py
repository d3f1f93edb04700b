"""One column before and after, and what is said of it."""

import pytest

from handrail.migrations.net_effect import find_net_effect
from handrail.migrations.tables import Catalog, Column, Table

C = Column("c", "int", uid=2)
N = C._replace(uid=3)
SUM = C._replace(generated="stored", default="a + 1")
TWICE = C._replace(generated="stored", default="a * 2")


def said(old: Column | None, new: Column | None, dialect: str = "postgresql") -> list[tuple[str, str, str]]:
    """Return (kind, old, new) of what changed in a table that has another column too."""
    before, after = (
        Catalog({"t": Table("t", (Column("id", uid=9), *([each] if each else ())), uid=1)})
        for each in (old, new)
    )
    return [(each.kind, each.old, each.new) for each in find_net_effect(before, after, {}, dialect)]


CHANGES: dict[str, tuple[Column | None, Column | None, list[tuple[str, str, str]]]] = {
    "nothing": (C, C, []),
    "a rename": (C, C._replace(name="d"), [("column.rename", "c", "d")]),
    "a type": (C, C._replace(type="text"), [("column.type.change", "int", "text")]),
    "required": (C, C._replace(required=True), [("column.null.forbid", "", "")]),
    "optional": (C._replace(required=True), C, [("column.null.allow", "", "")]),
    "a default": (C, C._replace(default="1"), [("column.default.change", "", "1")]),
    "another default": (
        C._replace(default="1"),
        C._replace(default="2"),
        [("column.default.change", "1", "2")],
    ),
    "no default": (C._replace(default="1"), C, [("column.default.drop", "1", "")]),
    "the same default in brackets": (C._replace(default="1"), C._replace(default=" ( 1 ) "), []),
    "the same default with a cast": (C._replace(default="'x'"), C._replace(default="'x'::text"), []),
    "NULL is no default": (C._replace(default="NULL"), C, []),
    "a collation": (C, C._replace(collation="C"), [("column.collation.change", "none", "C")]),
    "an identity": (C._replace(identity="serial"), C, [("identity.change", "serial", "none")]),
    "computed otherwise": (
        SUM,
        TWICE,
        [("column.generated.change", "a + 1", "a * 2")],
    ),
    "no longer computed": (SUM, C, [("column.generated.change", "stored", "none")]),
    "computed from now on": (C, SUM, [("column.generated.change", "none", "stored")]),
    "made again": (C, N._replace(type="text"), [("column.type.recreate", "int", "text")]),
    "computed, and made again": (
        SUM,
        TWICE._replace(uid=3),
        [("column.generated.change", "stored", "stored")],
    ),
    "computed, and made again with values": (SUM, N, [("column.type.recreate", "int", "int")]),
    "made again, computed": (C, SUM._replace(uid=3), [("column.type.recreate", "int", "int")]),
    "dropped": (C, None, [("column.drop.optional", "int", "")]),
    "dropped, required": (C._replace(required=True), None, [("column.drop.required", "int", "")]),
    "new": (None, C, [("column.add.optional", "", "int")]),
    "new with a default": (None, C._replace(default="1"), [("column.add.default", "", "int")]),
    "new and required": (None, C._replace(required=True), [("column.add.required", "", "int")]),
    "new, required and filled": (
        None,
        C._replace(required=True, filled=True),
        [("column.add.default", "", "int")],
    ),
    "new and stored": (None, SUM, [("column.add.generated_stored", "", "int")]),
    "new and virtual": (
        None,
        C._replace(generated="virtual", default="a"),
        [("column.add.optional", "", "int")],
    ),
    "new and numbered": (None, C._replace(identity="serial"), [("column.add.volatile_default", "", "int")]),
    "new with another value a row": (
        None,
        C._replace(default="random()"),
        [("column.add.volatile_default", "", "int")],
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_of_a_column(name: str) -> None:
    old, new, found = CHANGES[name]
    assert said(old, new) == found


@pytest.mark.parametrize(
    ("new", "kinds"),
    [
        (N._replace(name="d"), ["column.drop.optional", "column.add.optional", "column.rename.as_drop_add"]),
        (N._replace(name="d", type="text"), ["column.drop.optional", "column.add.optional"]),
        (
            N._replace(name="d", required=True, filled=True),
            ["column.drop.optional", "column.add.default"],
        ),
        (N._replace(name="d", sources=frozenset({2})), ["column.rename"]),
        (N._replace(sources=frozenset({2})), []),
    ],
)
def test_one_dropped_and_one_added(new: Column, kinds: list[str]) -> None:
    assert [kind for kind, _, _ in said(C, new)] == kinds
