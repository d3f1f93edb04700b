"""Where the links and images of the handbook lead, and whether one can follow them."""

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from handrail.artefacts.pages import DOCS, Pages
from handrail.core.finding import Finding
from handrail.core.location import Location
from handrail.core.suggest import did_you_mean
from handrail.source.page import Image

_URL = re.compile(r"(?P<path>[^?#]*)(?:\?[^#]*)?(?:#(?P<anchor>.*))?", re.DOTALL)
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_ESCAPES = re.compile(r"(?:%[0-9a-f]{2})+", re.IGNORECASE)
_LINE_RANGE = re.compile(r"L(\d+)(?:C\d+)?(?:-L?(\d+)(?:C\d+)?)?")

_CORRECT = "Correct the path, or remove the link."


class Problem(NamedTuple):
    """What is wrong with an address: code, message, hint."""

    code: str
    message: str
    hint: str


class Links:
    """Judges addresses. The arguments are those of ``judge_handbook``.

    ``reached`` collects the paths that the judged addresses lead to.
    """

    def __init__(self, pages: Pages, others: frozenset[str], lines: Mapping[str, int], base: str) -> None:
        self.pages, self.others, self.lines = pages, others, lines
        self.base = base.rstrip("/") + "/" if base else ""
        self.reached: set[str] = set()
        self._near: dict[tuple[str, str], str] = {}

    def judge_link(self, page: str, href: str) -> Problem | None:
        """Return what is wrong with a link on ``page``, or None."""
        if self.base and href.startswith(self.base):
            return self._judge_source(href)
        if _ELSEWHERE.match(href):
            return None
        path, anchor = _split(href)
        if not href:
            return Problem("link.broken", "the link is empty", "Say where it leads, or write plain text.")
        target = _join(page, path) if path else page
        self.reached.add(target)
        problem = self._judge_reach(page, path, target)
        if problem:
            return problem
        if target in self.pages.texts:
            return self._judge_anchor(page, target, anchor, site=page.startswith(DOCS))
        return self._judge_file(page, href, target, anchor)

    def judge_image(self, page: str, src: str) -> Problem | None:
        """Return what is wrong with the address of an image on ``page``, or None."""
        if _ELSEWHERE.match(src):
            return None
        path, _ = _split(src)
        target = _join(page, path) if path else ""
        self.reached.add(target)
        problem = self._judge_reach(page, path, target)
        if problem or target in self.others or target in self.pages.texts:
            return problem
        return Problem("link.image", f"there is no image '{src}'", self._hint(page, target))

    def _judge_reach(self, page: str, path: str, target: str) -> Problem | None:
        if path.startswith(("/", "\\")):
            hint = self._hint(page, path.lstrip("/\\"), "Write the path as seen from this page.")
            return Problem(
                "link.outside",
                f"'{path}' is an absolute path: it leads out of the repository",
                hint,
            )
        if target == ".." or target.startswith("../"):
            return Problem("link.outside", f"'{path}' leads out of the repository", self._hint(page, target))
        if not page.startswith(DOCS) or (target + "/").startswith(DOCS):
            return None
        hint = self._hint(page, target)
        if self._exists(target) and self.base:
            hint = f"Link to {self.base}{target}"
        return Problem("link.outside", f"'{path}' leads out of {DOCS}, where the site cannot follow", hint)

    def _judge_file(self, page: str, href: str, target: str, anchor: str) -> Problem | None:
        if target in self.others:
            return None if page.startswith(DOCS) else self._judge_lines(target, anchor)
        if target not in self._folders:
            return Problem("link.broken", f"there is no file '{target}'", self._hint(page, target))
        if not page.startswith(DOCS):
            return None  # GitHub shows a folder
        index = posixpath.join(posixpath.relpath(target, posixpath.dirname(page)), "index.md")
        hint = (
            f"Did you mean '{index}'?"
            if f"{target}/index.md" in self.pages.texts
            else "Link to a page in it."
        )
        return Problem("link.broken", f"'{href}' is a folder, not a page", hint)

    def _judge_source(self, href: str) -> Problem | None:
        path, anchor = _split(href[len(self.base) :])
        target = posixpath.normpath(path) if path else ""
        self.reached.add(target)
        if not self._exists(target):
            near = did_you_mean(target, self._everything)
            hint = near or _CORRECT
            return Problem("link.source-line", f"there is no file '{target}' in the repository", hint)
        if target in self.pages.texts and not _LINE_RANGE.fullmatch(anchor):
            return self._judge_anchor(target, target, anchor, site=False)
        return self._judge_lines(target, anchor)

    def _judge_lines(self, target: str, anchor: str) -> Problem | None:
        found = _LINE_RANGE.fullmatch(anchor)
        if not found:
            return None
        last = self.pages.length(target) if target in self.pages.texts else self.lines.get(target)
        asked = [int(number) for number in found.groups() if number]
        if last is None or 1 <= min(asked) <= max(asked) <= last:
            return None
        message = f"'{target}' has no line {max(asked) if min(asked) else 0}: it ends at line {last}"
        return Problem(
            "link.source-line",
            message,
            "Correct the line; a generated page is renewed by: handrail render",
        )

    def _judge_anchor(self, page: str, target: str, anchor: str, *, site: bool) -> Problem | None:
        if not anchor:
            return None
        known = self.pages.anchors(target, site=site)
        if anchor in known or (not site and _unescaped(anchor) in known):
            return None
        where = "this page" if target == page else f"'{target}'"
        key = (target, f"#{anchor}")
        if key not in self._near:
            self._near[key] = (
                did_you_mean(f"#{anchor}", [f"#{name}" for name in sorted(known)])
                or "Correct the anchor, or leave it out."
            )
        return Problem("link.anchor", f"there is no anchor '#{anchor}' in {where}", self._near[key])

    def _exists(self, path: str) -> bool:
        return path in self.pages.texts or path in self.others or path in self.lines

    def _hint(self, page: str, target: str, otherwise: str = _CORRECT) -> str:
        """Return the nearest path that can be reached from ``page``, written as a link there."""
        folder = posixpath.dirname(page)
        key = (folder, target)
        if key not in self._near:
            top = DOCS if page.startswith(DOCS) else ""
            namesakes = self._namesakes.get(posixpath.basename(target), ())
            paths = [path for path in namesakes or self._everything if path.startswith(top)]
            near = [posixpath.relpath(path, folder or ".") for path in paths if path != page]
            wanted = posixpath.relpath(target, folder or ".")
            only = f"Did you mean '{near[0]}'?" if namesakes and len(near) == 1 else ""
            self._near[key] = only or _nearest(wanted, near)
        return self._near[key] or otherwise

    @cached_property
    def _everything(self) -> tuple[str, ...]:
        return tuple(sorted({*self.pages.texts, *self.others, *self.lines}))

    @cached_property
    def _namesakes(self) -> Mapping[str, list[str]]:
        """File name -> the paths of that name."""
        found: dict[str, list[str]] = defaultdict(list)
        for path in self._everything:
            found[posixpath.basename(path)].append(path)
        return found

    @cached_property
    def _folders(self) -> frozenset[str]:
        folders = {"."}
        for path in self._everything:
            while (path := posixpath.dirname(path)) and path not in folders:
                folders.add(path)
        return frozenset(folders)


