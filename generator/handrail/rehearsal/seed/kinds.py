"""A column's type -> what kind of values it holds, in each dialect."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from handrail.migrations.column_types import enum_labels
from handrail.migrations.quotes import Dialect
from handrail.migrations.tables import Column, Label

UNLIMITED = 1 << 30
_WHOLE = {
    "tinyint": 8,
    "smallint": 16,
    "int2": 16,
    "mediumint": 24,
    "int": 32,
    "integer": 32,
    "int4": 32,
    "bigint": 64,
    "int8": 64,
}
_SIZES = re.compile(r"\(([\d, ]+)\)")
_BYTES = {"tinytext": 63, "tinyblob": 255}


class Kind(NamedTuple):
    """What a column holds.

    ``family`` says how values are made and written: ``whole`` (``low`` to
    ``high``), ``fraction`` (``limit`` digits, ``scale`` of them behind the
    point), ``text`` and ``bytes`` (``limit``, ``fixed`` for all of it),
    ``choice`` of ``labels``, ``array`` of ``element``, or a word of its own.
    """

    family: str
    low: int = 0
    high: int = 0
    limit: int = UNLIMITED
    scale: int = 0
    fixed: bool = False
    labels: tuple[str, ...] = ()
    element: "Kind | None" = None


def kind_of(column: Column, enums: Mapping[str, tuple[Label, ...]], dialect: Dialect) -> Kind:
    """Return what a column holds; ``unknown`` for a type that is none of the engine's."""
    if dialect == "postgresql":
        return _postgresql(column.type, enums)
    labels = enum_labels(column.type)
    if labels:
        return Kind("choice", labels=labels)
    kind = column.type.lower()
    return _mysql(kind) if dialect == "mysql" else _sqlite(kind)


def _sizes(kind: str) -> tuple[int, ...]:
    found = _SIZES.search(kind)
    return tuple(int(each) for each in found[1].split(",") if each.strip()) if found else ()


def _whole(bits: int, *, unsigned: bool = False) -> Kind:
    return (
        Kind("whole", 0, 2**bits - 1) if unsigned else Kind("whole", -(2 ** (bits - 1)), 2 ** (bits - 1) - 1)
    )


def _fraction(kind: str, digits: int, scale: int) -> Kind:
    sizes = _sizes(kind)
    if sizes:
        digits, scale = sizes[0], sizes[1] if len(sizes) > 1 else 0
    return Kind("fraction", limit=digits, scale=scale)


def _limit(kind: str, default: int = UNLIMITED) -> int:
    sizes = _sizes(kind)
    return sizes[0] if sizes else default


_SQLITE = (
    (r"bool", "boolean"),
    (r"^tinyint\(1\)", "boolean"),
    (r"datetime", "milliseconds"),
    (r"timestamp", "moment"),
    (r"^date$", "day"),
    (r"^time", "time"),
    (r"json", "json"),
    (r"uuid|guid", "uuid"),
)


def _sqlite(kind: str) -> Kind:
    for pattern, family in _SQLITE:
        if re.search(pattern, kind):
            return Kind(family, scale=3)
    if "int" in kind or "serial" in kind:
        return _whole(64 if re.search("big|64|int8", kind) else 32)
    if re.search("char|clob|text", kind):
        limit = _limit(kind)
        return (
            Kind("uuid") if kind == "char(36)" else Kind("text", limit=limit, fixed=kind.startswith("char("))
        )
    if re.search("blob|byte|binary", kind):
        return Kind("bytes")
    if re.search("real|floa|doub", kind):
        return Kind("real")
    return _fraction(kind, 12, 2) if re.search("num|dec", kind) else Kind("text")


_MYSQL = (
    (r"^tinyint\(1\)|^bool", "boolean"),
    (r"^(datetime|timestamp)", "moment"),
    (r"^date$", "day"),
    (r"^time", "time"),
    (r"^year", "year"),
    (r"^json", "json"),
    (r"^uuid", "uuid"),
    (r"^inet6", "inet"),
    (r"^(float|double|real)", "real"),
    (r"^(geometry|point|linestring|polygon|multi)", "geometry"),
)


