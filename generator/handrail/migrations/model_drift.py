"""Does the schema of the application say what its migrations make?"""

from collections.abc import Iterator

from handrail.migrations.operations import Operation
from handrail.migrations.prisma.schema import Schema
from handrail.migrations.prisma.types import dialect_of
from handrail.migrations.tables import Catalog, Table

MOST = 5
"""Differences that are told."""


def find_model_drift(schema: Schema, folded: Catalog, dialect: str) -> tuple[Operation, ...]:
    """Return ``model.without_migration`` and ``model.provider_changed`` where schema and migrations differ.

    Compared are tables, columns, NOT NULL and delete rules. Types, defaults and
    indexes are not: Prisma and the databases spell them in too many ways.
    """
    if schema.provider and dialect_of(schema.provider) != dialect:
        fact = f"The schema is for {schema.provider}, the migrations are for {dialect}."
        return (Operation("model.provider_changed", old=dialect, new=schema.provider, facts=(fact,)),)
    differences = list(_differences(schema, folded))
    if not differences:
        return ()
    facts = differences[:MOST]
    if len(differences) > MOST:
        facts.append(f"And {len(differences) - MOST} differences more.")
    return (Operation("model.without_migration", facts=tuple(facts)),)


def _differences(schema: Schema, folded: Catalog) -> Iterator[str]:
    model = schema.catalog.tables
    for name, table in model.items():
        if name not in folded.tables:
            yield f"The schema has the table {name}, and no migration makes it."
        else:
            yield from _columns(table, folded.tables[name])
            if schema.enforced:
                yield from _rules(table, folded.tables[name])
    for name, table in folded.tables.items():
        if name not in model and table.kind == "table" and not name.startswith("_prisma"):
            yield f"The migrations make the table {name}, and the schema does not have it."


def _columns(model: Table, there: Table) -> Iterator[str]:
    for column in model.columns:
        made = there.column(column.name)
        if made is None:
            yield f"The schema has {model.name}.{column.name}, and no migration makes it."
        elif made.required != column.required and column.name not in model.primary_key:
            word = "required" if column.required else "optional"
            yield f"{model.name}.{column.name} is {word} in the schema, and not so in the migrations."
    for column in there.columns:
        if model.column(column.name) is None:
            yield f"The migrations make {model.name}.{column.name}, and the schema does not have it."


def _rules(model: Table, there: Table) -> Iterator[str]:
    made = {key.columns: key.on_delete for key in there.foreign_keys}
    for key in model.foreign_keys:
        rule = made.get(key.columns)
        if rule is not None and _same(rule) != _same(key.on_delete):
            names = ", ".join(key.columns)
            text = f"ON DELETE {key.on_delete} in the schema, {rule} in the migrations"
            yield f"{model.name} ({names}): {text}."


def _same(rule: str) -> str:
    """Return a rule; RESTRICT and NO ACTION refuse the same deletes but for deferred keys."""
    return "RESTRICT" if rule == "NO ACTION" else rule
