"""What pure functions gave before for the same text, so that it need not be worked out again.

A memory holds nothing that could not be made anew: it is looked up by the
digest of the text, and keeps only what the last run used.
"""

import marshal
from collections.abc import Callable
from typing import Any

from handrail import __version__
from handrail.artefacts.ledger import digest
from handrail.source.page import Page, page_facts, page_of


class Memory:
    """Plain values (numbers, texts, bytes, tuples of them) by kind and text.

    ``raw`` is what ``dump`` gave, or b"". What another version remembered is forgotten.
    """

    def __init__(self, raw: bytes = b"") -> None:
        version, known = marshal.loads(raw) if raw else (__version__, {})  # noqa: S302  # the user's own folder, checked by digest
        self._known: dict[tuple[str, str], Any] = known if version == __version__ else {}
        self._used: dict[tuple[str, str], Any] = {}
        self._pages: dict[str, Page] = {}
        self._first = set(self._known)

    def get(self, kind: str, key: str) -> Any:
        """Return the value that was put under ``key``, or None."""
        found = self._known.get((kind, key))
        if found is not None:
            self._used[kind, key] = found
        return found

    def put(self, kind: str, key: str, value: Any) -> None:
        """Keep a value."""
        self._known[kind, key] = self._used[kind, key] = value

    def recall(self, kind: str, text: str, work_out: Callable[[str], Any]) -> Any:
        """Return ``work_out(text)``, from memory where it was worked out before."""
        key = digest(text.encode("utf-8", "surrogatepass"))
        found = self.get(kind, key)
        if found is None:
            found = work_out(text)
            self.put(kind, key, found)
        return found

    def page(self, text: str) -> Page:
        """Return what ``parse_page`` reads in ``text``."""
        key = digest(text.encode("utf-8", "surrogatepass"))
        if key not in self._pages:
            facts = self._known.pop(("page", key), None)  # thousands of pages are not kept twice
            self._pages[key] = _parsed(text) if facts is None else page_of(facts)
        return self._pages[key]

    def html_lines(self, text: str) -> tuple[int, ...]:
        """Return the numbers of the lines in HTML blocks, in order."""
        lines: tuple[int, ...] = self.recall("html-lines", text, _html_lines)
        return lines

    @property
    def grown(self) -> bool:
        """Tell whether it holds something that ``raw`` did not, or no longer needs something."""
        return self._keys() != self._first

    def _keys(self) -> set[tuple[str, str]]:
        return {*self._used, *(("page", key) for key in self._pages)}

    def dump(self) -> bytes:
        """Return what was used since the memory was made, in a form to keep."""
        pages = {("page", key): page_facts(page) for key, page in self._pages.items()}
        return marshal.dumps((__version__, {**self._used, **pages}))


def _parsed(text: str) -> Page:
    from handrail.source.markdown import parse_page  # loads the Markdown parser

    return parse_page(text)


def _html_lines(text: str) -> tuple[int, ...]:
    from handrail.source.markdown import html_lines  # loads the Markdown parser

    return tuple(sorted(html_lines(text)))
