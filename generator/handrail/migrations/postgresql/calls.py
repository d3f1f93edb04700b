"""Functions of PostgreSQL that make texts and arrays, for values that are known."""

import re
from collections.abc import Callable

_PLAIN = re.compile(r"[a-z_][a-z0-9_$]*\Z")
_PLACE = re.compile(r"%(?:(?P<number>\d+)\$)?-?\d*(?P<kind>[sIL%])")
_WORD = re.compile(r'\s*(?:"(?P<quoted>(?:[^"]|"")*)"|(?P<plain>[^".\s]+))\s*(?:\.|\Z)')
_MOST = 10_000
"""Elements of an array that is made from two numbers."""


class Unknown:
    """What nobody knows before it runs."""


UNKNOWN = Unknown()


def text_of(value: object) -> object:
    """Return a value as text; an array's is not worth knowing."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    return value if isinstance(value, str) or value is None else UNKNOWN


def split_name(text: str) -> list[str]:
    """Return the words of a name, as the database stores them; as it is when it is not one."""
    words, place = list[str](), 0
    while place < len(text):
        found = _WORD.match(text, place)
        if found is None:
            return [text]
        quoted = found["quoted"]
        words.append(found["plain"].lower() if quoted is None else quoted.replace('""', '"'))
        place = found.end()
    return words


def quoted_name(value: object) -> object:
    """Return a name as it has to be written."""
    if not isinstance(value, str):
        return value
    return value if _PLAIN.match(value) and value not in _RESERVED else '"' + value.replace('"', '""') + '"'


def quoted(value: object) -> object:
    """Return a text as a literal."""
    text = text_of(value)
    return "'" + text.replace("'", "''") + "'" if isinstance(text, str) else text


def _format(*values: object) -> object:
    form = values[0] if values else None
    if not isinstance(form, str):
        return form
    made, place, taken = list[str](), 0, 0
    for found in _PLACE.finditer(form):
        made.append(form[place : found.start()])
        place = found.end()
        if found["kind"] == "%":
            made.append("%")
            continue
        taken = int(found["number"]) if found["number"] else taken + 1
        text = _FORMS[found["kind"]](values[taken]) if taken < len(values) else UNKNOWN
        if text is None and found["kind"] != "I":
            text = "NULL" if found["kind"] == "L" else ""
        if not isinstance(text, str):
            return UNKNOWN
        made.append(text)
    return "".join([*made, form[place:]])


_FORMS = {"s": text_of, "I": quoted_name, "L": quoted}


def _concat(*values: object) -> object:
    texts = [text_of(each) for each in values if each is not None]
    known = [each for each in texts if isinstance(each, str)]
    return "".join(known) if len(known) == len(texts) else UNKNOWN


def _concat_with(mark: object = None, *values: object) -> object:
    texts = [text_of(each) for each in values if each is not None]
    known = [each for each in texts if isinstance(each, str)]
    return mark.join(known) if len(known) == len(texts) and isinstance(mark, str) else UNKNOWN


def _of_text(made: Callable[[str], object]) -> Callable[..., object]:
    def call(value: object = UNKNOWN, *others: object) -> object:
        if value is None:
            return None
        return made(value) if isinstance(value, str) and not others else UNKNOWN

    return call


def _replace(*values: object) -> object:
    if None in values:
        return None
    text = [each for each in values if isinstance(each, str)]
    return text[0].replace(text[1], text[2]) if len(text) == 3 and text[1] else UNKNOWN


def _split_part(
    text: object = UNKNOWN, mark: object = UNKNOWN, place: object = UNKNOWN, *_: object
) -> object:
    if not isinstance(text, str) or not isinstance(mark, str) or not isinstance(place, int) or not mark:
        return UNKNOWN
    words = text.split(mark)
    return (words[place - 1] if place <= len(words) else "") if place > 0 else UNKNOWN


def _length(value: object = UNKNOWN, *_: object) -> object:
    return (len(value) or None) if isinstance(value, tuple) else None if value is None else UNKNOWN


def _cardinality(value: object = UNKNOWN, *_: object) -> object:
    return len(value) if isinstance(value, tuple) else None if value is None else UNKNOWN


def _append(array: object = UNKNOWN, value: object = UNKNOWN, *_: object) -> object:
    if array is None:
        return (value,)
    return (*array, value) if isinstance(array, tuple) else UNKNOWN


def series(first: object = UNKNOWN, last: object = UNKNOWN, *others: object) -> object:
    """Return the numbers from one to another."""
    if not isinstance(first, int) or not isinstance(last, int) or others or last - first >= _MOST:
        return UNKNOWN
    return tuple(range(first, last + 1))


CALLS: dict[str, Callable[..., object]] = {
    "format": _format,
    "concat": _concat,
    "concat_ws": _concat_with,
    "quote_ident": lambda value=UNKNOWN, *_: quoted_name(value),
    "quote_literal": lambda value=UNKNOWN, *_: quoted(value),
    "quote_nullable": lambda value=UNKNOWN, *_: "NULL" if value is None else quoted(value),
    "lower": _of_text(str.lower),
    "upper": _of_text(str.upper),
    "btrim": _of_text(lambda text: text.strip(" ")),
    "length": _of_text(len),
    "replace": _replace,
    "split_part": _split_part,
    "array_length": _length,
    "cardinality": _cardinality,
    "array_append": _append,
    "array_upper": _length,
    "array_lower": lambda value=UNKNOWN, *_: 1 if isinstance(value, tuple) and value else UNKNOWN,
    "generate_series": series,
    "unnest": lambda value=UNKNOWN, *_: value,
    "current_schemas": lambda *_: UNKNOWN,
}
"""Name -> what it makes of its arguments: ``UNKNOWN`` where that is not certain."""

_WORDS = """
    all analyse analyze and any array as asc asymmetric both case cast check collate column
    constraint create current_date current_role current_time current_timestamp current_user default
    deferrable desc distinct do else end except false fetch for foreign from grant group having in
    initially intersect into lateral leading limit localtime localtimestamp not null offset on only
    or order placing primary references returning select session_user some symmetric table then to
    trailing true union unique user using variadic when where window with authorization binary
    collation concurrently cross current_schema freeze full ilike inner is isnull join left like
    natural notnull outer overlaps right similar tablesample verbose between bigint bit boolean char
    character coalesce dec decimal exists extract float greatest grouping inout int integer interval
    least national nchar none normalize nullif numeric out overlay position precision real row setof
    smallint substring time timestamp treat trim values varchar xmlattributes xmlconcat xmlelement
    xmlexists xmlforest xmlnamespaces xmlparse xmlpi xmlroot xmlserialize xmltable
    """
_RESERVED = frozenset(_WORDS.split())
