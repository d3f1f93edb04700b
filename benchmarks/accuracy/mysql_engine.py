"""MySQL's language, on MariaDB: a script is sent whole; what needs a client's DELIMITER goes through one."""

import re
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from itertools import count
from typing import Any

import pymysql
from pymysql.constants import CLIENT
from pymysql.converters import encoders
from rows import Row
from schema import Catalog, Column, Content, Contents, Key, Table, Unique, content_of

LIMIT = 20_000
_NAMES = count(1)
_TABLES = "SELECT table_name, table_comment FROM information_schema.tables WHERE table_schema = database() AND table_type = 'BASE TABLE'"
_COLUMNS = """
SELECT table_name, column_name, column_type, is_nullable = 'NO', column_default,
  extra LIKE '%auto_increment%' OR is_generated = 'ALWAYS'
FROM information_schema.columns WHERE table_schema = database() ORDER BY table_name, ordinal_position"""
_INDEXES = """
SELECT table_name, index_name, GROUP_CONCAT(column_name ORDER BY seq_in_index SEPARATOR '\\n')
FROM information_schema.statistics WHERE table_schema = database() AND non_unique = 0
GROUP BY table_name, index_name"""
_KEYS = """
SELECT k.table_name, GROUP_CONCAT(k.column_name ORDER BY k.ordinal_position SEPARATOR '\\n'), k.referenced_table_name,
  GROUP_CONCAT(k.referenced_column_name ORDER BY k.ordinal_position SEPARATOR '\\n'), r.delete_rule
FROM information_schema.key_column_usage k JOIN information_schema.referential_constraints r
  ON r.constraint_schema = k.constraint_schema AND r.constraint_name = k.constraint_name
  AND r.table_name = k.table_name
WHERE k.table_schema = database() AND k.referenced_table_name IS NOT NULL
GROUP BY k.table_name, k.constraint_name, k.referenced_table_name, r.delete_rule"""
_CHECKS = "SELECT table_name, check_clause FROM information_schema.check_constraints WHERE constraint_schema = database()"
_DELIMITER = re.compile(r"^\s*DELIMITER\b", re.IGNORECASE | re.MULTILINE)
_ONLY_MYSQL = re.compile(r"\butf8mb4_0900_(?:(ai_ci)|\w+)", re.IGNORECASE)
_BREAKPOINT = re.compile(r"--> statement-breakpoint")
_ARROW = re.compile(r"((?:[\w`]+\.)?[\w`]+)\s*->(>?)\s*('[^']*'|\"[^\"]*\")")
_AS_JSON = re.compile(r"\bCAST\s*\(((?:[^()]|\([^()]*\))*?)\s+AS\s+JSON\s*\)", re.IGNORECASE)
_COMPUTED = re.compile(r"\b(STORED|VIRTUAL)\s+NOT\s+NULL", re.IGNORECASE)
_INLINE_KEY = re.compile(
    r"(FOREIGN\s+KEY\s*`?\w*`?\s*\([^)]*\)\s*)?\bREFERENCES\s+[\w`]+\s*\([^)]*\)"
    r"(?:\s*ON\s+(?:DELETE|UPDATE)\s+(?:CASCADE|RESTRICT|SET\s+NULL|NO\s+ACTION))*",
    re.IGNORECASE,
)
"""In the definition of a column it makes a key in MariaDB, and none in MySQL 8."""

_WIDTH = re.compile(r"^((?:small|medium|big)?int|tinyint(?!\(1\))|year)\(\d+\)")
_FUNCTIONS = (
    (
        "CREATE FUNCTION BIN_TO_UUID(b BINARY(16)) RETURNS CHAR(36) DETERMINISTIC RETURN LOWER(CONCAT_WS('-', "
        "SUBSTR(HEX(b), 1, 8), SUBSTR(HEX(b), 9, 4), SUBSTR(HEX(b), 13, 4), SUBSTR(HEX(b), 17, 4), SUBSTR(HEX(b), 21)))"
    ),
    "CREATE FUNCTION UUID_TO_BIN(u CHAR(36)) RETURNS BINARY(16) DETERMINISTIC RETURN UNHEX(REPLACE(u, '-', ''))",
)
"""What MySQL 8 has, and MariaDB lacks."""

_MARK = re.compile(r"#\d+")
_LABEL = re.compile(r"'((?:[^']|'')*)'")


