"""What a Markdown page holds that others can point at, or that points at others.

Plain records, and the reading of the HTML that stands in a page: importing
this module does not import the Markdown parser (see ``markdown.py``).
"""

import html
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple


class Heading(NamedTuple):
    """A Markdown heading: its level from 1 to 6, and its text without markup."""

    level: int
    text: str
    line: int
    column: int


class Link(NamedTuple):
    """A link, as ``[text](href)``, ``<href>``, a reference or ``<a href>``; ``href`` as written."""

    href: str
    line: int
    column: int


class Image(NamedTuple):
    """An image. ``alt`` is None when there is no alternative text.

    In HTML, ``alt=""`` is a text: it says that the image is decoration.
    """

    src: str
    alt: str | None
    line: int
    column: int


class Id(NamedTuple):
    """An id that HTML in the page gives: ``id=`` of any tag, ``name=`` of ``<a>``."""

    value: str
    line: int
    column: int


class Reference(NamedTuple):
    """A ``[text][label]`` whose label the page does not define."""

    label: str
    line: int
    column: int


class Page(NamedTuple):
    """The parts of a page, each kind in the order of the text. Lines and columns start at 1.

    ``titled`` tells whether it has a first-level heading or a title in its
    front matter; ``labels`` are the link references that it defines.
    """

    headings: tuple[Heading, ...]
    links: tuple[Link, ...]
    images: tuple[Image, ...]
    ids: tuple[Id, ...]
    undefined: tuple[Reference, ...]
    labels: tuple[str, ...]
    titled: bool


def page_facts(page: Page) -> tuple[Any, ...]:
    """Return a page as plain tuples, which ``page_of`` reads back."""
    return tuple(
        tuple(tuple(part) if isinstance(part, tuple) else part for part in field)
        if isinstance(field, tuple)
        else field
        for field in page
    )


def page_of(facts: tuple[Any, ...]) -> Page:
    """Return the page that ``page_facts`` took apart."""
    headings, links, images, ids, undefined, labels, titled = facts
    return Page(
        headings=tuple(Heading(*each) for each in headings),
        links=tuple(Link(*each) for each in links),
        images=tuple(Image(*each) for each in images),
        ids=tuple(Id(*each) for each in ids),
        undefined=tuple(Reference(*each) for each in undefined),
        labels=labels,
        titled=titled,
    )


class Tag(NamedTuple):
    """An opening HTML tag: attribute name -> (value, offset of the value)."""

    name: str
    offset: int
    attributes: Mapping[str, tuple[str, int]]


_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(?P<raw>script|style)\b.*?(?:</(?P=raw)\s*>|\Z)"
    r"|<(?P<name>[a-z][\w-]*)(?P<attributes>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>",
    re.IGNORECASE | re.DOTALL,
)
_ATTRIBUTE = re.compile(
    r"(?P<name>[^\s\"'<>/=]+)(?:\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'=<>`]+)))?"
)


def find_tags(text: str) -> Iterator[Tag]:
    """Yield the opening tags of a piece of HTML; comments, scripts and styles are inert."""
    for found in _TAG.finditer(text):
        if found["name"]:
            yield Tag(found["name"].lower(), found.start(), _attributes(found))


def _attributes(tag: re.Match[str]) -> dict[str, tuple[str, int]]:
    values: dict[str, tuple[str, int]] = {}
    start = tag.start("attributes")
    for found in _ATTRIBUTE.finditer(tag["attributes"]):
        group = next((name for name in ("double", "single", "bare") if found[name] is not None), "name")
        value = "" if group == "name" else html.unescape(found[group])
        values.setdefault(found["name"].lower(), (value, start + found.start(group)))
    return values
