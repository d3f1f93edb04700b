"""The examples of the risk matrix against what the classifier says of their SQL."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from handrail.artefacts.memory import Memory
from handrail.core.finding import Finding
from handrail.migrations.front_end import Runner
from handrail.migrations.operations import Operation
from handrail.policy.load import Loaded
from handrail.policy.matrix import Example as Row
from handrail.policy.model import Policy
from handrail.policy.shape import Dialect
from handrail.ports import Scratch
from handrail.risk.levels import Levels
from handrail.rules.examples import NAMES, Example, Record

Found = tuple[tuple[str, tuple[str, ...]], ...]
"""Operations as plain values: their kinds, and what is proven of each."""


class Classified(NamedTuple):
    """An example as a team's runner would apply it, and what its SQL does."""

    dialect: Dialect
    operations: Found


def find_matrix_problems(
    loaded: Loaded, record: Record, memory: Memory, scratch: Callable[[], Scratch]
) -> Iterator[Finding]:
    """Yield the examples of the matrix whose SQL the classifier puts into another row.

    Each operation that a row names is shown by the SQL of its example, on the
    engines of the team and as its runners apply scripts. An operation without
    SQL (an edited history) is held against the policy alone, and what the
    policy does not name is left to ``handrail classify``. Finding:
    ``policy.example-classified``.
    """
    policy = loaded.policy
    if policy is None:
        return
    levels = Levels(policy)
    for level in policy.risk_matrix.levels:
        for row in level.examples:
            for number, code in enumerate(row.operations):
                for each in _classified(policy, record, code, memory, scratch):
                    message = _problem(row, level.id, code, each, levels)
                    if message:
                        where = loaded.index.place(row, "operations", entry=number)
                        hint = f"See what its SQL does: handrail explain {code}"
                        yield Finding("policy.example-classified", message, where, hint=hint)


def _classified(
    policy: Policy, record: Record, code: str, memory: Memory, scratch: Callable[[], Scratch]
) -> Iterator[Classified]:
    for database in policy.database.databases:
        runner = Runner(transaction=database.runner.transaction)
        for example in record.examples.get(code, ()):
            if example.dialect == database.engine:
                operations = _remembered(example, database.engine, runner, memory, scratch)
                yield Classified(database.engine, operations)


def _remembered(
    example: Example, dialect: Dialect, runner: Runner, memory: Memory, scratch: Callable[[], Scratch]
) -> Found:
    """Return the operations of an example. The classifier is asked once for each text."""
    key = f"{dialect} {runner}\n{example.before}\n{example.bad}"
    found: Found = memory.recall("example", key, lambda _: _operations(example, dialect, runner, scratch))
    return found


def _operations(example: Example, dialect: Dialect, runner: Runner, scratch: Callable[[], Scratch]) -> Found:
    from handrail.migrations.front_ends import front_end  # loads a parser
    from handrail.migrations.net_effect import find_net_effect
    from handrail.migrations.operations import Script

    reader = front_end(dialect, runner, scratch)
    reader.apply(Script("before.sql", example.before))
    before = reader.catalog
    step = reader.apply(Script("bad.sql", example.bad))
    found = (*find_net_effect(before, reader.catalog, step.lines, dialect), *step.operations)
    return tuple((each.kind, tuple(sorted(each.proven))) for each in found)


def _problem(row: Row, level: str, code: str, classified: Classified, levels: Levels) -> str:
    """Say how the classifier disagrees with a row, or ''."""
    place = f"'{row.text}' stands in row {level}, but on {NAMES[classified.dialect]}"
    if code not in [kind for kind, _ in classified.operations]:
        return f"{place} the classifier does not find {code} in its SQL"
    decided = [
        (kind, levels.decide(Operation(kind, proven=frozenset(proven))).level)
        for kind, proven in classified.operations
        if levels.entry(kind)
    ]
    highest = levels.highest(each for _, each in decided)
    if highest == level:
        return ""
    because = next(kind for kind, each in decided if each == highest)
    return f"{place} the classifier gives its SQL {highest}, for {because}"
