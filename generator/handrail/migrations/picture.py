"""A schema that is being changed, for front ends that read statements themselves."""

from bisect import bisect_left
from collections.abc import Callable
from itertools import count

from handrail.migrations.inserts import Inserts, shape_of
from handrail.migrations.operations import GONE, MAYBE, Operation, Script, Step, Unread, opaque
from handrail.migrations.table_index import Tables, marked
from handrail.migrations.tables import EMPTY, Catalog, Column, Index, Label, Table, Thing


class Picture:
    """The catalog as it is now, and what the current script did that the catalog cannot show.

    Changes to names that are not there are ignored: what ``IF EXISTS`` allows,
    and histories that begin in the middle, are no reason to stop. The methods
    that change a table note the line.
    """

    def __init__(self, catalog: Catalog = EMPTY, first_uid: int = 1) -> None:
        self._next = count(first_uid)
        self.tables = Tables(catalog.tables)
        self.enums = dict(catalog.enums)
        self.things = dict(catalog.things)
        self.begin()

    @property
    def catalog(self) -> Catalog:
        """The catalog as it is now; later changes do not show in it."""
        return Catalog(self.tables.copy(), dict(self.enums), dict(self.things))

    def begin(self) -> None:
        """Begin a script."""
        self.line = 1
        self.doubted = False
        self._doubts = set[int]()
        self._operations: list[Operation] = []
        self._lines: dict[tuple[str, str], int] = {}
        self._unread: list[Unread] = []
        self._inserts = Inserts()

    def step(self) -> Step:
        """Return what was seen since ``begin``."""
        return Step(tuple(self._operations), dict(self._lines), tuple(self._unread), frozenset(self._doubts))

    def uid(self) -> int:
        """Return a new uid."""
        return next(self._next)

    def touch(self, owner: str, name: str = "", line: int = 0) -> None:
        """Note the line (the current one) as the cause of a change."""
        self._lines[owner, name] = line or self.line
        if self.doubted:
            self._doubts.add(line or self.line)

    def did(self, kind: str, table: str = "", column: str = "", *facts: str) -> None:
        """Note an operation that only the text can tell."""
        facts = (*facts, MAYBE) if self.doubted else facts
        self._operations.append(Operation(kind, table, column, line=self.line, facts=facts))

    def read(self, text: str, line: int, read: Callable[[], None]) -> None:
        """Note what a statement does: ``read`` reads it, unless a plain INSERT like it was read before."""
        self.line = line
        shape = shape_of(text)
        again = self._inserts.again(shape, line)
        if again is not None:
            self._operations += again
            return
        told, refused = len(self._operations), len(self._unread)
        read()
        self._inserts.learn(shape, self._operations[told:], read=len(self._unread) == refused)

    def told(self) -> int:
        """Return how many operations were noted so far."""
        return len(self._operations)

    def once(self, told: int) -> None:
        """Keep once what was noted again and again since there were so many operations."""
        self._operations[told:] = dict.fromkeys(self._operations[told:])

    def opaque(self, text: str, reason: str) -> None:
        """Note a statement that was not read."""
        unread, operation = opaque(text, self.line, reason)
        self._unread.append(unread)
        self._operations.append(operation)

    def create(self, table: Table) -> None:
        """Add a table; it and its columns get uids where they have none."""
        columns = tuple(each if each.uid else each._replace(uid=self.uid()) for each in table.columns)
        made = table._replace(columns=columns, uid=table.uid or self.uid())
        self.tables[table.name] = made
        self.touch(table.name)

    def drop(self, name: str) -> None:
        """Remove a table with what belongs to it."""
        if self.tables.pop(name, None) is not None:
            self.touch(name, GONE)
            for key, thing in list(self.things.items()):
                if thing.table == name:
                    del self.things[key]

    def rename(self, old: str, new: str) -> None:
        """Rename a table; keys of other tables and triggers follow."""
        table = self.tables.pop(old, None)
        if table is None:
            return
        self.tables[new] = table._replace(name=new)
        self.touch(new)
        for each in marked(self.tables, ("key", old)):
            if any(key.table == old for key in each.foreign_keys):
                keys = tuple(k._replace(table=new) if k.table == old else k for k in each.foreign_keys)
                self.tables[each.name] = each._replace(foreign_keys=keys)
        for place, thing in self.things.items():
            if thing.table == old:
                self.things[place] = thing._replace(table=new)

    def change(self, name: str, part: str, edit: Callable[[Table], Table]) -> bool:
        """Replace a table by ``edit`` of it, and note the line for ``part``. False when it is not there."""
        table = self.tables.get(name)
        if table is None:
            return False
        self.tables[name] = edit(table)
        self.touch(name, part)
        return True

    def add_column(self, table: str, column: Column, after: int | None = None) -> None:
        """Add a column at the end, or at a place; rows that are there get its default."""
        new = column._replace(
            uid=self.uid(), filled=bool(column.default or column.generated or column.identity)
        )

        def edit(old: Table) -> Table:
            place = len(old.columns) if after is None else after
            return old._replace(columns=(*old.columns[:place], new, *old.columns[place:]))

        self.change(table, column.name, edit)

    def edit_column(self, table: str, column: str, edit: Callable[[Column], Column]) -> None:
        """Replace a column by ``edit`` of it."""
        self.change(
            table,
            column,
            lambda old: old._replace(
                columns=tuple(edit(each) if each.name == column else each for each in old.columns)
            ),
        )

    def drop_column(self, table: str, column: str) -> None:
        """Remove a column, with the keys, indexes and checks that need it."""

        def edit(old: Table) -> Table:
            return old._replace(
                columns=tuple(each for each in old.columns if each.name != column),
                primary_key=() if column in old.primary_key else old.primary_key,
                foreign_keys=tuple(each for each in old.foreign_keys if column not in each.columns),
                indexes=tuple(each for each in old.indexes if column not in each.columns),
            )

        self.change(table, column, edit)

    def rename_column(self, table: str, old: str, new: str) -> None:
        """Rename a column; keys and indexes follow, those of other tables too."""

        def named(names: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(new if each == old else each for each in names)

        def edit(there: Table) -> Table:
            return there._replace(
                columns=tuple(c._replace(name=new) if c.name == old else c for c in there.columns),
                primary_key=named(there.primary_key),
                foreign_keys=tuple(k._replace(columns=named(k.columns)) for k in there.foreign_keys),
                indexes=tuple(i._replace(columns=named(i.columns)) for i in there.indexes),
            )

        if not self.change(table, new, edit):
            return
        for each in marked(self.tables, ("key", table)):
            if any(key.table == table for key in each.foreign_keys):
                keys = tuple(
                    k._replace(references=named(k.references)) if k.table == table else k
                    for k in each.foreign_keys
                )
                self.tables[each.name] = each._replace(foreign_keys=keys)

    def copied(self, table: str, column: str, sources: frozenset[int], *, everywhere: bool = True) -> None:
        """Note that values were written into a column, those of the columns ``sources`` among them."""
        self.edit_column(
            table,
            column,
            lambda old: old._replace(sources=old.sources | sources, filled=old.filled or everywhere),
        )

    def add_index(self, table: str, index: Index) -> None:
        """Add an index or a unique set."""
        self.change(table, index.name, lambda old: old._replace(indexes=(*old.indexes, index)))

    def drop_index(self, name: str, table: str = "") -> bool:
        """Remove an index by its name, wherever it is, or from one table."""
        for each in marked(self.tables, ("index", name)):
            if table in ("", each.name) and any(index.name == name for index in each.indexes):
                kept = tuple(index for index in each.indexes if index.name != name)
                return self.change(each.name, name, lambda old, kept=kept: old._replace(indexes=kept))  # type: ignore[misc]  # mypy cannot type a default
        return False

    def put(self, thing: Thing) -> None:
        """Add or replace a view, function, trigger, sequence or extension."""
        self.things[thing.kind, thing.name] = thing
        self.touch(thing.name)

    def remove(self, kind: str, name: str) -> None:
        """Remove a view, function, trigger, sequence or extension."""
        if self.things.pop((kind, name), None) is not None:
            self.touch(name)

    def create_enum(self, name: str, labels: tuple[str, ...]) -> None:
        """Add an enum."""
        self.enums[name] = tuple(Label(each, self.uid()) for each in labels)
        self.touch(name)


class Lines:
    """Places in a script (in characters) -> lines of its file."""

    def __init__(self, script: Script) -> None:
        self._ends = [place for place, letter in enumerate(script.text) if letter == "\n"]
        self._skipped = script.skipped

    def at(self, place: int) -> int:
        """Return the line that a place stands on, from 1."""
        return bisect_left(self._ends, place) + 1 + self._skipped
