"""Rows -> INSERT statements of many rows each, and what moves the counters on."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from handrail.migrations.quotes import Dialect, quoted, quoted_table
from handrail.migrations.tables import Column, Table
from handrail.rehearsal.seed.values import literal

_SEQUENCE = re.compile(r"nextval\('((?:[^']|'')+)'")
_NUMBERS = frozenset({"integer", "bigint", "smallint"})


def row_of(row: dict[str, Any], columns: Sequence[str], dialect: Dialect) -> str:
    """Return a row in the form of VALUES."""
    return "(" + ", ".join([literal(row[name], dialect) for name in columns]) + ")"


def insert_of(table: Table, columns: Sequence[str], rows: Sequence[str], dialect: Dialect) -> str:
    """Return the statement that inserts rows, each in the form of VALUES."""
    name = quoted_table(table.name, dialect)
    if not columns:
        empty = "() VALUES ()" if dialect == "mysql" else "DEFAULT VALUES"
        return " ".join(("INSERT INTO", name, empty))
    names = ", ".join(quoted(each, dialect) for each in columns)
    always = any(each.identity == "always" for each in table.columns if each.name in columns)
    given = "OVERRIDING SYSTEM VALUE VALUES" if always else "VALUES"
    return " ".join(("INSERT INTO", name, f"({names})", given, ",\n".join(rows)))


def update_of(
    table: Table, row: dict[str, Any], columns: Sequence[str], found_by: Sequence[str], dialect: Dialect
) -> str:
    """Return the statement that sets columns of one row."""

    def equal(name: str) -> str:
        return f"{quoted(name, dialect)} = {literal(row[name], dialect)}"

    changes, condition = ", ".join(map(equal, columns)), " AND ".join(map(equal, found_by))
    return " ".join(("UPDATE", quoted_table(table.name, dialect), "SET", changes, "WHERE", condition))


def counters_of(table: Table, dialect: Dialect) -> Iterator[str]:
    """Yield what sets the sequences of a table behind its highest numbers; other engines do so themselves."""
    for column in table.columns if dialect == "postgresql" else ():
        sequence = _sequence_of(table, column) if column.type in _NUMBERS else ""
        if sequence:
            name, source = quoted(column.name, dialect), quoted_table(table.name, dialect)
            highest = " ".join((f"(SELECT max({name}) FROM", f"{source})"))
            yield f"SELECT setval({sequence}, greatest(1, coalesce({highest}, 1)))"


def _sequence_of(table: Table, column: Column) -> str:
    """Return the sequence of a column as an expression, '' where it has none."""
    if column.identity:
        name = literal(quoted_table(table.name, "postgresql"), "postgresql")
        return f"pg_get_serial_sequence({name}, {literal(column.name, 'postgresql')})"
    found = _SEQUENCE.match(column.default)
    return f"'{found[1]}'::regclass" if found else ""
