"""The kind of a column -> its values, one for each number, and their text in SQL."""

from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from handrail.migrations.quotes import Dialect
from handrail.rehearsal.seed import numbers, texts
from handrail.rehearsal.seed.kinds import UNLIMITED, Kind
from handrail.rehearsal.seed.numbers import Make, mix


class Use(NamedTuple):
    """What a column is for.

    ``distinct``: other numbers give other values. ``tame``: numbers that sums
    and products are made of. ``like`` is an example to follow, such as a default.
    ``plain``: nothing that anybody stumbles over.
    """

    name: str
    mark: int
    distinct: bool = False
    tame: bool = False
    like: str = ""
    plain: bool = False


class Raw(NamedTuple):
    """A value that is an expression of SQL."""

    text: str


def maker(kind: Kind, use: Use, dialect: Dialect) -> Make:
    """Return what makes the values of a column. NULL is none of them."""
    return _MAKERS.get(kind.family, _unknown)(kind, use, dialect)


def _whole(kind: Kind, use: Use, _: Dialect) -> Make:
    if use.distinct:
        return numbers.counted(kind.low, kind.high)
    if use.plain:
        return lambda number: 1 + mix(use.mark, number) % 90
    make = numbers.small if use.tame else numbers.whole
    return make(kind.low, kind.high, use.mark)


def _fraction(kind: Kind, use: Use, _: Dialect) -> Make:
    digits = min(kind.limit, kind.scale + 4) if use.tame else kind.limit
    if use.plain and kind.limit > kind.scale:
        return lambda number: 1 + number % 9
    return numbers.fraction(digits, kind.scale, use.mark, distinct=use.distinct)


def _text(kind: Kind, use: Use, dialect: Dialect) -> Make:
    if use.like[:1] in ("{", "[") or ("json" in use.name.lower() and kind.limit > 200 and not use.distinct):
        return texts.json_text(use.mark, array=use.like[:1] == "[")
    if kind.fixed and kind.limit > 1:
        return texts.exactly(use.name, kind.limit)
    if use.distinct or use.plain:
        return texts.key(use.name, kind.limit, use.mark, plain=use.plain, latin=dialect == "mysql")
    return texts.text(use.name, kind.limit, use.mark, latin=dialect == "mysql", dates=dialect == "sqlite")


def _bytes(kind: Kind, use: Use, _: Dialect) -> Make:
    def make(number: int) -> object:
        value = use.mark.to_bytes(4, "big") + b"\x00\\'" + number.to_bytes(8, "big")
        if kind.fixed or len(value) > kind.limit:
            value = value[-kind.limit :].rjust(kind.limit, b"\xff")
        return b"" if not (kind.fixed or use.distinct) and mix(use.mark, number) % 16 == 0 else value

    return make


def _choice(kind: Kind, use: Use, _: Dialect) -> Make:
    return numbers.one_of(kind.labels, use.mark)


def _boolean(_: Kind, use: Use, __: Dialect) -> Make:
    return numbers.one_of((False, True), use.mark)


def _moment(kind: Kind, use: Use, _: Dialect) -> Make:
    zone = "+00" if kind.family == "zoned" else ""
    digits = kind.scale

    def make(number: int) -> object:
        return numbers.as_text(numbers.moment(number, use.mark, distinct=use.distinct), digits) + zone

    return make


def _milliseconds(_: Kind, use: Use, __: Dialect) -> Make:
    def make(number: int) -> object:
        return numbers.as_milliseconds(numbers.moment(number, use.mark, distinct=use.distinct))

    return make


def _day(_: Kind, use: Use, __: Dialect) -> Make:
    return lambda number: numbers.day(number, use.mark, distinct=use.distinct).isoformat()


def _time(_: Kind, use: Use, __: Dialect) -> Make:
    def make(number: int) -> object:
        seconds = (number * 61 + use.mark) % 86_400
        return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"

    return make


def _uuid(_: Kind, use: Use, __: Dialect) -> Make:
    return lambda number: f"{use.mark:08x}-{mix(use.mark, number) % 65536:04x}-4000-8000-{number:012x}"


def _json(_: Kind, use: Use, __: Dialect) -> Make:
    if use.plain:
        return lambda _: "[]" if use.like[:1] == "[" else "{}"
    return texts.json_text(use.mark, array=use.like[:1] == "[")


def _array(kind: Kind, use: Use, dialect: Dialect) -> Make:
    element = maker(kind.element or Kind("text"), use._replace(distinct=False, like=""), dialect)

    def make(number: int) -> object:
        return tuple(element(number + place) for place in range(number % 4))

    return make


def _range(_: Kind, __: Use, ___: Dialect) -> Make:
    return lambda number: f"[{number * 10},{number * 10 + 5})"


