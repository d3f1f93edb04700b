"""What a drill does in the place of Prisma."""

import sqlite3

import pytest

from handrail.rehearsal.drill.prisma_history import attempt, effect_of, history_of

OPEN = "SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NULL AND rolled_back_at IS NULL"


def database() -> sqlite3.Connection:
    """Return a history with one good migration, and one that failed."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    for statement in (*history_of(["1_good"], "sqlite"), attempt("2_it's bad", "no such column: 'x'")):
        connection.execute(statement)
    return connection


def test_a_failed_attempt_is_open_and_has_its_log() -> None:
    assert database().execute(OPEN).fetchall() == [("2_it's bad",)]
    query = "SELECT logs FROM _prisma_migrations WHERE finished_at IS NULL"
    assert database().execute(query).fetchall() == [("no such column: 'x'",)]


@pytest.mark.parametrize("how", ["--rolled-back", "--applied"])
def test_resolve_closes_what_it_names(how: str) -> None:
    connection = database()
    connection.execute(effect_of(("npx", "prisma", "migrate", "resolve", how, "2_it's bad")))
    assert connection.execute(OPEN).fetchall() == []


def test_resolve_closes_nothing_else() -> None:
    connection = database()
    connection.execute(effect_of(("npx", "prisma", "migrate", "resolve", "--rolled-back", "3_other")))
    assert connection.execute(OPEN).fetchall() == [("2_it's bad",)]


@pytest.mark.parametrize(
    "words",
    [
        ("npx", "prisma", "migrate", "status"),
        ("npx", "prisma", "migrate", "resolve"),
        ("gh", "issue", "create"),
        (),
    ],
)
def test_other_commands_have_no_effect(words: tuple[str, ...]) -> None:
    assert effect_of(words) == ""