class MysqlEngine:
    """Two databases with one schema: one with the rows that migrations write, one with invented rows too."""

    def __init__(self, socket: str) -> None:
        self._socket = socket
        number = next(_NAMES)
        self._held: dict[str, str] = {}
        self._names = {"bare": f"bare{number}", "full": f"full{number}"}
        for each in self._names:
            self._create(each)
        self._bases = {each: self._opened(name) for each, name in self._names.items()}

    def close(self) -> None:
        """Drop the databases."""
        for which, name in self._names.items():
            self._query(which, f"DROP DATABASE IF EXISTS {name}")
            self._bases[which].close()

    def _create(self, which: str) -> None:
        base = self._opened(None)
        base.cursor().execute(f"DROP DATABASE IF EXISTS {self._names[which]}")
        base.cursor().execute(f"CREATE DATABASE {self._names[which]} CHARACTER SET utf8mb4")
        base.select_db(self._names[which])
        for each in _FUNCTIONS:
            base.cursor().execute(each)
        base.close()

    def _opened(self, name: str | None) -> "pymysql.Connection[Any]":
        return pymysql.connect(
            unix_socket=self._socket,
            user="root",
            database=name,
            autocommit=True,
            charset="utf8mb4",
            client_flag=CLIENT.MULTI_STATEMENTS,
            conv=encoders,
        )

    def apply(self, text: str) -> tuple[str, str]:
        """Run a script; return (``rows``, ``bare`` or ``failed``, what the engine said)."""
        text = _for_mariadb(text)
        said = self._run("bare", text)
        if said:
            self._by_client("bare", text, "--force")
            self._clone()
            return "failed", said
        said = self._run("full", text)
        if said:
            self._clone()
            return "bare", said
        return "rows", ""

    def _clone(self) -> None:
        """Make the one with rows anew from the other: what was done before an error stays done here."""
        self._create("full")
        options = [
            "--no-defaults",
            "-S",
            self._socket,
            "-uroot",
            "--routines",
            "--triggers",
            "--skip-lock-tables",
        ]
        dump = subprocess.run(
            ["mariadb-dump", *options, self._names["bare"]], capture_output=True, check=False
        ).stdout
        self._by_client("full", dump.decode(errors="replace"), "--force")
        self._reopen("full")

    def _reopen(self, which: str) -> None:
        """Forget what a script set for its session."""
        self._bases[which].close()
        self._bases[which] = self._opened(self._names[which])

    def _run(self, which: str, text: str) -> str:
        """Run a script on one of the two; return what the engine said, '' for nothing."""
        said = self._by_client(which, text) if _DELIMITER.search(text) else self._whole(which, text)
        self._reopen(which)
        return said

    def _whole(self, which: str, text: str) -> str:
        try:
            with self._bases[which].cursor() as cursor:
                cursor.execute(text)
                while cursor.nextset():
                    pass
        except pymysql.Error as error:
            said = str(error)
            return "" if "Query was empty" in said else said
        return ""

    def _by_client(self, which: str, text: str, *more: str) -> str:
        command = ["mariadb", "--no-defaults", "-S", self._socket, "-uroot", *more, self._names[which]]
        done = subprocess.run(command, input=text.encode(), capture_output=True, check=False)
        return done.stderr.decode(errors="replace").strip() if done.returncode else ""

    def _query(self, which: str, text: str) -> list[tuple[Any, ...]]:
        with self._bases[which].cursor() as cursor:
            cursor.execute(text)
            return list(cursor.fetchall())

    def catalog(self) -> Catalog:
        """Read the catalog."""
        checks = self._query("bare", _CHECKS)
        uniques = self._query("bare", _INDEXES)
        keys = self._query("bare", _KEYS)
        marks = self._marks()
        columns: dict[str, dict[str, Column]] = {name: {} for name in marks}
        for table, name, kind, required, default, computed in self._query("bare", _COLUMNS):
            if table in columns:
                jsons = any(own == table and clause == f"json_valid(`{name}`)" for own, clause in checks)
                columns[table][name] = _column(name, "json" if jsons else kind, required, default, computed)
        tables = {
            name: Table(
                name,
                columns[name],
                next((tuple(row[2].split("\n")) for row in uniques if row[:2] == (name, "PRIMARY")), ()),
                frozenset(
                    Unique(tuple(row[2].split("\n")))
                    for row in uniques
                    if row[0] == name and row[1] != "PRIMARY"
                ),
                tuple(
                    Key(tuple(row[1].split("\n")), row[2], tuple(row[3].split("\n")), row[4])
                    for row in keys
                    if row[0] == name
                ),
                tuple(row[1] for row in checks if row[0] == name and not row[1].startswith("json_valid")),
                marks[name],
            )
            for name in columns
        }
        return Catalog(tables, fills=True)

    def _marks(self) -> dict[str, int]:
        """Return a number for each table, which it keeps when it is renamed: its comment is what it has."""
        found = dict(self._query("bare", _TABLES))
        marks: dict[str, int] = {}
        for name in sorted(found, key=lambda each: self._held.get(each) != found[each]):
            mark = found[name]
            if not _MARK.fullmatch(mark) or int(mark[1:]) in marks.values():
                mark = f"#{next(_NAMES)}"
                for which in self._names:
                    self._try(which, f"ALTER TABLE {_quoted(name)} COMMENT = '{mark}'")
            marks[name] = int(mark[1:])
        self._held = {name: f"#{mark}" for name, mark in marks.items()}
        return marks

    def _try(self, which: str, text: str) -> None:
        with suppress(pymysql.Error):
            self._query(which, text)

    def contents(self, catalog: Catalog, only: set[str] | None = None) -> Contents:
        """Read what is in the tables, or in some of them."""
        names = catalog.tables if only is None else only
        return {name: self._content(catalog.tables[name]) for name in names}

    def _content(self, table: Table) -> Content:
        try:
            return content_of(table, self.sample(table.name, list(table.columns), LIMIT))
        except pymysql.Error:
            return content_of(table, [])

    def insert(self, table: Table, row: Row) -> bool:
        """Insert a row; parents are not asked for."""
        names, marks = ", ".join(map(_quoted, row)), ", ".join(["%s"] * len(row))
        values = [_sent(table.columns[name], value) for name, value in row.items()]
        return self._change(f"INSERT INTO {_quoted(table.name)} ({names}) VALUES ({marks})", values)

    def _change(self, text: str, values: list[object]) -> bool:
        try:
            with self._bases["full"].cursor() as cursor:
                cursor.execute("SET foreign_key_checks = 0")
                cursor.execute(text, values)
        except (pymysql.Error, ValueError, TypeError):
            return False
        finally:
            self._query("full", "SET foreign_key_checks = 1")
        return True

    def update(self, table: Table, column: str, values: Sequence[str | None]) -> None:
        """Change the first rows of a table that has a primary key."""
        keys = [each for each in table.primary_key if each != column]
        if not keys or len(keys) < len(table.primary_key):
            return
        places = self.sample(table.name, keys, len(values))
        where = " AND ".join(f"{_quoted(each)} <=> %s" for each in keys)
        for place, value in zip(places, values, strict=False):
            if value is not None:
                found = [_sent(table.columns[each], one) for each, one in zip(keys, place, strict=True)]
                text = f"UPDATE {_quoted(table.name)} SET {_quoted(column)} = %s WHERE {where}"
                if not self._change(text, [_sent(table.columns[column], value), *found]):
                    return

    def sample(self, table: str, columns: Sequence[str], limit: int = 10) -> list[tuple[str | None, ...]]:
        """Return the first rows of some columns."""
        names = ", ".join(map(_quoted, columns)) or "1"
        rows = self._query("full", f"SELECT {names} FROM {_quoted(table)} LIMIT {limit}")
        return [tuple(_text(each) for each in row) for row in rows]


