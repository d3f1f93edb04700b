"""What templates may say: links, headings, code, numbers. One writer for each artefact."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from markupsafe import Markup

from handrail.artefacts import prose as spelling
from handrail.artefacts.homes import Homes, relative
from handrail.artefacts.slug import github_slug, site_slug
from handrail.core.address import percent_encoded
from handrail.policy.model import Policy
from handrail.policy.projection import files_address
from handrail.policy.shape import Node

_NUMBERS = [
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]


class Writer:
    """The functions and filters of a Markdown template that is written to ``path``.

    On pages links are relative; elsewhere (``absolute``) they lead to the
    repository's web address, because GitHub shows the text in another place.
    """

    def __init__(
        self, policy: Policy, homes: Homes, path: str, seen: Callable[[Node], None], *, absolute: bool
    ) -> None:
        self.policy, self.homes, self.path, self.absolute = policy, homes, path, absolute
        self.seen = seen
        self.base = files_address(policy)

    def inline(self, text: str) -> Markup:
        """Return policy text as one line of Markdown."""
        return Markup(spelling.inline(text, self._link))

    def prose(self, text: str) -> Markup:
        """Return policy text as Markdown paragraphs."""
        return Markup(spelling.paragraphs(text, self._link))

    def plain(self, text: str) -> str:
        """Return what a reader sees of policy text, for places that know no markup; still to be spelled."""
        return spelling.plain(text, self._plain_title)

    def _plain_title(self, kind: str, key: str) -> str:
        return spelling.plain(self.homes.title(kind, key), lambda _, name: name)

    def code(self, text: str) -> Markup:
        """Return text as a code span."""
        return Markup(spelling.code_span(text))

    def fence(self, text: str, language: str = "text") -> Markup:
        """Return text as a code block."""
        return Markup(spelling.fence(text, language))

    def comment(self, text: str) -> Markup:
        """Return policy text for the inside of an HTML comment, which it cannot end."""
        return Markup(self.plain(text).replace("--", "- -").replace("<", "(").replace(">", ")"))

    def link(self, kind: str, key: str, text: str = "") -> Markup:
        """Return a link to an entry, under its title or ``text``."""
        return Markup(self._link(kind, key, text))

    def _link(self, kind: str, key: str, text: str = "") -> str:
        target = self.homes.target(kind, key)
        found = self.homes.index.find(kind, key)
        if found:
            self.seen(found.node)
        label = spelling.label(text or self.homes.title(kind, key), lambda _, name: name)
        if target is None:
            return label
        anchor = f"#{target.anchor}" if target.anchor else ""
        if self.absolute or not target.path.startswith("docs/"):
            return f"[{label}]({self.base}/{percent_encoded(target.path)}{anchor})"
        place = "" if target.path == self.path else percent_encoded(relative(target.path, self.path))
        return f"[{label}]({place}{anchor})" if place or anchor else label

    def role_title(self, key: str) -> str:
        """Return the name of a role, without a link."""
        found = self.homes.index.find("role", key)
        if found:
            self.seen(found.node)
        return self.homes.title("role", key)

    def page(self, key: str) -> str:
        """Return the web address of an artefact in the repository."""
        target = self.homes.target("artefact", key)
        return f"{self.base}/{percent_encoded(target.path)}" if target else self.base

    def covered(self, row: str) -> list[Markup]:
        """Return links to everything that answers a row of the seed document."""
        return [self.link(kind, key) for kind, key in self.homes.answers.get(row, ())]

    def source(self, node: Node) -> Markup:
        """Return a link to the line of the policy that says it."""
        path, line, _ = node.location
        label = spelling.label(f"{path.removeprefix('policies/')}:{line}", lambda _, name: name)
        return Markup(f"[{label}]({self.base}/{percent_encoded(path)}#L{line})")

    def place(self, path: str, line: int) -> Markup:
        """Return a link to a line of a file of the repository, under its name and the line."""
        label = spelling.label(f"{path.rpartition('/')[2]}:{line}", lambda _, name: name)
        return Markup(f"[{label}]({self.base}/{percent_encoded(path)}#L{line})")

    def file(self, path: str) -> Markup:
        """Return a link to a file of the repository, under its name."""
        label = spelling.label(path.rpartition("/")[2], lambda _, name: name)
        return Markup(f"[{label}]({self.base}/{percent_encoded(path)})")

    def heading(self, depth: int, title: str, anchor: str) -> Markup:
        """Return a heading that is found under ``anchor``."""
        text = spelling.inline(title, self._link)
        seen = self.plain(title)
        same = anchor == site_slug(seen) == github_slug(seen)
        mark = "" if same else str(self.anchor(anchor))
        return Markup(f"{'#' * depth} {mark}{text}")

    def anchor(self, key: str) -> Markup:
        """Return an anchor for a row or a step."""
        return Markup(f'<a id="{key.lower()}"></a>')

    def number(self, value: int | Sequence[Any]) -> Markup:
        """Return a number, or how many entries there are, in words up to twelve."""
        count = value if isinstance(value, int) else len(value)
        return Markup(_NUMBERS[count] if count < len(_NUMBERS) else str(count))

    def counted(self, value: int | Sequence[Any], one: str, many: str = "") -> Markup:
        """Return "three levels": the number and the right form of the noun."""
        count = value if isinstance(value, int) else len(value)
        noun = one if count == 1 else many or one + "s"
        return Markup(f"{self.number(count)} {noun}")

    def listed(self, values: Iterable[str], word: str = "and") -> Markup:
        """Return "a, b and c" of Markdown pieces."""
        pieces = [value if isinstance(value, Markup) else self.inline(str(value)) for value in values]
        if len(pieces) < 2:
            return Markup("".join(pieces))
        return Markup(", ".join(pieces[:-1]) + f" {word} " + pieces[-1])