def _mysql(kind: str) -> Kind:
    family = next((family for pattern, family in _MYSQL if re.search(pattern, kind)), "")
    if family:
        return Kind(family, scale=_limit(kind, 0) if family == "moment" else 0)
    base = re.match(r"[a-z0-9]*", kind)
    word = base[0] if base else ""
    if word in _WHOLE:
        return _whole(_WHOLE[word], unsigned="unsigned" in kind)
    if word in ("decimal", "numeric", "dec", "fixed"):
        return _fraction(kind, 10, 0)
    if word == "bit":
        return _whole(_limit(kind, 1), unsigned=True)
    return _mysql_letters(kind, word)


def _mysql_letters(kind: str, word: str) -> Kind:
    """Return what a type of texts or bytes holds."""
    if re.search("blob|binary", kind):
        default = 1 if word == "binary" else _BYTES.get(word, UNLIMITED)
        return Kind("bytes", limit=_limit(kind, default), fixed=word == "binary")
    if re.search("char|text", kind):
        if kind == "char(36)":
            return Kind("uuid")
        return Kind("text", limit=_limit(kind, _BYTES.get(word, 1 if word == "char" else UNLIMITED)))
    return Kind("unknown")


_POSTGRESQL = (
    (r"^boolean$", "boolean"),
    (r"^timestamp(\(\d\))? with time zone$", "zoned"),
    (r"^timestamp", "moment"),
    (r"^date$", "day"),
    (r"^time", "time"),
    (r"^interval", "interval"),
    (r"^jsonb?$", "json"),
    (r"^uuid$", "uuid"),
    (r"^(inet|cidr)$", "inet"),
    (r"^macaddr8?$", "macaddr"),
    (r"^(real|double precision)$", "real"),
    (r"^money$", "money"),
    (r"^bytea$", "bytes"),
    (r"^(int4|int8|num)range$", "range"),
    (r"^tsrange$", "moment range"),
    (r"^tstzrange$", "moment range"),
    (r"^daterange$", "day range"),
    (r"range$", "any range"),
    (r"^tsvector$", "tsvector"),
    (r"^tsquery$", "tsquery"),
    (r"^(\w+\.)?ltree$", "ltree"),
    (r"^(\w+\.)?hstore$", "hstore"),
    (r"^xml$", "xml"),
    (r"^(\w+\.)?(half)?vec(tor)?\b", "vector"),
    (r"^bit( varying)?\b", "bits"),
    (r"^(point|box|lseg|path|polygon|circle|line)$", "shape"),
    (r"^(\w+\.)?(geometry|geography)\b", "geometry"),
)


_DEFAULT_LIMITS = {"vector": 3, "bits": 1}


def _postgresql(kind: str, enums: Mapping[str, tuple[Label, ...]]) -> Kind:
    if kind.endswith("[]"):
        return Kind("array", element=_postgresql(kind[:-2], enums))
    if kind in enums:
        return Kind("choice", labels=tuple(each.name for each in enums[kind]))
    family = next((family for pattern, family in _POSTGRESQL if re.search(pattern, kind)), "")
    if family:
        scale = _limit(kind, 6) if family in ("zoned", "moment") else 0
        return Kind(family, limit=_limit(kind, _DEFAULT_LIMITS.get(family, UNLIMITED)), scale=scale)
    base = kind.partition("(")[0].strip()
    if base in _WHOLE:
        return _whole(_WHOLE[base])
    if base == "oid":
        return _whole(32, unsigned=True)
    if base in ("numeric", "decimal"):
        return _fraction(kind, 28, 9)
    return _postgresql_letters(kind, base)


def _postgresql_letters(kind: str, base: str) -> Kind:
    """Return what a type of texts holds."""
    if base in ("character", '"char"', "char", "bpchar"):
        limit = _limit(kind, 1)
        return Kind("uuid") if limit == 36 else Kind("text", limit=limit, fixed=True)
    if base in ("text", "character varying", "varchar", "name", "citext", "public.citext"):
        return Kind("text", limit=_limit(kind, 63 if base == "name" else UNLIMITED))
    return Kind("unknown")
