"""Rows -> INSERT statements of many rows each, and what moves the counters on."""

import re
from collections.abc import Iterator

from handrail.migrations.quotes import Dialect
from handrail.migrations.tables import Column, Table
from handrail.rehearsal.seed_plan import Plan
from handrail.rehearsal.seed_rows import Row
from handrail.rehearsal.seed_values import literal, quoted, quoted_table

_MOST_ROWS = 500
_MOST_LETTERS = 400_000
_RUNS = 8
_SEQUENCE = re.compile(r"nextval\('((?:[^']|'')+)'")
_NUMBERS = frozenset({"integer", "bigint", "smallint"})


class Inserts:
    """Gathers rows. In one run of eight the columns that have a default are left out."""

    def __init__(self, plan: Plan, dialect: Dialect, rows: int) -> None:
        self._plan = plan
        self._dialect = dialect
        self._run = max(1, min(_MOST_ROWS, rows // _RUNS))
        self._columns: tuple[str, ...] = ()
        self._texts: list[str] = []
        self._letters = 0
        self.count = 0

    def add(self, row: Row) -> Iterator[str]:
        """Take one more row; yield the statement that had to be closed before it."""
        bare = self.count // self._run % _RUNS == _RUNS // 2
        columns = tuple(name for name in row if not (bare and name in self._plan.spare))
        if columns != self._columns or len(self._texts) == _MOST_ROWS or self._letters > _MOST_LETTERS:
            yield from self.rest()
        self._columns = columns
        text = "(" + ", ".join([literal(row[name], self._dialect) for name in columns]) + ")"
        self._texts.append(text)
        self._letters += len(text)
        self.count += 1

    def rest(self) -> Iterator[str]:
        """Yield the statement with the rows that are left."""
        if self._texts:
            yield self._statement()
        self._texts = []
        self._letters = 0

    def _statement(self) -> str:
        table = quoted_table(self._plan.table.name, self._dialect)
        if not self._columns:
            return " ".join(("INSERT INTO", table, "DEFAULT VALUES"))
        names = ", ".join(quoted(each, self._dialect) for each in self._columns)
        always = any(self._is_always(name) for name in self._columns)
        given = "OVERRIDING SYSTEM VALUE VALUES" if always else "VALUES"
        return " ".join(("INSERT INTO", table, f"({names})", given, ",\n".join(self._texts)))

    def _is_always(self, name: str) -> bool:
        column = self._plan.table.column(name)
        return column is not None and column.identity == "always"


def counter_of(table: Table, dialect: Dialect) -> Iterator[str]:
    """Yield what sets the sequences of a table behind its highest numbers; other engines do so themselves."""
    for column in table.columns if dialect == "postgresql" else ():
        if column.type in _NUMBERS:
            sequence = _sequence_of(table, column)
            if sequence:
                name, source = quoted(column.name, dialect), quoted_table(table.name, dialect)
                highest = " ".join((f"(SELECT max({name}) FROM", f"{source})"))
                yield f"SELECT setval({sequence}, greatest(1, coalesce({highest}, 1)))"


def _sequence_of(table: Table, column: Column) -> str:
    """Return the sequence of a column as an expression, '' where it has none."""
    if column.identity:
        table_name = literal(quoted_table(table.name, "postgresql"), "postgresql")
        return f"pg_get_serial_sequence({table_name}, {literal(column.name, 'postgresql')})"
    found = _SEQUENCE.match(column.default)
    return f"'{found[1]}'::regclass" if found else ""
