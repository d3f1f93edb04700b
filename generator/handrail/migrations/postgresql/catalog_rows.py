"""The rows that PostgreSQL's catalog shows of the picture: what a script asks before it changes anything.

A column that is not here is not known; a relation that is not here is not
answered. Where the picture does not see all that a relation has (extensions,
types, schemas), one row of unknowns stands for the rest.
"""

import re
from collections.abc import Callable, Iterable, Iterator

from handrail.migrations.postgresql.calls import UNKNOWN
from handrail.migrations.postgresql.catalog_things import (
    columns_of,
    enum_rows,
    extension_rows,
    function_rows,
    schema_rows,
    sequence_rows,
    space_of,
    trigger_rows,
    type_rows,
)
from handrail.migrations.postgresql.compares import Value
from handrail.migrations.postgresql.names import bare, schema
from handrail.migrations.postgresql.types import NORMAL
from handrail.migrations.postgresql.values import Frame
from handrail.migrations.postgresql.work import Work
from handrail.migrations.tables import ForeignKey, Index, Table

Rows = list[tuple[Frame, Value]]

_ACTIONS = {"NO ACTION": "a", "RESTRICT": "r", "CASCADE": "c", "SET NULL": "n", "SET DEFAULT": "d"}
_SHORT = {long: short for short, long in NORMAL.items() if short not in ("int", "decimal")}
_WORDS = {"p": "PRIMARY KEY", "f": "FOREIGN KEY", "u": "UNIQUE", "c": "CHECK"}


def relation_rows(work: Work, space: str, name: str, table: str) -> Rows | None:
    """Return the rows of a relation of the catalog, those of one table where it is named; None for others."""
    if space not in ("", "pg_catalog", "information_schema"):
        return None
    standard = space == "information_schema"
    if not standard and space == "" and name in work.picture.tables:
        return None
    maker = (_STANDARD if standard else _OWN).get(name)
    if maker is None:
        return None
    tables = [each for each in work.picture.tables.values() if table in ("", bare(each.name))]
    rows: Rows = [(frame, True) for frame in maker(work, tables)]
    if name in _PARTLY:
        rows.append((dict.fromkeys(_PARTLY[name], UNKNOWN), UNKNOWN))
    return rows


def _table_rows(_: Work, tables: list[Table]) -> Iterator[Frame]:
    for each in tables:
        yield {
            "table_schema": space_of(each.name),
            "table_name": bare(each.name),
            "schemaname": space_of(each.name),
            "tablename": bare(each.name),
            "table_type": "BASE TABLE",
            "relname": bare(each.name),
        }


def _class_rows(work: Work, tables: list[Table]) -> Iterator[Frame]:
    for each in tables:
        yield _class(each.name, "r")
    for each in work.picture.tables.values():
        names = [index.name for index in each.indexes] + [each.key_name] * bool(each.key_name)
        for name in names:
            yield _class(schema(each.name) + name, "i")
    for kind, name in work.picture.things:
        letter = {"view": UNKNOWN, "sequence": "S", "foreign table": "f"}.get(kind)
        if letter is not None:
            yield _class(name, letter)


def _class(name: str, kind: Value) -> Frame:
    return {"oid": name, "relname": bare(name), "relnamespace": space_of(name), "relkind": kind}


def _view_rows(work: Work, _: list[Table]) -> Iterator[Frame]:
    for kind, name in work.picture.things:
        if kind == "view":
            shown = {"table_schema": space_of(name), "table_name": bare(name), "table_type": "VIEW"}
            yield {**shown, "schemaname": space_of(name), "viewname": bare(name), "matviewname": bare(name)}


def _tables_and_views(work: Work, tables: list[Table]) -> Iterator[Frame]:
    yield from _table_rows(work, tables)
    yield from _view_rows(work, tables)


def _column_rows(work: Work, tables: list[Table]) -> Iterator[Frame]:
    for table, place, column in columns_of(tables):
        base = re.sub(r"\([\d, ]*\)", "", column.type)
        length = column.type.partition("(")[2].partition(")")[0]
        own = column.type in work.picture.enums
        array = base.endswith("[]")
        yield {
            "table_schema": space_of(table.name),
            "table_name": bare(table.name),
            "column_name": column.name,
            "ordinal_position": place,
            "is_nullable": "NO" if column.required else "YES",
            "column_default": UNKNOWN if column.default else None,
            "data_type": "ARRAY" if array else "USER-DEFINED" if own else _data_type(base),
            "udt_name": "_" * array + bare(_SHORT.get(base.removesuffix("[]"), base.removesuffix("[]"))),
            "character_maximum_length": int(length) if length.isdigit() and base.startswith("char") else None,
            "is_identity": "YES" if column.identity in ("always", "by default") else "NO",
            "is_generated": "ALWAYS" if column.generated else "NEVER",
        }


def _data_type(base: str) -> Value:
    return base if base in _SHORT or base in ("text", "uuid", "json", "jsonb", "bytea", "date") else UNKNOWN


def _attribute_rows(_: Work, tables: list[Table]) -> Iterator[Frame]:
    for table, place, column in columns_of(tables):
        yield {
            "attrelid": table.name,
            "attname": column.name,
            "attnum": place,
            "attnotnull": column.required,
            "attisdropped": False,
            "atthasdef": bool(column.default),
            "atttypid": _SHORT.get(column.type, column.type),
        }


