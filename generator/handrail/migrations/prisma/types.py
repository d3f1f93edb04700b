"""Fields of schema.prisma -> the types and defaults that Prisma's migrations give their columns."""

from collections.abc import Mapping

from handrail.migrations.prisma.grammar import Attribute, Call, Listed, Quoted, Value
from handrail.migrations.prisma.text import Block, Entry

SCALARS = ("String", "Boolean", "Int", "BigInt", "Float", "Decimal", "DateTime", "Json", "Bytes")

_TYPES: Mapping[str, tuple[str, ...]] = {
    "sqlite": ("TEXT", "BOOLEAN", "INTEGER", "BIGINT", "REAL", "DECIMAL", "DATETIME", "JSONB", "BLOB"),
    "postgresql": (
        "text",
        "boolean",
        "integer",
        "bigint",
        "double precision",
        "numeric(65,30)",
        "timestamp(3) without time zone",
        "jsonb",
        "bytea",
    ),
    "mysql": (
        "varchar(191)",
        "tinyint(1)",
        "int",
        "bigint",
        "double",
        "decimal(65,30)",
        "datetime(3)",
        "json",
        "longblob",
    ),
}
"""Provider -> the types of ``SCALARS``, in their order."""

_NATIVE = {
    "mysql": {
        "boolean": "tinyint(1)",
        "unsignedbigint": "bigint unsigned",
        "unsignedint": "int unsigned",
        "unsignedmediumint": "mediumint unsigned",
        "unsignedsmallint": "smallint unsigned",
        "unsignedtinyint": "tinyint unsigned",
    },
    "postgresql": {
        "char": "character",
        "decimal": "numeric",
        "doubleprecision": "double precision",
        "time": "time without time zone",
        "timestamp": "timestamp without time zone",
        "timestamptz": "timestamp with time zone",
        "timetz": "time with time zone",
        "varbit": "bit varying",
        "varchar": "character varying",
    },
}
"""Provider -> native types that the database shows under another name (PostgreSQL: ``format_type``)."""

_SERIAL = {"sqlite": "autoincrement", "mysql": "autoincrement"}
_KINDS = {"postgres": "postgresql", "cockroachdb": "postgresql"}


def dialect_of(provider: str) -> str:
    """Return the provider whose types count: those of SQLite for one that has none here."""
    kind = _KINDS.get(provider, provider)
    return kind if kind in _TYPES else "sqlite"


def column_type(entry: Entry, provider: str, enums: Mapping[str, Block]) -> str:
    """Return the type of a field's column, as the dialect spells it."""
    dialect = dialect_of(provider)
    if entry.unsupported:
        return entry.type.upper() if dialect == "sqlite" else entry.type
    base = _enum_type(enums[entry.type], dialect) if entry.type in enums else _scalar_type(entry, dialect)
    return base + "[]" if entry.is_list and dialect == "postgresql" else base


def _enum_type(enum: Block, dialect: str) -> str:
    if dialect == "postgresql":
        return qualified(enum)
    if dialect == "mysql":
        return f"enum({','.join(_literal(label) for label in labels_of(enum))})"
    return "TEXT"


def _scalar_type(entry: Entry, dialect: str) -> str:
    native = next((each for each in entry.attributes if "." in each.name), None)
    if native and dialect != "sqlite":
        word = native.name.rpartition(".")[2].lower()
        given = ",".join(value for _, value in native.arguments if isinstance(value, str))
        return _with_size(_NATIVE[dialect].get(word, word), given)
    known = dict(zip(SCALARS, _TYPES[dialect], strict=True))
    return known.get(entry.type, entry.type)


def _with_size(kind: str, given: str) -> str:
    """Put a size after the first word of a time, and after the last of all else."""
    if not given:
        return kind
    head, zone, tail = kind.partition(" with")
    return f"{head}({given}){zone}{tail}"


def qualified(block: Block) -> str:
    """Return the name of a table or enum in the database, with its schema where that is not the default."""
    schema = next((each.text("name", first=True) for each in block.all("schema")), "")
    return f"{schema}.{block.mapped()}" if schema not in ("", "public") else block.mapped()


def labels_of(enum: Block) -> tuple[str, ...]:
    """Return the values of an enum as they stand in the database."""
    return tuple(mapped(value) for value in enum.entries)


def mapped(entry: Entry) -> str:
    """Return the name of a field or value in the database."""
    attribute = entry.attribute("map")
    return (attribute.text("name", first=True) if attribute else "") or entry.name


def identity_of(entry: Entry, provider: str) -> str:
    """Return how the database numbers a column, '' for no numbers."""
    default = _default(entry)
    if isinstance(default, Call) and default.name in ("autoincrement", "sequence"):
        return _SERIAL.get(dialect_of(provider), "serial")
    return ""


def default_of(entry: Entry, provider: str, enums: Mapping[str, Block]) -> str:
    """Return the DEFAULT of a column as SQL, '' where there is none or Prisma fills it itself."""
    value = _default(entry)
    if dialect_of(provider) == "mysql":
        return _mysql_default(value, entry, enums)
    if isinstance(value, Listed):
        parts = [_sql(each, entry, enums) for each in value.values]
        return f"ARRAY[{', '.join(parts)}]::{column_type(entry, provider, enums)}"
    return "" if value is None else _sql(value, entry, enums)


def _mysql_default(value: Value | None, entry: Entry, enums: Mapping[str, Block]) -> str:
    """Return a DEFAULT as MySQL shows it: booleans are numbers, and the time has the column's digits."""
    text = "" if value is None else _sql(value, entry, enums)
    if text == "CURRENT_TIMESTAMP":
        _, size, rest = column_type(entry, "mysql", enums).partition("(")
        return text + size + rest
    return {"true": "1", "false": "0"}.get(text, text)


def _default(entry: Entry) -> Value | None:
    attribute: Attribute | None = entry.attribute("default")
    return attribute.get("value", first=True) if attribute else None


def _sql(value: Value, entry: Entry, enums: Mapping[str, Block]) -> str:
    if isinstance(value, Quoted):
        return _literal(value.text)
    if isinstance(value, Call):
        return _function(value)
    if entry.type in enums:
        names = {each.name: mapped(each) for each in enums[entry.type].entries}
        return _literal(names.get(str(value), str(value)))
    return str(value)


def _function(call: Call) -> str:
    """Return what the database computes; ids are made by Prisma's client, not by the database."""
    if call.name == "now":
        return "CURRENT_TIMESTAMP"
    given = call.arguments[0][1] if call.arguments else None
    return given.text if call.name == "dbgenerated" and isinstance(given, Quoted) else ""


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
