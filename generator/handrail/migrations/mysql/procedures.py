"""The body of a MySQL procedure -> the statements that a CALL of it runs.

Scripts make a procedure to have an IF, call it and drop it again. What is in
an IF is guarded: a statement that finds nothing to do is no loss. A loop, and
an IF that does one of two things, are not followed; what a variable got in a
branch is not known behind it.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from handrail.migrations.mysql.reader import Reader, Unreadable
from handrail.migrations.tokens import Token

_LOOPS = frozenset(
    {"WHILE", "LOOP", "REPEAT", "CASE", "OPEN", "FETCH", "CLOSE", "LEAVE", "ITERATE", "RETURN", "RESIGNAL"}
)
_HARMLESS = ("SELECT", "SET", "DEALLOCATE", "DO", "SIGNAL")


class Step(NamedTuple):
    """A statement of a body, '' for none.

    ``guarded``: it runs only under a condition, or its errors are passed over.
    ``forgets``: the variables whose values are not known before it, in small letters.
    """

    text: str
    guarded: bool = False
    forgets: tuple[str, ...] = ()


class Routine(NamedTuple):
    """A procedure: the names of its parameters, in small letters, and its statements."""

    parameters: tuple[str, ...]
    steps: tuple[Step, ...]


def read_routine(text: str) -> Routine:
    """Return what a procedure does, from the text behind its name; ``Unreadable`` for one not followed."""
    reader = Reader.of(text)
    parameters = tuple(_parameter(each) for each in reader.group().parts())
    while not reader.takes("BEGIN"):
        reader.any()
    return Routine(parameters, _Body(reader).steps())


def _parameter(reader: Reader) -> str:
    reader.takes_one("IN", "OUT", "INOUT")
    return reader.name().lower()


class _Branches(NamedTuple):
    """An IF: whether the branches before do anything, whether this one does, and what variables it sets."""

    before: bool = False
    now: bool = False
    sets: tuple[str, ...] = ()


class _Body:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._ifs: list[_Branches] = []
        self._steps: list[Step] = []
        self._tolerant = False

    def steps(self) -> tuple[Step, ...]:
        """Return the statements up to the end of the body."""
        while self._reader.next is not None:
            if not (self._reader.takes(";") or self._reader.takes("BEGIN") or self._condition()):
                self._statement()
        return tuple(self._steps)

    def _condition(self) -> bool:
        """Go over the beginning or end of a block or branch; tell whether there was one."""
        reader = self._reader
        if reader.takes("END", "IF"):
            self._leave()
        elif reader.takes("END"):
            if reader.next is not None and reader.next.says(*_LOOPS):
                raise Unreadable("it runs a procedure with a loop in it")
        elif reader.takes("IF"):
            self._ifs.append(_Branches())
            self._to_then()
        elif word := reader.takes_one("ELSEIF", "ELSE"):
            branch = self._leave()
            self._ifs.append(_Branches(branch.before or branch.now))
            if word == "ELSEIF":
                self._to_then()
        else:
            return False
        return True

    def _leave(self) -> _Branches:
        if not self._ifs:
            raise Unreadable("it runs a procedure whose blocks do not match")
        left = self._ifs.pop()
        self._steps.append(Step("", forgets=left.sets))
        return left

    def _to_then(self) -> None:
        while not self._reader.takes("THEN"):
            if self._reader.any().says(";"):
                raise Unreadable("it runs a procedure with a condition that never ends")

    def _statement(self) -> None:
        reader = self._reader
        if reader.takes("DECLARE"):
            self._declare()
            return
        pieces: list[Token] = []
        while reader.next is not None and not reader.takes(";"):
            pieces.append(reader.any())
        if pieces[0].text.upper() in _LOOPS or any(each.says(":") for each in pieces[:2]):
            raise Unreadable("it runs a procedure with a loop in it")
        if not pieces[0].says(*_HARMLESS):
            self._do()
        names = _set_in(pieces)
        self._ifs = [each._replace(sets=(*each.sets, *names)) for each in self._ifs]
        text = " ".join(each.text for each in pieces)
        self._steps.append(Step(text, bool(self._ifs) or self._tolerant))

    def _do(self) -> None:
        """Note that the branches around do something, which another branch of theirs may not do as well."""
        if any(each.before for each in self._ifs):
            raise Unreadable("it runs a procedure that does one of two things")
        self._ifs = [each._replace(now=True) for each in self._ifs]

    def _declare(self) -> None:
        reader = self._reader
        if not reader.takes_one("CONTINUE", "EXIT", "UNDO"):
            while not reader.any().says(";"):
                pass
            return
        reader.expect("HANDLER", "FOR")
        while not reader.takes("BEGIN", "END"):
            if reader.any().says(";"):
                raise Unreadable("it runs a procedure that does something about errors")
        self._tolerant = True


def _set_in(pieces: Sequence[Token]) -> tuple[str, ...]:
    """Return the variables that a statement may set, and the statement that it prepares."""
    if pieces[0].says("PREPARE"):
        return (pieces[1].value.lower(),) if len(pieces) > 1 else ()
    if pieces[0].says("SET"):
        return tuple(name.value.lower() for name, sign in pairwise(pieces) if sign.says("=", ":="))
    if pieces[0].says("SELECT"):
        return tuple(each.text.lower() for into, each in pairwise(pieces) if into.says("INTO", ","))
    return ()
