"""What hides SQL from a reader: strings, quoted names and comments, per dialect."""

import re
from typing import Literal

Dialect = Literal["sqlite", "postgresql", "mysql"]

OPEN = -1
"""What opens and never closes."""

_ESCAPED = {
    "'": re.compile(r"[^'\\]*+(?:\\.[^'\\]*+)*+'", re.DOTALL),
    '"': re.compile(r'[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL),
}
_TAG = re.compile(r"\$(?:[^\W\d]\w*)?\$")
_NESTED = re.compile(r"/\*|\*/")
_DASHES = re.compile(r"--(?=[\s\x00-\x20]|\Z|> statement-breakpoint)")
"""How a comment of MySQL begins; Drizzle's runner cuts scripts at the last one."""


def skip(text: str, at: int, dialect: Dialect) -> int:
    """Return where the string, quoted name or comment ends that begins at ``at``.

    ``at`` itself when nothing of that kind begins there, ``OPEN`` when it does not end.
    """
    letter = text[at]
    if letter in "-#/":
        return _comment(text, at, dialect)
    if letter == "$" and dialect == "postgresql":
        return _dollars(text, at)
    if letter == "[" and dialect == "sqlite":
        return text.find("]", at + 1) + 1 or OPEN
    if letter in "'\"" or (letter == "`" and dialect != "postgresql"):
        return _quoted(text, at, letter, escapes=_escapes(text, at, dialect))
    return at


def is_comment(text: str, at: int) -> bool:
    """Tell whether what ``skip`` found at ``at`` is a comment."""
    return text[at] in "-#/"


def _escapes(text: str, at: int, dialect: Dialect) -> bool:
    """Tell whether a backslash means something in the string that begins at ``at``."""
    if dialect == "mysql":
        return text[at] != "`"
    prefixed = dialect == "postgresql" and text[at] == "'" and text[at - 1 : at] in ("e", "E")
    return prefixed and not _is_word(text[at - 2 : at - 1])


def _is_word(letter: str) -> bool:
    return letter.isalnum() or letter in ("_", "$")


def _quoted(text: str, at: int, quote: str, *, escapes: bool) -> int:
    end = at + 1
    while True:
        if escapes:
            closing = _ESCAPED[quote].match(text, end)
            end = closing.end() if closing else 0
        else:
            end = text.find(quote, end) + 1
        if not end:
            return OPEN
        if text[end : end + 1] != quote:
            return end
        end += 1  # a doubled quote stands for itself


def _dollars(text: str, at: int) -> int:
    tag = _TAG.match(text, at)
    if tag is None or _is_word(text[at - 1 : at]):
        return at
    end = text.find(tag[0], tag.end())
    return OPEN if end < 0 else end + len(tag[0])


def _comment(text: str, at: int, dialect: Dialect) -> int:
    if text.startswith("/*", at):
        if dialect == "postgresql":
            return _nested(text, at)
        end = text.find("*/", at + 2)
        # SQLite takes the end of the script for the end of the comment.
        return end + 2 if end >= 0 else len(text) if dialect == "sqlite" else OPEN
    dashes = _DASHES.match(text, at) if dialect == "mysql" else text.startswith("--", at)
    if dashes or (dialect == "mysql" and text[at] == "#"):
        end = text.find("\n", at)
        return len(text) if end < 0 else end
    return at


def _nested(text: str, at: int) -> int:
    depth = 0
    for mark in _NESTED.finditer(text, at):
        depth += 1 if mark[0] == "/*" else -1
        if depth == 0:
            return mark.end()
    return OPEN


def quoted(name: str, dialect: Dialect = "sqlite") -> str:
    """Return one name as a statement writes it; only MySQL has marks of its own."""
    mark = "`" if dialect == "mysql" else '"'
    return mark + name.replace(mark, mark * 2) + mark


def quoted_table(name: str, dialect: Dialect) -> str:
    """Return a name of the catalog, with its schema if it has one, as a statement writes it."""
    space, dot, own = name.partition(".")
    if dot and dialect != "sqlite":
        return f"{quoted(space, dialect)}.{quoted(own, dialect)}"
    return quoted(name, dialect)
