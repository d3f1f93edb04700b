"""The generated files as their readers read them, written without a look at what writes them."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests.properties.policies import records_of

Data = Mapping[str, Any]
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_ANCHOR = re.compile(r'<a id="([^"]*)">')
_REFERENCE = re.compile(r"\[\[([a-z-]+):([A-Za-z0-9_./-]+)\]\]")


def squeezed(text: str) -> str:
    """Return a text as HTML shows it: any white space is one space."""
    return " ".join(text.split())


class Seen(NamedTuple):
    """A piece of a page: its text, where its links lead, its comments and anchors."""

    text: str
    links: tuple[str, ...]
    comments: tuple[str, ...]
    anchors: tuple[str, ...]


class Heading(NamedTuple):
    """A heading."""

    level: int
    seen: Seen


class Item(NamedTuple):
    """A list item. ``box`` is None, or whether its box is ticked."""

    seen: Seen
    box: bool | None


class Page(NamedTuple):
    """A page in the order of its text: headings, items, paragraphs, tables (lists of rows), code (str)."""

    parts: tuple[Any, ...]

    def after(self, title: str, level: int = 0) -> "Page":
        """Return what stands below the first heading of that text, up to the next of its level."""
        for number, part in enumerate(self.parts):
            if isinstance(part, Heading) and part.seen.text == title and level in (0, part.level):
                rest = self.parts[number + 1 :]
                ends = (at for at, each in enumerate(rest) if _ends(each, part.level))
                return Page(rest[: next(ends, len(rest))])
        raise AssertionError(f"no heading {title!r}")

    def headings(self, level: int) -> list[str]:
        """Return the texts of the headings of one level."""
        return [part.seen.text for part in self.parts if isinstance(part, Heading) and part.level == level]

    def tables(self) -> list[list[list[Seen]]]:
        """Return the tables: rows of cells, the head first."""
        return [part for part in self.parts if isinstance(part, list)]

    def table(self, head: str) -> list[list[Seen]]:
        """Return the rows of the first table whose first column is called ``head``."""
        return next(table[1:] for table in self.tables() if table[0][0].text == head)

    def items(self) -> list[Item]:
        """Return the list items."""
        return [part for part in self.parts if isinstance(part, Item)]

    def codes(self) -> list[str]:
        """Return the code blocks."""
        return [part for part in self.parts if isinstance(part, str)]

    def paragraphs(self) -> list[str]:
        """Return the texts of the paragraphs."""
        return [part.text for part in self.parts if isinstance(part, Seen)]

    def everything(self) -> list[str]:
        """Return every text of the page, white space squeezed."""
        cells = [cell.text for table in self.tables() for row in table for cell in row]
        named = [part.seen.text for part in self.parts if isinstance(part, Heading | Item)]
        return [*cells, *named, *self.paragraphs(), *map(squeezed, self.codes())]


def _ends(part: Any, level: int) -> bool:
    return isinstance(part, Heading) and part.level <= level


def read_page(text: str) -> Page:
    """Return what a reader of a Markdown page sees. Fails where policy text became markup."""
    text = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
    return Page(tuple(_parts(tokens)))


_ALLOWED = {"heading", "paragraph", "bullet_list", "ordered_list", "list_item", "blockquote"}
_ALLOWED |= {"table", "thead", "tbody", "tr", "th", "td"}


def _parts(tokens: Sequence[Token]) -> Iterator[Any]:
    items = 0
    rows: list[list[Seen]] = []
    for opener, token in pairwise([Token("start", "", 0), *tokens]):
        items += {"list_item_open": 1, "list_item_close": -1}.get(token.type, 0)
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "table_close":
            yield rows
            rows = []
        elif opener.type in ("td_open", "th_open"):
            rows[-1].append(_seen(token.children or []))
        elif token.type in ("fence", "html_block", "inline"):
            yield _part(token, opener, inside_list=items > 0)
        else:
            name = token.type.removesuffix("_open").removesuffix("_close")
            assert name in _ALLOWED, f"{token.type}: {token.content!r}"


def _part(token: Token, opener: Token, *, inside_list: bool) -> Any:
    if token.type == "fence":
        return token.content
    if token.type == "html_block":
        assert _COMMENT.fullmatch(token.content.strip()), token.content
        return Seen("", (), (_comment(token.content),), ())
    seen = _seen(token.children or [])
    if opener.type == "heading_open":
        return Heading(int(opener.tag[1]), seen)
    return _item(seen) if inside_list else seen


def _item(seen: Seen) -> Item:
    box = {"[ ] ": False, "[x] ": True}.get(seen.text[:4])
    return Item(seen if box is None else seen._replace(text=seen.text[4:]), box)


def _comment(html: str) -> str:
    found = _COMMENT.search(html)
    assert found is not None, html
    return found[1].strip()


def _seen(children: Sequence[Token]) -> Seen:
    words, links, comments, anchors = [], [], [], []
    for child in children:
        if child.type in ("text", "text_special", "code_inline"):
            words.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            words.append(" ")
        elif child.type == "link_open":
            links.append(str(child.attrs["href"]))
        elif child.type == "html_inline" and child.content.startswith("<!--"):
            comments.append(_comment(child.content))
        elif child.type == "html_inline":
            anchors += _tag(child.content, words)
        else:
            assert child.type in ("link_close", "strong_open", "strong_close"), child
    return Seen(squeezed("".join(words)), tuple(links), tuple(comments), tuple(anchors))


def _tag(html: str, words: list[str]) -> list[str]:
    if html == "<br>":
        words.append(" ")
        return []
    found = _ANCHOR.fullmatch(html)
    assert found or html == "</a>", f"HTML of nobody: {html}"
    return [found[1]] if found else []


class Reader:
    """Knows the titles of a policy, and so what a text of it says to a reader."""

    def __init__(self, data: Data) -> None:
        self.titles: dict[tuple[str, str], str] = {}
        for cls, record in records_of(dict(data)):
            for kind, key in _ids(cls, record):
                self.titles.setdefault((kind, key), _title(record))

    def seen(self, text: str) -> str:
        """Return what a reader sees of prose: code without its ticks, titles for references."""
        return self._seen(text, self.title)

    def title(self, kind: str, key: str) -> str:
        """Return the label of a link to an entry. A reference inside of a title is its bare id."""
        return self._seen(self.titles.get((kind, key), key), lambda _, inner: inner)

    def _seen(self, text: str, title: Callable[[str, str], str]) -> str:
        return squeezed(" ".join(_line(line, title) for line in text.strip().split("\n")))


def _ids(cls: Any, record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    from handrail.policy.forms import id_field

    names = id_field(cls)
    if names and not names[1].scoped:
        yield names[1].kind, record[names[0]]


def _title(record: Mapping[str, Any]) -> str:
    names = ("title", "term", "question", "label", "text", "id")
    return next(str(record[name]) for name in names if record.get(name))


_CODE_ONLY = MarkdownIt("zero").enable("backticks")


def _line(line: str, title: Callable[[str, str], str]) -> str:
    """Return one line with its code spans and references read, and nothing else."""
    words = []
    for token in _CODE_ONLY.parseInline(squeezed(line))[0].children or []:
        if token.type == "code_inline":
            bare = token.content.strip()  # code of nothing is shown as it is written
            words.append(token.content if bare else f"{token.markup} {token.markup}")
        else:
            words.append(_REFERENCE.sub(lambda found: title(found[1], found[2]), token.content))
    return "".join(words)


def read_codeowners(text: str) -> list[tuple[str, list[str]]]:
    """Return (pattern, owners) of each line: words part at spaces, a backslash frees the next sign."""
    rules = []
    for line in text.split("\n"):
        words: list[str] = []
        word, signs = "", iter(line)
        for sign in signs:
            if sign == "\\":
                word += next(signs, "")
            elif sign == "#":
                break
            elif sign.isspace():
                words, word = [*words, word], ""
            else:
                word += sign
        words = [each for each in [*words, word] if each]
        if words:
            rules.append((words[0], words[1:]))
    return rules
