"""One form for what MariaDB shows of a schema and what Handrail's picture says of it."""

import re
from collections.abc import Mapping
from typing import Any

from handrail.migrations.mysql.columns import read_column
from handrail.migrations.mysql.reader import Reader
from handrail.migrations.tables import Catalog, Table
from tests.integration.mariadb import COLUMNS, INDEXES, KEYS, TABLES, Server

Shown = dict[str, dict[str, Any]]


def of_server(server: Server, database: str) -> Shown:
    """Return the tables of a database: columns, primary key, indexes and foreign keys."""
    tables = [name for name, kind, *_ in server.run(database, TABLES) if kind == "BASE TABLE"]
    shown: Shown = {name: {"columns": [], "primary": (), "indexes": set(), "keys": set()} for name in tables}
    for table, name, kind, nullable, default, extra, expression in server.run(database, COLUMNS):
        if table in shown:
            column = _column(name, kind, default, extra, nullable == "NO", expression not in ("", "NULL"))
            shown[table]["columns"].append(column)
    for table, name, columns, target, references, on_delete, on_update in server.run(database, KEYS):
        key = (name, tuple(columns.split(",")), target, tuple(references.split(",")), on_delete, on_update)
        shown[table]["keys"].add(tuple("NO ACTION" if each == "RESTRICT" else each for each in key))
    for table, name, non_unique, columns in server.run(database, INDEXES):
        listed = tuple(columns.split(","))
        if name == "PRIMARY":
            shown[table]["primary"] = listed
        elif not _is_for_a_key(shown[table], name, listed, non_unique):
            shown[table]["indexes"].add((name, listed, non_unique == "0"))
    return shown


def _column(
    name: str, kind: str, default: str, extra: str, required: bool, generated: bool
) -> tuple[Any, ...]:
    now = re.search(r"on update (\S+)", extra)
    text = f"x {kind}" + ("" if default == "NULL" or generated else f" DEFAULT {default}")
    text += f" ON UPDATE {now[1]}" if now else ""
    column = read_column(Reader.of(text)).column
    how = "stored" if "STORED" in extra else "virtual" if generated else ""
    return name, column.type, required, column.default, how, "auto_increment" in extra


def _is_for_a_key(shown: Mapping[str, Any], name: str, columns: tuple[str, ...], non_unique: str) -> bool:
    """Tell whether MariaDB made an index for a foreign key."""
    named = any(name in (key[0], key[1][0]) and columns == key[1] for key in shown["keys"])
    return named and non_unique == "1"


def of_catalog(catalog: Catalog) -> Shown:
    """Return the same of a picture."""
    return {name: _table(table) for name, table in catalog.tables.items()}


def _table(table: Table) -> dict[str, Any]:
    shown = {
        "columns": [
            (
                each.name,
                "longtext" if each.type == "json" else each.type,
                each.required,
                "" if each.generated else each.default,
                each.generated,
                bool(each.identity),
            )
            for each in table.columns
        ],
        "primary": table.primary_key,
        "keys": {
            tuple(
                "NO ACTION" if part == "RESTRICT" else part
                for part in (
                    each.name,
                    each.columns,
                    each.table,
                    each.references,
                    each.on_delete,
                    each.on_update,
                )
            )
            for each in table.foreign_keys
        },
    }
    indexes = {(each.name, each.columns, each.unique) for each in table.indexes}
    shown["indexes"] = {
        each for each in indexes if not _is_for_a_key(shown, each[0], each[1], "0" if each[2] else "1")
    }
    return shown
