"""A schema -> the facts that are reported of it."""

from collections.abc import Sequence

from handrail.core.location import Location
from handrail.migrations.cascades import Cascades, Edge, Effect, Orphan, Trail
from handrail.migrations.prisma.schema import Relation, Schema
from handrail.migrations.schema_facts import Facts, KeyFact, OrphanFact, RelationFact, TableFact
from handrail.migrations.tables import Catalog, ForeignKey, Table

HISTORIES = frozenset(
    {
        "_prisma_migrations",
        "_sqlx_migrations",
        "__diesel_schema_migrations",
        "d1_migrations",
        "flyway_schema_history",
        "goose_db_version",
        "schema_migrations",
        "sqlite_sequence",
    }
)
"""Tables in which tools write down which migrations they applied."""


def facts_of_schema(schema: Schema, source: str, files: Sequence[str]) -> Facts:
    """Return the facts of a schema.prisma; ``source`` is what it was asked for by.

    With ``relationMode = "prisma"`` the deletes are those that Prisma's client does.
    """
    keys: dict[str, list[ForeignKey]] = {}
    for each in schema.relations:
        keys.setdefault(each.table, []).append(each.key)
    tables = {
        name: table._replace(foreign_keys=tuple(keys.get(name, ())))
        for name, table in schema.catalog.tables.items()
    }
    names = _Names(schema)
    relations = [_relation(names, each.table, each.key, schema.enforced, each) for each in schema.relations]
    facts = _facts(schema.catalog._replace(tables=tables), names, relations, source)
    facts["files"] = list(files)
    facts["provider"] = schema.provider
    facts["enforced"] = schema.enforced
    facts["unread"] = [
        {
            "path": each.location.path,
            "line": each.location.line,
            "column": each.location.column,
            "message": each.message,
        }
        for each in schema.findings
    ]
    return facts


def facts_of_catalog(catalog: Catalog, source: str, provider: str) -> Facts:
    """Return the facts of a database or of folded migrations, without the tables of migration tools."""
    tables = {name: table for name, table in catalog.tables.items() if name not in HISTORIES}
    names = _Names(None)
    relations = [
        _relation(names, table.name, key, True, None)
        for table in tables.values()
        for key in table.foreign_keys
    ]
    facts = _facts(catalog._replace(tables=tables), names, relations, source)
    facts["provider"] = provider
    return facts


class _Names:
    """What tables, columns and keys are called where people wrote them, and where that is."""

    def __init__(self, schema: Schema | None) -> None:
        self.models = schema.models if schema else {}
        self.relations = {(each.table, each.key): each for each in schema.relations} if schema else {}

    def table(self, table: str) -> str:
        """Return the name of a table's model, else its own."""
        model = self.models.get(table)
        return model.name if model else table

    def column(self, table: str, column: str) -> str:
        """Return the field of a column, after its table's name."""
        model = self.models.get(table)
        field = model.fields.get(column) if model else None
        return f"{self.table(table)}.{field.name if field else column}"

    def key(self, edge: Edge) -> str:
        """Return the relation of a key, else its columns."""
        relation = self.relations.get((edge.table, edge.key))
        if relation and not relation.implicit:
            return f"{relation.model}.{relation.field}"
        return f"{self.table(edge.table)}.{'+'.join(edge.key.columns)}"

    def place(self, table: str, column: str = "") -> Location | None:
        """Return where a model stands, or a field of it."""
        model = self.models.get(table)
        field = model.fields.get(column) if model else None
        return field.location if field else model.location if model else None


def _facts(
    catalog: Catalog,
    names: _Names,
    relations: list[RelationFact],
    source: str,
) -> Facts:
    cascades = Cascades(catalog, {table: names.table(table) for table in catalog.tables})
    trails = {each.table: each for each in cascades.trails()}
    tables = [
        _table(names, table, cascades.effect(table.name), trails[table.name])
        for table in catalog.tables.values()
        if table.name in trails
    ]
    return {
        "source": source,
        "files": [],
        "provider": "",
        "enforced": True,
        "relations": relations,
        "tables": tables,
        "cycles": [
            {"tables": [names.table(name) for name in each.tables], "cascades": each.cascades}
            for each in cascades.cycles()
        ],
        "orphans": [_orphan(names, each) for each in cascades.orphans],
        "logs": [names.table(each) for each in cascades.logs()],
        "unread": [],
    }


def _spot(place: Location | None) -> tuple[str, int]:
    return (place.path, place.line) if place else ("", 0)


def _relation(
    names: _Names, table: str, key: ForeignKey, enforced: bool, relation: Relation | None
) -> RelationFact:
    path, line = _spot(relation.location if relation else None)
    return {
        "name": names.key(Edge(table, key)),
        "table": table,
        "columns": list(key.columns),
        "target": names.table(key.table),
        "on_delete": key.on_delete,
        "stated": key.stated,
        "origin": _origin(key, relation),
        "enforced": enforced,
        "path": path,
        "line": line,
    }


def _origin(key: ForeignKey, relation: Relation | None) -> str:
    if relation and relation.implicit:
        return "Prisma's join table"
    if key.stated:
        return "stated"
    return "Prisma's default" if relation else "the database's default"


def _table(names: _Names, table: Table, effect: Effect, trail: Trail) -> TableFact:
    path, line = _spot(names.place(table.name))
    gone = {each.table for each in effect.deleted}
    in_keys = {name for key in table.foreign_keys for name in key.columns}

    def keys(edges: Sequence[Edge]) -> list[KeyFact]:
        return [
            {"name": names.key(each), "on_delete": each.key.on_delete, "inside": each.table in gone}
            for each in edges
        ]

    return {
        "name": names.table(table.name),
        "table": table.name,
        "path": path,
        "line": line,
        "deletes": [
            {
                "name": names.table(each.table),
                "depth": each.depth,
                "path": [names.table(name) for name in effect.path(each.table)],
            }
            for each in effect.deleted
        ],
        "empties": keys(effect.emptied),
        "stopped_by": keys(effect.blocks),
        "leaves": [names.column(each.table, each.column) for each in effect.left],
        "soft_delete": trail.soft_delete,
        "created": trail.created,
        "updated": trail.updated,
        "logged": trail.logged,
        "join": bool(table.columns) and {each.name for each in table.columns} <= in_keys,
    }


def _orphan(names: _Names, orphan: Orphan) -> OrphanFact:
    path, line = _spot(names.place(orphan.table, orphan.column))
    return {
        "name": names.column(orphan.table, orphan.column),
        "target": names.table(orphan.target),
        "path": path,
        "line": line,
    }
