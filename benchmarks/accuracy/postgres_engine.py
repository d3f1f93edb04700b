"""PostgreSQL: a script is sent whole (one implicit transaction); what refuses that goes through psql."""

import os
import re
import subprocess
from collections.abc import Sequence
from itertools import count
from typing import Any

import psycopg
from psycopg import sql
from rows import Row
from schema import Catalog, Column, Content, Contents, Key, Table, Unique, content_of
from server import binaries

LIMIT = 20_000
_NAMES = count()
_OWN = "n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_%'"
_COLUMNS = f"""
SELECT c.oid, n.nspname, c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
  coalesce(pg_get_expr(d.adbin, d.adrelid), ''), a.attgenerated <> '' OR a.attidentity <> '', a.attnum,
  a.atttypid, t.typtype
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
LEFT JOIN pg_type t ON t.oid = a.atttypid
WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND {_OWN}
  AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.objid = c.oid AND e.deptype = 'e')
ORDER BY c.oid, a.attnum"""
_PARTITIONS = f"""
SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relispartition AND c.relkind IN ('r', 'p') AND {_OWN}"""
_CONSTRAINTS = """
SELECT conrelid, contype, confrelid, confdeltype, pg_get_constraintdef(oid),
  ARRAY(SELECT attname::text FROM unnest(conkey) WITH ORDINALITY k(n, o)
    JOIN pg_attribute ON attrelid = conrelid AND attnum = n ORDER BY o),
  ARRAY(SELECT attname::text FROM unnest(confkey) WITH ORDINALITY k(n, o)
    JOIN pg_attribute ON attrelid = confrelid AND attnum = n ORDER BY o)
FROM pg_constraint WHERE conrelid <> 0"""
_UNIQUES = """
SELECT indrelid,
  coalesce(pg_get_expr(indpred, indrelid), '') || CASE WHEN indnullsnotdistinct THEN ' NULLS NOT DISTINCT' ELSE '' END,
  ARRAY(SELECT coalesce(a.attname::text, pg_get_indexdef(indexrelid, o::int, false)) FROM unnest(indkey[0:indnkeyatts - 1]) WITH ORDINALITY k(n, o)
    LEFT JOIN pg_attribute a ON a.attrelid = indrelid AND a.attnum = n ORDER BY o)
FROM pg_index WHERE indisunique AND NOT indisprimary AND indisvalid"""
_LABELS = f"""
SELECT t.oid, n.nspname, t.typname, e.oid, e.enumlabel FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid
JOIN pg_namespace n ON n.oid = t.typnamespace WHERE {_OWN} ORDER BY t.oid, e.enumsortorder"""
_ACTIONS = {"a": "NO ACTION", "r": "RESTRICT", "c": "CASCADE", "n": "SET NULL", "d": "SET DEFAULT"}
_ALONE = re.compile("transaction block|unsafe use of new value|cannot be executed from", re.IGNORECASE)


