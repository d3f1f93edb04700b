"""What was folded before is found again by all that led to it, and by nothing else."""

import pytest

from handrail.migrations.front_end import Runner, Saved
from handrail.migrations.snapshots import KEPT, Snapshots, keys_of
from handrail.migrations.tables import Catalog, Check, Column, ForeignKey, Index, Label, Table, Thing

TABLE = Table(
    "t",
    (Column("a", "int", required=True, uid=2, sources=frozenset({1, 7}), filled=True),),
    ("a",),
    (ForeignKey(("a",), "u", ("id",), "CASCADE", name="k"),),
    (Index("i", ("a",), unique=True),),
    (Check("c", "a > 0"),),
    frozenset({"STRICT"}),
    uid=1,
)
STATE = Saved(
    Catalog({"t": TABLE}, {"e": (Label("x", 3),)}, {("view", "v"): Thing("view", "v", "SELECT")}),
    8,
    b"\0image",
)


def test_a_state_comes_back_as_it_was_with_its_types() -> None:
    snapshots = Snapshots()
    snapshots.put(b"k", STATE)
    found = Snapshots(snapshots.dump()).get(b"k")
    assert found == STATE
    assert repr(found) == repr(STATE)


def test_what_is_not_there_is_none() -> None:
    assert Snapshots().get(b"k") is None
    assert Snapshots(Snapshots().dump()).get(b"k") is None


def test_the_oldest_is_forgotten() -> None:
    snapshots = Snapshots()
    for number in range(KEPT + 1):
        snapshots.put(bytes([number]), Saved(Catalog(), number))
    assert snapshots.get(b"\0") is None
    assert [snapshots.get(bytes([number])) is None for number in range(1, KEPT + 1)] == [False] * KEPT


def test_only_what_is_new_makes_it_grow() -> None:
    snapshots = Snapshots()
    before = snapshots.grown
    snapshots.put(b"k", STATE)
    assert (before, snapshots.grown) == (False, True)


def test_what_is_there_is_not_kept_again() -> None:
    snapshots = Snapshots()
    snapshots.put(b"k", STATE)
    again = Snapshots(snapshots.dump())
    again.put(b"k", Saved(Catalog()))
    assert not again.grown
    assert again.get(b"k") == STATE


def test_what_another_version_kept_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    snapshots = Snapshots()
    snapshots.put(b"k", STATE)
    kept = snapshots.dump()
    monkeypatch.setattr("handrail.migrations.snapshots.__version__", "0.0.0")
    assert Snapshots(kept).get(b"k") is None


@pytest.mark.parametrize(
    "other",
    [
        keys_of("mysql", Runner(), ["a", "b"]),
        keys_of("sqlite", Runner(transaction=True), ["a", "b"]),
        keys_of("sqlite", Runner(foreign_keys=False), ["a", "b"]),
        keys_of("sqlite", Runner(), ["A", "b"]),
        keys_of("sqlite", Runner(), ["b", "a"]),
        keys_of("sqlite", Runner(), ["", "a", "b"]),
    ],
)
def test_a_key_is_of_all_that_led_there(other: list[bytes]) -> None:
    assert keys_of("sqlite", Runner(), ["a", "b"])[1] not in other


def test_a_history_that_grew_keeps_its_keys() -> None:
    short, long = (keys_of("sqlite", Runner(), each) for each in (["a", "\udcff"], ["a", "\udcff", "c"]))
    assert long[:2] == short
    assert len(set(long)) == 3