def _moment_range(_: Kind, __: Use, ___: Dialect) -> Make:
    def make(number: int) -> object:
        ends = (numbers.as_text(numbers.moment(2 * number + side, 0, distinct=True), 0) for side in (0, 1))
        return "[{},{})".format(*ends)

    return make


def _day_range(_: Kind, __: Use, ___: Dialect) -> Make:
    def make(number: int) -> object:
        return "[{},{})".format(*(numbers.day(2 * number + side, 0, distinct=True) for side in (0, 1)))

    return make


def _formed(form: str) -> Callable[[Kind, Use, Dialect], Make]:
    return lambda *_: form.format


def _inet(_: Kind, use: Use, __: Dialect) -> Make:
    def make(number: int) -> object:
        if mix(use.mark, number) % 8 == 0:
            return f"2001:db8::{number % 65536:x}:{number // 65536:x}"
        return f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"

    return make


def _macaddr(_: Kind, __: Use, ___: Dialect) -> Make:
    return lambda number: "02:00:" + (number % 2**32).to_bytes(4, "big").hex(":")


def _interval(_: Kind, use: Use, __: Dialect) -> Make:
    odd = ("1 mon 2 days 03:04:05.678", "-00:00:01", "1 year", "00:00:00")

    def make(number: int) -> object:
        turn = mix(use.mark, number) % 16
        return odd[turn] if turn < len(odd) and not use.distinct else f"{number} seconds"

    return make


def _vector(kind: Kind, use: Use, _: Dialect) -> Make:
    return lambda number: (
        "[" + ",".join(str(mix(use.mark, number + each) % 8 / 8) for each in range(kind.limit)) + "]"
    )


def _bits(kind: Kind, __: Use, ___: Dialect) -> Make:
    return lambda number: f"{number % 2**kind.limit:0{kind.limit}b}"


def _shape(_: Kind, __: Use, ___: Dialect) -> Make:
    return lambda number: f"({number},1),({number + 2},3)"


def _geometry(_: Kind, __: Use, dialect: Dialect) -> Make:
    if dialect == "mysql":
        return lambda number: Raw(f"ST_GeomFromText('POINT({number % 90} {number % 45})')")
    return lambda number: f"POINT({number % 90} {number % 45})"


def _unknown(_: Kind, __: Use, ___: Dialect) -> Make:
    return lambda number: str(number % 10_000 + 1)  # a domain over numbers takes it, and one over texts


_MAKERS: dict[str, Callable[[Kind, Use, Dialect], Make]] = {
    "whole": _whole,
    "fraction": _fraction,
    "real": lambda _, use, __: numbers.real(use.mark),
    "text": _text,
    "bytes": _bytes,
    "choice": _choice,
    "boolean": _boolean,
    "moment": _moment,
    "zoned": _moment,
    "milliseconds": _milliseconds,
    "day": _day,
    "time": _time,
    "year": lambda _, use, __: lambda number: 1980 + mix(use.mark, number) % 60,
    "uuid": _uuid,
    "json": _json,
    "array": _array,
    "range": _range,
    "moment range": _moment_range,
    "day range": _day_range,
    "any range": _formed("empty"),
    "inet": _inet,
    "macaddr": _macaddr,
    "interval": _interval,
    "money": _formed("{}.50"),
    "tsvector": _formed("word{} other"),
    "tsquery": _formed("word{}"),
    "ltree": _formed("Top.a{}"),
    "hstore": _formed('"number"=>"{}"'),
    "xml": _formed('<row number="{}"/>'),
    "vector": _vector,
    "bits": _bits,
    "shape": _shape,
    "geometry": _geometry,
}


def literal(value: object, dialect: Dialect) -> str:
    """Return a value as SQL writes it in a list of VALUES."""
    if isinstance(value, str):
        if dialect == "mysql":
            value = value.replace("\\", "\\\\")
        return "'" + value.replace("'", "''") + "'"
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return ("false", "true")[value] if dialect == "postgresql" else str(int(value))
    if isinstance(value, bytes):
        return f"'\\x{value.hex()}'" if dialect == "postgresql" else f"X'{value.hex()}'"
    if isinstance(value, tuple) and not isinstance(value, Raw):
        return literal("{" + ",".join(map(_element, value)) + "}", dialect)
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.text if isinstance(value, Raw) else str(value)


def _element(value: object) -> str:
    """Return a value as an element of an array of PostgreSQL."""
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "tf"[not value]
    text = f"\\x{value.hex()}" if isinstance(value, bytes) else str(value)
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


__all__ = ["UNLIMITED", "Raw", "Use", "literal", "maker"]
