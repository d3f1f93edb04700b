"""The schema of a PostgreSQL database, from its catalog."""

import json

from handrail.adapters.postgresql.catalog_queries import ITEMS, KEYS, LINKS, SHAPES
from handrail.adapters.postgresql.session import Session
from handrail.core.database import Link, Schema, Shape

HOME = "public"


def read_schema(session: Session, home: str) -> Schema:
    """Return the schema. What lies in the schema ``home`` is named without it."""
    items: dict[tuple[str, str], str] = {}
    for query in ITEMS:
        for kind, space, name, part, definition in session.rows(query):
            key = kind, named(space, name, home) + _joined(part or "")
            items[key] = f"{items[key]}; {definition}" if key in items else str(definition)
    return Schema(items, {shape.name: shape for _, shape in _shapes(session, home)})


def _joined(part: str) -> str:
    return f".{part}" if part and part[0] not in "(:" else part


def find_places(session: Session, home: str) -> dict[str, tuple[str, str, bool]]:
    """Return by the name of each table its schema, its own name, and whether it is partitioned."""
    return {
        named(space, name, home): (space, name, parted) for _, space, name, parted, _ in session.rows(SHAPES)
    }


def named(space: str, name: str, home: str) -> str:
    """Return the name of an object of a schema as Handrail writes it; ``home`` is not named, nor is ''."""
    return name if space in ("", home) else f"{space}.{name}"


def _shapes(session: Session, home: str) -> list[tuple[int, Shape]]:
    keys: dict[int, tuple[str, ...]] = {}
    for table, columns in session.rows(KEYS):
        keys.setdefault(table, tuple(json.loads(columns or "[]")))
    links: dict[int, list[Link]] = {}
    for table, columns, space, name, action in session.rows(LINKS):
        link = Link(tuple(json.loads(columns)), named(space, name, home), action)
        links.setdefault(table, []).append(link)
    return [
        (
            oid,
            _shape(
                named(space, name, home), json.loads(columns), keys.get(oid, ()), tuple(links.get(oid, ()))
            ),
        )
        for oid, space, name, _, columns in session.rows(SHAPES)
    ]


def _shape(
    name: str, columns: list[tuple[str, str, bool]], key: tuple[str, ...], links: tuple[Link, ...]
) -> Shape:
    generated = frozenset(column for column, _, computed in columns if computed)
    return Shape(name, {column: kind for column, kind, _ in columns}, key, links, generated)
