"""What deleting a row does, by the foreign keys of a schema; and what no key says."""

import re
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from handrail.migrations.table_index import Tables
from handrail.migrations.tables import Catalog, Column, ForeignKey, Table

_REFERENCE = re.compile(r"(?:fk_)?(.+?)(?:_?[iI][dD]|ID|_?uuid|Uuid|_?guid|Guid)\Z")
_DELETED = frozenset({"deletedat", "deleted", "deletedon", "isdeleted", "removedat"})
_CREATED = frozenset({"created", "createdat", "createdon", "addedat", "insertedat", "dateadded"})
_UPDATED = frozenset(
    {"updated", "updatedat", "updatedon", "modified", "modifiedat", "lastmodified", "changedat"}
)
_LOG = re.compile(
    r"(?:^|_)audit(?:s|_?logs?|_?trails?)?(?:_|\Z)|(?:^|_)(?:change_?log|history|activity_?log)s?\Z",
    re.IGNORECASE,
)
_NUMBERS = frozenset({"int", "integer", "bigint", "smallint", "int2", "int4", "int8"})


class Edge(NamedTuple):
    """A foreign key, and the table that has it."""

    table: str
    key: ForeignKey

    def __str__(self) -> str:
        return f"{self.table}.{'+'.join(self.key.columns)}"


class Reached(NamedTuple):
    """A table whose rows go too: the shortest way is ``depth`` keys long, ``by`` is the last of them."""

    table: str
    depth: int
    by: Edge


class Orphan(NamedTuple):
    """A column that looks like a reference to ``target``, without a foreign key."""

    table: str
    column: str
    target: str


class Effect(NamedTuple):
    """What deleting one row of ``table`` does.

    ``deleted``: tables whose rows go with it, the nearest first. ``emptied``:
    keys that become NULL or their default. ``blocks``: keys that stop the
    whole delete where a row holds them. ``left``: columns that keep pointing
    at rows that are gone. ``deleted`` holds ``table`` itself where more of its
    own rows go.
    """

    table: str
    deleted: tuple[Reached, ...]
    emptied: tuple[Edge, ...]
    blocks: tuple[Edge, ...]
    left: tuple[Orphan, ...]

    def path(self, table: str) -> tuple[str, ...]:
        """Return the shortest way from this table to one that is deleted, both ends included."""
        by = {each.table: each.by.key.table for each in self.deleted}
        way = [table, by[table]]
        while way[-1] != self.table:
            way.append(by[way[-1]])
        return tuple(reversed(way))


class Cycle(NamedTuple):
    """Tables whose keys lead round in a circle; ``cascades`` tells that deletes go round it too."""

    tables: tuple[str, ...]
    cascades: bool


class Trail(NamedTuple):
    """What a table keeps about its rows; ``logged`` means by a trigger on delete."""

    table: str
    soft_delete: bool
    created: bool
    updated: bool
    logged: bool


class Cascades:
    """The keys of a schema, by the table that they point at.

    ``names`` are models by table, where there are any.
    """

    def __init__(self, catalog: Catalog, names: Mapping[str, str] | None = None) -> None:
        self.catalog = catalog
        self.names = names or {}
        self.edges = tuple(
            Edge(table.name, key) for table in catalog.tables.values() for key in table.foreign_keys
        )
        self.orphans = tuple(find_orphans(catalog, self.names))
        self._to: dict[str, list[Edge]] = defaultdict(list)
        self._left: dict[str, list[Orphan]] = defaultdict(list)
        for edge in self.edges:
            self._to[edge.key.table].append(edge)
        for orphan in self.orphans:
            self._left[orphan.target].append(orphan)

    def effect(self, table: str) -> Effect:
        """Return what deleting one row of a table does. The cost is that of the keys it reaches."""
        reached: dict[str, Reached] = {}
        waiting = deque([(table, 0)])
        edges: list[Edge] = []
        while waiting:
            parent, depth = waiting.popleft()
            for edge in self._to.get(parent, ()):
                edges.append(edge)
                if edge.key.on_delete == "CASCADE" and edge.table not in reached:
                    reached[edge.table] = Reached(edge.table, depth + 1, edge)
                    if edge.table != table:
                        waiting.append((edge.table, depth + 1))
        gone = dict.fromkeys((table, *reached))
        return Effect(
            table,
            tuple(reached.values()),
            tuple(edge for edge in edges if edge.key.on_delete in ("SET NULL", "SET DEFAULT")),
            tuple(edge for edge in edges if edge.key.on_delete in ("RESTRICT", "NO ACTION")),
            tuple(
                orphan for each in gone for orphan in self._left.get(each, ()) if orphan.table not in reached
            ),
        )

    def cycles(self) -> tuple[Cycle, ...]:
        """Return the circles of keys, in the order of the tables; a table may point at itself."""
        place = {name: number for number, name in enumerate(self.catalog.tables)}

        def ordered(names: Iterable[str]) -> tuple[str, ...]:
            return tuple(sorted(names, key=lambda name: place.get(name, -1)))

        cascading = _circles(edge for edge in self.edges if edge.key.on_delete == "CASCADE")
        found = {ordered(each): True for each in cascading}
        for each in _circles(self.edges):
            found.setdefault(ordered(each), False)
        return tuple(
            Cycle(*each) for each in sorted(found.items(), key=lambda each: place.get(each[0][0], -1))
        )

    def trails(self) -> tuple[Trail, ...]:
        """Return what each table keeps about its rows."""
        logged = {
            each.table
            for each in self.catalog.things.values()
            if each.kind == "trigger" and re.search(r"\bdelete\b", each.text, re.IGNORECASE)
        }
        return tuple(_trail(table, logged) for table in self.catalog.tables.values() if table.kind == "table")

    def logs(self) -> tuple[str, ...]:
        """Return the tables that are named like a log of changes."""
        return tuple(name for name in self.catalog.tables if _LOG.search(_snake(name)))


