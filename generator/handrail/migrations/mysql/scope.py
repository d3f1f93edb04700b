"""Which columns the expressions of a MySQL statement read."""

from collections.abc import Iterator, Sequence
from typing import Any

from handrail.migrations.mysql.keys import column_name
from handrail.migrations.mysql.picture import MysqlPicture
from handrail.migrations.tables import Column, Table
from handrail.migrations.tokens import Token

_BEFORE_TABLE = ("FROM", "JOIN", "UPDATE", "INTO", "STRAIGHT_JOIN", "USING", "DELETE", "TABLE")
_ENDS_TABLES = (
    *(
        "SELECT",
        "WHERE",
        "SET",
        "ON",
        "GROUP",
        "ORDER",
        "HAVING",
        "LIMIT",
        "UNION",
        "VALUES",
        "VALUE",
        "WINDOW",
    ),
    *("EXCEPT", "INTERSECT", "RETURNING"),
)
_NO_ALIAS = frozenset(
    (
        *(
            *_ENDS_TABLES,
            *_BEFORE_TABLE,
            "INNER",
            "LEFT",
            "RIGHT",
            "CROSS",
            "NATURAL",
            "OUTER",
            "FOR",
            "PARTITION",
        ),
        *("USE", "FORCE", "IGNORE", "LOCK", "AS", "QUICK", "LOW_PRIORITY", "DUPLICATE"),
    )
)


class Scope:
    """The tables that a statement names, by their aliases, and the names that it gives to expressions.

    It does not tell one subquery from another: a name means what it means
    anywhere in the statement. That takes in too much rather than too little.
    """

    def __init__(self, pieces: Sequence[Token], picture: MysqlPicture) -> None:
        self._pieces = pieces
        self._picture = picture
        self.aliases: dict[str, str] = {}
        self.tables: list[tuple[int, str]] = []
        self._given: dict[str, tuple[int, int]] = {}
        self._read_tables()
        self._read_given()

    def table(self, name: str) -> str:
        """Return the name of the table that an alias or a name stands for."""
        return self.aliases.get(name.lower()) or self._picture.called(name)

    def named_at(self, depth: int) -> list[Table]:
        """Return the tables that stand in so many brackets, in order."""
        return [self._picture.table(name) for level, name in self.tables if level == depth]

    def _read_tables(self) -> None:
        listing = [False]  # for each bracket: is it a list of tables that is read
        expected = False
        for place, piece in enumerate(self._pieces):
            if piece.says("("):
                listing.append(expected)
            elif piece.says(")"):
                _pop(listing)
                expected = False
            elif piece.says(",", *_BEFORE_TABLE, *_ENDS_TABLES):
                listing[-1] = piece.says(*_BEFORE_TABLE) or (piece.says(",") and listing[-1])
                expected = listing[-1]
            elif expected and piece.kind in ("word", "name") and not self._says(place + 1, "."):
                expected = piece.says("LOW_PRIORITY", "IGNORE", "QUICK", "LATERAL")
                if not expected:
                    self._note_table(place, len(listing) - 1)

    def _note_table(self, place: int, depth: int) -> None:
        name = self._picture.called(self._pieces[place].value)
        self.tables.append((depth, name))
        self.aliases.setdefault(name.lower(), name)
        after = place + 2 if self._says(place + 1, "AS") else place + 1
        alias = self._pieces[after] if after < len(self._pieces) else None
        if alias and alias.kind in ("word", "name") and alias.text.upper() not in _NO_ALIAS:
            self.aliases[alias.value.lower()] = name

    def _says(self, place: int, word: str) -> bool:
        return place < len(self._pieces) and self._pieces[place].says(word)

    def _read_given(self) -> None:
        """Note ``expression AS name`` wherever it stands."""
        begins = [0]
        for place, piece in enumerate(self._pieces):
            if piece.says("("):
                begins.append(place + 1)
            elif piece.says(")"):
                _pop(begins)
            elif piece.says(",", "SELECT", "DISTINCT", "FROM"):
                begins[-1] = place + 1
            elif piece.says("AS") and place + 1 < len(self._pieces):
                self._given.setdefault(self._pieces[place + 1].value.lower(), (begins[-1], place))

    def sources(self, pieces: Sequence[Token]) -> frozenset[int]:
        """Return the uids of the columns that an expression reads, and of those that these came from."""
        found: set[int] = set()
        seen: set[str] = set()
        left = [pieces]
        while left:
            for name, columns in self._names(left.pop()):
                for column in columns:
                    found |= {column.uid, *column.sources}
                given = self._given.get(name)
                if not columns and given and name not in seen:
                    seen.add(name)
                    left.append(self._pieces[given[0] : given[1]])
        return frozenset(found)

    def _names(self, pieces: Sequence[Token]) -> Iterator[tuple[str, list[Column]]]:
        """Yield the names in an expression, in small letters, and the columns that each can mean."""
        qualifier = ""
        for place, piece in enumerate(pieces):
            after = pieces[place + 1] if place + 1 < len(pieces) else None
            if piece.kind not in ("word", "name"):
                qualifier = qualifier if piece.says(".") else ""
            elif after is not None and after.says("."):
                qualifier = piece.value
            elif after is None or not after.says("("):
                yield piece.value.lower(), self._columns(piece.value, qualifier)
                qualifier = ""

    def _columns(self, name: str, qualifier: str) -> list[Column]:
        known = self.aliases.get(qualifier.lower())
        names = [known] if known else list(dict.fromkeys(self.aliases.values()))
        tables = (self._picture.table(each) for each in names)
        found = (table.column(column_name(table, name)) for table in tables)
        return [column for column in found if column is not None]


def _pop(open_brackets: list[Any]) -> None:
    """Close a bracket; one that was never opened changes nothing."""
    if len(open_brackets) > 1:
        open_brackets.pop()
