"""Columns that exchange names in one ALTER TABLE: its clauses speak of the columns as they were."""

from collections.abc import Sequence

from handrail.migrations.mysql.reader import Reader, Unreadable
from handrail.migrations.tokens import Token

_NO_COLUMN = ("INDEX", "KEY", "FOREIGN", "CONSTRAINT", "CHECK", "PRIMARY", "PARTITION", "UNIQUE")


def find_exchanged(clauses: Sequence[Sequence[Token]]) -> tuple[str, ...]:
    """Return, in small letters, the columns whose names others take in a clause before they give them up."""
    moves = [_moved(Reader(each)) for each in clauses]
    last = {left: place for place, (left, _) in enumerate(moves) if left}
    taken = (new for place, (left, new) in enumerate(moves) if new != left and last.get(new, -1) > place)
    return tuple(dict.fromkeys(taken))


def _moved(reader: Reader) -> tuple[str, str]:
    """Return (the name that a clause frees, the name that it takes), '' for none."""
    try:
        if reader.takes("CHANGE"):
            reader.takes("COLUMN")
            reader.exists()
            return reader.name().lower(), reader.name().lower()
        if reader.takes("RENAME", "COLUMN"):
            reader.exists()
            old = reader.name().lower()
            reader.expect("TO")
            return old, reader.name().lower()
        if reader.takes("DROP") and not reader.takes_one(*_NO_COLUMN):
            reader.takes("COLUMN")
            reader.exists()
            return reader.name().lower(), ""
    except Unreadable:
        pass  # the clause itself says so when its turn comes
    return "", ""
