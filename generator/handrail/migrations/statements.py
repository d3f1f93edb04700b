"""A script -> its statements, with their lines. Knows no grammar, only where a statement ends."""

import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import NamedTuple

from handrail.migrations.quotes import OPEN, Dialect, is_comment, skip
from handrail.migrations.tokens import Token, tokens


class Statement(NamedTuple):
    """One statement of a script.

    ``text`` has no comment before it and no delimiter after it; what MySQL
    runs of its comments (``/*!40101 … */``) is laid bare in it, place for
    place. ``line`` (from 1) and ``start`` (in characters) are where its code
    begins. ``unterminated``: a string, comment or block in it never closes, so
    that it took the rest of the script.
    """

    text: str
    line: int
    start: int
    unterminated: bool = False


def split(text: str, dialect: Dialect) -> Iterator[Statement]:
    """Return the statements of a script, in order. Linear in its size."""
    return _Splitter(text, dialect).statements()


_SPACE = re.compile(r"[\s\x00\ufeff]*+")
_STOPS: dict[Dialect, str] = {
    "sqlite": r"['\"`\[]|--|/\*",
    "postgresql": r"['\"$]|--|/\*",
    "mysql": r"['\"`#]|--|/\*|\*/",
}
_DELIMITER = re.compile(r"delimiter[ \t]+(\S+)[^\n]*", re.IGNORECASE)
_RUN = re.compile(r"/\*M?!(\d*)")
_NEVER = re.compile(r"9{5,6}")
"""The version of a comment that no server has reached: dumps say so to hide something."""

_GAP = r"(?:\s|--[^\n]*+\n|/\*.*?\*/)++"
_BODIES: dict[Dialect, re.Pattern[str]] = {
    "sqlite": re.compile(rf"CREATE{_GAP}(?:TEMP(?:ORARY)?{_GAP})?TRIGGER\b", re.IGNORECASE | re.DOTALL),
    "postgresql": re.compile(
        rf"CREATE{_GAP}(?:OR{_GAP}REPLACE{_GAP})?(?:FUNCTION|PROCEDURE)\b", re.IGNORECASE | re.DOTALL
    ),
    "mysql": re.compile(
        rf"BEGIN{_GAP}NOT{_GAP}ATOMIC\b"
        rf"|ALTER{_GAP}(?:DEFINER\s*=\s*\S+{_GAP})?EVENT\b"
        rf"|CREATE{_GAP}(?:OR{_GAP}REPLACE{_GAP})?(?:DEFINER\s*=\s*(?:`[^`]*`|'[^']*'|[^\s`'])+{_GAP})?"
        rf"(?:AGGREGATE{_GAP})?(?:FUNCTION|PROCEDURE|TRIGGER|EVENT|PACKAGE)\b",
        re.IGNORECASE | re.DOTALL,
    ),
}
"""How a statement begins that may have statements in it."""


class _Splitter:
    def __init__(self, text: str, dialect: Dialect) -> None:
        self._text = text
        self._dialect = dialect
        self._at = 0
        self._delimit(";")
        self._bare: list[tuple[int, int]] = []
        self._in_run = False

    def _delimit(self, delimiter: str) -> None:
        self._delimiter = delimiter
        self._stop = re.compile(f"{re.escape(delimiter)}|{_STOPS[self._dialect]}")

    def statements(self) -> Iterator[Statement]:
        line, counted = 1, 0
        while self._to_code():
            start = self._at
            line += self._text.count("\n", counted, start)
            counted = start
            end = self._to_end(start)
            yield Statement(self._between(start, end), line, start, self._at == OPEN)
            if self._at == OPEN:
                return

    def _between(self, start: int, end: int) -> str:
        code, copied = [], start
        for opening, closing in self._bare:
            code += [self._text[copied:opening], " " * (closing - opening)]
            copied = closing
        self._bare.clear()
        return "".join((*code, self._text[copied:end])).rstrip()

    def _to_code(self) -> bool:
        """Go to the next code; False at the end of the script."""
        text = self._text
        while True:
            space = _SPACE.match(text, self._at)
            self._at = space.end() if space else self._at
            if self._at >= len(text):
                return False
            if not self._over_no_code():
                return True

    def _over_no_code(self) -> bool:
        """Go over a delimiter, a comment or a command of the client. False when code begins here."""
        text, at = self._text, self._at
        if text.startswith(self._delimiter, at):
            self._at = at + len(self._delimiter)
            return True
        if self._dialect == "mysql":
            command = _DELIMITER.match(text, at)
            if command:
                self._delimit(command[1])
                self._at = command.end()
                return True
            if self._over_run_mark(at):
                self._bare.clear()
                return True
        end = skip(text, at, self._dialect) if is_comment(text, at) else at
        if end in (at, OPEN):
            return False
        self._at = end
        return True

    def _over_run_mark(self, at: int) -> bool:
        """Go over the beginning or end of a comment that MySQL runs."""
        mark = _RUN.match(self._text, at)
        if mark is not None and not _NEVER.fullmatch(mark[1]):
            end, self._in_run = mark.end(), True
        elif self._in_run and self._text.startswith("*/", at):
            end, self._in_run = at + 2, False
        else:
            return False
        self._bare.append((at, end))
        self._at = end
        return True

    def _to_end(self, start: int) -> int:
        """Go behind the delimiter of the statement that begins at ``start``; return where it ends."""
        body = None
        if self._delimiter == ";" and _BODIES[self._dialect].match(self._text, start):
            body = _Body(self._dialect)
        part = self._at = start
        while (stop := self._stop.search(self._text, self._at)) is not None:
            if stop[0] == self._delimiter:
                self._at = stop.end()
                if body is None or body.ends(self._text[part : stop.start()]):
                    return stop.start()
                part = stop.end()
            elif not (self._dialect == "mysql" and self._over_run_mark(stop.start())):
                end = skip(self._text, stop.start(), self._dialect)
                if end == OPEN:
                    self._at = OPEN
                    return len(self._text)
                self._at = max(end, stop.start() + 1)
        ended = body is None or body.ends(self._text[part:])
        self._at = len(self._text) if ended else OPEN
        return len(self._text)


_BLOCKS = ("IF", "LOOP", "WHILE", "REPEAT")
_BEFORE_STATEMENT = ("BEGIN", "THEN", "ELSE", "DO", "LOOP", "REPEAT", "ROW", ":")


class _Body:
    """Follows the blocks of a trigger or routine, part by part between its semicolons."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._depth = 0
        self._first = True

    def ends(self, part: str) -> bool:
        """Tell whether the semicolon behind ``part`` ends the statement."""
        pieces = list(tokens(part, self._dialect))
        if self._dialect == "sqlite":
            # SQLite's own rule: the END of a CASE never stands alone between two semicolons.
            return len(pieces) == 1 and pieces[0].says("END")
        before: Token | None = None
        for piece, after in zip_longest(pieces, pieces[1:]):
            self._depth = max(0, self._depth + self._step(before, piece, after))
            before = piece
        self._first = False
        return self._depth == 0

    def _step(self, before: Token | None, piece: Token, after: Token | None) -> int:
        if piece.kind != "word" or (before is not None and before.says(".")):
            return 0
        if piece.says("END"):
            return -1
        if before is not None and before.says("END"):
            return 0  # END IF, END CASE
        if piece.says("BEGIN"):
            return int(self._dialect == "mysql" or (after is not None and after.says("ATOMIC")))
        if piece.says("CASE"):
            return 1
        begins = not self._first if before is None else before.says(*_BEFORE_STATEMENT)
        return int(self._dialect == "mysql" and begins and piece.says(*_BLOCKS))
