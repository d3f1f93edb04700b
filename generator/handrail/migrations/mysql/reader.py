"""Tokens of a MySQL statement, read from left to right."""

from collections.abc import Iterable, Iterator, Sequence

from handrail.migrations.tokens import Token, tokens


class Unreadable(Exception):
    """A statement, or a part of it, that this reader does not understand; the message says what."""


class Conflict(Unreadable):
    """A statement that is understood and does not fit the schema as it is."""


class Reader:
    """A place in a row of tokens of ``text``. What is expected and not there is ``Unreadable``."""

    def __init__(self, pieces: Sequence[Token], text: str = "") -> None:
        self._pieces = pieces
        self._at = 0
        self.text = text

    @classmethod
    def of(cls, text: str) -> "Reader":
        """Return a reader of a statement's text."""
        return cls(list(tokens(text, "mysql")), text)

    @property
    def next(self) -> Token | None:
        """The token that comes next, None at the end."""
        return self._pieces[self._at] if self._at < len(self._pieces) else None

    def sees(self, *words: str) -> bool:
        """Tell whether these words or marks, in capitals, come next, one after the other."""
        ahead = self._pieces[self._at : self._at + len(words)]
        return len(ahead) == len(words) and all(map(Token.says, ahead, words))

    def takes(self, *words: str) -> bool:
        """Go over these words if they come next; tell whether they did."""
        there = self.sees(*words)
        self._at += len(words) if there else 0
        return there

    def takes_one(self, *words: str) -> str:
        """Go over one of these words if it comes next; return it in capitals, or ''."""
        return next((word for word in words if self.takes(word)), "")

    def expect(self, *words: str) -> None:
        """Go over these words, which must come next."""
        if not self.takes(*words):
            raise Unreadable(f"{' '.join(words)} is expected {self._where()}")

    def any(self) -> Token:
        """Return the next token, whatever it is."""
        piece = self.next
        if piece is None:
            raise Unreadable("the statement ends too early")
        self._at += 1
        return piece

    def name(self) -> str:
        """Return a name, without the name of the database before it."""
        while True:
            piece = self.any()
            if piece.kind not in ("word", "name", "string"):
                self._at -= 1
                raise Unreadable(f"a name is expected {self._where()}")
            if not self.takes("."):
                return piece.value

    def names(self) -> list[str]:
        """Return names with commas between them."""
        found = [self.name()]
        while self.takes(","):
            found.append(self.name())
        return found

    def group(self) -> "Reader":
        """Go over a pair of brackets; return a reader of what is inside."""
        self.expect("(")
        start, depth = self._at, 1
        while depth:
            piece = self.any()
            depth += piece.says("(") - piece.says(")")
        return Reader(self._pieces[start : self._at - 1], self.text)

    def parts(self) -> list["Reader"]:
        """Return the rest, cut at its commas outside of brackets."""
        cut, depth, begin = [], 0, self._at
        for place in range(self._at, len(self._pieces)):
            piece = self._pieces[place]
            depth += piece.says("(") - piece.says(")")
            if depth == 0 and piece.says(","):
                cut.append(Reader(self._pieces[begin:place], self.text))
                begin = place + 1
        self._at = len(self._pieces)
        return [*cut, Reader(self._pieces[begin:], self.text)] if begin < len(self._pieces) or cut else []

    @property
    def left(self) -> Sequence[Token]:
        """The tokens that are left."""
        return self._pieces[self._at :]

    def rest(self) -> Sequence[Token]:
        """Return the tokens that are left, and go to the end."""
        left = self.left
        self._at = len(self._pieces)
        return left

    def ends(self) -> None:
        """Make sure that nothing is left."""
        if self.next is not None:
            raise Unreadable(f"nothing is expected {self._where()}")

    def exists(self) -> bool:
        """Go over IF EXISTS or IF NOT EXISTS; tell whether it was there."""
        return self.takes("IF", "EXISTS") or self.takes("IF", "NOT", "EXISTS")

    def _where(self) -> str:
        return f"before {self.next.text[:40]}" if self.next else "at the end"


def lines_below(text: str, places: Iterable[int]) -> Iterator[int]:
    """Return on which line below the first each place of a text is; the places go upwards."""
    line = counted = 0
    for place in places:
        line += text.count("\n", counted, place)
        counted = place
        yield line


_TIGHT_BEFORE = ("(", ")", ",", ".", ";")
_TIGHT_AFTER = ("(", ".", "@")


def plain(pieces: Iterable[Token]) -> str:
    """Return an expression as text, spaced in one way and without backticks."""
    words: list[str] = []
    for piece in pieces:
        word = piece.value if piece.kind == "name" else piece.text
        tight = not words or words[-1].endswith(_TIGHT_AFTER) or piece.text in _TIGHT_BEFORE
        words.append(word if tight else f" {word}")
    return "".join(words)
