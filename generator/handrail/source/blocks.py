"""Generated blocks inside hand-written files: find them, fill them, tell hand edits.

A block stands between two marker lines::

    <!-- handrail:begin ID -->      # handrail:begin ID
    ...                             ...
    <!-- handrail:end ID SUM -->    # handrail:end ID SUM

SUM is a checksum of what stands between. The hash-sign form is for CODEOWNERS
and YAML. In Markdown a marker counts only where Markdown sees an HTML block,
so an example inside a code fence is inert.
"""

import re
from collections.abc import Callable, Collection
from hashlib import blake2b
from typing import NamedTuple

from handrail.core.finding import Finding
from handrail.core.location import Location

_MARKER = re.compile(
    r"[ \t]*(?:<!--[ \t]*handrail:(?P<word>\w+)[ \t]+(?P<id>[\w-]+)(?:[ \t]+(?P<sum>[0-9a-f]+))?[ \t]*-->"
    r"|\#[ \t]*handrail:(?P<word2>\w+)[ \t]+(?P<id2>[\w-]+)(?:[ \t]+(?P<sum2>[0-9a-f]+))?)[ \t]*\Z"
)


class Block(NamedTuple):
    """A block that was found. Lines count from 0; ``begin`` and ``end`` are the marker lines."""

    id: str
    begin: int
    end: int
    checksum: str
    inside: str

    @property
    def edited(self) -> bool:
        """Tell whether a hand changed it since it was generated. A new block has no checksum."""
        return bool(self.checksum) and self.checksum != checksum(self.inside)


HtmlLines = Callable[[str], Collection[int]]
"""Text of a Markdown file -> numbers (from 0) of the lines that belong to HTML blocks."""


class Found(NamedTuple):
    """The blocks of a file, and what is wrong with its markers."""

    blocks: tuple[Block, ...]
    findings: tuple[Finding, ...]


def checksum(inside: str) -> str:
    """Return the checksum of a block's text."""
    return blake2b(inside.encode(), digest_size=8).hexdigest()


def find_blocks(path: str, text: str, known: frozenset[str], html_lines: HtmlLines | None = None) -> Found:
    """Return the blocks of a file. ``known`` are the ids that may stand in it.

    ``html_lines`` stands in for the Markdown parser where its answer is known already.

    Findings: ``block.missing-end``, ``block.missing-begin``, ``block.nested``,
    ``block.duplicate``, ``block.unknown``, ``block.marker``.
    """
    lines = _lines(text)
    reader = _Reader(path, lines, known)
    for number in _marker_lines(path, text, html_lines):
        reader.take(number)
    return reader.close()


def _marker_lines(path: str, text: str, html_lines: HtmlLines | None) -> list[int]:
    """Return the numbers of the lines that are markers."""
    candidates = [
        number for number, line in enumerate(_lines(text)) if "handrail:" in line and _MARKER.match(line)
    ]
    if not candidates or not path.endswith(".md"):
        return candidates
    if html_lines is None:
        from handrail.source import markdown  # needs the Markdown parser

        html_lines = markdown.html_lines
    real = html_lines("\n".join(_lines(text)).replace("\r", " "))  # to Markdown a lone CR breaks the line
    return [number for number in candidates if number in real]


class _Reader:
    def __init__(self, path: str, lines: list[str], known: frozenset[str]) -> None:
        self.path, self.lines, self.known = path, lines, known
        self.blocks: list[Block] = []
        self.findings: list[Finding] = []
        self.open: tuple[str, int] | None = None
        self.nested: list[str] = []

    def take(self, number: int) -> None:
        """Read one marker line."""
        found = _MARKER.match(self.lines[number])
        assert found is not None
        word = found["word"] or found["word2"]
        name = found["id"] or found["id2"]
        if word == "begin":
            self._begin(number, name)
        elif word == "end":
            self._end(number, name, found["sum"] or found["sum2"] or "")
        else:
            self._problem("block.marker", number, f"unknown marker 'handrail:{word}'", "Write begin or end.")

    def _begin(self, number: int, name: str) -> None:
        if self.open:
            message = f"block '{name}' begins inside block '{self.open[0]}' (line {self.open[1] + 1})"
            self._problem("block.nested", number, message, "End the outer block first; blocks do not nest.")
            if name != self.open[0]:
                self.nested.append(name)
            return
        if name not in self.known:
            others = ", ".join(sorted(self.known))
            hint = f"Name one of this file's ({others}), or remove it." if others else "Remove it."
            self._problem("block.unknown", number, f"there is no block '{name}'", hint)
        if any(block.id == name for block in self.blocks):
            self._problem("block.duplicate", number, f"block '{name}' stands here twice", "Keep one.")
        self.open = (name, number)

    def _end(self, number: int, name: str, total: str) -> None:
        if name in self.nested:  # its begin was reported, and one finding is enough
            self.nested.remove(name)
            return
        if not self.open or self.open[0] != name:
            hint = f"Add the line 'handrail:begin {name}' above, or remove this one."
            self._problem("block.missing-begin", number, f"block '{name}' ends but did not begin", hint)
            return
        begin = self.open[1]
        inside = "\n".join(self.lines[begin + 1 : number])
        self.blocks.append(Block(name, begin, number, total, inside))
        self.open = None

    def close(self) -> Found:
        """Return what was read."""
        if self.open:
            name, number = self.open
            hint = f"Add the line 'handrail:end {name}' below it."
            self._problem("block.missing-end", number, f"block '{name}' begins and does not end", hint)
        return Found(tuple(self.blocks), tuple(self.findings))

    def _problem(self, code: str, number: int, message: str, hint: str) -> None:
        line = self.lines[number]
        where = Location(self.path, number + 1, len(line) - len(line.lstrip()) + 1)
        self.findings.append(Finding(code, message, where, hint=hint, source=line))


def _lines(text: str) -> list[str]:
    """Return the lines as an editor counts them, without their line breaks."""
    return [line.removesuffix("\r") for line in text.split("\n")]


def fill(text: str, block: Block, inside: str) -> str:
    """Return ``text`` with the block's inside replaced, and its checksum renewed.

    Nothing else changes; the new lines end as the line of the first marker does.
    """
    lines = text.split("\n")
    cr = "\r" if lines[block.begin].endswith("\r") else ""
    begin, old_end = lines[block.begin], lines[block.end]
    indent = begin[: len(begin) - len(begin.lstrip())]
    marks = ("<!-- ", " -->") if "<!--" in old_end else ("# ", "")
    end = f"{indent}{marks[0]}handrail:end {block.id} {checksum(inside)}{marks[1]}"
    last = cr if block.end + 1 < len(lines) else ""
    made = [line + cr for line in inside.split("\n")]
    lines[block.begin + 1 : block.end + 1] = [*made, end + last]
    return "\n".join(lines)


def marker_lines(path: str, block: str) -> tuple[str, str]:
    """Return the two lines between which the block stands in a file of this kind."""
    before, after = ("<!-- ", " -->") if path.endswith(".md") else ("# ", "")
    return f"{before}handrail:begin {block}{after}", f"{before}handrail:end {block}{after}"


def new_file(block: str, inside: str) -> str:
    """Return a file that holds nothing but the block, with hash-sign markers."""
    return f"# handrail:begin {block}\n{inside}\n# handrail:end {block} {checksum(inside)}\n"
