"""The picture of a MySQL schema: names are the same in any case, every change of a table notes its lines."""

from collections.abc import Callable

from handrail.migrations.cascades import deleted_with
from handrail.migrations.mysql.columns import Definition
from handrail.migrations.mysql.reader import Conflict, Unreadable
from handrail.migrations.operations import GONE
from handrail.migrations.picture import Picture
from handrail.migrations.table_index import marked
from handrail.migrations.tables import EMPTY, Catalog, Check, Column, ForeignKey, Index, Table

Part = Column | Index | ForeignKey | Check


def parts_of(table: Table) -> list[Part]:
    """Return the columns, indexes, keys and checks of a table."""
    return [*table.columns, *table.indexes, *table.foreign_keys, *table.checks]


def part_names(table: Table) -> list[str]:
    """Return the names of the columns, indexes, keys and checks of a table."""
    return [each.name for each in parts_of(table)]


def _renamed_with(name: str, old: str, new: str) -> str:
    """Return the name of a key after its table was renamed: those that MySQL gave follow."""
    return f"{new}{name[len(old) :]}" if name.startswith(f"{old}_ibfk_") else name


class MysqlPicture(Picture):
    """``Picture`` for MySQL."""

    def __init__(self, catalog: Catalog = EMPTY, first_uid: int = 1) -> None:
        self._real = {name.lower(): name for name in catalog.tables}
        super().__init__(catalog, first_uid)

    def begin(self) -> None:
        """Begin a script."""
        super().begin()
        self._first_new = self.uid()
        self._temporary: list[str] = []
        self.guarded = False
        self.enforced = True
        self._emptied: set[str] = set()

    def refuse(self, text: str, reason: Unreadable) -> None:
        """Note a statement that could not be applied; a guarded one that finds nothing to do is no loss."""
        if self.guarded and isinstance(reason, Conflict):
            self.did("statement.other", "", "", f"Its condition finds nothing to do: {reason}.")
        else:
            self.opaque(text, str(reason))

    def end(self) -> None:
        """End a script: its temporary tables are gone with its connection."""
        lines = dict(self._lines)
        for name in self._temporary:
            self.drop(name)
        self._lines = lines

    def called(self, name: str) -> str:
        """Return the name that a table has, whatever the case it is written in."""
        return self._real.get(name.lower(), name)

    def known(self, name: str) -> str:
        """Return the name of a table that must be there."""
        real = self.called(name)
        if real not in self.tables:
            raise Conflict(f"there is no table {name} in the history so far")
        return real

    def table(self, name: str) -> Table:
        """Return a table; an empty one stands in for what is not there."""
        return self.tables.get(name) or Table(name)

    def is_new(self, name: str) -> bool:
        """Tell whether a table was made by this script: then its rows are nobody's loss."""
        table = self.tables.get(name)
        return table is not None and table.uid > self._first_new

    def take_children(self, *names: str) -> None:
        """Note the tables whose rows go with those of others, by their keys: once in a script."""
        first = [each for each in names if each not in self._emptied]
        if not self.enforced:
            return
        self._emptied.update(names)
        for name in first:
            for edge in deleted_with(self.tables, name):
                if edge.table not in self._emptied and not self.is_new(edge.table):
                    fact = f"Its rows go with those of {edge.key.table}, by ON DELETE CASCADE."
                    self.did("rows.delete.some", edge.table, "", fact)
                    self._emptied.add(edge.table)

    def create(self, table: Table) -> None:
        """Add a table."""
        super().create(table)
        self._real[table.name.lower()] = table.name

    def is_temporary(self, name: str) -> bool:
        """Tell whether a table is there for this script only."""
        return name in self._temporary

    def create_temporary(self, table: Table) -> None:
        """Add a table that is there for this script only."""
        self.create(table)
        self._temporary.append(table.name)

    def drop(self, name: str) -> None:
        """Remove a table with what belongs to it."""
        super().drop(name)
        self._real.pop(name.lower(), None)

    def move(self, old: str, new: str) -> None:
        """Rename a table, unless another one has the name: MySQL refuses that."""
        if self.called(new) in self.tables and self.called(new) != old:
            raise Conflict(f"there is a table {new} already")
        self.rename(old, new)

    def rename(self, old: str, new: str) -> None:
        """Rename a table; what was noted of it goes along."""
        if old not in self.tables:
            return
        for owner, part in [each for each in self._lines if each[0] == old and each[1] != GONE]:
            self._lines[new, part] = self._lines.pop((owner, part))
        self._real.pop(old.lower(), None)
        super().rename(old, new)
        self._real[new.lower()] = new
        for each in marked(self.tables, ("key", new)):
            for key in each.foreign_keys:
                if key.table == new:
                    self._lines.setdefault((each.name, key.name), self.line)
        table = self.tables[new]
        keys = tuple(each._replace(name=_renamed_with(each.name, old, new)) for each in table.foreign_keys)
        self.tables[new] = table._replace(foreign_keys=keys)

    def replace(self, name: str, edit: Callable[[Table], Table]) -> None:
        """Replace a table by ``edit`` of it; new columns get uids, and what is new or other the line."""
        old = self.tables.get(name)
        if old is None:
            return
        new = edit(old)
        columns = tuple(each if each.uid else self._with_uid(each) for each in new.columns)
        self.tables[name] = new._replace(columns=columns)
        before = set(parts_of(old))
        for part in parts_of(new):
            if part not in before:
                self.touch(name, part.name)
        if new.primary_key != old.primary_key:
            self.touch(name, (*new.primary_key, "")[0])
        if new.options != old.options:
            self.touch(name)

    def _with_uid(self, column: Column) -> Column:
        """Return a new column: rows that are there get its default."""
        filled = bool(column.default or column.generated or column.identity)
        return column._replace(uid=self.uid(), filled=filled)

    def note_inline(self, table: str, definition: Definition) -> None:
        """Say that REFERENCES inside a column's definition makes no key."""
        if definition.references:
            fact = (
                f"REFERENCES {definition.references} in the definition of a column makes no foreign key"
                " in MySQL before 9; MySQL 9 and MariaDB from 10.5 make one."
            )
            self.did("statement.other", table, definition.column.name, fact)
