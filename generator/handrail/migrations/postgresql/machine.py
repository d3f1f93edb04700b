"""What runs a program in PL/pgSQL on the picture, one statement after the other."""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from handrail.migrations.postgresql.attempts import fails
from handrail.migrations.postgresql.calls import UNKNOWN
from handrail.migrations.postgresql.grammar import Refused, Tree
from handrail.migrations.postgresql.session import HARMLESS, functions
from handrail.migrations.postgresql.values import Frame
from handrail.migrations.postgresql.variables import WRITING, Variables, first_row, met_rows
from handrail.migrations.postgresql.work import Work

MOST_STEPS = 10_000
"""Statements that are run of one program."""


class TooLong(Exception):
    """The program runs too long to be followed."""


class Failed(Exception):
    """A statement fails in any case."""


class Leave(NamedTuple):
    """What ends a list of statements: ``exit``, ``continue``, ``return`` or ``raise``."""

    way: str
    label: str = ""


class Place(NamedTuple):
    """Where a program stands: the line before its first, or the ``alone`` one on which it is called."""

    what: str
    head: int
    alone: bool = False

    def line(self, line: int) -> int:
        """Return the line of a script for one of the program."""
        return self.head if self.alone else self.head + line


class Machine:
    """A program that runs.

    ``place`` says where it stands, ``read`` reads a statement of SQL, ``readers``
    those of the language. ``doubt`` counts the conditions around a statement
    that are not known, ``tries`` the blocks that catch errors.
    """

    def __init__(
        self,
        work: Work,
        datums: list[Tree],
        place: Place,
        read: Callable[[Work, Tree], None],
        readers: Mapping[str, "Reader"],
    ) -> None:
        self.work = work
        self.doubt = 0
        self.tries = 0
        self.line = 0
        self.variables = Variables(work, datums, self.asked, self.unread)
        self._place = place
        self._read = read
        self._readers = readers
        self._steps = 0
        self._noted = set[tuple[int, str]]()

    def unread(self, text: str, reason: str) -> None:
        """Note once what cannot be known."""
        line = self._place.line(self.line)
        if (line, reason) not in self._noted:
            self._noted.add((line, reason))
            self.work.picture.line = line
            self.work.picture.opaque(text, f"{self._place.what} is a program: {reason}")

    def asked(self, text: str, tree: Tree) -> None:
        """Note what a query or expression does besides: calls that may write, and WITH that does."""
        if functions(tree) - HARMLESS or any(word in str(tree) for word in WRITING):
            self._reads(text, tree, flat=False)

    def many(self, nodes: Iterable[Tree]) -> Leave | None:
        """Run statements, and return what ended them early."""
        for each in nodes:
            left = self.statement(each)
            if left is not None and (left.way != "raise" or self.tries):
                return left
        return None

    def step(self) -> None:
        """Count a statement, or a turn of a loop. Raises ``TooLong``."""
        self._steps += 1
        if self._steps > MOST_STEPS:
            raise TooLong

    def statement(self, node: Tree) -> Leave | None:
        """Run one statement. Raises ``TooLong``."""
        self.step()
        for kind, inner in node.items():
            name = kind.removeprefix("PLpgSQL_stmt_")
            before, self.line = self.line, inner.get("lineno", self.line)
            if name == "block":
                self.variables.declare(before, self.line)
            reader = self._readers.get(name)
            if reader is not None:
                return reader(self, inner)
            self.unread(name, f"nothing is known of {name.upper()} in it")
        return None

    def maybe(self, nodes: list[Tree]) -> None:
        """Run statements that may not run; after one that leaves, what follows may not run either."""
        kept, doubt = self.variables.kept(), self.doubt
        self.doubt += 1
        try:
            left = self.many(nodes)
        except Failed:
            left = None
        self.doubt = doubt + (left is not None and left.way != "raise")
        self.variables.doubt(kept)

    def tree(self, text: str) -> Tree | None:
        """Return the tree of a statement; one that cannot be read is noted, and None."""
        try:
            return self.variables.tree(text)
        except Refused as refused:
            self.unread(text, str(refused))
            return None

    def sql(self, text: str, target: Tree, parameters: Frame | None = None) -> None:
        """Run a statement of SQL; one with parameters was put together, and stands on one line."""
        tree = self.tree(text) or {}
        kind = next(iter(tree), "")
        if kind == "SelectStmt":
            self.asked(text, tree)
            rows = self.variables.rows(tree, parameters)
            self.variables.fill(target, first_row(rows))
            self.variables.found(met_rows(rows))
            return
        self.variables.fill(target, UNKNOWN)
        if kind in WRITING:
            self.variables.found(UNKNOWN)
        if self.tries and fails(self.work, tree):
            raise Failed
        if kind:
            self._reads(text, tree, flat=parameters is not None)

    def _reads(self, text: str, tree: Tree, *, flat: bool) -> None:
        work = self.work
        work.begin(text, self._place.line(self.line), flat=flat or self._place.alone)
        work.certain, work.picture.doubted = not self.doubt, bool(self.doubt)
        self._read(work, tree)
        work.certain, work.picture.doubted = True, False


Reader = Callable[[Machine, Tree], Leave | None]
