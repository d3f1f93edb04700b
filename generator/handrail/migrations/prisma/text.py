"""The text of schema.prisma -> blocks.

Prisma's grammar is made of lines: a field, an attribute or a value never goes
on in the next one. So each line is parsed by itself, and one that cannot be
read costs nothing but itself.
"""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from handrail.core.finding import Finding
from handrail.core.location import Location
from handrail.migrations.prisma.grammar import Attribute, Unreadable, Value, parse_line

_ENTRIES = {
    "model": ("field", "block_attribute"),
    "view": ("field", "block_attribute"),
    "type": ("field", "block_attribute"),
    "enum": ("value", "block_attribute"),
    "datasource": ("setting",),
    "generator": ("setting",),
}
"""Kind of block -> what its lines may be; ``@@`` begins the last."""

LONGEST = 10_000
"""Characters of a line that is still read."""

MOST = 100
"""Findings of one file; whoever sees them knows enough."""

_HEADER = re.compile(rf"\s*(?:{'|'.join(_ENTRIES)})[ \t]+[\w-]+[ \t]*\{{")
_OPENED = re.compile(r"[^\"/{]*\{")
_COMMENT = re.compile(r"\"(?:[^\"\\\n]|\\.)*+\"|//[^\n]*|/\*(?:[^*]|\*(?!/))*+(?:\*/)?")


class Entry(NamedTuple):
    """A line of a block: a field (with ``type``), a value of an enum, or a setting (with ``value``)."""

    name: str
    location: Location
    type: str = ""
    is_list: bool = False
    optional: bool = False
    unsupported: bool = False
    attributes: tuple[Attribute, ...] = ()
    value: Value = ""

    def attribute(self, name: str) -> Attribute | None:
        """Return the attribute of that name."""
        return next((each for each in self.attributes if each.name == name), None)


class Block(NamedTuple):
    """A block: ``kind`` is model, view, type, enum, datasource or generator. Lists grow while it is read."""

    kind: str
    name: str
    location: Location
    entries: list[Entry]
    attributes: list[Attribute]

    def all(self, name: str) -> list[Attribute]:
        """Return the attributes ``@@name`` of the block."""
        return [each for each in self.attributes if each.name == name]

    def mapped(self) -> str:
        """Return the name in the database."""
        return next((each.text("name", first=True) for each in self.all("map")), "") or self.name


def read_blocks(files: Mapping[str, str]) -> tuple[tuple[Block, ...], tuple[Finding, ...]]:
    """Return the blocks of all files (path -> text), and what could not be read.

    Findings: ``prisma.syntax``, ``prisma.unclosed``. It never raises.
    """
    reader = _Reader()
    for path, text in files.items():
        reader.read(path, text)
    return tuple(reader.blocks), tuple(reader.findings)


class _Reader:
    """Goes through the lines; ``_block`` is the one that is open, None between blocks."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.findings: list[Finding] = []
        self._block: Block | None = None

    def read(self, path: str, text: str) -> None:
        """Read one file."""
        self._lines = re.split(r"\r\n|\r|\n", text.removeprefix("\ufeff"))
        self._first = len(self.findings)
        for number, line in enumerate(self._lines, 1):
            if len(line) > LONGEST:
                self._problem(Location(path, number), "this line of the schema is too long to be read")
                self._lines[number - 1] = ""
        bare = _COMMENT.sub(_blanked, "\n".join(self._lines))
        for number, line in enumerate(bare.split("\n"), 1):
            self._line(line, Location(path, number))
        self._unclosed()

    def _line(self, line: str, where: Location) -> None:
        if self._block and line.lstrip().startswith("}"):
            self._block = None
            line = line.replace("}", " ", 1)
        if not line.strip():
            return
        if self._block and _HEADER.match(line):
            self._unclosed()
        if self._block:
            self._entry(self._block, line, where)
        else:
            self._open(line, where)

    def _open(self, line: str, where: Location) -> None:
        """Open a block; what cannot be its first line is passed over up to its end."""
        opened = _OPENED.match(line)
        found = self._parsed("header", opened[0] if opened else line, where)
        kind, name = map(str, found.children) if found else ("", "")
        if found and kind not in _ENTRIES:
            self._problem(where, f"Prisma knows no block '{kind}'", "Write model, view, type or enum.")
        if opened:
            self._block = Block(kind, name, where, [], [])
        if kind in _ENTRIES and self._block:
            self.blocks.append(self._block)

    def _entry(self, block: Block, line: str, where: Location) -> None:
        starts = _ENTRIES.get(block.kind)
        if starts is None:
            return
        attribute = line.lstrip().startswith("@@")
        start = starts[-1] if attribute else starts[0]
        found = self._parsed(start, line, where)
        if found is None:
            return
        if isinstance(found, Attribute):
            block.attributes.append(found._replace(location=_at(where, line)))
        else:
            block.entries.append(_entry_of(start, found.children, _at(where, line)))

    def _parsed(self, start: str, line: str, where: Location) -> Any:
        try:
            return parse_line(start, line)
        except Unreadable as error:
            where = where._replace(column=error.column)
            self._problem(where, "this line of the schema cannot be read")
            return None

    def _unclosed(self) -> None:
        if self._block:
            message = f"the block '{self._block.name}' is not closed"
            where = self._block.location
            self.findings.append(
                Finding("prisma.unclosed", message, where, hint="Write } on a line of its own.")
            )
            self._block = None

    def _problem(self, where: Location, message: str, hint: str = "") -> None:
        if len(self.findings) - self._first >= MOST:
            return
        source = self._lines[where.line - 1][:LONGEST]
        hint = hint or "What it declares is missing here. Ask Prisma: npx prisma validate"
        self.findings.append(Finding("prisma.syntax", message, where, hint=hint, source=source))


def _entry_of(start: str, parts: list[Any], where: Location) -> Entry:
    name = str(parts[0])
    if start == "setting":
        return Entry(name, where, value=parts[1])
    if start == "value":
        return Entry(name, where, attributes=tuple(parts[1:]))
    kind, is_list, optional, unsupported = parts[1]
    return Entry(name, where, kind, is_list, optional, unsupported, tuple(parts[2:]))


def _at(where: Location, line: str) -> Location:
    return where._replace(column=len(line) - len(line.lstrip()) + 1)


def _blanked(found: re.Match[str]) -> str:
    """Return a comment as blanks, so that all else keeps its place; a text in quotes as it is."""
    return found[0] if found[0].startswith('"') else re.sub(r"[^\n]", " ", found[0])
