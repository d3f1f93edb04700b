"""The navigation in mkdocs.yml against the pages that there are."""

import posixpath
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from handrail.artefacts.pages import DOCS, Pages
from handrail.core.finding import Finding
from handrail.core.location import Location
from handrail.core.suggest import did_you_mean
from handrail.source.yaml_nodes import Document, Mark, parse_yaml

MKDOCS = "mkdocs.yml"
_KEY = re.compile(r"""(["']?)(?P<key>[^\s"'#:-][^"'#:]*?)\1\s*:(?:\s|\Z)""")
_READ = frozenset({"nav", "not_in_nav", "exclude_docs", "draft_docs"})
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_EXCLUDED = (".*", "/templates/")
"""What MkDocs leaves out of every site."""


class Entry(NamedTuple):
    """A line of the navigation. ``path`` is as written; '' when the entry names no page."""

    title: str
    path: str
    location: Location


def find_navigation_problems(text: str, pages: Pages, others: frozenset[str]) -> Iterator[Finding]:
    """Yield where mkdocs.yml and the pages of the site disagree.

    Only ``nav`` and the lists of pages outside of it are read, so tags such as
    ``!!python/name:`` elsewhere do not matter. Without ``nav`` the site shows
    every page. Findings: ``nav.missing``, ``nav.duplicate``, ``page.orphan``,
    and those of ``parse_yaml`` about these parts.
    """
    document = parse_yaml(MKDOCS, _relevant(text).encode())
    yield from document.findings
    data = document.data if isinstance(document.data, dict) else {}
    if document.findings or data.get("nav") is None:
        return
    named: dict[str, int] = {}
    lines = text.split("\n")
    for entry in _entries(data["nav"], document.mark[2]["nav"][2], document.path):
        yield from _judge(entry, named, pages, others, lines)
    left_out = _matcher((*_EXCLUDED, *_patterns(document)))
    for path in pages.published:
        if path not in named and not left_out(path.removeprefix(DOCS)):
            hint = f"Name it under 'nav' in {MKDOCS}, or list it under 'not_in_nav'."
            yield pages.finding("page.orphan", "the navigation does not name this page", Location(path), hint)


def _relevant(text: str) -> str:
    """Return mkdocs.yml with all but the sections that are read as blank lines."""
    kept: list[str] = []
    inside = False
    for line in text.removeprefix("\ufeff").split("\n"):
        found = _KEY.match(line)
        if found:
            inside = found["key"] in _READ
        elif line.startswith(("---", "...", "#")):
            kept.append("")
            continue
        kept.append(line if inside else "")
    return "\n".join(kept)


def _entries(data: Any, mark: Mark, path: str, title: str = "") -> Iterator[Entry]:
    line, column, children = mark
    if isinstance(data, list):
        for item, place in zip(data, children, strict=True):
            yield from _entries(item, place, path)
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from _entries(value, children[key][2], path, key)
    else:
        yield Entry(title, "" if data is None else str(data), Location(path, line, column))


def _judge(
    entry: Entry, named: dict[str, int], pages: Pages, others: frozenset[str], lines: list[str]
) -> Iterator[Finding]:
    """Yield what is wrong with an entry, and note the page that it names."""
    if _ELSEWHERE.match(entry.path):
        return
    path = DOCS + posixpath.normpath(entry.path) if entry.path else ""
    source = lines[entry.location.line - 1]
    if path in named:
        message = f"'{entry.path}' stands in the navigation again (first on line {named[path]})"
        hint = "Keep one of the two."
        yield Finding("nav.duplicate", message, entry.location, hint=hint, source=source)
    elif path not in pages.texts and path not in others:
        known = [page.removeprefix(DOCS) for page in pages.published]
        hint = (
            did_you_mean(entry.path, known) or f"Paths count from {DOCS}; remove the entry, or add the page."
        )
        message = f"there is no page '{path}'" if path else f"'{entry.title}' names no page"
        yield Finding("nav.missing", message, entry.location, hint=hint, source=source)
    named.setdefault(path, entry.location.line)


def _patterns(document: Document) -> Iterator[str]:
    for key in ("not_in_nav", "exclude_docs", "draft_docs"):
        value = document.data.get(key)
        if isinstance(value, str):
            yield from value.splitlines()


def _matcher(patterns: tuple[str, ...]) -> Callable[[str], bool]:
    """Return what tells whether a path matches patterns in the way of .gitignore: the last wins."""
    rules = [
        (re.compile(_regex(pattern.removeprefix("!"))), not pattern.startswith("!"))
        for pattern in map(str.strip, patterns)
        if pattern and not pattern.startswith("#")
    ]

    def matches(path: str) -> bool:
        return next((verdict for rule, verdict in reversed(rules) if rule.fullmatch(path)), False)

    return matches


def _regex(pattern: str) -> str:
    body = pattern.strip("/")
    anywhere = "" if "/" in pattern.rstrip("/") else "(?:.*/)?"
    tail = "/.*" if pattern.endswith("/") else "(?:/.*)?"
    parts = re.split(r"(\*\*/|/\*\*|\*|\?)", body)
    return anywhere + "".join(_WILD.get(part, re.escape(part)) for part in parts) + tail


_WILD = {"**/": "(?:.*/)?", "/**": "/.*", "*": "[^/]*", "?": "[^/]"}
