"""A rebuild is what it changes; what goes with the old table is told."""

import pytest

from handrail.adapters.scratch import open_scratch
from handrail.migrations.front_end import Runner
from handrail.migrations.front_ends import front_end
from handrail.migrations.operations import Operation, Script

PARENT = "CREATE TABLE p (id INTEGER PRIMARY KEY, a TEXT, b TEXT UNIQUE);\nCREATE INDEX by_a ON p (a);\n"
REBUILD = (
    "CREATE TABLE new_p (id INTEGER PRIMARY KEY, a TEXT NOT NULL, b TEXT);\n"
    "INSERT INTO new_p SELECT id, a, b FROM p;\nDROP TABLE p;\nALTER TABLE new_p RENAME TO p;\n"
)


def told(before: str, script: str, *, transaction: bool = True) -> list[Operation]:
    """Return what is said of the rows, triggers and indexes that a rebuild takes along."""
    reader = front_end("sqlite", Runner(transaction=transaction), open_scratch)
    reader.apply(Script("1.sql", before))
    step = reader.apply(Script("2.sql", script))
    assert step.unread == ()
    return [each for each in step.operations if each.kind.startswith("table.rebuild.")]


@pytest.mark.parametrize(
    ("rule", "fact"),
    [
        ("ON DELETE CASCADE", ("The rows of c are deleted.",)),
        ("ON DELETE SET NULL", ("c.p_id is emptied in every row.",)),
        ("ON DELETE RESTRICT", None),
        ("", None),
    ],
)
def test_what_happens_to_the_rows_of_children(rule: str, fact: tuple[str, ...] | None) -> None:
    child = f"CREATE TABLE c (id INTEGER PRIMARY KEY, p_id INTEGER REFERENCES p (id) {rule});\n"
    (*hurt, lost) = told(PARENT + child, REBUILD)
    assert [(each.kind, each.table, each.line, each.facts) for each in hurt] == (
        [("table.rebuild.deletes_children", "p", 3, fact)] if fact else []
    )
    assert lost.kind == "table.rebuild.loses_trigger_or_index"


def test_nothing_happens_to_them_with_foreign_keys_off() -> None:
    child = "CREATE TABLE c (p_id INTEGER REFERENCES p (id) ON DELETE CASCADE);\n"
    off = f"PRAGMA foreign_keys=OFF;\n{REBUILD}"
    assert [each.kind for each in told(PARENT + child, off, transaction=False)] == [
        "table.rebuild.loses_trigger_or_index"
    ]
    assert "table.rebuild.deletes_children" in [each.kind for each in told(PARENT + child, off)]


TRIGGER = "CREATE TRIGGER g AFTER INSERT ON p BEGIN SELECT 1; END;\n"
INDEX = "CREATE INDEX again ON p (a);\n"
UNIQUE = "CREATE UNIQUE INDEX one_b ON p (b);\n"


@pytest.mark.parametrize(
    ("before", "after", "facts"),
    [
        ("", "", ("UNIQUE (b) is gone.", "The index by_a is gone.")),
        ("", INDEX, ("UNIQUE (b) is gone.",)),
        ("", UNIQUE, ("The index by_a is gone.",)),
        (TRIGGER, INDEX + UNIQUE, ("The trigger g is gone.",)),
        (TRIGGER, INDEX + UNIQUE + TRIGGER, ()),
    ],
)
def test_triggers_and_indexes_that_nobody_made_again(before: str, after: str, facts: tuple[str, ...]) -> None:
    lost = told(PARENT + before, REBUILD + after)
    assert [set(each.facts) for each in lost] == ([set(facts)] if facts else [])


@pytest.mark.parametrize("drop", ["DROP INDEX by_a;\n", "DROP INDEX IF EXISTS by_a;\n"])
def test_what_the_script_drops_itself_is_not_lost(drop: str) -> None:
    assert told(PARENT, drop + REBUILD + UNIQUE) == []
