"""The front end for MySQL and MariaDB: its own reader, statement by statement, on a picture.

The data definition of MySQL is a flat language: clauses with commas between
them. A clause that is not understood is opaque, and the others are read.
"""

import re
from collections.abc import Callable
from functools import partial
from itertools import islice, pairwise

from handrail.migrations.front_end import Runner, Saved
from handrail.migrations.mysql.objects import alter, create, drop, rename
from handrail.migrations.mysql.picture import MysqlPicture
from handrail.migrations.mysql.prepared import Prepared
from handrail.migrations.mysql.procedures import read_routine
from handrail.migrations.mysql.reader import Reader, Unreadable
from handrail.migrations.mysql.rows import VERBS, change_rows
from handrail.migrations.operations import Script, Step
from handrail.migrations.statements import Statement, split
from handrail.migrations.tables import Catalog
from handrail.migrations.tokens import Token, tokens

_OTHER = frozenset(
    (
        *("USE", "SHOW", "SELECT", "DESCRIBE", "DESC", "EXPLAIN", "START", "COMMIT", "ROLLBACK", "SAVEPOINT"),
        *("RELEASE", "UNLOCK", "FLUSH", "REVOKE", "DO", "HELP", "DEALLOCATE", "VALUES", "TABLE"),
        *("SIGNAL", "KILL", "BEGIN"),
    )
)
"""What changes no table."""

_MAINTENANCE = frozenset({"ANALYZE", "OPTIMIZE", "REPAIR", "CHECK", "CHECKSUM", "LOCK", "CACHE"})
_NOBODY = ("''", '""', "``")
"""The account that takes anybody who has none."""

_WHY = {
    "CALL": "it runs a procedure, which may do anything",
    "SOURCE": "it runs another file",
    "XA": "it is part of a transaction over several databases",
}
_DEEPEST = 8
"""Procedures that call one another; what is deeper is not followed."""

_MOST_READ = 200_000
"""Letters of bodies that the calls of one script read; more are not followed."""

_NOT_ENFORCED = re.compile(r"foreign_key_checks\s*=\s*(?:0|off|false)\b", re.IGNORECASE)
_MODES = ("ANSI", "NO_BACKSLASH_ESCAPES")
"""Modes of SQL that give quotes another meaning."""


