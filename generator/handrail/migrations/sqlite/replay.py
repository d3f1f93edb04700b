"""One script, run by SQLite statement by statement, with an eye on who is who."""

from collections.abc import Iterator
from typing import NamedTuple

from handrail.migrations.cascades import deleted_with
from handrail.migrations.front_end import Runner
from handrail.migrations.inserts import Inserts, shape_of
from handrail.migrations.operations import GONE, Operation, Script, Unread, opaque
from handrail.migrations.sqlite.words import Words, read_words, written
from handrail.migrations.statements import Statement, split
from handrail.migrations.tables import Catalog, Table
from handrail.migrations.tokens import tokens
from handrail.ports import Scratch

_NOT_RUN = {
    "attach": "it would open another database",
    "detach": "it closes another database",
    "load": "it would load a library",
}
_HARMLESS = frozenset({"foreign_keys", "defer_foreign_keys", "foreign_key_check", "legacy_alter_table"})
_UNSAFE = frozenset({"writable_schema", "temp_store_directory", "data_store_directory"})
_ON = frozenset({"on", "1", "yes", "true"})
_ROWS = {
    "insert": "rows.insert",
    "replace": "rows.update.some",
    "upsert": "rows.update.some",
    "update": "rows.update",
    "delete": "rows.delete",
}


_NUMBERS = "sqlite_sequence"
"""The table in which SQLite keeps the last number of each AUTOINCREMENT."""


class Drop(NamedTuple):
    """A DROP TABLE: its line, the uid of the table, and whether foreign keys were enforced."""

    line: int
    uid: int
    enforced: bool


class State:
    """A table while a script runs: what it was before, None for a new one; what became of its columns.

    ``partial`` are those into which some of the values of others were copied.
    """

    def __init__(self, name: str, uid: int, old: Table | None = None) -> None:
        self.name = name
        self.uid = uid
        self.old = old
        self.left: set[str] = set()
        self.partial: set[str] = set()
        self._renamed: dict[str, str] = {}

    def origin(self, column: str) -> str:
        """Return the name, in lower case, that a column had before the script, '' when it is new."""
        name = column.lower()
        return self._renamed.get(name, "" if name in self.left else name)

    def rename(self, old: str, new: str) -> None:
        """Note a column's new name; the old one is free for another column."""
        came, partial = self.origin(old), old.lower() in self.partial
        self.drop(old)
        self._renamed[new.lower()] = came
        if partial:
            self.partial.add(new.lower())

    def drop(self, column: str) -> None:
        """Note that a name is free."""
        self._renamed.pop(column.lower(), None)
        self.left.add(column.lower())
        self.partial.discard(column.lower())


