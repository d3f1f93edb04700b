"""Tables that are found by what they refer to: what the index says is what a look at all of them says."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.migrations.table_index import Mark, Tables, differing, marked, unlike
from handrail.migrations.tables import Column, ForeignKey, Index, Table

CHILD = Table(
    "child",
    (Column("a", uid=2, sources=frozenset({7})),),
    foreign_keys=(ForeignKey(("a",), "parent"),),
    indexes=(Index("child_a", ("a",)),),
    options=frozenset({"of base"}),
    sources=frozenset({8}),
    key_name="child_pkey",
)


@pytest.mark.parametrize(
    "mark",
    [
        ("key", "parent"),
        ("index", "child_a"),
        ("index", "child_pkey"),
        ("option", "of base"),
        ("source", 7),
        ("source", 8),
    ],
)
def test_a_table_is_found_by_what_it_has(mark: Mark) -> None:
    tables = Tables({"parent": Table("parent"), "child": CHILD})
    assert marked(tables, mark) == [CHILD]


@pytest.mark.parametrize("mark", [("key", "child"), ("index", "parent"), ("source", 2), ("option", "")])
def test_a_table_is_not_found_by_what_it_has_not(mark: Mark) -> None:
    assert marked(Tables({"child": CHILD}), mark) == []


def test_what_was_put_later_is_found_and_what_was_removed_is_not() -> None:
    tables = Tables()
    tables["child"] = CHILD
    assert marked(tables, ("key", "parent")) == [CHILD]
    tables.pop("child")
    assert marked(tables, ("key", "parent")) == []


def test_plain_tables_may_all_have_any_mark() -> None:
    assert marked({"parent": Table("parent")}, ("key", "x")) == [Table("parent")]


def test_a_copy_keeps_what_was_there() -> None:
    tables = Tables({"child": CHILD})
    before = tables.copy()
    del tables["child"]
    assert dict(before) == {"child": CHILD}
    assert marked(before, ("key", "parent")) == [CHILD]


def test_a_copy_is_made_again_only_after_a_change() -> None:
    tables = Tables({"child": CHILD})
    first = tables.copy()
    assert tables.copy() is first
    tables["child"] = CHILD._replace(uid=1)
    assert tables.copy() == {"child": CHILD._replace(uid=1)}


def test_tables_are_found_in_their_order_and_a_renamed_one_is_the_last() -> None:
    tables = Tables({name: CHILD._replace(name=name) for name in ("c", "a", "b")})
    tables["a"] = tables["a"]._replace(uid=5)
    tables["z"] = tables.pop("c")._replace(name="z")
    assert [each.name for each in marked(tables, ("key", "parent"))] == ["a", "b", "z"]
    assert list(tables) == ["a", "b", "z"]


def test_tables_of_two_pictures_are_compared_one_by_one() -> None:
    one, other = Tables({"child": CHILD, "x": Table("x")}), Tables({"child": CHILD})
    assert differing(one.copy(), other.copy()) == ([Table("x")], [])
    assert differing(other.copy(), one.copy()) == ([], [Table("x")])


Step = tuple[str, str, int]
STEPS = st.lists(
    st.tuples(st.sampled_from(["set", "drop", "pop"]), st.sampled_from("abcd"), st.integers(0, 3))
)


def _play(tables: Tables, steps: Iterable[Step]) -> None:
    for verb, name, number in steps:
        if verb == "set":
            keys = (ForeignKey(("k",), f"to{number}"),)
            tables[name] = Table(name, foreign_keys=keys, sources=frozenset({number}))
        elif verb == "pop":
            tables.pop(name, None)
        elif name in tables:
            del tables[name]


@given(STEPS, STEPS)
def test_what_differs_is_what_a_look_at_all_tables_shows(first: list[Step], second: list[Step]) -> None:
    tables = Tables()
    _play(tables, first)
    before = tables.copy()
    _play(tables, second)
    after = tables.copy()
    for one, other in ((before, after), (after, before)):
        assert differing(one, other) == differing(dict(one), dict(other))


@given(STEPS, STEPS)
def test_what_has_a_mark_is_always_found(first: list[Step], second: list[Step]) -> None:
    tables = Tables()
    _play(tables, first)
    before = tables.copy()
    _play(tables, second)
    for each in (before, tables, tables.copy()):
        for number in range(4):
            there = [table for table in each.values() if table.foreign_keys[0].table == f"to{number}"]
            found = marked(each, ("key", f"to{number}"))
            assert [table for table in found if table in there] == there


@pytest.mark.parametrize(
    ("these", "others", "keys"),
    [
        ({}, {"a": 1}, []),
        ({"a": 1, "b": 2}, {"b": 2}, ["a"]),
        ({"b": 1, "a": 2}, {"a": 1, "b": 3}, ["b", "a"]),
    ],
)
def test_keys_that_have_something_else_are_told_in_their_order(
    these: dict[str, int], others: dict[str, int], keys: list[str]
) -> None:
    assert unlike(these, others) == keys