def deleted_with(tables: Mapping[str, Table], table: str) -> Iterator[Edge]:
    """Yield the keys by which rows of other tables go when rows of ``table`` go, one for each such table."""
    known = tables if isinstance(tables, Tables) else Tables(tables)
    seen, waiting = {table}, [table]
    while waiting:
        for edge in _cascading(known, waiting.pop()):
            if edge.table not in seen:
                seen.add(edge.table)
                waiting.append(edge.table)
                yield edge


def _cascading(tables: Tables, target: str) -> list[Edge]:
    """Return the keys by which rows go with those of one table."""
    return [
        Edge(each.name, key)
        for each in tables.marked(("key", target))
        for key in each.foreign_keys
        if key.table == target and key.on_delete == "CASCADE"
    ]


def _trail(table: Table, logged: Iterable[str]) -> Trail:
    names = {_plain(column.name) for column in table.columns}
    return Trail(
        table.name,
        not names.isdisjoint(_DELETED),
        not names.isdisjoint(_CREATED),
        not names.isdisjoint(_UPDATED),
        table.name in logged,
    )


def find_orphans(catalog: Catalog, names: Mapping[str, str]) -> Iterator[Orphan]:
    """Yield columns such as ``userId`` or ``user_id`` that no foreign key explains.

    A table (or model) of that name, or its plural, has to be there, with a
    key of one column of the same type.
    """
    known: dict[str, Table] = {}
    for table in catalog.tables.values():
        for name in (names.get(table.name, ""), table.name.rpartition(".")[2]):
            for form in _singulars(_plain(name)):
                known.setdefault(form, table)
    for table in catalog.tables.values():
        explained = {name for key in table.foreign_keys for name in key.columns}
        for column in table.columns:
            found = _REFERENCE.match(column.name) if column.name not in explained else None
            target = known.get(_plain(found[1])) if found else None
            if target and _may_point(table, column, target):
                yield Orphan(table.name, column.name, target.name)


def _may_point(table: Table, column: Column, target: Table) -> bool:
    """Tell whether the column could hold the key of ``target``.

    A column that is named after its own table holds that key, or one of another system.
    """
    key = target.column(target.primary_key[0]) if len(target.primary_key) == 1 else None
    return key is not None and table is not target and _family(column.type) == _family(key.type)


def _family(kind: str) -> str:
    """Return a type without its length; whole numbers are one family, and so are texts."""
    base = kind.lower().partition("(")[0].strip()
    if base in _NUMBERS:
        return "number"
    return "text" if base in ("text", "varchar", "char", "character varying") else base


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)


def _singulars(name: str) -> tuple[str, ...]:
    """Return what a column would call one row of the table: the name itself, and without a plural's end."""
    forms = [name]
    if name.endswith("ies"):
        forms.append(name[:-3] + "y")
    if name.endswith("es"):
        forms.append(name[:-2])
    if name.endswith("s"):
        forms.append(name[:-1])
    return tuple(form for form in forms if form)


def _circles(edges: Iterable[Edge]) -> Iterator[list[str]]:
    """Yield the tables that lead to each other: walked forth, then back in the opposite order (Kosaraju)."""
    forth: dict[str, list[str]] = defaultdict(list)
    back: dict[str, list[str]] = defaultdict(list)
    for edge in edges:
        forth[edge.table].append(edge.key.table)
        back[edge.key.table].append(edge.table)
    seen: set[str] = set()
    order = [node for start in list(forth) for node in _walk(start, forth, seen)]
    seen = set()
    for start in reversed(order):
        group = list(_walk(start, back, seen))
        if len(group) > 1 or (group and start in forth[start]):
            yield group


def _walk(start: str, out: Mapping[str, Sequence[str]], seen: set[str]) -> Iterator[str]:
    """Yield what can be reached and was not ``seen``, each after what it leads to."""
    if start in seen:
        return
    seen.add(start)
    way = [(start, iter(out.get(start, ())))]
    while way:
        node, others = way[-1]
        other = next((each for each in others if each not in seen), None)
        if other is None:
            way.pop()
            yield node
        else:
            seen.add(other)
            way.append((other, iter(out.get(other, ()))))
