"""The rows of the matrix against the classifier: policy.example-classified."""

from collections.abc import Mapping

import pytest

from handrail.adapters.sqlite import SqliteScratch
from handrail.artefacts.catalogue import BUILTIN
from handrail.artefacts.memory import Memory
from handrail.commands.check import check
from handrail.commands.matrix_examples import find_matrix_problems
from handrail.commands.render import RenderOptions, render
from handrail.policy.load import Loaded, load_policy
from handrail.ports import Scratch
from handrail.rules.examples import RECORD, Record, parse_record
from tests.house.test_catalogue import read, tracked
from tests.unit.rules.test_classified import NO_SQL
from tests.world import MEMORY, World, rendered

SHIPPED = parse_record(read(RECORD))


def policy(changes: Mapping[str, tuple[str, str]] | None = None) -> Loaded:
    """Return the shipped policy with a text replaced in some of its files."""
    files = {path: read(path) for path in tracked("policies") if path.endswith(".yaml")}
    for path, (old, new) in (changes or {}).items():
        assert old in files[path]
        files[path] = files[path].replace(old, new, 1)
    loaded = load_policy({path: text.encode() for path, text in files.items()}, BUILTIN)
    assert loaded.policy is not None
    return loaded


def problems(loaded: Loaded, record: Record = SHIPPED, memory: Memory | None = None) -> list[str]:
    found = find_matrix_problems(loaded, record, memory or Memory(), SqliteScratch)
    return [f"{each.code} {each.location.path}: {each.message}" for each in found]


def altered(code: str, dialect: str, bad: str) -> Record:
    """Return the record with another script for one example."""
    examples = tuple(
        each._replace(bad=bad) if each.dialect == dialect else each for each in SHIPPED.examples[code]
    )
    return SHIPPED._replace(examples={**SHIPPED.examples, code: examples})


def test_the_shipped_matrix_says_what_the_classifier_does() -> None:
    assert problems(policy()) == []


@pytest.mark.parametrize("transaction", ["false", "true"])
def test_so_it_does_with_either_runner(transaction: str) -> None:
    assert (
        problems(policy({"policies/database.yaml": ("transaction: false", f"transaction: {transaction}")}))
        == []
    )


def test_sql_of_a_higher_level_is_told() -> None:
    both = "ALTER TABLE recipes ADD COLUMN source TEXT;\nDELETE FROM recipes;\n"
    (said,) = problems(policy(), altered("column.add.optional", "sqlite", both))
    assert said == (
        "policy.example-classified policies/risk-matrix.yaml: 'Adding an optional field' stands in row LOW, "
        "but on SQLite the classifier gives its SQL CRITICAL, for rows.delete.all"
    )


def test_sql_that_is_something_else_is_told() -> None:
    rename = "ALTER TABLE recipes RENAME TO dishes;\n"
    (said,) = problems(policy(), altered("table.drop", "postgresql", rename))
    assert said == (
        "policy.example-classified policies/risk-matrix.yaml: 'Deleting a table' stands in row CRITICAL, "
        "but on PostgreSQL the classifier does not find table.drop in its SQL"
    )


def test_it_points_at_the_operation_in_the_row() -> None:
    (found,) = find_matrix_problems(
        policy(), altered("table.create", "sqlite", "SELECT 1;\n"), Memory(), SqliteScratch
    )
    line = read("policies/risk-matrix.yaml").splitlines()[found.location.line - 1]
    assert line[found.location.column - 1 :].startswith("table.create")
    assert found.hint == "See what its SQL does: handrail explain table.create"


def test_engines_that_the_team_does_not_have_are_not_asked() -> None:
    broken = altered("table.drop", "postgresql", "SELECT 1;\n")
    files = {"policies/database.yaml": ("engine: postgresql", "engine: mysql")}
    assert problems(policy(files), broken) == []


def test_operations_that_the_policy_does_not_name_are_left_out() -> None:
    world = rendered()  # its matrix makes a column required, and its policy knows no rebuild
    assert check(world.disk, world.shipped, memory=MEMORY, scratch=SqliteScratch).code == 0


def test_the_classifier_is_asked_once() -> None:
    memory = Memory()
    assert problems(policy(), memory=memory) == []

    def closed() -> Scratch:
        raise AssertionError("asked again")

    assert list(find_matrix_problems(policy(), SHIPPED, Memory(memory.dump()), closed)) == []


def test_every_operation_of_the_shipped_matrix_carries_sql_or_has_none() -> None:
    loaded = policy()
    assert loaded.policy is not None
    for level in loaded.policy.risk_matrix.levels:
        for code in (code for row in level.examples for code in row.operations):
            assert (code in SHIPPED.examples) is not code.startswith(NO_SQL), code


def disagreeing() -> World:
    """Return a rendered repository, with a Handrail whose record says something else."""
    text = read(RECORD).replace('"ALTER TABLE recipes ADD COLUMN source TEXT;"', '"DROP TABLE recipes;"')
    world = rendered({RECORD: text})
    render(world.disk, world.shipped, RenderOptions(), MEMORY, SqliteScratch)
    return world


def test_check_fails_and_render_leaves_the_ledger_open() -> None:
    world = disagreeing()
    outcome = check(world.disk, world.shipped, memory=MEMORY, scratch=SqliteScratch)
    assert outcome.code == 1
    assert {each.code for each in outcome.findings} == {"policy.example-classified"}
    assert not world.unchanged()


def test_without_a_database_to_try_on_nothing_is_asked() -> None:
    world = disagreeing()
    assert check(world.disk, world.shipped, memory=MEMORY).code == 0
