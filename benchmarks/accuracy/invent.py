"""Values for rows that nobody wrote: distinct, of the right type, telling of their column."""

import re
from zlib import crc32

from schema import Column, Table

_LENGTH = re.compile(r"\((\d+)")
_LITERAL = re.compile(r"'((?:[^']|'')*)'")
STRATEGIES = 6


def value(  # noqa: C901  # one line a kind of value
    table: Table, column: Column, number: int, strategy: int
) -> str | None:
    """Return a value for row ``number``, as text that every engine converts. Later strategies are plainer."""
    if strategy >= 2:
        said = _said(table, column)
        if said:
            return said[(number + strategy) % len(said)]
    if column.labels:
        return column.labels[number % len(column.labels)]
    mark = crc32(f"{table.name}.{column.name}".encode())
    kind = column.type.lower()
    if kind.endswith("[]"):
        return "{}"
    if strategy == 4 and re.search("int|numeric|decimal|real|double|float", kind):
        return str(number % 2)
    if strategy == 5 and "int" not in kind and re.search("text|char|citext", kind):
        return f"https://example.org/{column.name.lower()}/{number}"
    for pattern, make in _MAKERS:
        if re.search(pattern, kind):
            return make(mark, number)
    return _text(table, column, number)


def _said(table: Table, column: Column) -> list[str]:
    """Return the literals of the checks that name a column."""
    checks = [each for each in table.checks if re.search(rf"\b{re.escape(column.name)}\b", each)]
    return [text for check in checks for text in _LITERAL.findall(check) if text]


def _text(table: Table, column: Column, number: int) -> str:
    mark = crc32(f"{table.name}.{column.name}".encode()) % 997
    text = f"{column.name.lower()}-{mark}-{number}"
    length = _LENGTH.search(column.type)
    return text[-int(length[1]) :] if length else text


def _moment(mark: int, number: int) -> str:
    return f"20{mark % 20:02}-{mark // 20 % 12 + 1:02}-{mark // 240 % 28 + 1:02} 0{number % 10}:00:00"


_MAKERS = (
    (r"^(bool|boolean)$", lambda mark, number: "01"[(mark + number) % 2]),
    (r"^(var)?bit", lambda _, number: "01"[number % 2]),
    (r"smallint|tinyint", lambda mark, number: str(mark % 90 + number)),
    (r"int|serial|oid", lambda mark, number: str(1_000 + mark % 20_000 + number)),
    (r"numeric|decimal|money", lambda _, number: str(number + 1)),
    (r"real|double|float", lambda mark, number: f"{mark % 900 + number}.5"),
    (r"^interval", lambda _, number: f"{number + 1} days"),
    (r"^date$", lambda mark, number: _moment(mark + number, 0)[:10]),
    (r"timestamp|datetime", _moment),
    (r"^time", lambda _, number: f"0{number % 10}:00:00"),
    (r"uuid", lambda mark, number: f"{mark:08x}-0000-4000-8000-{number:012x}"),
    (r"json", lambda mark, number: f'{{"made": {mark % 997 + number}}}'),
    (r"bytea|blob", lambda mark, number: f"\\x{mark:08x}{number:02x}"),
    (r"inet|cidr", lambda mark, number: f"10.{mark % 250}.0.{number + 1}"),
    (r"tsvector|ltree", lambda mark, number: f"w{mark % 997}{number}"),
    (r"^point", lambda _, number: f"({number},1)"),
    (r"^vector", lambda _, __: None),
)
