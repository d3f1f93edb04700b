"""One statement -> its words, names, strings, numbers and marks."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from typing import Literal, NamedTuple

from handrail.migrations.quotes import OPEN, Dialect, is_comment, skip

Kind = Literal["word", "name", "string", "number", "mark"]

_QUOTES = "'\"`[$-#/"
_PIECE = re.compile(
    r"(?P<space>[\s\x00\ufeff]++)"
    r"|(?P<number>(?:0[xX][0-9a-fA-F]+|(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)(?![\w$]))"
    r"|(?P<word>[\w$@]++)"
    r"|(?P<mark>::|\|\||->>?|[<>!=:]=|<>|.)",
    re.DOTALL,
)


class Token(NamedTuple):
    """One piece of a statement, comments and space left out.

    ``name`` is a quoted name; ``text`` is as written, quotes included;
    ``start`` and ``end`` are places in the statement's text.
    """

    kind: Kind
    text: str
    start: int

    @property
    def end(self) -> int:
        """The place after it."""
        return self.start + len(self.text)

    @property
    def value(self) -> str:
        """The name or string without its quotes; anything else as written."""
        if self.kind not in ("name", "string") or len(self.text) < 2:
            return self.text
        first, last = self.text[0], self.text[-1]
        if first == "[":
            return self.text[1:-1]
        if first == "$":
            tag = self.text.find("$", 1) + 1
            return self.text[tag:-tag]
        return self.text[1:-1].replace(last * 2, last) if first == last else self.text

    def says(self, *words: str) -> bool:
        """Tell whether it is one of the unquoted words or marks, given in capitals."""
        return self.kind in ("word", "mark") and self.text.upper() in words


def tokens(text: str, dialect: Dialect) -> Iterator[Token]:
    """Return the tokens of a statement. What never closes is one token up to the end."""
    at = 0
    while at < len(text):
        end = skip(text, at, dialect) if text[at] in _QUOTES else at
        if end == OPEN:
            end = len(text)
        if end > at:
            if not is_comment(text, at):
                yield Token(_quoted_kind(text[at], dialect), text[at:end], at)
        else:
            piece = _PIECE.match(text, at)
            assert piece is not None  # any one letter is a mark
            end = piece.end()
            match piece.lastgroup:
                case "number" | "word" | "mark" as kind:
                    yield Token(kind, piece[0], at)
                case _:
                    pass
        at = end


def chooses(pieces: Sequence[Token], *words: str) -> bool:
    """Tell whether one of ``words`` (WHERE, LIMIT) leaves rows out; ``WHERE 1 = 1`` does not."""
    return any(
        each.says(*words) and not (each.says("WHERE") and _is_true(pieces[place + 1 : place + 5]))
        for place, each in enumerate(pieces)
    )


def depths(pieces: Iterable[Token]) -> Iterator[tuple[int, Token]]:
    """Yield every token with the number of brackets that it stands in."""
    depth = 0
    for piece in pieces:
        depth -= piece.says(")")
        yield depth, piece
        depth += piece.says("(")


def _is_true(condition: Sequence[Token]) -> bool:
    """Tell whether a condition holds for every row, whatever is in it."""
    pieces = list(takewhile(lambda each: not each.says("ORDER", "RETURNING", "LIMIT", ";"), condition))
    match [each.text.upper() for each in pieces]:
        case ["1" | "TRUE"]:
            return True
        case [left, "=", right]:
            return left == right and pieces[0].kind in ("number", "string")
        case _:
            return False


def _quoted_kind(quote: str, dialect: Dialect) -> Kind:
    if quote in "'$" or (quote == '"' and dialect == "mysql"):
        return "string"
    return "name"
