"""MySQL's ALTER TABLE, clause by clause, on a picture."""

from collections.abc import Callable, Sequence

from handrail.migrations.mysql.columns import Definition, read_column, read_default
from handrail.migrations.mysql.keys import (
    add_part,
    column_name,
    find_name,
    with_changed_column,
    without_column,
)
from handrail.migrations.mysql.picture import MysqlPicture, part_names
from handrail.migrations.mysql.reader import Conflict, Reader, Unreadable
from handrail.migrations.mysql.storage import alter_storage
from handrail.migrations.tables import Column, Table

_NAMED = ("INDEX", "KEY", "FOREIGN", "CONSTRAINT", "CHECK", "PRIMARY")


class Alteration:
    """One ALTER TABLE. ``name`` is what the table is called."""

    def __init__(self, picture: MysqlPicture, name: str) -> None:
        self._picture = picture
        self.name = name
        self._aside: dict[str, str] = {}

    def put_aside(self, columns: Sequence[str]) -> None:
        """Free the names of columns that exchange them; the clauses still find each by its own."""
        for each in columns:
            old = column_name(self._table(), each)
            if self._table().column(old):
                self._aside[each] = f"{old} before"
                self._picture.rename_column(self.name, old, self._aside[each])

    def _there(self, name: str) -> str:
        """Return what a column is called at the moment."""
        return column_name(self._table(), self._aside.get(name.lower(), name))

    def clause(self, reader: Reader) -> None:
        """Read one clause and do what it says. ``Unreadable`` before anything is done."""
        if not alter_storage(self._picture, self.name, reader):
            word = reader.takes_one(*_CLAUSES)
            _CLAUSES[word](self, reader)
        reader.ends()

    def _edit(self, edit: Callable[[Table], Table]) -> None:
        self._picture.replace(self.name, edit)

    def _table(self) -> Table:
        return self._picture.table(self.name)

    def _add(self, reader: Reader) -> None:
        reader.takes("COLUMN")
        if reader.exists() and self._table().column(column_name(self._table(), _peek_name(reader))):
            reader.rest()
            return
        for part in reader.group().parts() if reader.sees("(") else [reader]:
            self._add_one(part)

    def _add_one(self, part: Reader) -> None:
        table, definition = add_part(self._table(), part, self._picture.called)
        part.ends()
        self._edit(lambda _: table)
        if definition is not None:
            self._picture.note_inline(self.name, definition)

    def _drop(self, reader: Reader) -> None:
        kind = reader.takes_one(*_NAMED)
        if not kind:
            reader.takes("COLUMN")
            may_lack = reader.exists()
            name = self._there(reader.name())
            reader.takes_one("RESTRICT", "CASCADE")
            if self._table().column(name) is None:
                if not may_lack:
                    raise Conflict(f"there is no column {name} in {self.name}")
                return
            self._edit(lambda old: without_column(old, name))
            self._picture.touch(self.name, name)
        elif kind == "PRIMARY":
            reader.expect("KEY")
            self._edit(lambda old: old._replace(primary_key=()))
        else:
            if kind == "FOREIGN":
                reader.expect("KEY")
            may_lack = reader.exists()
            self.drop_named(kind, reader.name(), may_lack=may_lack)

    def drop_named(self, kind: str, name: str, *, may_lack: bool) -> None:
        """Drop an index, a key or a constraint by its name, which must be there unless it ``may_lack``."""
        low = name.lower()
        if low == "primary":
            self._edit(lambda old: old._replace(primary_key=()))
            return

        def edit(old: Table) -> Table:
            made = old
            if kind in ("INDEX", "KEY", "CONSTRAINT"):
                made = made._replace(indexes=tuple(each for each in old.indexes if each.name.lower() != low))
            if kind in ("FOREIGN", "CONSTRAINT"):
                made = made._replace(
                    foreign_keys=tuple(each for each in old.foreign_keys if each.name.lower() != low)
                )
            if kind in ("CHECK", "CONSTRAINT"):
                made = made._replace(checks=tuple(each for each in old.checks if each.name.lower() != low))
            return made

        table = self._table()
        if edit(table) != table:
            self._edit(edit)
            self._picture.touch(self.name, find_name(name, part_names(table)))
        elif not may_lack:
            self._lacks(kind, name)

    def _lacks(self, kind: str, name: str) -> None:
        """Say that an index is dropped which the picture does not have; any other kind must be there."""
        if kind not in ("INDEX", "KEY") or self._picture.guarded:
            raise Conflict(f"there is no {kind.lower()} {name} in {self.name}")
        fact = f"The history so far does not create {name}; MySQL makes indexes of its own for foreign keys."
        self._picture.did("index.drop", self.name, "", fact)

    def _has_hidden_index(self, name: str) -> bool:
        """Tell whether MySQL made an index of that name for a foreign key: the picture leaves those out."""
        keys = self._table().foreign_keys
        return name in {each.name.lower() for each in keys} | {each.columns[0].lower() for each in keys}

    def _modify(self, reader: Reader) -> None:
        reader.takes("COLUMN")
        there = reader.exists()
        self._restate(read_column(reader), "", may_lack=there)

    def _change(self, reader: Reader) -> None:
        reader.takes("COLUMN")
        there = reader.exists()
        old = reader.name()
        self._restate(read_column(reader), old, may_lack=there)

    def _restate(self, definition: Definition, old: str, *, may_lack: bool) -> None:
        table = self._table()
        new = definition.column.name
        name = self._there(old or new)
        column = table.column(name)
        if column is None:
            if self.name in self._picture.tables and not may_lack:
                raise Conflict(f"there is no column {old or new} in {self.name}")
            return
        if old and new != name:
            self._rename_column(name, new)
            column = column._replace(name=new)
        elif not old:
            definition = definition._replace(column=definition.column._replace(name=name))
        kept: Column = column
        self._edit(lambda there: with_changed_column(there, kept, definition))
        self._picture.touch(self.name, definition.column.name)
        self._picture.note_inline(self.name, definition)

    def _alter(self, reader: Reader) -> None:
        if reader.takes_one("INDEX", "KEY"):
            fact = f"The index {reader.name()}: whether the optimizer may use it."
            self._picture.did("statement.other", self.name, "", fact)
            reader.rest()
            return
        if reader.takes_one("CHECK", "CONSTRAINT"):
            self._enforce(reader)
            return
        reader.takes("COLUMN")
        reader.exists()
        name = self._column(reader.name())
        if reader.takes("SET", "DEFAULT"):
            default = read_default(reader)
            self._picture.edit_column(self.name, name, lambda old: old._replace(default=default))
        elif reader.takes("DROP", "DEFAULT"):
            self._picture.edit_column(self.name, name, lambda old: old._replace(default=""))
        else:
            reader.expect("SET")
            word = reader.takes_one("VISIBLE", "INVISIBLE")
            if not word:
                raise Unreadable("this change of a column is unknown")
            fact = f"From here on the column is {word.lower()} to a query for all columns."
            self._picture.did("statement.other", self.name, name, fact)

    def _enforce(self, reader: Reader) -> None:
        name = reader.name().lower()
        valid = not reader.takes("NOT")
        reader.expect("ENFORCED")
        if name not in {each.name.lower() for each in self._table().checks}:
            raise Conflict(f"there is no check {name} in {self.name}")
        self._edit(
            lambda old: old._replace(
                checks=tuple(
                    each._replace(valid=valid) if each.name.lower() == name else each for each in old.checks
                )
            )
        )

    def _rename(self, reader: Reader) -> None:
        if reader.takes("COLUMN"):
            reader.exists()
            old = self._column(reader.name())
            reader.expect("TO")
            self._rename_column(old, reader.name())
        elif reader.sees("INDEX") or reader.sees("KEY"):
            reader.any()
            reader.exists()
            old = reader.name().lower()
            reader.expect("TO")
            new = reader.name()
            if old not in {each.name.lower() for each in self._table().indexes}:
                if self._has_hidden_index(old):
                    return
                raise Conflict(f"there is no index {old} in {self.name}")
            self._edit(
                lambda there: there._replace(
                    indexes=tuple(
                        each._replace(name=new) if each.name.lower() == old else each
                        for each in there.indexes
                    )
                )
            )
        else:
            reader.takes_one("TO", "AS", "=")
            new = reader.name()
            self._picture.move(self.name, new)
            self.name = new

    def _column(self, name: str) -> str:
        """Return the name of a column that must be there."""
        real = self._there(name)
        if self._table().column(real) is None:
            raise Conflict(f"there is no column {name} in {self.name}")
        return real

    def _rename_column(self, old: str, new: str) -> None:
        there = column_name(self._table(), new)
        if there != old and self._table().column(there):
            raise Conflict(f"there is a column {new} already")
        self._picture.rename_column(self.name, old, new)


_CLAUSES: dict[str, Callable[[Alteration, Reader], None]] = {
    "ADD": Alteration._add,
    "DROP": Alteration._drop,
    "MODIFY": Alteration._modify,
    "CHANGE": Alteration._change,
    "ALTER": Alteration._alter,
    "RENAME": Alteration._rename,
}


def _peek_name(reader: Reader) -> str:
    return reader.next.value if reader.next is not None else ""