def find_link_problems(pages: Pages, links: Links) -> Iterator[Finding]:
    """Yield what is wrong with every link and image of every page.

    Findings: ``link.broken``, ``link.anchor``, ``link.outside``,
    ``link.image``, ``link.source-line``.
    """
    for path, page in pages.parsed.items():
        for href, line, column in page.links:
            problem = links.judge_link(path, href)
            if problem:
                yield _found(pages, problem, Location(path, line, column))
        for image in page.images:
            where = Location(path, image.line, image.column)
            for problem in _image_problems(path, image, links):
                yield _found(pages, problem, where)


def _image_problems(path: str, image: Image, links: Links) -> Iterator[Problem]:
    problem = links.judge_image(path, image.src)
    if problem:
        yield problem
    if image.alt is None:
        hint = "Say in a few words what it shows, for those who do not see it."
        yield Problem("link.image", f"the image '{image.src}' has no alternative text", hint)


def _found(pages: Pages, problem: Problem, where: Location) -> Finding:
    return pages.finding(problem.code, problem.message, where, problem.hint)


def _split(url: str) -> tuple[str, str]:
    """Return the path, unescaped, and the anchor of an address; its query is dropped."""
    found = _URL.fullmatch(url)
    assert found is not None  # the pattern matches any text
    return _unescaped(found["path"]), found["anchor"] or ""


def _join(page: str, path: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), path))


def _unescaped(text: str) -> str:
    if "%" not in text:
        return text
    return _ESCAPES.sub(
        lambda found: bytes.fromhex(found[0].replace("%", "")).decode("utf-8", "replace"), text
    )


def _nearest(path: str, known: list[str]) -> str:
    """Return a did-you-mean among files of the same type, whose suffix is no likeness."""
    stem, suffix = posixpath.splitext(path)
    stems = [other.removesuffix(suffix) for other in known if suffix and other.endswith(suffix)]
    hint = did_you_mean(stem, stems)
    return hint.removesuffix("'?") + f"{suffix}'?" if hint else ""
