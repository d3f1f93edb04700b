"""Markdown text -> what stands in it and where. The only door to markdown-it-py."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import accumulate
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.rules_inline import StateInline, autolink, html_inline, image, link
from markdown_it.token import Token

from handrail.source.page import Heading, Id, Image, Link, Page, Reference, find_tags

_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FRONT_TITLE = re.compile(r"^title[ \t]*:[ \t]*[^\s#]", re.MULTILINE)
_POINTING = re.compile(r"[\[<]")
_MARKUP = re.compile(r"[\\`*_~\[<&!\n]")
_CELLS = frozenset({"td_open", "th_open"})
_TEXTS = frozenset({"text", "text_special", "code_inline"})
_BREAKS = frozenset({"softbreak", "hardbreak"})

_Rule = Callable[[StateInline, bool], bool]
_Place = Callable[[int], tuple[int, int]]


@lru_cache(maxsize=1)
def block_parser() -> MarkdownIt:
    """Return a parser that leaves the text of a block as it is: that alone takes linear time."""
    return MarkdownIt("commonmark").enable("table").disable("inline")


def html_lines(text: str) -> frozenset[int]:
    """Return the numbers (from 0) of the lines that belong to HTML blocks."""
    lines: set[int] = set()
    for token in block_parser().parse(text):
        if token.type == "html_block" and token.map:
            lines.update(range(*token.map))
    return frozenset(lines)


def walk(tokens: list[Token]) -> Iterator[Token]:
    """Yield tokens and their children, depth first."""
    for token in tokens:
        yield token
        if token.children:
            yield from walk(token.children)


def parse_page(text: str) -> Page:
    """Return what a page holds that is a target or has one, each part with its place.

    Front matter counts as blank lines. What stands in code spans, code blocks
    and comments is no link and no id. Inline text is parsed only where it can
    hold a link or a tag, which leaves most cells of a big table alone.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    front = _FRONT_MATTER.match(text)
    if front:
        text = "\n" * front[0].count("\n") + text[front.end() :]
    reader = _PageReader(text)
    reader.titled = bool(front and _FRONT_TITLE.search(front[1]))
    return reader.read()


class _PageParser(MarkdownIt):
    """Leaves addresses as the author wrote them."""

    def normalizeLink(self, url: str) -> str:
        return url

    def validateLink(self, url: str) -> bool:  # noqa: ARG002  # the name is the parser's
        return True


@lru_cache(maxsize=1)
def _page_parser() -> MarkdownIt:
    made = _PageParser("commonmark").enable(["table", "strikethrough"])
    rules = made.inline.ruler
    rules.at("link", _placed(link, "["))
    rules.at("image", _placed(image, "!"))
    rules.at("autolink", _placed(autolink, "<"))
    rules.at("html_inline", _placed(html_inline, "<"))
    rules.after("link", "undefined_reference", _undefined_reference)
    return made


def _placed(rule: _Rule, opener: str) -> _Rule:
    """Return ``rule`` so that its token remembers where in the inline text it begins."""

    def placed(state: StateInline, silent: bool) -> bool:
        start = state.pos
        if state.src[start] != opener:
            return False
        before = len(state.tokens)
        matched = rule(state, silent)
        if matched and not silent:
            token = state.tokens[before]
            if token.type == "text":  # what stood before it
                token = state.tokens[before + 1]
            token.meta["at"] = start
        return matched

    return placed


def _undefined_reference(state: StateInline, silent: bool) -> bool:
    """Leave a token at ``[text][label]`` that is no link; never consume anything."""
    src, start = state.src, state.pos
    if silent or src[start] != "[":
        return False
    parse_label = state.md.helpers.parseLinkLabel
    middle = parse_label(state, start, True)
    if middle < 0 or not src.startswith("[", middle + 1):
        return False
    end = parse_label(state, middle + 1)
    label = src[middle + 2 : end] or src[start + 1 : middle]
    inert = end < 0 or src.startswith("(", end + 1) or label.startswith("^")
    if inert or normalizeReference(label) in state.env.get("references", {}):
        return False
    token = state.push("undefined_reference", "", 0)
    token.meta["at"] = start
    token.content = label
    return False


