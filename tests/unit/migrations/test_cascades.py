from collections.abc import Mapping

import pytest

from handrail.migrations.cascades import Cascades, Cycle, Orphan, Trail
from handrail.migrations.tables import Catalog, Column, ForeignKey, Table, Thing

Keys = Mapping[str, tuple[tuple[str, str, str], ...]]
"""Table -> (column, table it points at, what a delete does) of its keys."""


def table(name: str, *columns: str, keys: tuple[tuple[str, str, str], ...] = (), kind: str = "TEXT") -> Table:
    names = ("id", *(key[0] for key in keys), *columns)
    return Table(
        name,
        tuple(Column(each, kind) for each in names),
        ("id",),
        tuple(ForeignKey((column,), target, ("id",), action) for column, target, action in keys),
    )


def cascades(keys: Keys) -> Cascades:
    return Cascades(Catalog({name: table(name, keys=each) for name, each in keys.items()}))


CHAIN: Keys = {
    "user": (),
    "recipe": (("owner", "user", "CASCADE"),),
    "step": (("recipe", "recipe", "CASCADE"),),
    "rating": (("by", "user", "CASCADE"), ("recipe", "recipe", "CASCADE")),
    "plan": (("owner", "user", "CASCADE"), ("recipe", "recipe", "RESTRICT")),
    "shop": (("recipe", "recipe", "SET NULL"), ("step", "step", "SET DEFAULT")),
    "visit": (("step", "step", "NO ACTION"),),
}


@pytest.mark.parametrize(
    ("name", "deleted", "emptied", "blocks"),
    [
        (
            "user",
            [("recipe", 1), ("rating", 1), ("plan", 1), ("step", 2)],
            ["shop.recipe", "shop.step"],
            ["plan.recipe", "visit.step"],
        ),
        ("recipe", [("step", 1), ("rating", 1)], ["shop.recipe", "shop.step"], ["plan.recipe", "visit.step"]),
        ("step", [], ["shop.step"], ["visit.step"]),
        ("visit", [], [], []),
        ("gone", [], [], []),
    ],
)
def test_what_deleting_a_row_does(
    name: str, deleted: list[tuple[str, int]], emptied: list[str], blocks: list[str]
) -> None:
    effect = cascades(CHAIN).effect(name)
    assert [(each.table, each.depth) for each in effect.deleted] == deleted
    assert [str(each) for each in effect.emptied] == emptied
    assert [str(each) for each in effect.blocks] == blocks


def test_the_way_to_a_deleted_table_is_the_shortest() -> None:
    effect = cascades(CHAIN).effect("user")
    assert effect.path("step") == ("user", "recipe", "step")
    assert effect.path("rating") == ("user", "rating")


def test_a_tree_deletes_more_of_its_own_rows() -> None:
    effect = cascades({"folder": (("parent", "folder", "CASCADE"),)}).effect("folder")
    assert [each.table for each in effect.deleted] == ["folder"]
    assert effect.path("folder") == ("folder", "folder")


def test_a_circle_comes_to_an_end() -> None:
    effect = cascades({"a": (("b", "b", "CASCADE"),), "b": (("a", "a", "CASCADE"),)}).effect("a")
    assert [each.table for each in effect.deleted] == ["b", "a"]
    assert effect.path("a") == ("a", "b", "a")


@pytest.mark.parametrize(
    ("keys", "cycles"),
    [
        ({"a": (), "b": (("a", "a", "CASCADE"),)}, ()),
        ({"a": (("up", "a", "CASCADE"),)}, (Cycle(("a",), True),)),
        ({"a": (("up", "a", "RESTRICT"),)}, (Cycle(("a",), False),)),
        ({"a": (("b", "b", "CASCADE"),), "b": (("a", "a", "SET NULL"),)}, (Cycle(("a", "b"), False),)),
        ({"a": (("b", "b", "CASCADE"),), "b": (("a", "a", "CASCADE"),)}, (Cycle(("a", "b"), True),)),
        (
            {
                "a": (("b", "b", "CASCADE"), ("c", "c", "RESTRICT")),
                "b": (("a", "a", "CASCADE"),),
                "c": (("a", "a", "RESTRICT"),),
                "d": (("c", "c", "CASCADE"),),
            },
            (Cycle(("a", "b"), True), Cycle(("a", "b", "c"), False)),
        ),
    ],
)
def test_circles_are_found(keys: Keys, cycles: tuple[Cycle, ...]) -> None:
    assert cascades(keys).cycles() == cycles


