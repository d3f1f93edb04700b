"""Types as format_type() shows them."""

from handrail.migrations.postgresql.grammar import Tree
from handrail.migrations.postgresql.names import joined, strings

NORMAL = {
    "int4": "integer",
    "int": "integer",
    "int8": "bigint",
    "int2": "smallint",
    "float4": "real",
    "float8": "double precision",
    "bool": "boolean",
    "varchar": "character varying",
    "bpchar": "character",
    "varbit": "bit varying",
    "decimal": "numeric",
    "timestamptz": "timestamp with time zone",
    "timestamp": "timestamp without time zone",
    "timetz": "time with time zone",
    "time": "time without time zone",
}

SERIAL = {
    "serial": "integer",
    "serial4": "integer",
    "bigserial": "bigint",
    "serial8": "bigint",
    "smallserial": "smallint",
    "serial2": "smallint",
}

OF_EXTENSION = {
    "citext": {"citext"},
    "hstore": {"hstore"},
    "ltree": {"ltree", "lquery", "ltxtquery"},
    "postgis": {"geometry", "geography", "box2d", "box3d"},
    "vector": {"vector", "halfvec", "sparsevec"},
    "cube": {"cube"},
    "isn": {"ean13", "isbn13", "ismn13", "issn13", "isbn", "ismn", "issn", "upc"},
}
"""Extension -> the types that are gone with it."""


def type_name(node: Tree) -> str:
    """Return a TypeName as text; a serial type is the number that it is."""
    words = strings(node.get("names", ()))
    name = joined(words)
    name = SERIAL.get(name, name)
    system = len(words) < 2 or words[0] == "pg_catalog"
    base = NORMAL.get(name, name) if system else name
    return _with_size(base, _sizes(node)) + "[]" * bool(node.get("arrayBounds"))


def serial(node: Tree) -> bool:
    """Tell whether a TypeName is one of the serial types."""
    words = strings(node.get("names", ()))
    return len(words) == 1 and words[0] in SERIAL and not node.get("arrayBounds")


def element(text: str) -> str:
    """Return the type of the elements of an array type, or the type."""
    return text.removesuffix("[]")


def _sizes(node: Tree) -> list[str]:
    found = []
    for each in node.get("typmods", ()):
        constant = each.get("A_Const", {})
        if "ival" in constant:
            found.append(str(constant["ival"].get("ival", 0)))
        elif "sval" in constant:
            found.append(str(constant["sval"].get("sval", "")))
        else:
            found += list(strings(each.get("ColumnRef", {}).get("fields", ())))
    return found


def _with_size(base: str, sizes: list[str]) -> str:
    """Put a size where PostgreSQL shows it: before ``with time zone``, after the rest."""
    if base == "interval":
        sizes = sizes[1:] if len(sizes) > 1 else []
    if base == "numeric" and len(sizes) == 1:
        sizes = [*sizes, "0"]
    if not sizes:
        return base
    head, word, tail = base.partition(" with")
    if head in ("timestamp", "time"):
        return f"{head}({sizes[0]}){word}{tail}"
    return f"{base}({','.join(sizes)})"
