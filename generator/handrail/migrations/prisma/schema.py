"""schema.prisma -> the catalog of the database that it describes, and where each part of it stands."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from handrail.core.finding import Finding, sorted_findings
from handrail.core.location import Location
from handrail.migrations.prisma.grammar import Attribute
from handrail.migrations.prisma.models import Models, word
from handrail.migrations.prisma.text import Block, Entry, read_blocks
from handrail.migrations.prisma.types import dialect_of, mapped, qualified
from handrail.migrations.tables import Catalog, Column, ForeignKey, Index, Table

_ACTIONS = {
    "Cascade": "CASCADE",
    "NoAction": "NO ACTION",
    "Restrict": "RESTRICT",
    "SetDefault": "SET DEFAULT",
    "SetNull": "SET NULL",
}


class Field(NamedTuple):
    """What a column is called in the schema, and where."""

    name: str
    location: Location


class Model(NamedTuple):
    """The model of a table: ``kind`` is model or view, ``fields`` maps columns to fields."""

    name: str
    kind: str
    location: Location
    fields: Mapping[str, Field]


class Relation(NamedTuple):
    """A relation: ``field`` of ``model`` points from ``table`` to what ``key`` names.

    ``implicit`` is one of the two keys of a join table that Prisma makes:
    its delete action is always CASCADE, and cannot be written.
    """

    model: str
    field: str
    table: str
    key: ForeignKey
    location: Location
    implicit: bool = False


class Schema(NamedTuple):
    """What schema.prisma says.

    ``catalog`` is the database as Prisma would make it: without foreign keys
    when ``enforced`` is False (``relationMode = "prisma"``), so take these from
    ``relations``. ``models`` goes by table; join tables have none.
    """

    catalog: Catalog
    models: Mapping[str, Model]
    relations: tuple[Relation, ...]
    provider: str
    enforced: bool
    findings: tuple[Finding, ...]


def read_schema(files: Mapping[str, str]) -> Schema:
    """Return the schema of one or more files (path -> text) that belong together.

    Findings: ``prisma.syntax``, ``prisma.unclosed``, ``prisma.duplicate``,
    ``prisma.unknown-type``, ``prisma.unknown-field``. It never raises.
    """
    blocks, findings = read_blocks(files)
    models = Models(blocks)
    tables = {qualified(block): models.table(block) for block in models.models.values()}
    relations = (*_relations(models), *_joins(models))
    for table in _join_tables(relations, tables, models.provider):
        tables[table.name] = table
    if models.enforced:
        tables = dict(_with_keys(tables, relations))
    return Schema(
        Catalog(tables, dict(models.labels()), dict(models.views())),
        {qualified(block): _model(block, models) for block in models.owners.values()},
        relations,
        models.provider,
        models.enforced,
        sorted_findings((*findings, *models.findings)),
    )


def _model(block: Block, models: Models) -> Model:
    fields = {
        mapped(each): Field(each.name, each.location) for each in block.entries if models.is_column(each)
    }
    return Model(block.name, block.kind, block.location, fields)


def _with_keys(tables: Mapping[str, Table], relations: Iterable[Relation]) -> Iterator[tuple[str, Table]]:
    keys: dict[str, list[ForeignKey]] = defaultdict(list)
    for each in relations:
        keys[each.table].append(each.key)
    for name, table in tables.items():
        yield name, table._replace(foreign_keys=tuple(keys[name]))


def _relations(models: Models) -> Iterator[Relation]:
    """Yield the relations whose columns the schema names."""
    for block in models.models.values():
        for entry in block.entries:
            attribute = entry.attribute("relation")
            if attribute and attribute.get("fields") and not models.is_column(entry):
                yield _relation(models, block, entry, attribute)


def _relation(models: Models, block: Block, entry: Entry, attribute: Attribute) -> Relation:
    other = models.owners[entry.type]
    columns = models.columns(block, attribute, "fields", entry.location)
    optional = {mapped(each) for each in block.entries if each.optional}
    required = not entry.optional or not optional.issuperset(columns)
    restrict = "NO ACTION" if models.provider == "sqlserver" else "RESTRICT"
    stated = _ACTIONS.get(word(attribute.get("onDelete") or ""), "")
    key = ForeignKey(
        columns,
        qualified(other),
        models.columns(other, attribute, "references", entry.location),
        stated or (restrict if required else "SET NULL"),
        _ACTIONS.get(word(attribute.get("onUpdate") or ""), "CASCADE"),
        bool(stated),
        attribute.text("map") or models.constraint(block.mapped(), columns, "fkey"),
    )
    return Relation(block.name, entry.name, qualified(block), key, entry.location)


def _joins(models: Models) -> Iterator[Relation]:
    """Yield the keys of the join tables that Prisma makes where both sides of a relation are lists."""
    sides: dict[tuple[str, str, str], list[tuple[Block, Entry]]] = defaultdict(list)
    for block in models.models.values():
        for entry in block.entries:
            if entry.is_list and entry.type in models.models:
                first, second = sorted((block.name, entry.type))
                name = _relation_name(entry) or f"{first}To{second}"
                sides[name, first, second].append((block, entry))
    for (name, *_), pair in sides.items():
        if len(pair) == 2:
            yield from _join(models, name, sorted(pair, key=lambda side: (side[0].name, side[1].name)))


def _join(models: Models, name: str, pair: Sequence[tuple[Block, Entry]]) -> Iterator[Relation]:
    schema, dot, _ = qualified(pair[0][0]).rpartition(".")
    table = f"{schema}{dot}_{name}"
    for column, (block, entry) in zip("AB", pair, strict=True):
        keys = models.primary_key(block, block.entries)
        named = models.constraint(f"_{name}", (column,), "fkey")
        key = ForeignKey((column,), qualified(block), keys, "CASCADE", "CASCADE", True, named)
        yield Relation(block.name, entry.name, table, key, entry.location, implicit=True)


def _join_tables(
    relations: Iterable[Relation], tables: Mapping[str, Table], provider: str
) -> Iterator[Table]:
    """Yield the join tables; since Prisma 6 they have a primary key on PostgreSQL, else a unique index."""
    pairs: dict[str, list[ForeignKey]] = defaultdict(list)
    for each in relations:
        if each.implicit:
            pairs[each.table].append(each.key)
    for name, keys in pairs.items():
        columns = tuple(_join_column(key, tables[key.table]) for key in keys)
        bare = name.rpartition(".")[2]
        second = Index(f"{bare}_B_index", ("B",))
        if dialect_of(provider) == "postgresql":
            second = second._replace(method="btree")
            yield Table(name, columns, ("A", "B"), (), (second,))
        else:
            yield Table(name, columns, (), (), (Index(f"{bare}_AB_unique", ("A", "B"), unique=True), second))


def _join_column(key: ForeignKey, table: Table) -> Column:
    column = table.column(key.references[0]) if key.references else None
    return Column(key.columns[0], column.type if column else "", required=True)


def _relation_name(entry: Entry) -> str:
    attribute = entry.attribute("relation")
    return attribute.text("name", first=True) if attribute else ""