class Replay:
    """Runs the statements of one script and remembers what its catalog will not show."""

    def __init__(self, database: Scratch, runner: Runner, before: Catalog, first_uid: int) -> None:
        self._database = database
        self._before = before
        self._transaction = runner.transaction
        self._enforced = runner.foreign_keys
        self.next_uid = first_uid
        self.tables = {name.lower(): State(name, each.uid, each) for name, each in before.tables.items()}
        self.lines: dict[tuple[str, str], int] = {}
        self.operations: list[Operation] = []
        self.unread: list[Unread] = []
        self.drops: list[Drop] = []
        self.run: list[tuple[int, str]] = []
        self.emptied: set[str] = set()
        self._cascaded: set[str] = set()
        self.removed: set[str] = set()
        self.copies: dict[str, int] = {}
        self.partial: dict[str, int] = {}
        self._inserts = Inserts()
        database.run(f"PRAGMA foreign_keys={'ON' if runner.foreign_keys else 'OFF'}")

    def play(self, script: Script) -> None:
        """Run the whole script. What SQLite refuses is noted, and the rest is run."""
        for statement in split(script.text, "sqlite"):
            line, shape = statement.line + script.skipped, shape_of(statement.text)
            again = self._inserts.again(shape, line)
            if again is None:
                self._first(statement, line, shape)
            else:
                self.run.append((line, statement.text))
                self.operations += again
        if self._database.run("COMMIT") == "":
            self.operations.append(
                Operation("transaction.own", line=1, facts=("The script leaves a transaction open.",))
            )

    def _first(self, statement: Statement, line: int, shape: str) -> None:
        """Run a statement that is not like one before it."""
        told, refused = len(self.operations), len(self.unread)
        self._one(statement, line)
        self._inserts.learn(shape, self.operations[told:], read=len(self.unread) == refused)

    def _one(self, statement: Statement, line: int) -> None:
        words = read_words(statement.text)
        if words.verb in _NOT_RUN or (words.verb == "pragma" and words.name in _UNSAFE):
            reason = _NOT_RUN.get(words.verb, "it would change what SQLite keeps for itself")
            self._opaque(statement.text, line, reason)
        elif words.verb in ("vacuum", "reindex"):
            self._did(line, "maintenance", fact=words.verb.upper())
        else:
            self._run(statement, line, words)

    def _run(self, statement: Statement, line: int, words: Words) -> None:
        # Rows are not written: what a statement does to the schema must not depend on them.
        rows = words.verb in _ROWS
        reason = self._database.run(f"EXPLAIN {statement.text}" if rows else statement.text)
        if reason:
            self._opaque(statement.text, line, f"SQLite refuses it: {reason}")
            return
        self.run.append((line, statement.text))
        self._note(words, line, statement)

    def _opaque(self, text: str, line: int, reason: str) -> None:
        unread, operation = opaque(text, line, reason)
        self.unread.append(unread)
        self.operations.append(operation)

    def _did(self, line: int, kind: str, table: str = "", fact: str = "") -> None:
        self.operations.append(Operation(kind, table, line=line, facts=(fact,) if fact else ()))

    def _note(self, words: Words, line: int, statement: Statement) -> None:
        verb, _, kind = words.verb.partition(".")
        if verb == "create":
            self._created(kind, words, line, statement)
        elif verb == "drop":
            self._dropped(kind, words, line)
        elif verb == "alter":
            self._altered(kind, words, line)
        elif verb in _ROWS:
            self._rows(words, line)
            if verb == "update":
                self._updated(words.name, statement.text)
        else:
            self._other(words, line)

    def _created(self, kind: str, words: Words, line: int, statement: Statement) -> None:
        if kind in ("table", "virtual"):
            if words.name.lower() in self.tables:
                return  # IF NOT EXISTS
            self.tables[words.name.lower()] = State(words.name, self.next_uid)
            self.next_uid += 1
            self.lines[words.name, ""] = line
            for column, below in _column_lines(statement.text):
                self.lines[words.name, column] = line + below
        elif kind == "index":
            self.lines[self._called(words.new), words.name] = line
        else:
            self.lines[words.name, ""] = line

    def _dropped(self, kind: str, words: Words, line: int) -> None:
        if kind == "table":
            state = self.tables.pop(words.name.lower(), None)
            if state is not None:
                self.lines[state.name, GONE] = line
                self.drops.append(Drop(line, state.uid, self._enforced))
        elif kind == "index":
            for name, table in self._before.tables.items():
                if any(each.name.lower() == words.name.lower() for each in table.indexes):
                    self.lines[name, words.name] = line
        else:
            self.lines[words.name, ""] = line
        self.removed.add(words.name.lower())

    def _altered(self, kind: str, words: Words, line: int) -> None:
        state = self.tables.get(words.name.lower())
        if state is None:
            return
        if kind == "rename":
            self._renamed(state, words.new, line)
            return
        if kind == "rename_column":
            state.rename(words.old, words.new)
        elif kind == "drop_column":
            state.drop(words.new)
        self.lines[state.name, words.new] = line

    def _renamed(self, state: State, new: str, line: int) -> None:
        self.tables[new.lower()] = self.tables.pop(state.name.lower())
        for owner, name in list(self.lines):
            if owner == state.name:
                self.lines[new, name] = self.lines.pop((owner, name))
        self.lines[new, ""] = line
        if state.name in self.copies:
            self.copies[new] = self.copies.pop(state.name)
        if state.name in self.partial:
            self.partial[new] = self.partial.pop(state.name)
        state.name = new

    def _called(self, name: str) -> str:
        state = self.tables.get(name.lower())
        return state.name if state else name

    def _is_new(self, name: str) -> bool:
        state = self.tables.get(name.lower())
        return state is not None and state.old is None

    def _rows(self, words: Words, line: int) -> None:
        name = self._called(words.name)
        if words.source:
            self._copied(name, words, line)
        if words.verb in ("delete", "replace"):
            self.emptied.add(name)
        if self._is_new(words.name):
            return
        kind = _ROWS[words.verb]
        if name.lower() == _NUMBERS:
            kind = "sequence.set"
        if kind in ("rows.update", "rows.delete"):
            kind += ".some" if words.some else ".all"
        self._did(line, kind, name)
        if words.verb in ("delete", "replace") and self._enforced and name not in self._cascaded:
            self._with_children(name, line)

    def _copied(self, name: str, words: Words, line: int) -> None:
        """Note from which table rows were copied, and where some of them only."""
        if not words.some:
            self.partial.pop(name, None)
        elif name not in self.copies:
            self.partial[name] = line
        source = self.tables.get(words.source.lower())
        own = source.uid if source else 0
        # The copy of a copy holds what the first one was taken from: two rebuilds in one script.
        self.copies[name] = self.copies.get(source.name, own) if source else own

    def _updated(self, name: str, text: str) -> None:
        """Note into which columns of a table that was not copied whole some values went only."""
        state = self.tables.get(name.lower())
        if state is None or state.name in self.copies:
            return
        for column, partly in written(text):
            if partly:
                state.partial.add(column)
            else:
                state.partial.discard(column)

    def _with_children(self, table: str, line: int) -> None:
        """Note the tables whose rows go too, by their keys: once in a script."""
        for edge in deleted_with(self._before.tables, table):
            if edge.table not in self._cascaded:
                fact = f"Its rows go with those of {edge.key.table}, by ON DELETE CASCADE."
                self._did(line, "rows.delete.some", edge.table, fact)
                self._cascaded.add(edge.table)
        self._cascaded.add(table)

    def _other(self, words: Words, line: int) -> None:
        if words.verb in ("begin", "end"):
            self._transaction = words.verb == "begin"
            if not any(each.kind == "transaction.own" for each in self.operations):
                self._did(line, "transaction.own")
        elif words.verb == "pragma":
            if words.name == "foreign_keys" and words.new and not self._transaction:
                self._enforced = words.new.lower() in _ON
            if words.name not in _HARMLESS:
                self._did(line, "statement.other", fact=f"PRAGMA {words.name}")
        elif words.verb:
            self._did(line, "statement.other", fact=words.verb.upper())


def _column_lines(text: str) -> Iterator[tuple[str, int]]:
    """Yield (what a part of a CREATE TABLE begins with, lines below the first) for each part."""
    depth, begins, line, counted = 0, False, 0, 0
    for token in tokens(text, "sqlite"):
        if begins and depth == 1:
            line += text.count("\n", counted, token.start)
            counted = token.start
            yield token.value, line
        begins = token.says("(", ",")
        depth += token.says("(") - token.says(")")
