"""The schema of the application beside the migrations: what changed in it without one."""

from collections.abc import Callable, Iterator
from itertools import groupby
from posixpath import dirname

from handrail.commands.schema_files import schema_files
from handrail.migrations.fold import Opened, Reading, Undo, fold_history
from handrail.migrations.histories import Migration
from handrail.migrations.operations import Script
from handrail.migrations.snapshots import Snapshots
from handrail.policy.rulebook import Rules
from handrail.ports import Files


def find_model_readings(
    files: Files,
    policy: Rules,
    migrations: tuple[Migration, ...],
    opened: Callable[[Migration], Opened],
    snapshots: Snapshots,
) -> Iterator[Reading]:
    """Yield a reading of the schema.prisma of each history that has one and differs from it."""
    for folder, group in groupby(migrations, key=lambda each: each.folder):
        history = list(group)
        path = _schema_of(files, policy, folder)
        there = schema_files(files, path) if path and files.exists(path) else ()
        texts = {each: files.read(each).decode("utf-8", "replace") for each in there}
        if texts:
            from handrail.migrations.model_drift import find_model_drift
            from handrail.migrations.prisma.schema import read_schema  # loads a parser

            folded = fold_history(history, opened(history[0]), snapshots)
            operations = find_model_drift(read_schema(texts), folded, history[0].dialect)
            if operations:
                name = path.rpartition("/")[2]
                first = next(iter(texts))
                schema = Migration(name, first, history[0].dialect, Script(first, ""), folder=folder)
                yield Reading(schema, operations, (), Undo("undone"))


def _schema_of(files: Files, policy: Rules, folder: str) -> str:
    """Return where the schema of a history lies: where the policy says, or beside it, as Prisma has it.

    A schema in several files is their folder; '' for none.
    """
    paths = policy.database.paths
    if folder == paths.migrations and paths.schema:
        return paths.schema
    beside = dirname(folder)
    there = files.find(beside, (".prisma",)) if beside else ()
    return there[0] if len(there) == 1 else beside if there else ""
