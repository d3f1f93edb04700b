"""A history -> what each of its migrations does, judged against the schema as it stood."""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import Literal, NamedTuple

from handrail.migrations.front_end import FrontEnd
from handrail.migrations.histories import Migration
from handrail.migrations.net_effect import find_net_effect
from handrail.migrations.operations import Operation, Unread
from handrail.migrations.shape import find_differences
from handrail.migrations.tables import Catalog

Way = Literal["undone", "not undone", "empty", "missing", "declared irreversible", "not checked"]


class Undo(NamedTuple):
    """What the down script comes to: ``differences`` say how the schema differs after up and down."""

    way: Way
    differences: tuple[str, ...] = ()


class Reading(NamedTuple):
    """One migration, read: its operations by line, and what nobody checked."""

    migration: Migration
    operations: tuple[Operation, ...]
    unread: tuple[Unread, ...]
    undo: Undo


def read_histories(
    migrations: Iterable[Migration],
    open_front_end: Callable[[Migration], FrontEnd],
    wanted: Callable[[Migration], bool],
) -> Iterator[Reading]:
    """Yield a reading of each wanted migration; those before it in its folder are folded first.

    ``migrations`` stand history by history, each in its order;
    ``open_front_end`` returns an unused front end for a history, of which it
    gets the first migration.
    """
    for _, group in groupby(migrations, key=lambda each: (each.folder, each.dialect)):
        history = list(group)
        last = max((place for place, each in enumerate(history) if wanted(each)), default=-1)
        if last < 0:
            continue
        reader = open_front_end(history[0])
        for each in history[: last + 1]:
            if wanted(each):
                yield _read(reader, each)
            else:
                reader.apply(each.up)


def _read(reader: FrontEnd, migration: Migration) -> Reading:
    before = reader.catalog
    step = reader.apply(migration.up)
    net = find_net_effect(before, reader.catalog, step.lines, migration.dialect)
    operations = tuple(sorted((*net, *step.operations), key=lambda each: each.line))
    return Reading(migration, operations, step.unread, _undo(reader, migration, before))


def _undo(reader: FrontEnd, migration: Migration, before: Catalog) -> Undo:
    """Apply the down script to the picture, compare, and go back."""
    if migration.irreversible:
        return Undo("declared irreversible")
    if migration.down is None:
        return Undo("missing")
    after = reader.save()
    step = reader.apply(migration.down)
    differences = find_differences(before, reader.catalog)
    nothing_done = reader.catalog is after.catalog and not step.operations
    reader.load(after)
    if nothing_done:
        return Undo("undone") if not find_differences(before, after.catalog) else Undo("empty")
    if step.unread:
        return Undo("not checked", tuple(f"line {each.line}: {each.reason}" for each in step.unread))
    return Undo("not undone", differences) if differences else Undo("undone")