class MysqlFrontEnd:
    """``front_end.FrontEnd`` for MySQL and MariaDB. The runner makes no difference: every change commits."""

    def __init__(self, runner: Runner = Runner()) -> None:  # noqa: ARG002, B008  # the interface of all front ends
        self._picture = MysqlPicture()

    @property
    def catalog(self) -> Catalog:
        """The schema after the scripts applied so far."""
        return self._picture.catalog

    def apply(self, script: Script) -> Step:
        """Read the next script. What is not understood is opaque; the rest is read."""
        picture = self._picture
        picture.begin()
        self._prepared = Prepared()
        self._depth = self._read = 0
        for statement in split(script.text, "mysql"):
            picture.read(statement.text, statement.line + script.skipped, partial(self._whole, statement))
        picture.end()
        return picture.step()

    def save(self) -> Saved:
        """Return the state, to go on from later."""
        return Saved(self._picture.catalog, self._picture.uid())

    def load(self, state: Saved) -> None:
        """Go on from a state that ``save`` returned."""
        self._picture = MysqlPicture(state.catalog, state.next_uid)

    def _whole(self, statement: Statement) -> None:
        """Read a statement, or note that it was refused."""
        try:
            self._one(statement)
        except Unreadable as reason:
            self._picture.refuse(statement.text, reason)

    def _one(self, statement: Statement) -> None:
        if statement.unterminated:
            raise Unreadable("a string, comment or block in it never ends")
        head = list(islice(tokens(statement.text, "mysql"), 3))
        if not head:
            return
        verb = head[0].text.upper()
        if verb in _DEFINES:
            _DEFINES[verb](self._picture, Reader.of(statement.text))
        elif verb in VERBS or verb == "WITH":
            change_rows(self._picture, statement.text)
        elif verb == "CALL":
            self._call(Reader.of(statement.text))
        else:
            self._minor(verb, head, statement.text)

    def _minor(self, verb: str, head: list[Token], text: str) -> None:
        picture = self._picture
        if verb == "BEGIN" and len(head) > 1 and head[1].says("NOT"):
            raise Unreadable("it is a block of statements")
        if verb == "EXECUTE":
            self._execute(text)
        elif verb in ("SET", "PREPARE"):
            self._prepare(verb, text)
        elif verb in _MAINTENANCE:
            picture.did("maintenance", "", "", verb)
        elif verb in _OTHER:
            if verb == "SELECT" and "INTO" in text.upper():
                self._prepared.select_into(Reader.of(text))
            if verb in ("SELECT", "DO", "VALUES"):
                self._refuse_calls(text)
            locks = verb == "FLUSH" and any(each.says("TABLE", "TABLES") for each in head)
            picture.did("maintenance" if locks else "statement.other", "", "", verb)
        else:
            raise Unreadable(_WHY.get(verb, "this statement is unknown"))

    def _refuse_calls(self, text: str) -> None:
        """Refuse a query that calls a function of the history: its body may write."""
        known = {name.lower() for kind, name in self._picture.things if kind == "function"}
        pieces = tokens(text, "mysql") if known else ()
        for name, bracket in pairwise(pieces):
            if name.value.lower() in known and bracket.says("("):
                raise Unreadable(f"it calls {name.value[:40]}, which may do anything")

    def _prepare(self, verb: str, text: str) -> None:
        if "FOREIGN_KEY_CHECKS" in text.upper():
            self._picture.enforced = not _NOT_ENFORCED.search(text)
        if any(mode in text.upper() for mode in _MODES) and "SQL_MODE" in text.upper():
            raise Unreadable("it changes what quotes mean from here on")
        if "@" in text or verb == "PREPARE" or self._depth:
            reader = Reader.of(text)
            self._prepared.set(reader) if verb == "SET" else self._prepared.prepare(reader)
        self._picture.did("statement.other", "", "", verb)

    def _execute(self, text: str) -> None:
        """Read the statement that an EXECUTE runs, where its text is known."""
        real, guarded = self._prepared.execute(Reader.of(text))
        if not real:
            self._picture.did("statement.other", "", "", "EXECUTE")
            return
        self._inside(real, guarded=guarded)

    def _inside(self, text: str, *, guarded: bool) -> None:
        """Read a statement that another one runs."""
        picture, outer = self._picture, self._picture.guarded
        picture.guarded = guarded or outer
        try:
            self._one(Statement(text, picture.line, 0))
        except Unreadable as reason:
            picture.refuse(text, reason)
        finally:
            picture.guarded = outer

    def _call(self, reader: Reader) -> None:
        """Read a CALL: the statements of the procedure, where the history makes it."""
        reader.expect("CALL")
        name = reader.name().lower()
        things = self._picture.things.values()
        body = next(
            (each.text for each in things if each.kind == "function" and each.name.lower() == name), ""
        )
        self._read += len(body)
        if not body or self._depth >= _DEEPEST or self._read > _MOST_READ:
            raise Unreadable(_WHY["CALL"])
        routine = read_routine(body)
        values = reader.group().parts() if reader.sees("(") else []
        self._depth += 1
        with self._prepared.given(routine.parameters, values):
            for step in routine.steps:
                self._prepared.forget(step.forgets)
                if step.text:
                    self._inside(step.text, guarded=step.guarded)
        self._depth -= 1


def _truncate(picture: MysqlPicture, reader: Reader) -> None:
    reader.expect("TRUNCATE")
    reader.takes("TABLE")
    name = picture.called(reader.name())
    if not picture.is_new(name):
        picture.did("table.truncate", name)


def _load(picture: MysqlPicture, reader: Reader) -> None:
    """Read LOAD DATA and LOAD XML, which write rows from a file."""
    replaces = False
    while not reader.takes("INTO", "TABLE"):
        replaces = reader.any().says("REPLACE") or replaces
    name = picture.called(reader.name())
    if not picture.is_new(name):
        picture.did("rows.update.some" if replaces else "rows.insert", name)


def _grant(picture: MysqlPicture, reader: Reader) -> None:
    pieces = reader.rest()
    nobody = any(each.says("TO", ",") and name.text in _NOBODY for each, name in pairwise(pieces))
    public = nobody or any(each.says("PUBLIC") for each in pieces)
    picture.did("security.grant_public" if public else "security.grant_role")


_DEFINES: dict[str, Callable[[MysqlPicture, Reader], None]] = {
    "CREATE": create,
    "ALTER": alter,
    "DROP": drop,
    "RENAME": rename,
    "TRUNCATE": _truncate,
    "LOAD": _load,
    "GRANT": _grant,
}
