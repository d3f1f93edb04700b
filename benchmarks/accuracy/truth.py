"""Replay a history on a real engine, on rows, and say what each migration did."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

from events import Event, find_events
from histories import Migration
from rows import Writer, fill, refresh
from schema import Catalog, Contents, Look


class Engine(Writer, Protocol):
    """A database that can be looked at."""

    def apply(self, text: str) -> tuple[str, str]:
        """Run a script; return (``rows``, ``bare`` or ``failed``, what the engine said)."""
        ...

    def catalog(self) -> Catalog:
        """Read the catalog."""
        ...

    def contents(self, catalog: Catalog, only: set[str] | None = None) -> Contents:
        """Read what is in the tables, or in some of them."""
        ...


class Seen(NamedTuple):
    """What one migration did. ``how``: on ``rows``, on ``bare`` tables only, or ``failed``.

    ``filled`` is how many tables had rows before it, ``tables`` how many there were, ``empty`` which had none;
    ``apart`` are tables that were not looked at: partitions.
    """

    path: str
    how: str
    said: str
    events: tuple[Event, ...]
    filled: int
    tables: int
    empty: frozenset[str] = frozenset()
    apart: frozenset[str] = frozenset()


def replay(engine: Engine, migrations: Sequence[Migration]) -> Iterator[Seen]:
    """Yield what each migration of a history did."""
    catalog = engine.catalog()
    contents = dict(engine.contents(catalog))
    hopeless: set[object] = set()
    for migration in migrations:
        contents |= engine.contents(catalog, fill(engine, catalog, contents, hopeless))
        before = Look(catalog, dict(contents))
        how, said = engine.apply(migration.text)
        catalog = engine.catalog()
        contents = dict(engine.contents(catalog))
        after = Look(catalog, dict(contents))
        events = find_events(before, after, how, said, migration.text) if how != "failed" else []
        filled = sum(each.count > 0 for each in before.contents.values())
        empty = frozenset(name.lower() for name, each in before.contents.items() if not each.count)
        apart = frozenset(map(str.lower, catalog.partitions))
        yield Seen(migration.path, how, said, tuple(events), filled, len(before.contents), empty, apart)
        contents |= engine.contents(catalog, refresh(engine, before.catalog, catalog, contents))
