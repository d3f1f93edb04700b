"""Markdown text -> its passages in order, as somebody reads them: for text that people fill in."""

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple, Protocol

from handrail.source.markdown import block_parser

Kind = Literal["heading", "paragraph", "item", "html", "code", "rule", "table"]


class Passage(NamedTuple):
    """One passage: its text as written, without the marks of its kind.

    ``line`` counts from 1; ``depth`` is the level of a heading, 0 for others.
    ``item`` is the first paragraph of a list item.
    """

    kind: Kind
    text: str
    line: int
    depth: int = 0


class _Token(Protocol):
    type: str
    tag: str
    content: str
    map: list[int] | None


def passages(text: str) -> Iterator[Passage]:
    """Yield the passages of a text. What stands in quotes is somebody else's, and left out."""
    tokens: Sequence[_Token] = block_parser().parse(text)
    quoted, before = 0, ""
    for number, token in enumerate(tokens):
        if token.type in ("blockquote_open", "blockquote_close"):
            quoted += 1 if token.type.endswith("open") else -1
        elif not quoted:
            yield from _passage(token, before, tokens[number - 2].type if number > 1 else "")
        before = token.tag if token.type == "heading_open" else token.type


_OWN: dict[str, Kind] = {"html_block": "html", "fence": "code", "code_block": "code", "hr": "rule"}


def _passage(token: _Token, opener: str, outer: str) -> Iterator[Passage]:
    line = token.map[0] + 1 if token.map else 1
    kind = _OWN.get(token.type)
    if kind is not None:
        yield Passage(kind, token.content, line)
    elif token.type == "inline":
        if opener[:1] == "h" and opener[1:].isdigit():
            yield Passage("heading", token.content, line, int(opener[1:]))
        elif opener in ("td_open", "th_open"):
            yield Passage("table", token.content, line)
        else:
            yield Passage("item" if outer == "list_item_open" else "paragraph", token.content, line)