def _constraints(tables: list[Table]) -> Iterator[tuple[Table, str, str, tuple[str, ...], ForeignKey | None]]:
    """Yield table, name, letter, columns and foreign key of each constraint."""
    for table in tables:
        if table.primary_key:
            yield table, table.key_name, "p", table.primary_key, None
        for key in table.foreign_keys:
            yield table, key.name, "f", key.columns, key
        for index in table.indexes:
            if index.constraint:
                yield table, index.name, "u", index.columns, None
        for check in table.checks:
            yield table, check.name, "c" if check.kind == "check" else "x", (), None


def _constraint_rows(_: Work, tables: list[Table]) -> Iterator[Frame]:
    for table, name, letter, columns, key in _constraints(tables):
        unsaid: Value = UNKNOWN if letter in "cx" else _places(table, columns)
        yield {
            "oid": f"{table.name}.{name}",
            "conname": name,
            "contype": letter,
            "conrelid": table.name,
            "connamespace": space_of(table.name),
            "confrelid": key.table if key else 0,
            "confdeltype": _ACTIONS.get(key.on_delete, "a") if key else " ",
            "confupdtype": _ACTIONS.get(key.on_update, "a") if key else " ",
            "convalidated": _valid(table, name, key),
            "conkey": unsaid,
        }


def _valid(table: Table, name: str, key: ForeignKey | None) -> bool:
    return key.valid if key else all(each.valid for each in table.checks if each.name == name)


def _places(table: Table, columns: Iterable[str]) -> tuple[int, ...]:
    names = [each.name for each in table.columns]
    return tuple(names.index(each) + 1 if each in names else 0 for each in columns)


def _standard_constraints(__: Work, tables: list[Table]) -> Iterator[Frame]:
    for table, name, letter, *_ in _constraints(tables):
        if letter in _WORDS:
            yield {**_standard(table, name), "constraint_type": _WORDS[letter]}


def _standard(table: Table, name: str) -> Frame:
    space = space_of(table.name)
    shown = {"constraint_name": name, "constraint_schema": space}
    return {**shown, "table_schema": space, "table_name": bare(table.name)}


def _key_columns(_: Work, tables: list[Table]) -> Iterator[Frame]:
    for table, name, letter, columns, _key in _constraints(tables):
        for place, column in enumerate(columns if letter in "pfu" else (), 1):
            yield {**_standard(table, name), "column_name": column, "ordinal_position": place}


def _usage_rows(work: Work, _: list[Table]) -> Iterator[Frame]:
    every = list(work.picture.tables.values())
    for table, name, letter, columns, key in _constraints(every):
        named = work.picture.tables.get(key.table) if key else table
        if named is None:
            continue
        used = (key.references or named.primary_key) if key else columns
        for column in used if letter in "pfu" else ():
            yield {**_standard(named, name), "constraint_schema": space_of(table.name), "column_name": column}


def _referential_rows(__: Work, tables: list[Table]) -> Iterator[Frame]:
    for table, name, *_, key in _constraints(tables):
        if key is not None:
            shown = {"constraint_name": name, "constraint_schema": space_of(table.name)}
            yield {**shown, "delete_rule": key.on_delete, "update_rule": key.on_update}


def _indexes(tables: list[Table]) -> Iterator[tuple[Table, Index, bool]]:
    for table in tables:
        if table.primary_key:
            yield table, Index(table.key_name, table.primary_key, unique=True), True
        for index in table.indexes:
            yield table, index, False


def _index_rows(_: Work, tables: list[Table]) -> Iterator[Frame]:
    for table, index, primary in _indexes(tables):
        yield {
            "schemaname": space_of(table.name),
            "tablename": bare(table.name),
            "relname": bare(table.name),
            "indexname": index.name,
            "indexrelname": index.name,
            "indrelid": table.name,
            "indexrelid": schema(table.name) + index.name,
            "indisunique": index.unique,
            "indisprimary": primary,
            "indisvalid": True,
        }


Maker = Callable[[Work, list[Table]], Iterator[Frame]]

_STANDARD: dict[str, Maker] = {
    "tables": _tables_and_views,
    "views": _view_rows,
    "columns": _column_rows,
    "table_constraints": _standard_constraints,
    "key_column_usage": _key_columns,
    "constraint_column_usage": _usage_rows,
    "referential_constraints": _referential_rows,
    "triggers": trigger_rows,
    "routines": function_rows,
    "schemata": schema_rows,
    "sequences": sequence_rows,
    "user_defined_types": type_rows,
}
_OWN: dict[str, Maker] = {
    "pg_tables": _table_rows,
    "pg_class": _class_rows,
    "pg_views": _view_rows,
    "pg_matviews": _view_rows,
    "pg_attribute": _attribute_rows,
    "pg_constraint": _constraint_rows,
    "pg_indexes": _index_rows,
    "pg_index": _index_rows,
    "pg_stat_user_tables": _table_rows,
    "pg_stat_user_indexes": _index_rows,
    "pg_type": type_rows,
    "pg_enum": enum_rows,
    "pg_trigger": trigger_rows,
    "pg_proc": function_rows,
    "pg_namespace": schema_rows,
    "pg_extension": extension_rows,
    "pg_sequences": sequence_rows,
}
_PARTLY: dict[str, tuple[str, ...]] = {
    "pg_type": ("oid", "typname", "typnamespace", "typtype"),
    "user_defined_types": ("user_defined_type_name", "user_defined_type_schema"),
    "pg_namespace": ("oid", "nspname"),
    "schemata": ("schema_name",),
    "pg_extension": ("extname",),
    "pg_proc": ("oid", "proname", "pronamespace"),
    "routines": ("routine_name", "routine_schema"),
}
"""Relations that have more than the picture sees, with the columns that are asked."""
