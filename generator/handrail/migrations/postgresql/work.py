"""The script that is being read: its picture, where it stands, and the names that are taken."""

import re
from bisect import bisect_left
from collections.abc import Iterable

from handrail.migrations.picture import Picture
from handrail.migrations.postgresql.expressions import mentions, renamed
from handrail.migrations.postgresql.grammar import Tree
from handrail.migrations.postgresql.names import bare, joined, made, schema
from handrail.migrations.table_index import Tables, marked
from handrail.migrations.tables import Catalog, Check, Column, Index, Table


class Work:
    """What readers of statements share.

    ``path`` is the schema that names without one belong to; ``temporary`` are
    tables that end with the script; ``certain`` is false inside a condition,
    ``attempt`` true where the script goes on when something is not there;
    ``depth`` counts the calls of functions that are being followed; ``thinned``
    are tables of whose rows only some were copied, by uid: the uid of the copy,
    and the line; ``views`` are the queries of views that were looked into, by
    their text.
    ``seen`` is what ``names_in`` found before the first script of a history.
    """

    def __init__(self, picture: Picture, seen: set[str] | None = None) -> None:
        self.picture = picture
        self.path = "public"
        self.temporary: set[str] = set()
        self.emptied: set[str] = set()
        self.thinned: dict[int, tuple[int, int]] = {}
        self.certain = True
        self.attempt = False
        self.depth = 0
        self.views: dict[str, Tree] = {}
        self.begin("", 1)
        self._seen = names_in(picture) if seen is None else seen

    def begin(self, text: str, line: int, *, flat: bool = False) -> None:
        """Begin a statement; a ``flat`` one stands on one line, whatever is in it."""
        self.text = text
        self._bytes = text.encode("utf-8", "replace") if flat else b""
        self._ends: list[int] = []
        self.asked: dict[int, tuple[Tree, list[Column]]] = {}
        self.visited: set[int] = set()
        self.first = line
        self.picture.line = line

    def restore(self, catalog: Catalog) -> None:
        """Go back to a catalog: what was done since is undone."""
        self.picture.tables = Tables(catalog.tables)
        self.picture.enums = dict(catalog.enums)
        self.picture.things = dict(catalog.things)

    def forget(self) -> None:
        """Forget what was asked about a tree that is gone."""
        self.asked.clear()
        self.visited.clear()

    def at(self, node: Tree) -> None:
        """Make the line of a part of the statement the current one."""
        place = node.get("location", -1)
        if place >= 0:
            self.picture.line = self.first + bisect_left(self._newlines(), place)

    def character(self, node: Tree) -> int:
        """Return where a part of the statement stands in its text; the tree counts bytes."""
        place: int = max(node.get("location", 0), 0)
        if self.text.isascii():
            return place
        self._newlines()
        return len(self._bytes[:place].decode("utf-8", "replace"))

    def _newlines(self) -> list[int]:
        if not self._bytes:
            self._bytes = self.text.encode("utf-8", "replace")
            self._ends = [each.start() for each in re.finditer(b"\n", self._bytes)]
        return self._ends

    def name(self, words: list[str]) -> str:
        """Return the name of something as the picture has it."""
        if len(words) == 1 and self.path not in ("public", ""):
            return f"{self.path}.{words[0]}"
        return joined(words)

    def relation(self, node: Tree) -> str:
        """Return the name that a RangeVar means."""
        name = node.get("relname", "")
        words = [node["schemaname"], name] if "schemaname" in node else [name]
        if len(words) == 1 and name in self.picture.tables:
            return str(name)
        return self.name(words)

    def other(self) -> None:
        """Note a statement that changes no table."""
        self.picture.did("statement.other")

    def lacks(self, what: str) -> None:
        """Note that the statement is about something that is not there, unless the script allows for that."""
        if self.certain and not self.attempt:
            self.picture.opaque(self.text, f"there is no {what} in the history so far")

    def is_thing(self, name: str) -> bool:
        """Tell whether it is the name of something that ALTER TABLE takes for a table, but is none."""
        kinds = ("view", "sequence", "foreign table")
        return any((kind, name) in self.picture.things for kind in kinds) or bool(self.owner(name))

    def free(self, table: str, second: str, label: str) -> str:
        """Return the name that PostgreSQL gives to a constraint or index without one, and take it."""
        number = 0
        while True:
            name = made(bare(table), second, f"{label}{number or ''}")
            if name not in self._seen or not self._taken(name, schema(table)):
                self._seen.add(name)
                return name
            number += 1

    def take(self, name: str) -> str:
        """Note that a name is taken, and return it."""
        self._seen.add(name)
        return name

    def saw(self, name: str) -> bool:
        """Tell whether a table, constraint, index or sequence of a column had this name."""
        return name in self._seen

    def _taken(self, name: str, space: str) -> bool:
        return any(
            name in names_of(table) or each == space + name
            for each, table in self.picture.tables.items()
            if schema(each) == space
        )

    def children(self, table: str) -> list[str]:
        """Return the tables that inherit a table's columns, partitions among them, theirs too."""
        mark = f"of {table}"
        tables = marked(self.picture.tables, ("option", mark))
        found = [each.name for each in tables if mark in each.options]
        return [name for child in found for name in (child, *self.children(child))]

    def owner(self, index: str) -> str:
        """Return the table that has an index, '' where none has."""
        space, name = schema(index), bare(index)
        for table in marked(self.picture.tables, ("index", name)):
            here = name == table.key_name or any(name == each.name for each in table.indexes)
            if here and schema(table.name) == space:
                return table.name
        return ""

    def drop_table(self, name: str) -> None:
        """Remove a table, its partitions, and the keys that point to it."""
        for child in self.children(name):
            if self.picture.tables[child].kind == "partition":
                self._drop_one(child)
        self._drop_one(name)

    def _drop_one(self, name: str) -> None:
        picture = self.picture
        picture.drop(name)
        for table in marked(picture.tables, ("key", name)):
            if any(key.table == name for key in table.foreign_keys):
                kept = tuple(key for key in table.foreign_keys if key.table != name)
                for key in table.foreign_keys:
                    if key.table == name:
                        picture.touch(table.name, key.name)
                picture.tables[table.name] = table._replace(foreign_keys=kept)

    def rename_table(self, old: str, new: str) -> None:
        """Rename a table; the triggers and partitions of it follow."""
        picture = self.picture
        if old not in picture.tables or new in picture.tables:
            return
        for child in self.children(old):
            table = picture.tables[child]
            if f"of {old}" in table.options:
                picture.tables[child] = table._replace(options=table.options - {f"of {old}"} | {f"of {new}"})
        for (kind, name), thing in list(picture.things.items()):
            if kind == "trigger" and thing.table == old:
                moved = f"{new}.{name.removeprefix(old + '.')}"
                del picture.things[kind, name]
                picture.things[kind, moved] = thing._replace(name=moved)
        picture.rename(old, new)
        self.take(bare(new))

    def drop_column(self, table: str, column: str) -> None:
        """Remove a column with everything that names it."""
        picture = self.picture
        there = picture.tables.get(table)
        if there is None or there.column(column) is None:
            return
        if column in there.primary_key:
            picture.change(table, column, lambda old: old._replace(key_name=""))
        picture.drop_column(table, column)
        picture.change(table, column, lambda old: _without(old, column))
        for each in marked(picture.tables, ("key", table)):
            if any(key.table == table and column in key.references for key in each.foreign_keys):
                kept = (k for k in each.foreign_keys if k.table != table or column not in k.references)
                picture.tables[each.name] = each._replace(foreign_keys=tuple(kept))

    def drop_keys_to(self, table: str, columns: tuple[str, ...]) -> None:
        """Remove the foreign keys that point to a set of columns."""
        for each in marked(self.picture.tables, ("key", table)):
            lost = [
                key
                for key in each.foreign_keys
                if columns and (key.table, key.references) == (table, columns)
            ]
            if lost:
                kept = tuple(key for key in each.foreign_keys if key not in lost)
                self.picture.tables[each.name] = each._replace(foreign_keys=kept)
            for key in lost:
                self.picture.touch(each.name, key.name)

    def rename_column(self, table: str, old: str, new: str) -> None:
        """Rename a column; expressions that name it follow, and the columns of partitions."""
        for name in (table, *self.children(table)):
            self.picture.rename_column(name, old, new)
            self.picture.change(name, new, lambda there: _renamed(there, old, new))


