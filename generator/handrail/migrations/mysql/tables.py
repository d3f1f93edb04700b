"""MySQL's CREATE TABLE -> a table, and the options of tables."""

import re
from typing import NamedTuple

from handrail.migrations.mysql.columns import Definition
from handrail.migrations.mysql.keys import Resolve, add_part
from handrail.migrations.mysql.reader import Reader, Unreadable
from handrail.migrations.tables import Table

MOST_PARTS = 5000
"""MySQL takes 4096 columns and 64 keys; what is longer is no table."""

_NOT_OPTIONS = ("AS", "SELECT", "WITH", "VALUES", "TABLE", "IGNORE", "REPLACE", "(", "PARTITION")
_OPTION = re.compile(
    r"engine|type|collate|comment|auto_increment|row_format|key_block_size|compression|encryption|encrypted"
    r"|encryption_key_id|checksum|delay_key_write|avg_row_length|max_rows|min_rows|pack_keys|password|connection"
    r"|insert_method|union|tablespace|stats_(?:auto_recalc|persistent|sample_pages)|autoextend_size|sequence"
    r"|(?:secondary_)?engine(?:_attribute)?|page_checksum|page_compressed|page_compression_level|transactional"
    r"|ietf_quotes|storage"
)
_UNIMPORTANT = frozenset(
    {"auto_increment", "comment", "insert_method", "union", "data directory", "index directory"}
)


class Created(NamedTuple):
    """What a CREATE TABLE says.

    The table, the definitions of its columns, where in the text each part
    begins (place, name), the table it is LIKE, and the query that fills it.
    """

    table: Table
    columns: tuple[Definition, ...] = ()
    places: tuple[tuple[int, str], ...] = ()
    like: str = ""
    query: Reader | None = None


def read_table(name: str, reader: Reader, resolve: Resolve) -> Created:
    """Read what follows the name in a CREATE TABLE."""
    table, columns = Table(name), []
    places: list[tuple[int, str]] = []
    if reader.takes("LIKE"):
        return Created(table, like=reader.name())
    if reader.sees("(") and not (reader.sees("(", "SELECT") or reader.sees("(", "WITH")):
        inside = reader.group()
        if inside.takes("LIKE"):
            return Created(table, like=inside.name())
        parts = inside.parts()
        if len(parts) > MOST_PARTS:
            raise Unreadable("it has more columns than MySQL takes")
        for part in sorted(parts, key=_is_key):  # a key may stand before its columns
            start, old = part.left[0].start if part.left else 0, table
            table, column = add_part(table, part, resolve)
            part.ends()
            places += [(start, each) for each in _added(old, table)]
            columns += [column] if column else []
    table = table._replace(options=read_options(reader))
    if reader.takes("PARTITION", "BY"):
        table = table._replace(options=table.options | {"partitioned"})
        _skip_partitions(reader)
    query = _query(reader)
    if not (columns or query):
        raise Unreadable("the table has no columns")
    return Created(table, tuple(columns), tuple(sorted(places)), query=query)


def _added(old: Table, new: Table) -> list[str]:
    """Return the names of what stands at the ends of a new table and not in the old one."""
    found = [each.name for each in new.columns[len(old.columns) :]]
    found += [each.name for each in new.indexes[len(old.indexes) :]]
    found += [each.name for each in new.foreign_keys[len(old.foreign_keys) :]]
    return found + [each.name for each in new.checks[len(old.checks) :]]


def _is_key(part: Reader) -> bool:
    words = ("CONSTRAINT", "PRIMARY", "UNIQUE", "FOREIGN", "CHECK", "FULLTEXT", "SPATIAL", "KEY", "INDEX")
    return any(part.sees(word) for word in words)


def _skip_partitions(reader: Reader) -> None:
    while reader.next is not None and not any(
        reader.sees(each) for each in ("AS", "SELECT", "IGNORE", "REPLACE")
    ):
        if reader.sees("("):
            reader.group()
        else:
            reader.any()


def _query(reader: Reader) -> Reader | None:
    reader.takes_one("IGNORE", "REPLACE")
    reader.takes("AS")
    if reader.next is None:
        return None
    if not any(reader.sees(each) for each in ("SELECT", "WITH", "TABLE", "VALUES", "(")):
        raise Unreadable("a query is expected")
    return reader


def read_options(reader: Reader) -> frozenset[str]:
    """Read the options of a table, up to what is none: ``engine=innodb``, ``charset=utf8mb4 utf8mb4_bin``."""
    found: dict[str, str] = {}
    while reader.next is not None and not any(reader.sees(each) for each in _NOT_OPTIONS):
        name, value = read_option(reader)
        found[name] = value
        reader.takes(",")
    return as_options(found)


def read_option(reader: Reader) -> tuple[str, str]:
    """Return the name and the value of one option, in small letters."""
    reader.takes("DEFAULT")
    if reader.takes("CHARACTER", "SET") or reader.takes("CHARSET"):
        name = "charset"
    elif word := reader.takes_one("DATA", "INDEX"):
        reader.expect("DIRECTORY")
        name = f"{word.lower()} directory"
    else:
        name = reader.any().value.lower()
        if not _OPTION.fullmatch(name):
            raise Unreadable(f"{name[:40]} is no option of a table")
    reader.takes("=")
    if reader.sees("("):
        reader.group()
        return name, "()"
    return {"type": "engine"}.get(name, name), reader.any().value.lower()


def as_options(found: dict[str, str]) -> frozenset[str]:
    """Return options as the picture keeps them; character set and collation are one."""
    letters = " ".join(found[each] for each in ("charset", "collate") if found.get(each))
    kept = {f"{name}={value}" for name, value in found.items()
            if name not in _UNIMPORTANT and name not in ("charset", "collate")}  # fmt: skip
    return frozenset(kept | ({f"charset={letters}"} if letters else set()))
