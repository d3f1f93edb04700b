"""What is in the tables of a MySQL database: counted and hashed by the server, or read row by row."""

import re
from collections.abc import Iterator, Sequence

from handrail.adapters.mysql.session import Session, quoted
from handrail.core.database import ColumnContent, Shape, TableContent

_AT_ONCE = 400
_BYTES = re.compile(
    r"(?:tiny|medium|long)?blob|(?:var)?binary|bit|geometry|point|linestring|polygon|multi|vector"
)
_DIGITS = 15
"""Hexadecimal digits of a hash that are added up: as many as fit a number of 64 bits, and some room."""

STEADY = ("SET time_zone = '+00:00'", "SET group_concat_max_len = 1000000", "SET lc_time_names = 'en_US'")


def read_content(session: Session, shape: Shape) -> TableContent:
    """Return how many rows a table has, and for each column how many values and the hash of them."""
    rows, columns = 0, {}
    names = list(shape.columns)
    key = "".join(f"CHAR_LENGTH({_text(shape, name)}), ':', {_text(shape, name)}, " for name in shape.key)
    for at in range(0, max(len(names), 1), _AT_ONCE):
        some = names[at : at + _AT_ONCE]
        wanted = "".join(f", COUNT({quoted(name)}), {_sum(shape, name, key)}" for name in some)
        found = session.rows(f"SELECT COUNT(*){wanted} FROM {quoted(shape.name)}")[0]
        rows = int(found[0])
        for number, name in enumerate(some):
            columns[name] = ColumnContent(int(found[1 + 2 * number]), str(found[2 + 2 * number] or ""))
    return TableContent(rows, columns)


def read_rows(session: Session, shape: Shape, columns: Sequence[str]) -> Iterator[tuple[str | None, ...]]:
    """Yield key and columns of each row as text, in the order of the key's text, else of the columns'."""
    wanted = [_text(shape, name) for name in [*shape.key, *columns]]
    order = ", ".join(f"CAST({each} AS BINARY)" for each in wanted[: len(shape.key) or len(wanted)])
    by = f" ORDER BY {order}" if order else ""
    return session.stream(f"SELECT {', '.join(wanted)} FROM {quoted(shape.name)}{by}")


def _text(shape: Shape, name: str) -> str:
    """Return an expression for the exact text of a value: digits of what is no text."""
    kind = shape.columns.get(name, "").lower()
    if _BYTES.match(kind):
        return f"HEX({quoted(name)})"
    if kind.startswith("float"):
        return f"CAST(CAST({quoted(name)} AS DOUBLE) AS CHAR)"  # a float shows six digits of its own
    return f"CAST({quoted(name)} AS CHAR CHARACTER SET utf8mb4)"


def _sum(shape: Shape, name: str, key: str) -> str:
    digest = f"LEFT(SHA2(CONCAT({key}'=', {_text(shape, name)}), 256), {_DIGITS})"
    return f"SUM(CAST(CONV({digest}, 16, 10) AS DECIMAL(20)))"
