"""Whether an UPDATE with a condition leaves behind values that it is about to copy."""

from collections.abc import Container, Iterator, Sequence
from itertools import takewhile

from handrail.migrations.tokens import Token, chooses, depths

_END = ("ORDER", "RETURNING")
_NO_COLUMN = ("NULL", "TRUE", "FALSE", "DEFAULT")


def leaves_values(condition: Sequence[Token], target: str, read: Container[str]) -> bool:
    """Tell whether values of the columns ``read`` (in small letters) may not arrive in ``target``.

    ``condition`` is what stands behind WHERE, () for none. All arrive when it
    asks whether there is a value, or whether ``target`` still has none, and
    when it joins by equal columns.
    """
    pieces = list(takewhile(lambda each: not each.says(*_END), condition))
    if not pieces or not chooses([_WHERE, *pieces], "WHERE"):
        return False
    return not all(_keeps(part, target.lower(), read) for part in _parts(pieces))


_WHERE = Token("word", "WHERE", 0)


def _parts(pieces: Sequence[Token]) -> Iterator[list[Token]]:
    """Yield what stands between the ANDs."""
    part: list[Token] = []
    for depth, piece in depths(pieces):
        if depth == 0 and piece.says("AND"):
            yield part
            part = []
        else:
            part.append(piece)
    yield part


def _keeps(part: Sequence[Token], target: str, read: Container[str]) -> bool:
    if part and part[0].says("(") and part[-1].says(")"):
        return all(_keeps(each, target, read) for each in _parts(part[1:-1]))
    name, rest = _column(part)
    match [each.text.upper() for each in rest]:
        case ["IS", "NULL"]:
            return name == target
        case ["IS", "NOT", "NULL"] | ["<>" | "!=", "''"]:
            return name in read
        case ["=", *_]:
            other, end = _column(rest[1:])
            return bool(name and other and not end)
        case _:
            return False


def _column(pieces: Sequence[Token]) -> tuple[str, Sequence[Token]]:
    """Return the column that an expression begins with, in small letters, and the rest."""
    place = 0
    while place + 2 < len(pieces) and pieces[place + 1].says("."):
        place += 2
    if place < len(pieces) and pieces[place].kind in ("word", "name") and not pieces[place].says(*_NO_COLUMN):
        return pieces[place].value.lower(), pieces[place + 1 :]
    return "", pieces
