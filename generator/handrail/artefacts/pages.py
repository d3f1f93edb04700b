"""The parsed pages of the handbook: their anchors, and what is wrong inside one page."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property

from handrail.artefacts.slug import github_slug, site_slug
from handrail.core.finding import Finding
from handrail.core.location import Location
from handrail.core.suggest import did_you_mean
from handrail.source.page import Heading, Page

DOCS = "docs/"
_NUMBERED = re.compile(r"(.*)_([0-9]+)\Z", re.DOTALL)
_ATTRIBUTES = re.compile(r"\s\{:?[ ]*([^}\n ][^}\n]*)\}\s*\Z")


class Pages:
    """Every page, parsed once, and the questions that others ask about them."""

    def __init__(self, texts: Mapping[str, str], parse: Callable[[str], Page]) -> None:
        self.texts = texts
        self.parsed = {path: parse(text) for path, text in texts.items()}
        self._anchors: dict[tuple[str, bool], frozenset[str]] = {}
        self._lines: dict[str, list[str]] = {}

    @cached_property
    def published(self) -> tuple[str, ...]:
        """The pages of the site, in order of their paths."""
        return tuple(sorted(path for path in self.texts if path.startswith(DOCS)))

    def anchors(self, path: str, *, site: bool) -> frozenset[str]:
        """Return the anchors of a page, as the site or as GitHub makes them."""
        key = (path, site)
        if key not in self._anchors:
            page = self.parsed[path]
            slugs = (slug for slug, _ in slugs_of(page.headings, site=site))
            self._anchors[key] = frozenset((*slugs, *(given.value for given in page.ids)))
        return self._anchors[key]

    def length(self, path: str) -> int:
        """Return the number of lines of a page."""
        return len(self.texts[path].splitlines())

    def finding(self, code: str, message: str, where: Location, hint: str = "") -> Finding:
        """Return a finding in a page, with its source line."""
        if where.path not in self._lines:
            self._lines[where.path] = self.texts[where.path].splitlines()
        lines = self._lines[where.path]
        source = lines[where.line - 1] if where.line <= len(lines) else ""
        return Finding(code, message, where, hint=hint, source=source)


def slugs_of(headings: Iterable[Heading], *, site: bool) -> Iterator[tuple[str, Heading]]:
    """Yield the anchor of each heading, repeats numbered.

    The site counts as the ``toc`` extension of Python-Markdown does (``a``,
    ``a_1``) and reads ``# Text {#id}`` as its ``attr_list`` does; GitHub
    counts as github-slugger does (``a``, ``a-1``).
    """
    taken: dict[str, int] = {}
    if not site:
        for heading in headings:
            yield _free_github_slug(github_slug(heading.text), taken), heading
        return
    given = [(heading, *_given_id(heading.text)) for heading in headings]
    taken.update(dict.fromkeys((explicit for _, _, explicit in given if explicit), 0))
    for heading, text, explicit in given:
        yield explicit or _free_site_slug(site_slug(text), taken), heading


def _given_id(text: str) -> tuple[str, str]:
    """Return the text of a heading without its attributes, and the id among these or ''."""
    found = _ATTRIBUTES.search(text)
    if not found:
        return text, ""
    explicit = [word[1:] for word in found[1].split() if word.startswith("#")]
    return text[: found.start()], explicit[-1] if explicit else ""


def _free_site_slug(slug: str, taken: dict[str, int]) -> str:
    if not slug or slug in taken:
        found = _NUMBERED.match(slug)
        base, count = (found[1], int(found[2])) if found else (slug, 0)
        if not found:
            count = taken.get(slug, 0)  # the last number that it was given
        count += 1
        while f"{base}_{count}" in taken:
            count += 1
        if not found:
            taken[slug] = count
        slug = f"{base}_{count}"
    taken[slug] = 0
    return slug


def _free_github_slug(slug: str, taken: dict[str, int]) -> str:
    free = slug
    while free in taken:
        taken[slug] += 1
        free = f"{slug}-{taken[slug]}"
    taken[free] = 0
    return free


def find_page_problems(pages: Pages) -> Iterator[Finding]:
    """Yield what is wrong inside each page, whatever the others hold.

    Findings: ``page.no-title`` (pages of the site), ``page.duplicate-id``,
    ``link.reference``.
    """
    for path, page in pages.parsed.items():
        if path.startswith(DOCS) and not page.titled:
            hint = "Begin the page with a line such as: # Approval matrix"
            yield pages.finding("page.no-title", "the page has no first-level heading", Location(path), hint)
        yield from _duplicate_ids(path, page, pages)
        yield from _undefined_references(path, page, pages)


def _duplicate_ids(path: str, page: Page, pages: Pages) -> Iterator[Finding]:
    owners: dict[str, int] = {}
    for slug, heading in slugs_of(page.headings, site=path.startswith(DOCS)):
        if slug in owners:
            message = f"id '{slug}' is also the anchor of the heading on line {owners[slug]}"
            where = Location(path, heading.line, heading.column)
            yield pages.finding("page.duplicate-id", message, where, "Rename one of the two.")
        owners.setdefault(slug, heading.line)
    first: dict[str, int] = {}
    for given in page.ids:
        where = Location(path, given.line, given.column)
        if given.value in first:
            message = f"id '{given.value}' stands here again (first on line {first[given.value]})"
            yield pages.finding("page.duplicate-id", message, where, "Rename one of the two.")
        elif owners.get(given.value, given.line) != given.line:  # a heading may hold its own anchor
            line = owners[given.value]
            message = f"id '{given.value}' is also the anchor of the heading on line {line}"
            yield pages.finding("page.duplicate-id", message, where, "Remove the id, or rename it.")
        first.setdefault(given.value, given.line)


def _undefined_references(path: str, page: Page, pages: Pages) -> Iterator[Finding]:
    for label, line, column in page.undefined:
        hint = did_you_mean(label.lower(), page.labels) or f"Add a line such as: [{label}]: page.md"
        message = f"link reference '{label}' is not defined in this page"
        yield pages.finding("link.reference", message, Location(path, line, column), hint)
