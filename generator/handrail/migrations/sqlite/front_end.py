"""The front end for SQLite: an in-memory SQLite is the judge of what a script does.

No keyword names what a rebuild changes, so nothing is read off keywords that
the catalog can tell; where something is gone afterwards, the script is tried
once more on rows (``trial``), and what was copied is seen.
"""

from collections.abc import Mapping

from handrail.migrations.front_end import Runner, Saved
from handrail.migrations.operations import Script, Step
from handrail.migrations.sqlite.catalog import MASTER, Master, catalog_of
from handrail.migrations.sqlite.lineage import Lineage
from handrail.migrations.sqlite.replay import Replay, State
from handrail.migrations.tables import EMPTY, Catalog, Column, Table
from handrail.ports import Scratch


class SqliteFrontEnd:
    """``front_end.FrontEnd`` for SQLite. ``database`` holds the schema, ``trial`` is for rows."""

    def __init__(self, database: Scratch, trial: Scratch, runner: Runner = Runner()) -> None:  # noqa: B008  # a constant
        self._database = database
        self._trial = trial
        self._runner = runner
        self._catalog = EMPTY
        self._next = 1
        self._master: Master = []

    @property
    def catalog(self) -> Catalog:
        """The schema after the scripts applied so far."""
        return self._catalog

    def apply(self, script: Script) -> Step:
        """Run the next script. What SQLite refuses is opaque; the rest is run."""
        before, schema = self._catalog, self._master
        replay = Replay(self._database, self._runner, before, self._next)
        replay.play(script)
        self._next = replay.next_uid
        self._catalog = _with_copies(before, self._read(before, replay), replay.copies)
        lineage = Lineage(self._trial, self._runner, before, self._catalog, replay)
        if lineage.something_is_gone():
            self._catalog = lineage.follow(schema)
        operations = (*replay.operations, *lineage.operations)
        return Step(tuple(operations), replay.lines, tuple(replay.unread))

    def save(self) -> Saved:
        """Return the state, to go on from later."""
        return Saved(self._catalog, self._next, self._database.image())

    def load(self, state: Saved) -> None:
        """Go on from a state that ``save`` returned."""
        self._database.load(state.image)
        self._catalog, self._next = state.catalog, state.next_uid
        self._master = self._database.rows(MASTER)

    def _read(self, before: Catalog, replay: Replay) -> Catalog:
        """Return the catalog, reading only tables of which a row of ``sqlite_master`` moved."""
        old, new = self._master, self._database.rows(MASTER)
        # Dropped and made again as it was: the row is the same, and what stood in it is gone.
        again = {name for name, each in replay.tables.items() if each.left or name in replay.removed}
        moved = again | {row[2].lower() for row in {*old} ^ {*new}}
        self._master = new
        if not moved:
            return before
        read = catalog_of(self._database.rows, moved, new)
        tables = {}
        for kind, name, *_ in new:
            if kind == "table" and name in read.tables:
                tables[name] = self._known(read.tables[name], replay.tables.get(name.lower()))
            elif kind == "table" and name in before.tables and name.lower() not in moved:
                tables[name] = before.tables[name]
        there = {(row[0], row[1]) for row in new} if before.things else ()
        things = {key: each for key, each in before.things.items() if key in there}
        return Catalog(tables, {}, {**things, **read.things})

    def _known(self, table: Table, state: State | None) -> Table:
        """Return a table that was read, with its uid and those of its columns."""
        old = state.old if state else None
        columns = tuple(self._column(each, old, state) for each in table.columns)
        uid = state.uid if state else self._new()
        made = table._replace(uid=uid, columns=columns, sources=old.sources if old else table.sources)
        return old if old is not None and made == old else made

    def _column(self, column: Column, old: Table | None, state: State | None) -> Column:
        origin = state.origin(column.name) if state and old else ""
        there = next((each for each in (old.columns if old else ()) if each.name.lower() == origin), None)
        if there is not None:
            return column._replace(uid=there.uid, sources=there.sources, filled=there.filled)
        filled = old is not None and bool(column.default or column.generated or column.identity)
        return column._replace(uid=self._new(), filled=filled)

    def _new(self) -> int:
        self._next += 1
        return self._next - 1


def _with_copies(before: Catalog, after: Catalog, copies: Mapping[str, int]) -> Catalog:
    """Return the catalog with what INSERT … SELECT says was copied: name of a table -> uid of its source."""
    if not copies:
        return after
    tables = dict(after.tables)
    known = {each.uid for each in before.tables.values()}
    for to, source in copies.items():
        new = tables.get(to)
        if new is not None and source in known and source != new.uid:
            tables[to] = new._replace(sources=new.sources | {source})
    return after._replace(tables=tables)