class PostgresEngine:
    """Two databases with one schema: one with the rows that migrations write, one with invented rows too."""

    def __init__(self, socket: str) -> None:
        self._socket = socket
        number = next(_NAMES)
        self._names = {"bare": f"bare{number}", "full": f"full{number}"}
        self._bases: dict[str, psycopg.Connection[Any]] = {}
        with self._opened("postgres") as base:
            for name in self._names.values():
                base.execute(f"CREATE DATABASE {name}")
        for which in self._names:
            self._bases[which] = self._opened(self._names[which])

    def close(self) -> None:
        """Drop the databases."""
        for base in self._bases.values():
            base.close()
        with self._opened("postgres") as base:
            for name in self._names.values():
                base.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def _opened(self, name: str) -> psycopg.Connection[Any]:
        return psycopg.connect(
            host=self._socket, user="postgres", dbname=name, autocommit=True, prepare_threshold=None
        )

    def apply(self, text: str) -> tuple[str, str]:
        """Run a script; return (``rows``, ``bare`` or ``failed``, what the engine said)."""
        said = self._run("bare", text)
        if said:
            self._clone()
            return "failed", said
        said = self._run("full", text)
        if said:
            self._clone()
            return "bare", said
        return "rows", ""

    def _clone(self) -> None:
        """Make the one with rows anew from the other."""
        for base in self._bases.values():
            base.close()
        with self._opened("postgres") as base:
            base.execute(f"DROP DATABASE {self._names['full']} WITH (FORCE)")
            base.execute(f"CREATE DATABASE {self._names['full']} TEMPLATE {self._names['bare']}")
        for which in self._names:
            self._bases[which] = self._opened(self._names[which])

    def _run(self, which: str, text: str) -> str:
        """Run a script on one of the two; return what the engine said, '' for nothing."""
        base = self._bases[which]
        try:
            base.execute("SET session_replication_role = origin")
            base.execute(text.encode())
        except psycopg.Error as error:
            said = str(error)
        else:
            said = ""
        if base.info.transaction_status != psycopg.pq.TransactionStatus.IDLE and not base.closed:
            base.execute("ROLLBACK" if said else "COMMIT")
        if said and (which == "bare" or _ALONE.search(said)):
            said = self._by_psql(which, text)
        if not base.closed:
            base.execute("DISCARD ALL")
        return said

    def _by_psql(self, which: str, text: str) -> str:
        """Run statement by statement; go on after errors, so that the next migration has what can be had."""
        command = [f"{binaries()}/psql", "-XqAt", "-h", self._socket, "-U", "postgres", "-f", "-"]
        done = subprocess.run(
            [*command, self._names[which]],
            input=text.encode(),
            capture_output=True,
            check=False,
            env={**os.environ, "PGOPTIONS": "-c client_min_messages=error"},
        )
        return done.stderr.decode().strip()

    def catalog(self) -> Catalog:
        """Read the catalog."""
        base = self._bases["bare"]
        enums: dict[str, list[tuple[int, str]]] = {}
        labels: dict[int, list[str]] = {}
        for type_id, space, name, identity, label in base.execute(_LABELS):
            enums.setdefault(_name(space, name), []).append((identity, label))
            labels.setdefault(type_id, []).append(label)
        columns: dict[int, dict[str, Column]] = {}
        names: dict[int, str] = {}
        for oid, space, table, *column in base.execute(_COLUMNS):
            names[oid] = _name(space, table)
            made = columns.setdefault(oid, {})
            if column[0] is not None:
                made[column[0]] = Column(*column[:6], tuple(labels.get(column[6], ())), column[6])
        constraints = base.execute(_CONSTRAINTS).fetchall()
        uniques = base.execute(_UNIQUES).fetchall()
        tables = {}
        for oid, name in names.items():
            own = [each for each in constraints if each[0] == oid]
            tables[name] = Table(
                name,
                columns[oid],
                next((tuple(each[5]) for each in own if each[1] == "p"), ()),
                frozenset(Unique(tuple(each[2]), each[1]) for each in uniques if each[0] == oid),
                tuple(
                    Key(tuple(each[5]), names.get(each[2], ""), tuple(each[6]), _ACTIONS[each[3]])
                    for each in own
                    if each[1] == "f"
                ),
                tuple(each[4] for each in own if each[1] == "c"),
                oid,
            )
        parts = frozenset(_name(*each) for each in base.execute(_PARTITIONS))
        return Catalog(tables, {name: tuple(each) for name, each in enums.items()}, partitions=parts)

    def contents(self, catalog: Catalog, only: set[str] | None = None) -> Contents:
        """Read what is in the tables, or in some of them."""
        names = catalog.tables if only is None else only
        return {name: self._content(catalog.tables[name]) for name in names}

    def _content(self, table: Table) -> Content:
        names = sql.SQL(", ").join(sql.SQL("{}::text").format(sql.Identifier(each)) for each in table.columns)
        query = sql.SQL("SELECT {} FROM {} LIMIT {}").format(names, _identifier(table.name), LIMIT)
        try:
            return content_of(table, self._bases["full"].execute(query).fetchall() if table.columns else [])
        except psycopg.Error:
            return content_of(table, [])

    def insert(self, table: Table, row: Row) -> bool:
        """Insert a row; no trigger runs."""
        query = sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
            _identifier(table.name),
            sql.SQL(", ").join(map(sql.Identifier, row)),
            sql.SQL(", ").join(sql.Placeholder() * len(row)),
        )
        if not row:
            query = sql.SQL("INSERT INTO {} DEFAULT VALUES").format(_identifier(table.name))
        try:
            self._bases["full"].execute("SET session_replication_role = replica")
            self._bases["full"].execute(query, [*row.values()])
        except (psycopg.Error, ValueError):
            return False
        return True

    def update(self, table: Table, column: str, values: Sequence[str | None]) -> None:
        """Change the first rows, where it can be done."""
        name = _identifier(table.name)
        base = self._bases["full"]
        base.execute("SET session_replication_role = replica")
        places = [
            row[0] for row in base.execute(sql.SQL("SELECT ctid::text FROM {} ORDER BY ctid").format(name))
        ]
        for place, value in zip(places, values, strict=False):
            if value is not None:
                try:
                    query = sql.SQL("UPDATE {} SET {} = %s WHERE ctid = %s::tid")
                    base.execute(query.format(name, sql.Identifier(column)), (value, place))
                except psycopg.Error:
                    return

    def sample(self, table: str, columns: Sequence[str]) -> list[tuple[str | None, ...]]:
        """Return the first rows of some columns."""
        names = sql.SQL(", ").join(sql.SQL("{}::text").format(sql.Identifier(each)) for each in columns)
        query = sql.SQL("SELECT {} FROM {} LIMIT 10").format(names, _identifier(table))
        return self._bases["full"].execute(query).fetchall()


def _name(space: str, name: str) -> str:
    return name if space == "public" else f"{space}.{name}"


def _identifier(name: str) -> sql.Identifier:
    return sql.Identifier(*name.split(".", 1)) if "." in name else sql.Identifier("public", name)
