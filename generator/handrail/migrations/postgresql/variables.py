"""The variables of a program in PL/pgSQL, and what its expressions come to."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from handrail.migrations.postgresql.asked import Answer, answers
from handrail.migrations.postgresql.calls import UNKNOWN
from handrail.migrations.postgresql.compares import Value, truth
from handrail.migrations.postgresql.grammar import Refused, Tree, parse_statement
from handrail.migrations.postgresql.outlines import outline
from handrail.migrations.postgresql.values import Frame, Missing, Scope, cast, evaluate
from handrail.migrations.postgresql.work import Work

WRITING = ("UpdateStmt", "DeleteStmt", "InsertStmt", "MergeStmt")
"""Statements that write rows."""

_CAST = ("bool", "int4", "int8", "int2", "regclass")

_ASSIGNED = re.compile(r"\s*(?P<name>[^\[\s:=]+(?:\s*\.\s*[^\[\s:=]+)*)\s*(?P<part>\[[^=]*\])?\s*:?=")


class Variables:
    """The variables of one program; what is not known of them is ``UNKNOWN``."""

    def __init__(
        self,
        work: Work,
        datums: list[Tree],
        asked: Callable[[str, Tree], None],
        unread: Callable[[str, str], None],
    ) -> None:
        self._work = work
        self._datums = datums
        self._asked = asked
        self._unread = unread
        self._query = answers(work)
        self._trees: dict[str, Tree] = {}
        self._values: dict[str, Value] = {}
        self._records: dict[str, Frame] = {}

    def declare(self, after: int, line: int) -> None:
        """Give the variables that are declared between two lines what they are declared with."""
        for each in self._datums:
            node = each.get("PLpgSQL_var", {})
            place = node.get("lineno", 0)
            if node and (after < place <= line or place == line):
                self._values[node.get("refname", "")] = self._default(node)

    def _default(self, node: Tree) -> Value:
        value = self.value(node["default_val"]) if "default_val" in node else None
        kind = node.get("datatype", {}).get("PLpgSQL_type", {}).get("typname", "")
        array = kind[:1] == "_"
        return cast(value, kind, self._scope(), array) if array or kind in _CAST else value

    def forget(self, nodes: Any) -> None:
        """Forget what statements assign, wherever in them."""
        for each in _nodes(nodes):
            if "PLpgSQL_stmt_assign" in each:
                self.put(each["PLpgSQL_stmt_assign"].get("varno", -1), UNKNOWN)
            for key in ("target", "var"):
                if isinstance(each.get(key), dict):
                    self.fill(each[key], UNKNOWN)

    def kept(self) -> tuple[dict[str, Value], dict[str, Frame]]:
        """Return what is known now."""
        return dict(self._values), dict(self._records)

    def doubt(self, before: tuple[dict[str, Value], dict[str, Frame]]) -> None:
        """Forget what is not as it was before."""
        values, records = before
        self._values = {
            name: value if name in values and values[name] is value else UNKNOWN
            for name, value in self._values.items()
        }
        self._records = {name: row if records.get(name) is row else {} for name, row in self._records.items()}

    def put(self, number: int, value: Value) -> None:
        """Set a variable by its number."""
        datum = self._datums[number] if 0 <= number < len(self._datums) else {}
        field = datum.get("PLpgSQL_recfield")
        if field is not None:
            owner = self._datums[field.get("recparentno", 0)].get("PLpgSQL_rec", {}).get("refname", "")
            self._records[owner] = {**self._records.get(owner, {}), field.get("fieldname", ""): value}
        elif "PLpgSQL_rec" in datum:
            self._records[datum["PLpgSQL_rec"].get("refname", "")] = (
                value if isinstance(value, Mapping) else {}
            )
        elif "PLpgSQL_var" in datum:
            self._values[datum["PLpgSQL_var"].get("refname", "")] = value

    def give(self, values: list[Value]) -> None:
        """Give the first variables, which are parameters, their values."""
        for number, value in enumerate(values):
            self.put(number, value)

    def cursor(self, number: int) -> str:
        """Return the query of a cursor, '' where it has none of its own."""
        datum = self._datums[number] if 0 <= number < len(self._datums) else {}
        return query_text(datum.get("PLpgSQL_var", {}).get("cursor_explicit_expr"))

    def found(self, value: Value) -> None:
        """Say whether the last statement met a row."""
        self._values["found"] = value

    def fill(self, target: Tree, row: Value) -> None:
        """Put a row (a mapping, None for none, or not known) where ``INTO`` or a loop wants it."""
        for kind, node in target.items():
            if kind == "PLpgSQL_rec":
                self._records[node.get("refname", "")] = row if isinstance(row, Mapping) else {}
            elif kind == "PLpgSQL_var":
                self._values[node.get("refname", "")] = _nth(row, 0)
            elif kind == "PLpgSQL_row":
                for place, field in enumerate(node.get("fields", ())):
                    self.put(field.get("varno", -1), _nth(row, place))

    def assign(self, node: Tree) -> None:
        """Do an assignment."""
        text = query_text(node.get("expr"))
        found = _ASSIGNED.match(text)
        value = self._value(text[found.end() :]) if found else UNKNOWN
        self.put(node.get("varno", -1), UNKNOWN if found is None or found["part"] else value)

    def value(self, expression: Tree | None) -> Value:
        """Return what an expression comes to."""
        return self._value(query_text(expression))

    def outline(self, expression: Tree | None) -> str | None:
        """Return the text that an expression makes, with a word for what is not known, see ``outlines``."""
        try:
            tree = self.tree(f"SELECT {query_text(expression)}").get("SelectStmt", {})
        except Refused:
            return None
        targets = tree.get("targetList", ())
        if len(targets) != 1 or "fromClause" in tree:
            return None
        return outline(targets[0].get("ResTarget", {}).get("val", {}), self._scope())

    def met(self, expression: Tree | None) -> Value:
        """Return whether a condition holds: true, false, or not known."""
        answer = truth(self.value(expression))
        return False if answer is None else answer

    def rows(self, tree: Tree, parameters: Frame | None = None) -> Answer | None:
        """Return the rows of a SELECT, None where they are not known."""
        frames = {"": parameters} if parameters is not None else None
        return self._query(tree.get("SelectStmt", {}), self._scope(frames))

    def tree(self, text: str) -> Tree:
        """Return the tree of a statement. Raises ``Refused``."""
        if text not in self._trees:
            self._trees[text] = parse_statement(text) or {}
        return self._trees[text]

    def _value(self, text: str) -> Value:
        if not text.strip():
            return UNKNOWN
        try:
            tree = self.tree(f"SELECT {text}")
        except Refused as refused:
            self._unread(text, str(refused))
            return UNKNOWN
        self._asked(text, tree)
        targets = tree.get("SelectStmt", {}).get("targetList", ())
        if len(targets) != 1 or "fromClause" in tree["SelectStmt"]:
            rows = self.rows(tree)
            return UNKNOWN if rows is None else _first(rows)
        try:
            return evaluate(targets[0].get("ResTarget", {}).get("val", {}), self._scope())
        except (Missing, TypeError, ValueError, LookupError, AttributeError):
            return UNKNOWN

    def _scope(self, frames: Mapping[str, Frame] | None = None) -> Scope:
        known = {"": self._values, **self._records} if frames is None else frames
        return Scope(known, self._query, self._work.path or "public")


def query_text(expression: Tree | None) -> str:
    """Return the text of an expression of a program."""
    return str((expression or {}).get("PLpgSQL_expr", {}).get("query", ""))


def first_row(rows: Answer | None) -> Value:
    """Return the first of some rows: None where there is none, or not known."""
    if rows is None:
        return UNKNOWN
    return None if not rows else rows[0][0] if rows[0][1] is True else UNKNOWN


def met_rows(rows: Answer | None) -> Value:
    """Return whether there is a row, or that it is not known."""
    if rows is None or not all(met is True for _, met in rows):
        return UNKNOWN
    return bool(rows)


def _first(rows: Answer) -> Value:
    return _nth(first_row(rows), 0)


def _nth(row: Value, place: int) -> Value:
    if not isinstance(row, Mapping):
        return row
    values = list(row.values())
    return values[place] if place < len(values) else None


def _nodes(node: Any) -> Iterator[Tree]:
    waiting = [node]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            yield each
            waiting += each.values()
        elif isinstance(each, list):
            waiting += each