@pytest.mark.parametrize(
    ("column", "target"),
    [
        ("userId", "users"),
        ("user_id", "users"),
        ("UserID", "users"),
        ("fk_user_id", "users"),
        ("userUuid", "users"),
        ("categoryId", "categories"),
        ("shoppingListId", "shopping_lists"),
        ("boxId", "boxes"),
        ("moneyId", ""),
        ("paid", ""),
        ("user", ""),
        ("stripeUserId", ""),
        ("noteId", ""),
        ("id", ""),
    ],
)
def test_a_column_that_looks_like_a_reference_is_found(column: str, target: str) -> None:
    names = ("users", "categories", "shopping_lists", "boxes")
    tables = {name: table(name) for name in names} | {"notes": table("notes", column)}
    found = Cascades(Catalog(tables)).orphans
    assert found == ((Orphan("notes", column, target),) if target else ())


def test_a_column_with_a_key_is_no_orphan() -> None:
    assert cascades({"users": (), "notes": (("userId", "users", "RESTRICT"),)}).orphans == ()


@pytest.mark.parametrize(("kind", "found"), [("TEXT", 1), ("VARCHAR(36)", 1), ("INTEGER", 0)])
def test_an_orphan_could_hold_the_key(kind: str, found: int) -> None:
    tables = {"users": table("users"), "notes": table("notes", "userId", kind=kind)}
    assert len(Cascades(Catalog(tables)).orphans) == found


def test_a_table_with_a_key_of_two_columns_has_no_orphans() -> None:
    users = table("users", "shop")._replace(primary_key=("id", "shop"))
    assert Cascades(Catalog({"users": users, "notes": table("notes", "userId")})).orphans == ()


def test_the_name_of_a_model_counts_like_that_of_its_table() -> None:
    tables = {"tbl_person": table("tbl_person"), "notes": table("notes", "personId")}
    assert Cascades(Catalog(tables)).orphans == ()
    named = Cascades(Catalog(tables), {"tbl_person": "Person"})
    assert named.orphans == (Orphan("notes", "personId", "tbl_person"),)


def test_what_is_left_behind_belongs_to_whatever_is_deleted() -> None:
    tables = {
        "users": table("users"),
        "recipes": table("recipes", keys=(("owner", "users", "CASCADE"),)),
        "lists": table("lists", "userId"),
        "likes": table("likes", "recipeId", keys=(("who", "users", "CASCADE"),)),
        "shops": table("shops", "recipe_id"),
    }
    effect = Cascades(Catalog(tables)).effect("users")
    assert [(each.table, each.column) for each in effect.left] == [
        ("lists", "userId"),
        ("shops", "recipe_id"),
    ]


@pytest.mark.parametrize(
    ("column", "trail"),
    [
        ("deletedAt", (True, False, False)),
        ("deleted_at", (True, False, False)),
        ("is_deleted", (True, False, False)),
        ("createdAt", (False, True, False)),
        ("updated_at", (False, False, True)),
        ("undeletable", (False, False, False)),
    ],
)
def test_a_trail_is_seen_in_the_columns(column: str, trail: tuple[bool, bool, bool]) -> None:
    assert Cascades(Catalog({"t": table("t", column)})).trails() == (Trail("t", *trail, logged=False),)


@pytest.mark.parametrize(
    ("text", "logged"), [("AFTER DELETE ON t", True), ("AFTER UPDATE OF deleted ON t", False)]
)
def test_a_trigger_on_delete_logs(text: str, logged: bool) -> None:
    things = {("trigger", "g"): Thing("trigger", "g", f"CREATE TRIGGER g {text} BEGIN SELECT 1; END", "t")}
    (trail,) = Cascades(Catalog({"t": table("t")}, {}, things)).trails()
    assert trail.logged is logged


@pytest.mark.parametrize(
    ("name", "is_log"),
    [
        ("AuditLog", True),
        ("audit_entries", True),
        ("UserHistory", True),
        ("changelog", True),
        ("auditorium", False),
        ("logs", False),
    ],
)
def test_tables_named_like_a_log_are_listed(name: str, is_log: bool) -> None:
    assert Cascades(Catalog({name: table(name)})).logs() == ((name,) if is_log else ())


def test_two_thousand_tables_cost_no_more_than_their_keys() -> None:
    """A star of cascades, the whole of it walked for each table: a square of that would not end."""
    star = {"hub": (), **{f"t{number}": (("hub", "hub", "CASCADE"),) for number in range(20_000)}}
    found = cascades(star)
    assert sum(len(found.effect(name).deleted) for name in star) == 20_000
    assert found.cycles() == ()


def test_a_deep_chain_needs_no_recursion() -> None:
    chain = {"t0": (), **{f"t{n}": ((f"t{n - 1}", f"t{n - 1}", "CASCADE"),) for n in range(1, 5000)}}
    effect = cascades(chain).effect("t0")
    assert effect.deleted[-1].depth == 4999
    assert len(effect.path("t4999")) == 5000
    assert cascades(chain).cycles() == ()
