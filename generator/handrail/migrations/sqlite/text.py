"""What SQLite keeps only in the text of CREATE TABLE and CREATE INDEX: no pragma tells it."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from handrail.migrations.tables import Check

_TOKEN = re.compile(
    r"--[^\n]*|/\*(?:[^*]|\*(?!/))*+(?:\*/)?"  # comments
    r"|'(?:[^']|'')*+'?|\"(?:[^\"]|\"\")*+\"?|`(?:[^`]|``)*+`?|\[[^\]]*+\]?"  # strings and quoted names
    r"|[^\W\d][\w$]*+|[0-9][\w.]*+|[^\w\s]"
)
_QUOTES = {"'": "'", '"': '"', "`": "`", "[": "]"}
_CONSTRAINTS = frozenset({"CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"})


class KeyText(NamedTuple):
    """A foreign key: the name of its constraint or '', and whether ON DELETE was written."""

    name: str = ""
    stated: bool = False


class ColumnText(NamedTuple):
    """A column: its collation, whether it says AUTOINCREMENT, and the expression it is generated from."""

    collation: str = ""
    autoincrement: bool = False
    expression: str = ""


class TableText(NamedTuple):
    """``columns`` by lower-case name; ``keys`` in the order in which they are written."""

    columns: dict[str, ColumnText]
    keys: tuple[KeyText, ...]
    checks: tuple[Check, ...]
    options: frozenset[str]


class IndexText(NamedTuple):
    """An index: its columns and expressions as text, and its condition or ''."""

    columns: tuple[str, ...]
    where: str


class _Words:
    """The tokens of a statement without blanks and comments, and where parentheses close."""

    def __init__(self, sql: str) -> None:
        self.sql = sql
        found = [each for each in _TOKEN.finditer(sql) if not each[0].startswith(("--", "/*"))]
        self.spans = [each.span() for each in found]
        self.words = [each[0] for each in found]
        self.upper = [word.upper() for word in self.words]
        self.closes: dict[int, int] = {}
        stack: list[int] = []
        for place, word in enumerate(self.words):
            if word == "(":
                stack.append(place)
            elif word == ")" and stack:
                self.closes[stack.pop()] = place

    def text(self, begin: int, end: int) -> str:
        """Return the text of the tokens from ``begin`` to before ``end``, blanks made single."""
        return flat(self.sql[self.spans[begin][0] : self.spans[end - 1][1]]) if begin < end else ""

    def top(self, begin: int, end: int) -> Iterator[int]:
        """Yield the places outside of inner parentheses; an opening one stands for its group."""
        place = begin
        while place < end:
            yield place
            place = self.closes.get(place, place) + 1

    def items(self, begin: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield begin and end of what commas divide."""
        start = begin
        for place in self.top(begin, end):
            if self.words[place] == ",":
                yield start, place
                start = place + 1
        yield start, end

    def group(self, begin: int = 0) -> tuple[int, int]:
        """Return begin and end of what the first parentheses hold."""
        opening = min((place for place in self.closes if place >= begin), default=-1)
        return (opening + 1, self.closes[opening]) if opening >= 0 else (len(self.words), len(self.words))


def flat(sql: str) -> str:
    """Return SQL without comments, with single blanks outside of quotes."""
    out: list[str] = []
    end = 0
    for each in _TOKEN.finditer(sql):
        if each[0].startswith(("--", "/*")):
            continue
        out.append(" " + each[0] if each.start() > end and out else each[0])
        end = each.end()
    return "".join(out)


def unquoted(name: str) -> str:
    """Return a name without its quotes."""
    close = _QUOTES.get(name[:1])
    if close is None or len(name) < 2 or not name.endswith(close):
        return name
    return name[1:-1].replace(close * 2, close) if close != "]" else name[1:-1]


def read_table(sql: str) -> TableText:
    """Return what the text of a CREATE TABLE says that no pragma tells. It never fails."""
    words = _Words(sql)
    begin, end = words.group()
    items = [_item(words, first, last) for first, last in words.items(begin, end) if first < last]
    return TableText(
        {item.column: item.text for item in items if item.column},
        tuple(key for item in items for key in item.keys),
        tuple(check for item in items for check in item.checks),
        _options(words, end + 1),
    )


def _options(words: _Words, begin: int) -> frozenset[str]:
    rest = words.upper[begin:]
    found = {"STRICT"} if "STRICT" in rest else set()
    return frozenset(found | ({"WITHOUT ROWID"} if "ROWID" in rest else set()))


class _Item(NamedTuple):
    """A column (its name in lower case) or a constraint of the table ('')."""

    column: str
    text: ColumnText
    keys: list[KeyText]
    checks: list[Check]


def _item(words: _Words, first: int, last: int) -> _Item:
    named = words.upper[first] not in _CONSTRAINTS
    name, text = "", ColumnText()
    keys: list[KeyText] = []
    checks: list[Check] = []
    places = list(words.top(first, last))
    for place, after in zip(places, [*places[1:], last], strict=True):
        word = words.upper[place]
        if word == "CONSTRAINT" and after < last:
            name = unquoted(words.words[after])
        elif word == "CHECK":
            checks.append(Check(name, _inside(words, after)))
        elif word == "REFERENCES":
            keys.append(KeyText(name))
        elif word == "ON" and keys and words.upper[after : after + 1] == ["DELETE"]:
            keys[-1] = keys[-1]._replace(stated=True)
        else:
            text = _with_word(text, words, word, after)
    return _Item(unquoted(words.words[first]).lower() if named else "", text, keys, checks)


def _with_word(column: ColumnText, words: _Words, word: str, after: int) -> ColumnText:
    if word == "COLLATE" and after < len(words.words):
        return column._replace(collation=unquoted(words.words[after]).upper())
    if word == "AUTOINCREMENT":
        return column._replace(autoincrement=True)
    return column._replace(expression=_inside(words, after)) if word == "AS" else column


def _inside(words: _Words, place: int) -> str:
    """Return the text in the parentheses that open at ``place``, or ''."""
    return words.text(place + 1, words.closes[place]) if place in words.closes else ""


def read_index(sql: str) -> IndexText:
    """Return what the text of a CREATE INDEX says. It never fails."""
    words = _Words(sql)
    begin, end = words.group()
    columns = tuple(words.text(first, last) for first, last in words.items(begin, end) if first < last)
    rest = words.upper[end + 1 : end + 2]
    return IndexText(columns, words.text(end + 2, len(words.words)) if rest == ["WHERE"] else "")


def read_virtual(sql: str) -> tuple[str, tuple[str, ...]]:
    """Return the module of a CREATE VIRTUAL TABLE in lower case, and the names of its columns."""
    words = _Words(sql)
    module = next((place + 1 for place, word in enumerate(words.upper[:-1]) if word == "USING"), 0)
    begin, end = words.group(module)
    names = [
        unquoted(words.words[first])
        for first, last in words.items(begin, end)
        if first < last and "=" not in words.words[first:last]
    ]
    return unquoted(words.words[module]).lower() if module else "", tuple(names)
