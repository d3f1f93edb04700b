"""What is in the tables of a PostgreSQL database: counted and hashed by the server, or read row by row."""

from collections.abc import Iterator, Sequence

from handrail.adapters.postgresql.session import Session, quoted
from handrail.core.database import ColumnContent, Shape, TableContent

_AT_ONCE = 400
"""Columns in one query. The server takes 1664 expressions at most, and a column needs two."""

STEADY = (
    "SET TimeZone TO 'UTC'",
    "SET DateStyle TO 'ISO, YMD'",
    "SET IntervalStyle TO 'postgres'",
    "SET bytea_output TO 'hex'",
    "SET extra_float_digits TO 3",
    "SET xmloption TO 'content'",
    "SET lc_monetary TO 'C'",
    "SET row_security TO off",
)
"""Settings under which the same value has the same text, and no row is hidden without an error."""


def read_content(session: Session, place: tuple[str, str, bool], shape: Shape) -> TableContent:
    """Return how many rows a table has, and for each column how many values and the hash of them."""
    rows, columns = 0, {}
    names = list(shape.columns)
    key = _key(shape)
    for at in range(0, max(len(names), 1), _AT_ONCE):
        some = names[at : at + _AT_ONCE]
        wanted = "".join(f", count({quoted(name)}), {_sum(name, key)}" for name in some)
        found = session.rows(f"SELECT count(*){wanted} FROM {_from(place)}")[0]  # quoted names
        rows = found[0]
        for number, name in enumerate(some):
            columns[name] = ColumnContent(found[1 + 2 * number], found[2 + 2 * number] or "")
    return TableContent(rows, columns)


def read_rows(
    session: Session, place: tuple[str, str, bool], shape: Shape, columns: Sequence[str]
) -> Iterator[tuple[str | None, ...]]:
    """Yield key and columns of each row as text, in the order of the key's text, else of the columns'."""
    wanted = [f"{_text(name)}" for name in [*shape.key, *columns]]
    ordered = range(1, 1 + len(shape.key or columns))
    order = ", ".join(f'{wanted[number - 1]} COLLATE "C" NULLS FIRST' for number in ordered)
    by = f" ORDER BY {order}" if order else ""
    return session.stream(f"SELECT {', '.join(wanted)} FROM {_from(place)}{by}")  # quoted names


def _from(place: tuple[str, str, bool]) -> str:
    space, name, parted = place
    return quoted(space, name) if parted else f"ONLY {quoted(space, name)}"


def _text(name: str) -> str:
    return f"{quoted(name)}::text"


def _key(shape: Shape) -> str:
    """Return the text of a row's key. Lengths go before its parts: ('a', 'bc') is not ('ab', 'c')."""
    if len(shape.key) == 1:
        return f"{_text(shape.key[0])} || '='"
    parts = (f"length({_text(name)}) || ':' || {_text(name)}" for name in shape.key)
    return " || ".join([*parts, "'='"])


def _sum(name: str, key: str) -> str:
    return f'sum(hashtextextended(({key} || {_text(name)}) COLLATE "C", 0)::numeric)::text'
