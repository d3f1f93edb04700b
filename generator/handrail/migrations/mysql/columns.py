"""Column definitions of MySQL and MariaDB."""

import re
from typing import NamedTuple

from handrail.migrations.mysql.reader import Reader, Unreadable, plain
from handrail.migrations.tables import Column

_INTEGERS = frozenset({"tinyint", "smallint", "mediumint", "int", "bigint"})
_NUMBERS = _INTEGERS | {"decimal", "float", "double", "bit", "year"}
_TYPE = re.compile(
    r"(?:tiny|small|medium|big)?int|tinyint\(1\)|decimal|float|double|bit|year|serial"
    r"|(?:var)?char|(?:var)?binary|(?:tiny|medium|long)?(?:text|blob)|enum|set|json|uuid|inet[46]|vector"
    r"|date|time|datetime|timestamp|geometry|(?:multi)?(?:point|linestring|polygon)|geom(?:etry)?collection"
)
_SYNONYMS = {
    "integer": "int",
    "int1": "tinyint",
    "int2": "smallint",
    "int3": "mediumint",
    "int4": "int",
    "int8": "bigint",
    "middleint": "mediumint",
    "bool": "tinyint(1)",
    "boolean": "tinyint(1)",
    "dec": "decimal",
    "fixed": "decimal",
    "numeric": "decimal",
    "number": "decimal",
    "real": "double",
    "float4": "float",
    "float8": "double",
    "character": "char",
    "nchar": "char",
    "nvarchar": "varchar",
    "varchar2": "varchar",
    "varcharacter": "varchar",
    "long": "mediumtext",
    "clob": "longtext",
}
_LENGTHS = {"decimal": "(10,0)", "char": "(1)", "binary": "(1)", "bit": "(1)"}
"""What a type means without a length: MySQL manual, "Data Types"."""

_NOW = re.compile(r"(?:current_timestamp|now|localtime|localtimestamp)(?:\(\s*(\d*)\s*\))?", re.IGNORECASE)
_WITH_VALUE = ("COLUMN_FORMAT", "STORAGE", "ENGINE_ATTRIBUTE", "SECONDARY_ENGINE_ATTRIBUTE", "SRID")


class Definition(NamedTuple):
    """A column as it is defined, and what its definition says of keys.

    ``after`` is '' for the end, None for the first place; ``checks`` are (name, text, enforced).
    """

    column: Column
    primary: bool = False
    unique: bool = False
    checks: tuple[tuple[str, str, bool], ...] = ()
    references: str = ""
    after: str | None = ""
    on_update: str = ""


def read_column(reader: Reader) -> Definition:
    """Return the definition that comes next, up to the end."""
    name = reader.name()
    kind = _read_type(reader)
    made = Definition(Column(name, kind))
    if kind == "serial":
        column = Column(name, "bigint unsigned", required=True, identity="autoincrement")
        made = Definition(column, unique=True)
    while reader.next is not None:
        made = _attribute(reader, made)
    column = made.column
    required = column.required or made.primary
    default = f"{_stored_default(column)} {made.on_update}".strip()
    return made._replace(column=column._replace(default=default, required=required))


def _read_type(reader: Reader) -> str:
    """Return a type, normal: synonyms, lengths and display widths as MySQL 8 shows them."""
    word = _type_name(reader)
    length = _LENGTHS.get(word, "")
    if reader.sees("("):
        length = _length(reader.group(), word)
    signed = ""
    while sign := reader.takes_one("UNSIGNED", "SIGNED", "ZEROFILL"):
        signed += "" if sign == "SIGNED" else f" {sign.lower()}"
    if "zerofill" in signed and "unsigned" not in signed:
        signed = f" unsigned{signed}"
    return word + length + signed


def _type_name(reader: Reader) -> str:
    reader.takes("NATIONAL")
    word = reader.name().lower()
    word = _SYNONYMS.get(word, word)
    if word == "double":
        reader.takes("PRECISION")
    elif word == "char" and reader.takes("VARYING"):
        word = "varchar"
    elif word == "mediumtext" and reader.takes("VARBINARY"):
        word = "mediumblob"
    elif word == "mediumtext":
        reader.takes("VARCHAR")
    if not _TYPE.fullmatch(word):
        raise Unreadable(f"the type {word[:40]} is unknown")
    return word


def _length(inside: Reader, word: str) -> str:
    if word in ("enum", "set"):
        labels = [_label(each) for each in inside.parts()]
        return f"({','.join(labels)})"
    text = plain(inside.rest()).replace(" ", "")
    if word == "decimal" and "," not in text:
        text += ",0"
    meaningless = (word in _INTEGERS and (word, text) != ("tinyint", "1")) or word == "year" or text == "0"
    return "" if meaningless else f"({text})"


def _label(part: Reader) -> str:
    piece = part.any()
    if piece.kind != "string":
        raise Unreadable("a value of an enum is expected")
    text = re.sub(r"\\(.)", r"\1", piece.value, flags=re.DOTALL)
    return "'" + text.replace("'", "''") + "'"


