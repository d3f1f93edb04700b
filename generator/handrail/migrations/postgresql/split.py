"""A script -> its statements, by the rules of psql: quotes, dollars, comments, backslashes, COPY's data.

One pass over the text, whatever is broken in it: an open quote ends with the text.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(  # each way begins with a letter of its own: so the engine runs past all others
    r"--[^\n]*+"
    r"|/\*(?P<comment>)"
    r"|'(?:(?<=[eE]')(?<![\w$][eE]')(?:[^'\\]|\\.|'')*+(?:'|\\?\Z)|[^']*+(?:'|\Z))"
    r"|\"[^\"]*+(?:\"|\Z)"
    r"|\$(?<![\w$]\$)(?:[^\W\d]\w*)?\$(?P<dollar>)"
    r"|\\[^\n]*+(?P<psql>)"
    r"|;(?P<end>)",
    re.DOTALL,
)
_CLAUSE = re.compile(rf"(?P<mark>[(),])|{_TOKEN.pattern}", re.DOTALL)
_NESTED = re.compile(r"/\*|\*/")
_COPY = re.compile(r"COPY\b.*\bFROM\s+STDIN\b", re.IGNORECASE | re.DOTALL)
_DATA_END = re.compile(r"^\\\.[ \t\r]*$", re.MULTILINE)
_NOT_SPACE = re.compile(r"\S")


class Piece(NamedTuple):
    """A statement without its semicolon, or a command of psql; ``line`` is that of its first code.

    ``data`` tells that lines of data followed it.
    """

    text: str
    line: int
    psql: bool = False
    data: bool = False


def split_script(text: str) -> Iterator[Piece]:
    """Yield the statements of a script and the commands of psql in it, in order."""
    return _Splitter(text).pieces()


def clause(text: str, place: int) -> str:
    """Return the code from ``place`` to the comma or bracket that ends its clause, no comments or quotes."""
    depth, kept = 0, list[str]()
    while token := _CLAUSE.search(text, place):
        kept.append(text[place : token.start()] + " ")
        if token.lastgroup == "mark":
            depth += (token[0] == "(") - (token[0] == ")")
            if depth < 0 or (token[0] == "," and not depth):
                return "".join(kept)
        place = _end(text, token)
    return "".join([*kept, text[place:]])


class _Splitter:
    """Where the reading of a script stands: ``start`` is the first code of a statement, -1 before it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.place = 0
        self.start = -1
        self.counted = 0
        self.line = 1

    def pieces(self) -> Iterator[Piece]:
        """Yield the pieces."""
        while token := _TOKEN.search(self.text, self.place):
            self._code_until(token.start())
            kind = token.lastgroup
            if kind in ("end", "psql"):
                if self.start >= 0:
                    yield self._piece(token.start())
                if kind == "psql":
                    yield Piece(token[0].rstrip(), self._line_at(token.start()), psql=True)
                self.start = -1
            end = _end(self.text, token)
            if self.start < 0 and _is_code(token, open_ended=end == len(self.text)):
                self.start = token.start()
            self.place = max(self.place, end)
        self._code_until(len(self.text))
        if self.start >= 0:
            yield self._piece(len(self.text))

    def _code_until(self, end: int) -> None:
        if self.start < 0:
            found = _NOT_SPACE.search(self.text, self.place, end)
            self.start = found.start() if found else -1

    def _piece(self, end: int) -> Piece:
        text = self.text[self.start : end].rstrip()
        data = end < len(self.text) and self.text[end] == ";" and bool(_COPY.match(text))
        if data:
            last = _DATA_END.search(self.text, end)
            self.place = last.end() if last else len(self.text)
        return Piece(text, self._line_at(self.start), data=data)

    def _line_at(self, place: int) -> int:
        self.line += self.text.count("\n", self.counted, place)
        self.counted = place
        return self.line


def _is_code(token: re.Match[str], *, open_ended: bool) -> bool:
    """Tell whether a token begins a statement; a comment that never closes does, for the parser to refuse."""
    if token.lastgroup == "comment":
        return open_ended and not token.string.endswith("*/")
    return token.lastgroup not in ("end", "psql") and not token[0].startswith("--")


def _end(text: str, token: re.Match[str]) -> int:
    """Return where a token ends; one that never closes ends with the text."""
    kind = token.lastgroup
    if kind == "dollar":
        found = text.find(token[0], token.end())
        return found + len(token[0]) if found >= 0 else len(text)
    if kind != "comment":
        return token.end()
    depth, place = 1, token.end()
    while depth:
        each = _NESTED.search(text, place)
        if each is None:
            return len(text)
        depth += 1 if each[0] == "/*" else -1
        place = each.end()
    return place