def names_in(picture: Picture) -> set[str]:
    """Return the names of all tables, constraints and indexes; once seen, a name may be taken."""
    return {name for each, table in picture.tables.items() for name in (each, *names_of(table))}


def names_of(table: Table) -> Iterable[str]:
    """Return the names of a table's constraints, indexes and sequences of its own."""
    yield table.key_name
    yield from (each.name for each in table.indexes)
    yield from (each.name for each in table.foreign_keys)
    yield from (each.name for each in table.checks)
    yield from (bare(each.default.split("'")[1]) for each in table.columns if "nextval('" in each.default)


def _without(table: Table, column: str) -> Table:
    return table._replace(
        indexes=tuple(
            each for each in table.indexes if not any(mentions(text, column) for text in _texts(table, each))
        ),
        checks=tuple(each for each in table.checks if not mentions(each.text, column)),
        columns=tuple(
            each for each in table.columns if not (each.generated and mentions(each.default, column))
        ),
    )


def _texts(table: Table, index: Index) -> list[str]:
    """Return the expressions of an index."""
    return [each for each in (*index.columns, index.where) if table.column(each) is None]


def _renamed(table: Table, old: str, new: str) -> Table:
    def index(each: Index) -> Index:
        columns = tuple(c if table.column(c) else renamed(c, old, new) for c in each.columns)
        return each._replace(columns=columns, where=renamed(each.where, old, new))

    def column(each: Column) -> Column:
        return each._replace(default=renamed(each.default, old, new)) if each.generated else each

    def check(each: Check) -> Check:
        return each._replace(text=renamed(each.text, old, new))

    return table._replace(
        indexes=tuple(index(each) for each in table.indexes),
        columns=tuple(column(each) for each in table.columns),
        checks=tuple(check(each) for each in table.checks),
    )