def _attribute(reader: Reader, made: Definition) -> Definition:
    """Read one attribute of a column."""
    column = made.column
    for read in (_null_or_default, _text_or_number, _key):
        found = read(reader, made)
        if found is not None:
            return found
    if reader.takes("FIRST"):
        return made._replace(after=None)
    if reader.takes("AFTER"):
        return made._replace(after=reader.name())
    if reader.takes("GENERATED", "ALWAYS", "AS") or reader.takes("AS"):
        expression = plain(reader.group().rest())
        stored = reader.takes_one("VIRTUAL", "STORED", "PERSISTENT") in ("STORED", "PERSISTENT")
        generated = "stored" if stored else "virtual"
        return made._replace(column=column._replace(generated=generated, default=f"({expression})"))
    if reader.takes_one("VISIBLE", "INVISIBLE", "COMPRESSED"):
        return made
    if reader.takes_one(*_WITH_VALUE):
        reader.takes("=")
        reader.any()
        return made
    raise Unreadable(f"{reader.any().text[:40]} is unknown in the definition of {column.name}")


def _null_or_default(reader: Reader, made: Definition) -> Definition | None:
    column = made.column
    if reader.takes("NOT", "NULL"):
        return made._replace(column=column._replace(required=True))
    if reader.takes("NULL"):
        return made._replace(column=column._replace(required=False))
    if reader.takes("DEFAULT"):
        return made._replace(column=column._replace(default=read_default(reader)))
    if reader.takes("ON", "UPDATE"):
        return made._replace(on_update=f"ON UPDATE {read_default(reader)}")
    if reader.takes("AUTO_INCREMENT"):
        return made._replace(column=column._replace(identity="autoincrement"))
    return None


def _text_or_number(reader: Reader, made: Definition) -> Definition | None:
    """Read what is said of letters: character set, collation, comment."""
    column = made.column
    if reader.takes("CHARACTER", "SET") or reader.takes_one("CHARSET"):
        charset = reader.name().lower()
        return made._replace(column=column._replace(collation=column.collation or charset))
    if reader.takes("COLLATE"):
        reader.takes("=")
        return made._replace(column=column._replace(collation=reader.name().lower()))
    if word := reader.takes_one("BINARY", "ASCII", "UNICODE", "BYTE"):
        return made._replace(column=column._replace(collation=word.lower()))
    if reader.takes("COMMENT"):
        reader.any()
        return made
    return None


def _key(reader: Reader, made: Definition) -> Definition | None:
    if reader.takes("UNIQUE"):
        reader.takes_one("KEY", "INDEX")
        return made._replace(unique=True)
    if reader.takes("PRIMARY", "KEY") or reader.takes("KEY"):
        return made._replace(primary=True)
    if reader.sees("CONSTRAINT") or reader.sees("CHECK"):
        named = reader.takes("CONSTRAINT") and not reader.sees("CHECK")
        name = reader.name() if named else ""
        return made._replace(checks=(*made.checks, read_check(reader, name)))
    if reader.takes("REFERENCES"):
        target = reader.name()
        if reader.sees("("):
            reader.group()
        while reader.takes_one("MATCH", "ON"):
            reader.takes_one("DELETE", "UPDATE")
            reader.takes_one("SET", "NO")
            reader.any()
        return made._replace(references=target)
    return None


def read_check(reader: Reader, name: str) -> tuple[str, str, bool]:
    """Return (name, text, whether it is enforced) of a CHECK."""
    reader.expect("CHECK")
    text = plain(reader.group().rest())
    enforced = not reader.takes("NOT", "ENFORCED")
    reader.takes("ENFORCED")
    return name, text, enforced


def read_default(reader: Reader) -> str:
    """Return a default as text, '' for NULL."""
    if reader.sees("("):
        inside = plain(reader.group().rest())
        return _now(inside) or f"({inside})"
    pieces = [reader.any()]
    if pieces[0].says("-", "+"):
        pieces.append(reader.any())
    elif pieces[0].says("NEXT"):
        pieces += [reader.any(), reader.any(), reader.any()]
    elif pieces[0].kind == "word" and reader.next is not None and reader.next.kind == "string":
        pieces.append(reader.any())  # b'0', x'ff', _utf8'a'
    text = plain(pieces).replace("- ", "-")
    if reader.sees("("):
        text += f"({plain(reader.group().rest())})"
    return _now(text) or {"NULL": "", "TRUE": "1", "FALSE": "0"}.get(text.upper(), text)


def _now(text: str) -> str:
    """Return the one name that MySQL shows for the current time, '' for anything else."""
    now = _NOW.fullmatch(text)
    if now is None:
        return ""
    return f"CURRENT_TIMESTAMP({now[1]})" if now[1] and now[1] != "0" else "CURRENT_TIMESTAMP"


def _stored_default(column: Column) -> str:
    """Return the default as it is stored: a number in quotes is a number in a column of numbers."""
    text = column.default
    if text.startswith('"') and text.endswith('"'):
        text = "'" + text[1:-1].replace('""', '"').replace("'", "''") + "'"
    number = re.fullmatch(r"'(-?\d+(?:\.\d+)?)'", text)
    kind = re.split(r"[ (]", column.type, maxsplit=1)[0]
    return number[1] if number and kind in _NUMBERS else text
