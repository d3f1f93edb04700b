"""A history -> what each of its migrations does, judged against the schema as it stood."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Literal, NamedTuple

from handrail.migrations.front_end import FrontEnd, Runner
from handrail.migrations.histories import Migration
from handrail.migrations.net_effect import find_net_effect
from handrail.migrations.operations import Operation, Unread
from handrail.migrations.shape import find_differences
from handrail.migrations.snapshots import Snapshots, keys_of
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


class Opened(NamedTuple):
    """A front end that has read nothing yet, and how the scripts of its history are applied."""

    reader: FrontEnd
    runner: Runner


def read_histories(
    migrations: Iterable[Migration],
    open_front_end: Callable[[Migration], Opened],
    wanted: Callable[[Migration], bool],
    snapshots: Snapshots | None = None,
) -> Iterator[Reading]:
    """Yield a reading of each wanted migration; those before it in its folder are folded first.

    ``migrations`` stand history by history, each in its order;
    ``open_front_end`` gets the first migration of a history. What was folded
    before is taken from ``snapshots``.
    """
    known = Snapshots() if snapshots is None else snapshots
    for _, group in groupby(migrations, key=lambda each: (each.folder, each.dialect)):
        history = list(group)
        places = [place for place, each in enumerate(history) if wanted(each)]
        if places:
            yield from _history(history[: places[-1] + 1], places, open_front_end(history[0]), known)


def _history(
    history: Sequence[Migration], places: Sequence[int], opened: Opened, snapshots: Snapshots
) -> Iterator[Reading]:
    """Yield a reading for each of ``places``. The state before the first of them, and the last, are kept."""
    reader, runner = opened
    first, shown = places[0], frozenset(places)
    keys = keys_of(history[0].dialect, runner, (each.up.text for each in history))
    start = _resume(reader, keys[:first], snapshots)
    for place in range(start, len(history)):
        if place == first > start:
            snapshots.put(keys[place - 1], reader.save())
        if place in shown:
            yield _read(reader, history[place])
        else:
            reader.apply(history[place].up)
    snapshots.put(keys[-1], reader.save())


def fold_history(history: Sequence[Migration], opened: Opened, snapshots: Snapshots) -> Catalog:
    """Return the schema after all migrations of one history."""
    reader, runner = opened
    keys = keys_of(history[0].dialect, runner, (each.up.text for each in history))
    for each in history[_resume(reader, keys, snapshots) :]:
        reader.apply(each.up)
    snapshots.put(keys[-1], reader.save())
    return reader.catalog


def _resume(reader: FrontEnd, keys: Sequence[bytes], snapshots: Snapshots) -> int:
    """Go on from the latest state that is known, and return how many scripts that spares."""
    for place in range(len(keys), 0, -1):
        state = snapshots.get(keys[place - 1])
        if state is not None:
            reader.load(state)
            return place
    return 0


def _read(reader: FrontEnd, migration: Migration) -> Reading:
    before = reader.catalog
    step = reader.apply(migration.up)
    net = find_net_effect(before, reader.catalog, step.lines, migration.dialect, step.doubts)
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
    nothing_done = reader.catalog == after.catalog and not step.operations
    reader.load(after)
    if nothing_done:
        return Undo("undone") if not find_differences(before, after.catalog) else Undo("empty")
    if step.unread:
        return Undo("not checked", tuple(f"line {each.line}: {each.reason}" for each in step.unread))
    return Undo("not undone", differences) if differences else Undo("undone")
