"""Plain INSERTs, of which a script may have hundreds of thousands: those of one shape say the same."""

import re
from collections.abc import Iterable
from functools import cache

from handrail.migrations.operations import Operation

LONGEST = 100_000
"""Characters of a statement that may be plain: engines refuse what is too long."""

_NAME = r"(?:\w+|\"[^\"\\]*+\"|`[^`\\]*+`)"
_LETTERS = r"[^'\\\0\ud800-\udfff]*+"
"""What of a string no engine stumbles over."""

_VALUE = rf"(?:'{_LETTERS}(?:''{_LETTERS})*+'|-?[0-9]++(?:\.[0-9]++)?+|(?i:NULL|TRUE|FALSE))"
_ROW = rf"\(\s*+{_VALUE}(?:\s*+,\s*+{_VALUE})*+\s*+\)"
_PLAIN = (
    rf"(?i:INSERT\s++INTO)\s++{_NAME}(?:\.{_NAME})?\s*+(?:\(\s*+{_NAME}(?:\s*+,\s*+{_NAME})*+\s*+\))?\s*+"
    rf"(?i:VALUES)\s*+(?P<rows>{_ROW}(?:\s*+,\s*+{_ROW})*+)\s*+"
)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of a plain INSERT and of a value in it: most scripts need neither."""
    return re.compile(_PLAIN), re.compile(_VALUE)


def shape_of(text: str) -> str:
    """Return a plain INSERT without its values, '' for any other statement.

    There is nothing in it but names and constants, which every dialect reads in
    the same way: no comment, backslash, query or function.
    """
    if text[:6].upper() != "INSERT" or len(text) > LONGEST:
        return ""
    whole, value = _patterns()
    plain = whole.fullmatch(text)
    return text[: plain.start("rows")] + value.sub("?", plain["rows"]) if plain else ""


class Inserts:
    """What the plain INSERTs came to that were read since the last statement of another kind."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[Operation, ...]] = {}

    def again(self, shape: str, line: int) -> list[Operation] | None:
        """Return the operations of a statement on another line, None when its shape was not read yet."""
        known = self._known.get(shape)
        return None if known is None else [each._replace(line=line) for each in known]

    def learn(self, shape: str, operations: Iterable[Operation], *, read: bool) -> None:
        """Note what a statement came to; one of another kind may change what all INSERTs mean."""
        if not shape:
            self._known.clear()
        elif read:
            self._known[shape] = tuple(operations)
