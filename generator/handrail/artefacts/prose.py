"""Policy text -> Markdown that says exactly that text, inert.

Only code spans and ``[[kind:id]]`` references are read. Every other word that
could mean something to a Markdown reader is shown as code, to the letter:
code is the one spelling that GitHub, Python-Markdown, Prettier and mdformat
all leave alone (see docs/decisions/). A pipe is spelled ``PIPE`` until
``layout.tidy`` knows whether it stands in a table.
"""

import re
from collections.abc import Callable, Iterator

PIPE = "\ufffe"
"""Stands for ``|`` of policy text. Policy files cannot hold this character."""

Link = Callable[[str, str], str]
"""(kind, id) -> a Markdown link."""

_PIECES = re.compile(
    r"(?P<code>(?<!`)(`+)(?!`)(?P<inside>.+?)(?<!`)\2(?!`))"
    r"|\[\[(?P<kind>[a-z-]+):(?P<id>[A-Za-z0-9_./-]+)\]\]"
    r"|(?P<url>https?://[A-Za-z0-9./_~%?=&#+:@-]*[A-Za-z0-9/])"
    r"|(?P<space>\s+)"
    r"|(?P<word>(?:(?!\[\[[a-z-]+:[A-Za-z0-9_./-]+\]\])[^\s`])+|`+)",
    re.DOTALL,
)
_AWKWARD = re.compile(
    r"[\\*~<>|\[\]{}`$]"  # markup anywhere, and mathematics
    r"|(?<![^\W_])_|_(?![^\W_])"  # an underscore that is not inside a word
    r"|&(#|\w+;|\w{2,}\Z)"  # a character reference, or one that a semicolon may follow
    r"|:[\w+-]+:"  # an emoji short code
    r"|www\.|://|@\w|(?<!\w)#\d"  # what GitHub makes a link of, and whom it would tell
    r"|#\Z"  # could end a heading
    r"|!\Z"  # could meet a link and make an image of it
)
_PLAIN = re.compile(r"[A-Za-z](?:[A-Za-z0-9 ,.;'()/?%-]|: )*")
"""A line in which no word can mean anything to a Markdown reader, unless it holds ``www.``."""

_AT_START = re.compile(r"(#{1,6}|[-+=]+|\d+[.)]|:?-+:?)\Z")


def inline(text: str, link: Link) -> str:
    """Return ``text`` as one line of Markdown; line breaks become ``<br>``."""
    lines = [" ".join(line.split()) for line in text.strip().split("\n")]
    return "<br>".join(_line(line, link) for line in lines)


def label(text: str, link: Link) -> str:
    """Return ``text`` as the label of a link, which can hold no other: addresses are shown as code."""
    return _line(" ".join(text.split()), link, linked=True)


def paragraphs(text: str, link: Link) -> str:
    """Return ``text`` as Markdown paragraphs; blank lines part them."""
    parts = re.split(r"\n\s*\n", text.strip())
    return "\n\n".join(inline(part, link) for part in parts)


def code_span(text: str) -> str:
    """Return ``text`` as code to the letter, line breaks as spaces.

    A backtick inside is spelled with a backslash, outside of the code: the
    formatters choose different fences for code that holds one.
    """
    flat = " ".join(text.split()).replace("|", PIPE)
    parts = re.split(r"(`+)", flat)
    return "".join(code_piece(part) for part in parts if part)


def code_piece(part: str) -> str:
    """Return a piece of a code span as code of its own, spaces and backticks outside of it."""
    if part.startswith("`"):
        return "\\`" * len(part)
    inside = part.strip()
    before = " " if part.startswith(" ") else ""
    after = " " if part.endswith(" ") else ""
    return f"{before}`{inside}`{after}" if inside else part


def fence(text: str, language: str) -> str:
    """Return ``text`` as a fenced code block. Spaces at the ends of lines go: Prettier removes them."""
    runs = [len(run) for run in re.findall(r"`{3,}", text)]
    marks = "`" * max([2, *runs], default=2) + "`"
    code = "\n".join(line.rstrip(" \t") for line in text.split("\n")).rstrip("\n")
    return f"{marks}{language}\n{code}\n{marks}"


def plain(text: str, title: Callable[[str, str], str]) -> str:
    """Return what a reader sees of ``text``: code without its ticks, references as titles."""
    words = []
    for piece in _PIECES.finditer(text):
        if piece["code"]:
            words.append(piece["inside"].strip() or piece["code"])
        elif piece["kind"]:
            words.append(title(piece["kind"], piece["id"]))
        else:
            words.append(piece[0])
    return " ".join("".join(words).split())


def _line(text: str, link: Link, *, linked: bool = False) -> str:
    """Return one line. Neighbouring code is joined: two code spans may not touch."""
    if _PLAIN.fullmatch(text) and "www." not in text:
        return text
    out: list[str] = []
    code = ""
    for is_code, piece in _spelled(text, link, linked=linked):
        if is_code:
            code += piece
            continue
        if code:
            out.append(code_span(code))
            code = ""
        out.append(piece)
    if code:
        out.append(code_span(code))
    return "".join(out)


def _spelled(text: str, link: Link, *, linked: bool) -> Iterator[tuple[bool, str]]:
    """Yield (is code, piece) for each piece of a line."""
    for number, piece in enumerate(_PIECES.finditer(text)):
        if piece["code"]:
            inside = piece["inside"].strip()
            yield True, inside or piece["code"]
        elif piece["kind"]:
            yield False, link(piece["kind"], piece["id"])
        elif piece["url"]:
            yield (True, piece[0]) if linked else (False, f"<{piece[0]}>")
        elif piece["space"]:
            yield False, " "
        else:
            word = piece[0]
            awkward = _AWKWARD.search(word) or (number == 0 and _AT_START.match(word))
            yield (True, word) if awkward else (False, word)