def _for_mariadb(text: str) -> str:
    """Return a script as MySQL 8 means it, in MariaDB's words; what Drizzle's runner cuts at is gone."""
    text = _BREAKPOINT.sub("", text)
    text = _ONLY_MYSQL.sub(lambda found: "utf8mb4_uca1400_ai_ci" if found[1] else "utf8mb4_bin", text)
    text = _ARROW.sub(lambda it: f"{'JSON_UNQUOTE' if it[2] else ''}(JSON_EXTRACT({it[1]}, {it[3]}))", text)
    text = _AS_JSON.sub(r"\1", text)
    text = _COMPUTED.sub(r"\1", text)
    return _INLINE_KEY.sub(lambda found: found[0] if found[1] else "", text)


def _column(name: str, kind: str, required: str, default: str | None, computed: str) -> Column:
    kind = _WIDTH.sub(r"\1", kind)
    labels = tuple(_LABEL.findall(kind)) if kind.startswith(("enum", "set")) else ()
    shown = "" if default in (None, "NULL") else str(default)
    return Column(name, kind, required == "1", shown, computed == "1", labels=labels)


def _sent(column: Column, value: str | None) -> object:
    """Return a value as it is sent: bits as a number, and bytes, which are text here, as bytes."""
    if value is not None and column.type.startswith("bit"):
        return int(value[2:], 16) if value.startswith("\\x") else int(value)
    if value is not None and value.startswith("\\x") and re.search("binary|blob", column.type):
        return bytes.fromhex(value[2:])
    return value


def _text(value: object) -> str | None:
    return f"\\x{value.hex()}" if isinstance(value, bytes) else None if value is None else str(value)


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"
