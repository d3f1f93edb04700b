"""Faults for a schema: which tables and columns are spoiled, and which are left alone."""

import pytest

from handrail.rehearsal.drill.faults import FAULTS, Breakage, title_of
from tests.unit.rehearsal.drill.runbook_cases import ROWS, look

ENGINES = ("sqlite", "postgresql")


def ways(fault: str, engine: str = "sqlite", **rows: int) -> list[Breakage]:
    return list(FAULTS[fault].ways(look({**ROWS, **rows}), engine))


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("fault", FAULTS)
def test_no_name_that_has_to_be_quoted_gets_into_a_command(fault: str, engine: str) -> None:
    for way in ways(fault, engine):
        assert way.table in ("users", "recipes", "log")
        assert way.columns
        assert all(name.isidentifier() for name in way.columns)


@pytest.mark.parametrize("fault", ["dropped-column", "wrong-backfill"])
def test_keys_and_links_are_left_alone(fault: str) -> None:
    spoiled = [(way.table, way.columns) for way in ways(fault)]
    assert spoiled == [
        ("log", ("id", "text")),
        ("recipes", ("id", "title")),
        ("users", ("id", "email")),
        ("users", ("id", "nickname")),
    ]


@pytest.mark.parametrize("fault", ["dropped-column", "wrong-backfill", "deleted-children", "damaged-file"])
def test_a_table_without_rows_has_nothing_to_lose(fault: str) -> None:
    assert "log" not in {way.table for way in ways(fault, log=0)}


@pytest.mark.parametrize("fault", FAULTS)
def test_an_empty_database_has_nothing_to_lose(fault: str) -> None:
    assert list(FAULTS[fault].ways(look({}), "sqlite")) == []


@pytest.mark.parametrize("fault", ["deleted-children", "damaged-backup"])
def test_children_that_a_cascade_reaches_go_first(fault: str) -> None:
    first, *_ = ways(fault)
    assert first.up == ('DELETE FROM "recipes";',)


def test_a_loss_in_the_wal_leaves_one_row_to_write_of() -> None:
    first, *_ = ways("loss-in-wal")
    assert first.up == ('DELETE FROM "recipes" WHERE "id" <> (SELECT min("id") FROM "recipes");',)
    assert first.again[0].startswith('UPDATE "recipes"')


@pytest.mark.parametrize(("engine", "statements"), [("sqlite", 2), ("postgresql", 3)])
def test_a_migration_stops_at_its_last_statement_and_can_be_undone(engine: str, statements: int) -> None:
    first, *_ = ways("half-applied", engine)
    assert first.fails
    assert len(first.up) == statements
    assert len(first.down) == statements - 1


def test_a_name_that_is_taken_is_not_taken_again() -> None:
    assert all("new_" in way.up[0] for way in ways("half-applied"))
    taken = look()
    taken.schema.tables["new_log"] = taken.schema.tables["log"]  # type: ignore[index]  # a dict here
    assert "log" not in {way.table for way in FAULTS["half-applied"].ways(taken, "sqlite")}


def test_a_way_back_brings_the_column_and_not_its_values() -> None:
    first, *_ = ways("dropped-column")
    assert first.down == ('ALTER TABLE "log" ADD COLUMN "text" TEXT;',)


def test_a_loss_in_the_wal_is_one_of_sqlite() -> None:
    assert [name for name, fault in FAULTS.items() if "postgresql" not in fault.engines] == ["loss-in-wal"]


def test_every_fault_has_words() -> None:
    assert {title_of(fault) for fault in ("", *FAULTS)} >= {"nothing is wrong", "a cascade deleted children"}
