"""Do two pictures show the same schema? Who is who does not count, and neither does the order of columns."""

from collections.abc import Iterator
from typing import Any

from handrail.migrations.tables import NOTHING, Catalog, Column, Table


def find_differences(wanted: Catalog, there: Catalog) -> tuple[str, ...]:
    """Return how ``there`` differs from ``wanted``, a sentence each; none when both show one schema."""
    return tuple(_differences(wanted, there))


def _differences(wanted: Catalog, there: Catalog) -> Iterator[str]:
    yield from _names("table", wanted.tables.keys(), there.tables.keys())
    for name, table in wanted.tables.items():
        other = there.tables.get(name)
        if other is not None and other is not table:
            yield from _table(table, other)
    yield from _names("type", wanted.enums.keys(), there.enums.keys())
    for name, labels in wanted.enums.items():
        other_labels = {each.name for each in there.enums.get(name, labels)}
        if other_labels != {each.name for each in labels}:
            yield f"the values of the type {name} differ"
    things = {f"{kind} {name}" for kind, name in wanted.things}
    yield from _names("", things, {f"{kind} {name}" for kind, name in there.things})


def _names(kind: str, wanted: Any, there: Any) -> Iterator[str]:
    for name in sorted(wanted - there):
        yield f"{kind} {name} is missing".strip()
    for name in sorted(there - wanted):
        yield f"{kind} {name} is left over".strip()


def _table(wanted: Table, there: Table) -> Iterator[str]:
    columns = {each.name: _plain(each) for each in wanted.columns}
    others = {each.name: _plain(each) for each in there.columns}
    for text in _names("column", columns.keys(), others.keys()):
        yield f"{wanted.name}: {text}"
    for name, column in columns.items():
        other = others.get(name, column)
        if other != column:
            yield f"{wanted.name}.{name} is {_words(other)}, was {_words(column)}"
    for what, mine, theirs in (
        ("primary key", wanted.primary_key, there.primary_key),
        ("options", wanted.options, there.options),
        ("foreign keys", _set(wanted.foreign_keys), _set(there.foreign_keys)),
        ("indexes", _set(wanted.indexes), _set(there.indexes)),
        ("checks", _set(wanted.checks), _set(there.checks)),
    ):
        if mine != theirs:
            yield (
                f"{wanted.name}: the {what} differ"
                if what.endswith("s")
                else f"{wanted.name}: the {what} differs"
            )


def _plain(column: Column) -> Column:
    return column._replace(uid=0, sources=NOTHING, filled=False)


def _words(column: Column) -> str:
    need = "NOT NULL" if column.required else "NULL"
    default = f" DEFAULT {column.default}" if column.default else ""
    return f"{column.type} {need}{default}".strip()


def _set(parts: tuple[Any, ...]) -> frozenset[Any]:
    """Return keys, indexes or checks without their names, which a runner or a database may give."""
    return frozenset(each._replace(name="") for each in parts)
