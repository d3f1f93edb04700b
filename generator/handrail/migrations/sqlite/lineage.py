"""After a script on SQLite: what lives on in which table, and what went without being named."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from handrail.migrations.front_end import Runner
from handrail.migrations.operations import Operation
from handrail.migrations.sqlite.catalog import Master
from handrail.migrations.sqlite.replay import Drop, Replay
from handrail.migrations.sqlite.trial import Trial, tag, trace, try_on_rows
from handrail.migrations.table_index import differing
from handrail.migrations.tables import NOTHING, Catalog, Column, Index, Table
from handrail.ports import Scratch

_ROWS = 2
_COPIES = re.compile(r"\b(?:SELECT|INSERT|UPDATE|REPLACE|DELETE)\b", re.IGNORECASE)
"""What a script needs to write values elsewhere, if only through a trigger."""


class Lineage:
    """Finds the heirs of tables and columns that are gone, and the rows that a rebuild takes with it."""

    def __init__(
        self, scratch: Scratch, runner: Runner, before: Catalog, after: Catalog, replay: Replay
    ) -> None:
        self._scratch = scratch
        self._runner = runner
        self._before = before
        self._after = after
        self._replay = replay
        self._owners: dict[int, Table] = {}
        self.operations: list[Operation] = []

    def something_is_gone(self) -> bool:
        """Tell whether a table or column that was there before is nowhere now."""
        if self._after is self._before:
            return False
        was, now = differing(self._before.tables, self._after.tables)
        return not _columns_of(was) <= _columns_of(now) or any(map(self._is_another, now))

    def _is_another(self, table: Table) -> bool:
        """Tell whether a new table has a name that an old one had."""
        old = self._before.tables.get(table.name)
        return old is not None and old.uid != table.uid

    def follow(self, schema: Master) -> Catalog:
        """Return the catalog with what was copied where, and note the rebuilds.

        ``schema`` is what the database held before the script.
        """
        self._owners = {c.uid: t for t in self._before.tables.values() for c in t.columns}
        trial = Trial({})
        if any(_COPIES.search(text) for _, text in self._replay.run):
            trial = try_on_rows(
                self._scratch, schema, self._before, self._replay.run, self._runner, linked=False
            )
        columns = [column for table in trial.seeded for column in table.columns]
        tags = {str(tag(each, row)): each.uid for each in columns for row in range(_ROWS)}
        tables = {}
        for name, table in self._after.tables.items():
            changed = self._before.tables.get(name) is not table
            tables[name] = self._traced(table, trial, tags) if changed else table
            if changed and name in self._replay.partial and not self._is_rebuilt(table):
                tables[name] = tables[name]._replace(sources=NOTHING)  # not all rows went: no heir
        self._after = self._after._replace(tables=tables)
        for drop in self._replay.drops:
            self._rebuilt(drop, schema)
        return self._after

    def _is_rebuilt(self, table: Table) -> bool:
        """Tell whether it is what there is now of the table that had its name."""
        old = self._before.tables.get(table.name)
        return old is not None and all(each.uid != old.uid for each in self._after.tables.values())

    def _traced(self, table: Table, trial: Trial, tags: dict[str, int]) -> Table:
        rows = trial.rows.get(table.name, ())
        if not rows:
            return self._copied_by_its_words(table)
        same = self._same_names(table)
        state = self._replay.tables.get(table.name.lower())
        partial = state.partial if state else ()
        columns = tuple(
            each
            if each.uid in self._owners or each.name.lower() in partial
            else _found(each, [row.get(each.name) for row in rows], tags, same.get(each.name))
            for each in table.columns
        )
        sources = {self._owners[uid].uid for each in columns for uid in each.sources if uid in self._owners}
        return table._replace(columns=columns, sources=table.sources | (sources - {table.uid}))

    def _same_names(self, table: Table) -> dict[str, Column]:
        """Return the columns that were there under the same names, in the table it replaces."""
        old = self._source(table) or self._before.tables.get(table.name)
        return {each.name: each for each in old.columns} if old else {}

    def _source(self, table: Table) -> Table | None:
        """Return the table that an INSERT … SELECT filled this one from, as it was before the script."""
        uid = self._replay.copies.get(table.name, 0)
        return next((each for each in self._before.tables.values() if each.uid == uid), None)

    def _copied_by_its_words(self, table: Table) -> Table:
        """Believe the words of the INSERT when no row arrived: a condition can have left ours out."""
        source = self._source(table)
        if source is None or any(each.uid == table.uid for each in self._before.tables.values()):
            return table
        same = {each.name: each.uid for each in source.columns}
        columns = tuple(
            each._replace(sources=frozenset({same[each.name]}), filled=True) if each.name in same else each
            for each in table.columns
        )
        return table._replace(columns=columns, sources=frozenset({source.uid}))

    def _rebuilt(self, drop: Drop, schema: Master) -> None:
        """Note a rebuild: its table, the children that it takes, the triggers and indexes that it loses."""
        old = next((each for each in self._before.tables.values() if each.uid == drop.uid), None)
        heir = next((each for each in self._after.tables.values() if drop.uid in each.sources), None)
        if old is None or heir is None or any(each.uid == heir.uid for each in self._before.tables.values()):
            return
        if heir.name != old.name and old.name in self._after.tables:
            return  # dropped, and created anew: no rebuild
        kept = {uid for column in heir.columns for uid in column.sources}
        for column in old.columns:
            if column.uid not in kept:
                self._replay.lines.setdefault((heir.name, column.name), drop.line)
        self.operations.append(Operation("table.rebuild", old.name, line=drop.line))
        if heir.name in self._replay.partial:
            fact = "The copy takes some rows only, and the others go with the old table."
            line = self._replay.partial[heir.name]
            self.operations.append(Operation("rows.delete.some", old.name, line=line, facts=(fact,)))
        self._children(old, drop, schema)
        self._lost(old, heir, drop)

    def _children(self, old: Table, drop: Drop, schema: Master) -> None:
        hurt = [
            each.name
            for each in self._before.tables.values()
            for key in each.foreign_keys
            if key.table.lower() == old.name.lower()
            and key.on_delete in ("CASCADE", "SET NULL", "SET DEFAULT")
        ]
        if not (drop.enforced and hurt):
            return
        trial = try_on_rows(self._scratch, schema, self._before, self._replay.run, self._runner, linked=True)
        facts = tuple(self._losses(trial, old))
        if facts:
            self.operations.append(
                Operation("table.rebuild.deletes_children", old.name, line=drop.line, facts=facts)
            )

    def _losses(self, trial: Trial, old: Table) -> Iterator[str]:
        for table in self._after.tables.values():
            before = self._was(table)
            if before is None or before.uid == old.uid or table.name in self._replay.emptied:
                continue
            rows = trial.rows.get(table.name, ())
            if len(rows) < _ROWS:
                yield f"The rows of {table.name} are deleted."
            else:
                yield from _nulled(table, before, old, rows)

    def _was(self, table: Table) -> Table | None:
        uids = {table.uid, *table.sources}
        return next((each for each in self._before.tables.values() if each.uid in uids), None)

    def _lost(self, old: Table, heir: Table, drop: Drop) -> None:
        there = {each.columns for each in heir.indexes}
        lost = [
            f"{_called(each)} is gone."
            for each in old.indexes
            if each.columns not in there
            and each.name.lower() not in self._replay.removed
            and set(each.columns) <= {column.name for column in heir.columns}
        ]
        lost += [
            f"The trigger {thing.name} is gone."
            for key, thing in self._before.things.items()
            if thing.kind == "trigger"
            and thing.table == old.name
            and key not in self._after.things
            and thing.name.lower() not in self._replay.removed
        ]
        if lost:
            self.operations.append(
                Operation("table.rebuild.loses_trigger_or_index", old.name, line=drop.line, facts=tuple(lost))
            )


def _columns_of(tables: Iterable[Table]) -> set[int]:
    return {column.uid for table in tables for column in table.columns}


def _called(index: Index) -> str:
    """Return what to call an index; SQLite's own name for a unique set tells nobody anything."""
    return f"UNIQUE ({', '.join(index.columns)})" if index.constraint else f"The index {index.name}"


def _found(column: Column, values: Sequence[Any], tags: dict[str, int], same: Column | None) -> Column:
    """Return a column with what its values tell; a computed one is made of others, and is still the same."""
    found = trace(values, tags, same.uid if same else 0)
    own = {same.uid} if same and same.generated and found.sources else set()
    return column._replace(sources=found.sources | own, filled=found.filled or column.filled)


def _nulled(table: Table, before: Table, old: Table, rows: Sequence[Any]) -> Iterator[str]:
    for key in before.foreign_keys:
        for column in key.columns:
            if key.table == old.name and all(row.get(column, "") is None for row in rows):
                yield f"{table.name}.{column} is emptied in every row."
