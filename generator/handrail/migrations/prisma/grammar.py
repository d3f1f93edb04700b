"""The grammar of one line of schema.prisma. The only ``import lark``."""

import re
from functools import cache
from typing import Any, NamedTuple

from lark import Lark, Token, Transformer, UnexpectedInput, v_args

from handrail.core.location import Location

_GRAMMAR = r"""
header: PATH PATH "{"
field: PATH type attribute*
value: PATH attribute*
setting: PATH "=" expression
block_attribute: "@@" PATH arguments?

type: base (LIST | OPTIONAL)*
?base: PATH | unsupported
unsupported: UNSUPPORTED "(" STRING ")"
attribute: "@" PATH arguments?
arguments: "(" [argument ("," argument)*] ")"
argument: PATH ":" expression -> named
        | expression -> bare
?expression: STRING -> quoted
           | NUMBER
           | PATH
           | PATH arguments -> call
           | "[" [expression ("," expression)*] "]" -> listed

UNSUPPORTED.3: /Unsupported(?=[ \t]*\()/
NUMBER.2: /-?[0-9]+(\.[0-9]+)?(?![\w-])/
PATH: /[A-Za-z0-9][\w-]*(\.[A-Za-z0-9][\w-]*)*/
STRING: /"([^"\\\x00-\x1f]|\\.)*"/
LIST: "[]"
OPTIONAL: "?"
%ignore /[^\S\r\n]+/
%ignore /\/\/[^\r\n]*/
"""

_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|(.))")


class Quoted(NamedTuple):
    """A text in quotes."""

    text: str


class Call(NamedTuple):
    """A function: its name, and what it is given as (name or '', value)."""

    name: str
    arguments: tuple[tuple[str, "Value"], ...]


class Listed(NamedTuple):
    """A list of values in square brackets."""

    values: tuple["Value", ...]


Value = str | Quoted | Call | Listed
"""A word or number (str), a text, a function, or a list of values."""


class Attribute(NamedTuple):
    """``@name(…)`` or ``@@name(…)``: its arguments as (name or '', value); ``location`` for the latter."""

    name: str
    arguments: tuple[tuple[str, Value], ...] = ()
    location: Location | None = None

    def get(self, name: str, *, first: bool = False) -> Value | None:
        """Return an argument by its name; with ``first`` the first without a name may stand for it."""
        for given, value in self.arguments:
            if given == name:
                return value
        bare = [value for given, value in self.arguments if not given]
        return bare[0] if first and bare else None

    def text(self, name: str, *, first: bool = False) -> str:
        """Return an argument that is a text in quotes, else ''."""
        value = self.get(name, first=first)
        return value.text if isinstance(value, Quoted) else ""


@v_args(inline=True)
class _Read(Transformer[Token, Any]):
    """Trees -> the records above; locations come later."""

    def quoted(self, text: Token) -> Quoted:
        return Quoted(_ESCAPE.sub(_unescaped, text[1:-1]))

    def call(self, name: Token, given: tuple[tuple[str, Value], ...]) -> Call:
        return Call(str(name), given)

    def listed(self, *values: Value | None) -> Listed:
        return Listed(tuple(each for each in values if each is not None))

    def named(self, name: Token, value: Value) -> tuple[str, Value]:
        return str(name), value

    def bare(self, value: Value) -> tuple[str, Value]:
        return "", value

    def arguments(self, *given: tuple[str, Value] | None) -> tuple[tuple[str, Value], ...]:
        return tuple(each for each in given if each)

    def attribute(self, name: Token, given: tuple[tuple[str, Value], ...] = ()) -> Attribute:
        return Attribute(str(name), given)

    block_attribute = attribute

    def unsupported(self, _: Token, text: Token) -> Quoted:
        return self.quoted(text)

    def type(self, base: Token | Quoted, *marks: Token) -> tuple[str, bool, bool, bool]:
        name = base.text if isinstance(base, Quoted) else str(base)
        return name, "[]" in marks, "?" in marks, isinstance(base, Quoted)


def _unescaped(found: re.Match[str]) -> str:
    return chr(int(found[1], 16)) if found[1] else _ESCAPES.get(found[2], found[2])


class Unreadable(Exception):  # no error of ours: whoever reads lines tells the user
    """A line that the grammar does not allow; ``column`` (from 1) is where it goes wrong."""

    def __init__(self, column: int) -> None:
        super().__init__(column)
        self.column = column


def parse_line(start: str, line: str) -> Any:
    """Return one line: an ``Attribute`` for a block attribute, else a tree of its parts.

    ``start`` is header, field, value, setting or block_attribute. Raises ``Unreadable``.
    """
    try:
        return _parser().parse(line, start=start)
    except UnexpectedInput as error:
        cut = getattr(error, "token", None) == ""  # the line ends too early
        raise Unreadable(len(line.rstrip()) + 1 if cut else error.column) from None


@cache
def _parser() -> Lark:
    starts = ["header", "field", "value", "setting", "block_attribute"]
    return Lark(_GRAMMAR, start=starts, parser="lalr", transformer=_Read())
