"""The rows that PostgreSQL's catalog shows of what is no table: enums, triggers, functions, sequences."""

from collections.abc import Iterator

from handrail.migrations.postgresql.names import bare, schema
from handrail.migrations.postgresql.values import Frame
from handrail.migrations.postgresql.work import Work
from handrail.migrations.tables import Column, Table


def space_of(name: str) -> str:
    """Return the schema that a name is in."""
    return schema(name).rstrip(".") or "public"


def columns_of(tables: list[Table]) -> Iterator[tuple[Table, int, Column]]:
    """Yield table, place and column of each column."""
    for table in tables:
        for place, column in enumerate(table.columns, 1):
            yield table, place, column


def type_rows(work: Work, _: list[Table]) -> Iterator[Frame]:
    """Yield the rows of enums."""
    for name in work.picture.enums:
        shown = {"oid": name, "typname": bare(name), "typnamespace": space_of(name), "typtype": "e"}
        yield {**shown, "user_defined_type_name": bare(name), "user_defined_type_schema": space_of(name)}


def enum_rows(work: Work, _: list[Table]) -> Iterator[Frame]:
    """Yield the rows of the values of enums."""
    for name, labels in work.picture.enums.items():
        for each in labels:
            yield {"enumtypid": name, "enumlabel": each.name}


def trigger_rows(work: Work, _: list[Table]) -> Iterator[Frame]:
    """Yield the rows of triggers."""
    for (kind, name), thing in work.picture.things.items():
        if kind == "trigger":
            own = name.removeprefix(thing.table + ".")
            shown = {"tgname": own, "tgrelid": thing.table, "tgisinternal": False, "trigger_name": own}
            yield {
                **shown,
                "event_object_table": bare(thing.table),
                "event_object_schema": space_of(thing.table),
                "trigger_schema": space_of(thing.table),
            }


def function_rows(work: Work, _: list[Table]) -> Iterator[Frame]:
    """Yield the rows of functions."""
    for kind, name in work.picture.things:
        if kind == "function":
            head = name.partition("(")[0]
            shown = {"oid": name, "proname": bare(head), "pronamespace": space_of(head)}
            yield {**shown, "routine_name": bare(head), "routine_schema": space_of(head)}


def schema_rows(work: Work, _: list[Table]) -> Iterator[Frame]:
    """Yield the rows of schemas."""
    for name in sorted({space_of(each) for each in work.picture.tables} | {"public"}):
        yield {"oid": name, "nspname": name, "schema_name": name}


def extension_rows(work: Work, _: list[Table]) -> Iterator[Frame]:
    """Yield the rows of extensions."""
    for kind, name in work.picture.things:
        if kind == "extension":
            yield {"extname": name}


def sequence_rows(work: Work, tables: list[Table]) -> Iterator[Frame]:
    """Yield the rows of sequences, those of columns too."""
    names = [name for kind, name in work.picture.things if kind == "sequence"]
    for table, _place, column in columns_of(tables):
        if "nextval('" in column.default:
            names.append(schema(table.name) + bare(column.default.split("'")[1]))
    for name in names:
        shown = {"sequence_schema": space_of(name), "sequence_name": bare(name)}
        yield {**shown, "schemaname": space_of(name), "sequencename": bare(name)}
