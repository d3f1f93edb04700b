"""A catalog as the front ends read it -> what is compared of a schema."""

from collections.abc import Iterator

from handrail.core.database import Link, Schema, Shape
from handrail.migrations.tables import Catalog, Column, ForeignKey, Index, Table

Item = tuple[tuple[str, str], str]


def schema_of(catalog: Catalog) -> Schema:
    """Return what is compared of a catalog that a real database showed.

    Names of constraints count only where nothing else tells one from another:
    an engine gives them, and a down script need not find the same.
    """
    items = dict(_items(catalog))
    return Schema(items, {name: _shape(table, catalog) for name, table in catalog.tables.items()})


def _items(catalog: Catalog) -> Iterator[Item]:
    for name, table in catalog.tables.items():
        yield ("table", name), table.kind
        yield from _parts(table)
    for name, labels in catalog.enums.items():
        yield ("type", name), ", ".join(each.name for each in labels)
    for (kind, name), thing in catalog.things.items():
        yield (kind, name), f"{thing.table} {thing.text}".strip()


def _parts(table: Table) -> Iterator[Item]:
    for option in sorted(table.options):
        yield ("option", f"{table.name}.{option}"), "set"
    for column in table.columns:
        yield ("column", f"{table.name}.{column.name}"), _column(column)
    if table.primary_key:
        yield ("primary key", table.name), ", ".join(table.primary_key)
    for key in table.foreign_keys:
        yield ("foreign key", f"{table.name}({', '.join(key.columns)})"), _key(key)
    for index in table.indexes:
        kind = "unique" if index.constraint else "index"
        name = f"{table.name}({', '.join(index.columns)})" if index.constraint else index.name
        yield (kind, name), _index(table.name, index)
    for check in table.checks:
        yield (
            ("check", f"{table.name}: {check.text}"),
            check.kind if check.valid else f"{check.kind}, not valid",
        )


def _column(column: Column) -> str:
    words = [column.type, "NOT NULL" if column.required else "NULL"]
    if column.generated:
        words.append(f"GENERATED {column.generated.upper()} AS {column.default}")
    elif column.default:
        words.append(f"DEFAULT {column.default}")
    if column.collation:
        words.append(f"COLLATE {column.collation}")
    if column.identity and column.identity != "rowid":
        words.append(column.identity.upper())
    return " ".join(word for word in words if word)


def _key(key: ForeignKey) -> str:
    columns = f"({', '.join(key.references)})" if key.references else ""
    text = f"{key.table}{columns} ON DELETE {key.on_delete} ON UPDATE {key.on_update}"
    return text if key.valid else f"{text}, not valid"


def _index(table: str, index: Index) -> str:
    words = ["UNIQUE" if index.unique else "", "ON", table, f"({', '.join(index.columns)})"]
    words.append(f"WHERE {index.where}" if index.where else "")
    return " ".join(word for word in words if word)


def _shape(table: Table, catalog: Catalog) -> Shape:
    return Shape(
        table.name,
        {each.name: each.type for each in table.columns},
        _row_key(table),
        tuple(Link(key.columns, _called(key.table, catalog), key.on_delete) for key in table.foreign_keys),
        frozenset(each.name for each in table.columns if each.generated),
    )


def _called(name: str, catalog: Catalog) -> str:
    """Return a table as the catalog calls it: SQLite takes its name in any case."""
    same = (each for each in catalog.tables if each.lower() == name.lower())
    return name if name in catalog.tables else next(same, name)


def _row_key(table: Table) -> tuple[str, ...]:
    """Return columns by which each row is told from the others, () where there are none."""
    if table.primary_key:
        return table.primary_key
    needed = {each.name for each in table.columns if each.required and not each.generated}
    unique = (each for each in table.indexes if each.unique and not each.where)
    return next((each.columns for each in unique if needed.issuperset(each.columns)), ())
