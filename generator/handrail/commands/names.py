"""What is wrong with the names and the order of the migrations that are shown."""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from handrail.core.finding import Finding
from handrail.migrations.histories import Migration
from handrail.migrations.history import find_name_problems, find_order_problems
from handrail.policy.rulebook import Rules

MOST = 3
"""Notes about the names of one history that are told one by one."""


def find_names(
    policy: Rules, migrations: Iterable[Migration], wanted: Callable[[Migration], bool]
) -> Iterator[Finding]:
    """Yield ``history.name`` and ``history.out_of_order`` for the wanted migrations.

    The policy's pattern holds in the policy's own folder; histories of others are
    only asked for numbers that sort and words that say something.
    """
    for folder, group in groupby(migrations, key=lambda each: each.folder):
        history = [each for each in group if each.up.text]
        shown = {each.path for each in history if wanted(each)}
        pattern = policy.naming.naming.pattern if folder == policy.database.paths.migrations else ""
        names = [
            one
            for each in history
            if each.path in shown
            for one in find_name_problems((each.name, each.path), pattern)
        ]
        yield from _few(names)
        problems = find_order_problems((each.name, each.path) for each in history)
        yield from (each for each in problems if each.location.path in shown)


def _few(findings: list[Finding]) -> Iterator[Finding]:
    """Yield the findings, and of many notes one: a habit of a whole history is told once."""
    notes = [each for each in findings if each.severity == "note"]
    yield from (each for each in findings if each.severity != "note")
    if len(notes) <= MOST:
        yield from notes
    else:
        message = f"{notes[0].message}, nor do the names of {len(notes) - 1} others"
        yield notes[0]._replace(message=message)