class _PageReader:
    """Collects the parts of one page."""

    def __init__(self, text: str) -> None:
        self.text, self.lines = text, text.split("\n")
        self.starts = list(accumulate((len(line) + 1 for line in self.lines), initial=0))
        self.env: dict[str, Any] = {}
        self.headings: list[Heading] = []
        self.links: list[Link] = []
        self.images: list[Image] = []
        self.ids: list[Id] = []
        self.undefined: list[Reference] = []
        self.titled = False
        self.cell_end = (-1, 0)  # line and offset where the last table cell ended

    def read(self) -> Page:
        """Return what the page holds."""
        md = _page_parser()
        tokens: list[Token] = []
        md.block.parse(self.text, md, self.env, tokens)
        before: Token | None = None
        for token in tokens:
            if token.type == "html_block" and token.map:
                self._html_block(*token.map)
            elif token.type == "inline" and before is not None:
                self._inline(token, before)
            before = token
        return Page(
            headings=tuple(self.headings),
            links=tuple(self.links),
            images=tuple(self.images),
            ids=tuple(self.ids),
            undefined=tuple(self.undefined),
            labels=tuple(label.lower() for label in self.env.get("references", {})),
            titled=self.titled,
        )

    def _html_block(self, first: int, end: int) -> None:
        begin = self.starts[first]

        def place(offset: int) -> tuple[int, int]:
            line = bisect_right(self.starts, begin + offset)
            return line, begin + offset - self.starts[line - 1] + 1

        self._html(self.text[begin : self.starts[end]], place)

    def _html(self, source: str, place: _Place) -> None:
        for tag in find_tags(source):
            self.titled = self.titled or tag.name == "h1"
            given = tag.attributes
            names = ("id", "name") if tag.name == "a" else ("id",)
            values = {given[name][0]: given[name][1] for name in reversed(names) if name in given}
            self.ids.extend(Id(value, *place(offset)) for value, offset in values.items())
            if tag.name == "a" and "href" in given:
                self.links.append(Link(given["href"][0], *place(tag.offset)))
            elif tag.name == "img" and "src" in given:
                alt = given["alt"][0] if "alt" in given else None
                self.images.append(Image(given["src"][0], alt, *place(tag.offset)))

    def _inline(self, token: Token, opener: Token) -> None:
        heading = opener.type == "heading_open"
        pointing = _POINTING.search(token.content) is not None
        if not heading and not pointing:
            return
        place = self._places(token, opener.type in _CELLS)
        parsed: list[Token] = []
        if pointing or _MARKUP.search(token.content):
            md = _page_parser()
            md.inline.parse(token.content, md, self.env, parsed)
        if heading:
            text = "".join(map(_text, parsed)) if parsed else token.content
            self.headings.append(Heading(int(opener.tag[1]), text, *place(0)))
            self.titled = self.titled or opener.tag == "h1"
        for part in parsed:
            if "at" in part.meta:
                self._part(part, part.meta["at"], place)

    def _part(self, part: Token, at: int, place: _Place) -> None:
        if part.type == "link_open":
            self.links.append(Link(str(part.attrs["href"]), *place(at)))
        elif part.type == "image":
            alt = part.content.strip() or None
            self.images.append(Image(str(part.attrs["src"]), alt, *place(at)))
        elif part.type == "undefined_reference":
            self.undefined.append(Reference(part.content, *place(at)))
        else:
            self._html(part.content, lambda offset: place(at + offset))

    def _places(self, token: Token, cell: bool) -> _Place:
        """Return what turns an offset in the text of ``token`` into a line and a column.

        That text is the end of each of its source lines, less indentation and
        quote marks; of a table row it is one cell, less backslashes at pipes.
        """
        first = token.map[0] if token.map else 0
        rows = token.content.split("\n")
        if cell:
            written = rows[0].replace("|", r"\|")
            begin = self.cell_end[1] if self.cell_end[0] == first else 0
            columns = [max(self.lines[first].find(written, begin), 0)]
            self.cell_end = (first, columns[0] + len(written))
        else:
            columns = [max(line.rfind(row), 0) for line, row in zip(self.lines[first:], rows, strict=False)]

        def place(offset: int) -> tuple[int, int]:
            before = token.content[:offset]
            row = before.count("\n")
            column = columns[row] + offset - (before.rfind("\n") + 1)
            return first + row + 1, column + 1 + (before.count("|") if cell else 0)

        return place


def _text(token: Token) -> str:
    if token.type in _TEXTS:
        return token.content
    return " " if token.type in _BREAKS else ""
