"""explain of operations: condition, examples, what happened; the beginning of an id lists what is below."""

import json
from typing import Any

import pytest

from handrail.commands.explain import explain
from handrail.commands.explain_operation import example_text, list_operations, operations_below
from handrail.core.errors import HandrailError
from handrail.rules.examples import Example, Record
from tests.records.judge import policy
from tests.world import World, edit, rendered

EXAMPLE = Example(
    "rows.insert",
    "sqlite",
    "CREATE TABLE a (\n    i INTEGER\n);\n",
    "INSERT INTO a VALUES (1);\n",
    "INSERT INTO a VALUES (2);\n",
    "DELETE FROM a;\n",
    ("It was empty.",),
    ("It runs.", "Then: one row goes."),
    ("It runs well.", "Then: another goes."),
)
RECORD = Record({"sqlite": "3.40.1"}, {"rows.insert": (EXAMPLE,)})


def said(key: str, world: World | None = None) -> str:
    world = world or rendered()
    return explain(world.disk, world.shipped, key, "text").text


def rows(key: str, world: World | None = None) -> list[dict[str, Any]]:
    world = world or rendered()
    found: list[dict[str, Any]] = json.loads(explain(world.disk, world.shipped, key, "json").text)
    return found


def test_an_operation_says_when_it_is_found() -> None:
    assert "  found when   A column has another name afterwards" in said("column.rename")


def test_an_operation_shows_its_example_on_the_engines_of_the_team() -> None:
    text = said("column.rename")
    assert "On SQLite " in text
    assert "      ALTER TABLE recipes RENAME COLUMN note TO remark;\n" in text
    assert "On PostgreSQL" not in text  # the minimal team has SQLite alone


def test_two_engines_are_shown_in_the_order_of_the_policy() -> None:
    world = rendered()
    edit("policies/database.yaml", "engine: sqlite", "engine: postgresql")(world)
    assert "On PostgreSQL " in said("column.rename", world)
    assert "On SQLite" not in said("column.rename", world)


def test_json_has_the_examples_of_operations_and_of_nothing_else() -> None:
    (operation,) = rows("column.rename")
    assert [each["dialect"] for each in operation["examples"]] == ["sqlite"]
    (level,) = rows("HIGH")
    assert "examples" not in level


@pytest.mark.parametrize("prefix", ["column", "operation:column", "column.add"])
def test_the_beginning_of_an_id_lists_what_is_below(prefix: str) -> None:
    assert said(prefix).splitlines()[0].split() == [
        *("column.add.optional", "LOW", "Add", "an", "optional", "column"),
    ]


def test_the_list_as_json() -> None:
    assert rows("column.add") == [
        {
            "kind": "operation",
            "id": "column.add.optional",
            "level": "LOW",
            "title": "Add an optional column",
        }
    ]


@pytest.mark.parametrize("key", ["column.add.optional.", "colum", "column.", "level:column"])
def test_what_begins_no_id_is_unknown(key: str) -> None:
    with pytest.raises(HandrailError):
        said(key)


def test_an_id_with_others_below_shows_both() -> None:
    below = operations_below(policy(), "table.rebuild")
    assert [each.id for each in below] == [
        "table.rebuild.deletes_children",
        "table.rebuild.loses_trigger_or_index",
    ]
    first, second = list_operations(below).splitlines()
    assert first.startswith("table.rebuild.deletes_children        CRITICAL  ")
    assert second.startswith("table.rebuild.loses_trigger_or_index  MEDIUM    ")


def test_an_example_as_text() -> None:
    assert example_text(EXAMPLE, RECORD) == (
        "On SQLite 3.40.1\n"
        "  tables and rows before\n      CREATE TABLE a (\n          i INTEGER\n      );\n"
        "  the operation\n      INSERT INTO a VALUES (1);\n"
        "  what happened\n      It runs.\n"
        "  the safer way\n      INSERT INTO a VALUES (2);\n"
        "  what happened\n      It runs well.\n"
        "  later somebody runs\n      DELETE FROM a;\n"
        "  without the migration\n      It was empty.\n"
        "  after the operation\n      one row goes.\n"
        "  after the safer way\n      another goes.\n"
    )


def test_an_example_without_a_safer_way_says_nothing_of_it() -> None:
    text = example_text(EXAMPLE._replace(good="", then="", after_good=()), RECORD)
    assert "safer" not in text
    assert "later" not in text
