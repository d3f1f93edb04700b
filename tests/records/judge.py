"""What the classifier says of the scripts of an example, and the level that the shipped policy gives."""

from functools import cache
from typing import cast

from handrail.adapters.sqlite import SqliteScratch
from handrail.artefacts.catalogue import BUILTIN
from handrail.migrations.front_end import Runner
from handrail.migrations.front_ends import front_end
from handrail.migrations.net_effect import find_net_effect
from handrail.migrations.operations import Operation, Script
from handrail.migrations.quotes import Dialect
from handrail.policy.load import load_policy
from handrail.policy.model import Policy
from handrail.risk.levels import Levels
from handrail.rules.examples import Example
from tests.house.test_catalogue import read, tracked
from tests.records.folders import migrations_of


@cache
def policy() -> Policy:
    """Return the shipped policy."""
    files = {path: read(path).encode() for path in tracked("policies") if path.endswith(".yaml")}
    found = load_policy(files, BUILTIN).policy
    assert found is not None
    return found


@cache
def levels() -> Levels:
    """Return the levels of the shipped policy."""
    return Levels(policy())


def operations(example: Example, script: str) -> list[Operation]:
    """Return the operations of a script, migration by migration, on the schema of the example."""
    dialect = cast("Dialect", example.dialect)
    reader = front_end(dialect, Runner(), SqliteScratch)
    reader.apply(Script("before.sql", example.before))
    found: list[Operation] = []
    for part in migrations_of(script):
        before = reader.catalog
        step = reader.apply(Script("migration.sql", part))
        found += (*find_net_effect(before, reader.catalog, step.lines, dialect), *step.operations)
    return found


def level(found: list[Operation]) -> str:
    """Return the highest level of operations."""
    return levels().highest(levels().decide(each).level for each in found)
