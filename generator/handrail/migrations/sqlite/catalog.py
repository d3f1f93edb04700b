"""The catalog of a SQLite database, read through its pragmas and the text that it keeps."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from handrail.migrations.sqlite.text import TableText, flat, read_index, read_table, read_virtual
from handrail.migrations.tables import Catalog, Column, ForeignKey, Index, Table, Thing

Rows = Callable[[str], Sequence[tuple[Any, ...]]]
Master = Sequence[tuple[Any, ...]]
"""What ``MASTER`` returns."""

MASTER = (
    "SELECT type, name, tbl_name, coalesce(sql, ''), rootpage FROM sqlite_master "
    "WHERE name NOT LIKE 'sqlite~_%' ESCAPE '~'"
)
"""The query for all that the database holds; ``rootpage`` is another one after a rebuild."""

_VIRTUAL = "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND sql LIKE 'create virtual%'"
_COLUMNS = (
    "WITH m(name) AS (VALUES {names}) "
    'SELECT m.name, p.name, p.type, p."notnull", p.dflt_value, p.pk, p.hidden '
    "FROM m, pragma_table_xinfo(m.name) AS p ORDER BY m.name, p.cid"
)
_KEYS = (
    "WITH m(name) AS (VALUES {names}) "
    'SELECT m.name, p.id, p."table", p."from", p."to", p.on_update, p.on_delete '
    "FROM m, pragma_foreign_key_list(m.name) AS p ORDER BY m.name, p.id DESC, p.seq"
)
_INDEXES = (
    'WITH m(name) AS (VALUES {names}) SELECT m.name, p.name, p."unique", p.origin, x.name, x.coll '
    "FROM m, pragma_index_list(m.name) AS p, pragma_index_xinfo(p.name) AS x "
    "WHERE x.key ORDER BY m.name, p.seq DESC, x.seqno"
)
_BLANKS = re.compile(r" ?([(),]) ?")
_SHADOWS = {
    "fts3": ("content", "segments", "segdir", "docsize", "stat"),
    "fts4": ("content", "segments", "segdir", "docsize", "stat"),
    "fts5": ("data", "idx", "content", "docsize", "config"),
    "rtree": ("node", "parent", "rowid"),
    "rtree_i32": ("node", "parent", "rowid"),
    "geopoly": ("node", "parent", "rowid"),
    "spellfix1": ("vocab",),
}
"""Tables that a virtual table keeps its content in, after its name and an underscore."""


def catalog_of(rows: Rows, only: Iterable[str] | None = None, master: Master | None = None) -> Catalog:
    """Return the catalog of the database ``main``, without what SQLite keeps for itself.

    ``rows`` runs a query and returns its rows. ``only`` names the tables and
    views to read (with indexes and triggers), in any case; all without it.
    ``master`` is what ``MASTER`` returns, where that is known. The number of
    queries does not depend on the number of tables. Uids are 0. ``default``
    holds the expression of a generated column; ``identity`` is
    ``autoincrement``, or ``rowid`` for a plain INTEGER PRIMARY KEY.
    """
    master = rows(MASTER) if master is None else master
    shadows = _shadows(rows(_VIRTUAL))
    asked = None if only is None else {name.lower() for name in only}
    meant = [row for row in master if asked is None or row[2].lower() in asked]
    meant = [row for row in meant if row[2].lower() not in shadows] if shadows else meant
    parts = _Parts(rows, meant, {row[1].lower(): row[1] for row in master if row[0] == "table"})
    tables = {row[1]: _table(row[1], row[3], parts) for row in meant if row[0] == "table"}
    things = {
        (kind, name): Thing(kind, name, flat(sql), table if kind == "trigger" else "")
        for kind, name, table, sql, _ in meant
        if kind in ("view", "trigger")
    }
    return Catalog(tables, {}, things)


class _Parts:
    """What the pragmas tell, by table."""

    def __init__(self, rows: Rows, meant: Sequence[tuple[Any, ...]], names: dict[str, str]) -> None:
        plain = [row[1] for row in meant if row[0] == "table" and not _is_virtual(row[3])]
        listed = ", ".join(f"({_literal(name)})" for name in plain)

        def read(query: str) -> dict[str, list[tuple[Any, ...]]]:
            return _grouped(rows(query.format(names=listed)) if plain else ())

        self.names = names
        self.columns = read(_COLUMNS)
        self.keys = read(_KEYS)
        self.indexes = read(_INDEXES)
        self.texts: dict[str, str] = {row[1]: row[3] for row in meant if row[0] == "index"}


def _is_virtual(sql: str) -> bool:
    return sql[:14].upper() == "CREATE VIRTUAL"


def _literal(name: str) -> str:
    return "'" + name.replace("'", "''") + "'"


def _shadows(virtual: Iterable[tuple[Any, ...]]) -> frozenset[str]:
    """Return the names, in lower case, of the tables that virtual tables keep."""
    found: set[str] = set()
    for name, sql in virtual:
        module, _ = read_virtual(sql)
        found.update(f"{name}_{suffix}".lower() for suffix in _SHADOWS.get(module, ()))
    return frozenset(found)


def _grouped(rows: Sequence[tuple[Any, ...]]) -> dict[str, list[tuple[Any, ...]]]:
    groups: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for row in rows:
        groups[row[0]].append(row[1:])
    return groups


def _table(name: str, sql: str, parts: _Parts) -> Table:
    if _is_virtual(sql):
        module, columns = read_virtual(sql)
        return Table(name, tuple(map(Column, columns)), options=frozenset({module}), kind="virtual")
    text = read_table(sql)
    rows = parts.columns.get(name, [])
    keys = sorted((row for row in rows if row[4]), key=lambda row: row[4])
    alias = len(keys) == 1 and str(keys[0][1]).upper() == "INTEGER" and "WITHOUT ROWID" not in text.options
    return Table(
        name,
        tuple(_column(row, text, alias=alias and bool(row[4])) for row in rows),
        tuple(row[0] for row in keys),
        tuple(_foreign_keys(parts.keys.get(name, []), text, parts.names)),
        tuple(_indexes(parts.indexes.get(name, []), text, parts.texts)),
        text.checks,
        text.options,
    )


def _column(row: tuple[Any, ...], text: TableText, *, alias: bool) -> Column:
    """Return a column; ``alias`` tells that it is the number of the row under another name."""
    name, kind, required, default, _, hidden = row
    said = text.columns.get(str(name).lower())
    numbered = "autoincrement" if said and said.autoincrement else "rowid"
    return Column(
        name,
        _BLANKS.sub(r"\1", " ".join(str(kind).upper().split())),
        bool(required) or alias,
        said.expression if said and said.expression else str(default or ""),
        {2: "virtual", 3: "stored"}.get(hidden, ""),
        said.collation if said else "",
        numbered if alias else "",
    )


def _foreign_keys(
    rows: Sequence[tuple[Any, ...]], text: TableText, names: dict[str, str]
) -> Iterable[ForeignKey]:
    """Yield the keys as they are written: SQLite numbers them from the last."""
    keys: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for row in rows:
        keys[row[0]].append(row)
    said = text.keys if len(text.keys) == len(keys) else ()
    for place, parts in enumerate(keys.values()):
        _, table, _, _, on_update, on_delete = parts[0]
        yield ForeignKey(
            tuple(part[2] for part in parts),
            names.get(str(table).lower(), table),
            tuple(part[3] for part in parts if part[3] is not None),
            on_delete,
            on_update,
            said[place].stated if said else on_delete != "NO ACTION",
            said[place].name if said else "",
        )


def _indexes(rows: Sequence[tuple[Any, ...]], text: TableText, texts: dict[str, str]) -> Iterable[Index]:
    """Yield the indexes and unique sets in the order in which they were made, without the primary key."""
    groups: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for row in rows:
        if row[2] != "pk":
            groups[row[0]].append(row)
    for name, parts in groups.items():
        said = read_index(texts.get(name, ""))
        columns = tuple(
            _index_column(part, said.columns[place : place + 1], text) for place, part in enumerate(parts)
        )
        yield Index(name, columns, bool(parts[0][1]), said.where, constraint=parts[0][2] == "u")


def _index_column(part: tuple[Any, ...], said: tuple[str, ...], text: TableText) -> str:
    """Return a column's name, with a collation that is not its own, or an expression as it is written."""
    name, collation = part[3], part[4]
    if name is None:
        return said[0] if said else ""
    column = text.columns.get(str(name).lower())
    own = column.collation if column and column.collation else "BINARY"
    return name if str(collation).upper() == own else f"{name} COLLATE {str(collation).upper()}"
