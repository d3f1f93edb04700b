"""DO blocks: a program in PL/pgSQL is read when it shows what it does, and else it is opaque.

Read are: statements that stand for themselves; those that are skipped when
their object is there already; and, under any condition, statements that write
rows: they count as if they ran, which is the most that they can do.
"""

import re
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any, NamedTuple

from handrail.migrations.postgresql.grammar import Refused, Tree, parse_block, parse_statement
from handrail.migrations.postgresql.names import strings
from handrail.migrations.postgresql.session import HARMLESS, functions
from handrail.migrations.postgresql.work import Work, names_of
from handrail.migrations.tables import Table

_EXPECTED = re.compile(r"(?:duplicate|undefined)_\w+\Z")

_DEFINING = (
    "CreateStmt IndexStmt AlterTableStmt RenameStmt CreateEnumStmt AlterEnumStmt CreateExtensionStmt "
    "CreateSeqStmt ViewStmt CreateFunctionStmt CreateTrigStmt DropStmt CommentStmt CreateSchemaStmt"
)
DEFINING = frozenset(_DEFINING.split())
"""Statements that mean in a block what they mean outside."""

WRITING = frozenset(("UpdateStmt", "DeleteStmt", "InsertStmt", "MergeStmt"))
"""Statements that write rows."""


class Opaque(Exception):
    """The block has something whose effect cannot be told; the message names it."""


class _Found(NamedTuple):
    """A statement that may run; those of one ``attempt`` are all undone when one of them fails."""

    line: int
    tree: Tree
    certain: bool
    attempt: int = 0


def do_block(work: Work, node: Tree, read: Callable[[Work, Tree], None]) -> None:
    """Read a DO block; ``read`` reads a statement in it."""
    try:
        if _argument(node, "language").lower() not in ("", "plpgsql"):
            raise Opaque("it is not PL/pgSQL")
        found = list(_program(parse_block(work.text)))
    except (Refused, Opaque) as error:
        work.picture.opaque(work.text, f"a DO block is a program: {error}")
        return
    head = work.text.partition(_argument(node, "as") or "\0")[0].count("\n")
    for attempt, group in groupby(found, key=lambda each: each.attempt):
        kept = work.picture.catalog
        for each in group:
            work.picture.line = work.first + head + each.line - 1
            work.certain, work.attempt = each.certain, bool(attempt)
            if attempt and _fails(work, each.tree):
                work.restore(kept)
                break
            read(work, each.tree)
    work.certain, work.attempt = True, False


def _fails(work: Work, tree: Tree) -> bool:
    """Tell whether what a statement makes is there already."""
    node: Tree = next(iter(tree.values()), {})
    if "CreateStmt" in tree:
        there = work.relation(node.get("relation", {})) in work.picture.tables
        return there and not node.get("if_not_exists")
    if "CreateEnumStmt" in tree:
        return work.name(strings(node.get("typeName", ()))) in work.picture.enums
    if "AlterTableStmt" not in tree:
        return False
    table = work.picture.tables.get(work.relation(node.get("relation", {})))
    return table is not None and any(
        _is_there(table, each.get("AlterTableCmd", {})) for each in node.get("cmds", ())
    )


def _is_there(table: Table, command: Tree) -> bool:
    definition = command.get("def", {})
    column = definition.get("ColumnDef", {}).get("colname", "")
    if command.get("subtype") == "AT_AddColumn":
        return table.column(column) is not None and not command.get("missing_ok")
    name = definition.get("Constraint", {}).get("conname", "")
    return command.get("subtype") == "AT_AddConstraint" and name != "" and name in names_of(table)


def _argument(node: Tree, name: str) -> str:
    for each in node.get("args", ()):
        element = each.get("DefElem", {})
        if element.get("defname") == name:
            return str(element.get("arg", {}).get("String", {}).get("sval", ""))
    return ""


def _program(tree: Tree) -> Iterator[_Found]:
    for each in tree.get("datums", ()):
        _harmless(each.get("PLpgSQL_var", {}).get("default_val"))
    yield from _statement(tree.get("action", {}), None)


def _many(nodes: list[Tree], condition: str | None) -> Iterator[_Found]:
    for each in nodes:
        yield from _statement(each, condition)


def _statement(node: Tree, condition: str | None) -> Iterator[_Found]:
    """Yield what a statement of a program does; ``condition`` is the text that it depends on."""
    for kind, inner in node.items():
        reader = _READERS.get(kind.removeprefix("PLpgSQL_stmt_"))
        if reader is None:
            raise Opaque(f"{kind.removeprefix('PLpgSQL_stmt_')}")
        yield from reader(inner, condition)


def _block(node: Tree, condition: str | None) -> Iterator[_Found]:
    attempt = id(node) if "exceptions" in node else 0
    for found in _many(node.get("body", []), condition):
        yield found._replace(attempt=found.attempt or attempt)
    for each in node.get("exceptions", {}).get("PLpgSQL_exception_block", {}).get("exc_list", ()):
        caught = each.get("PLpgSQL_exception", {})
        names = [c.get("PLpgSQL_condition", {}).get("condname", "") for c in caught.get("conditions", ())]
        if not all(_EXPECTED.match(name) for name in names):
            raise Opaque("it goes on after any error")
        if list(_many(caught.get("action", []), "")):
            raise Opaque("it does something else after an error")


def _execute(node: Tree, condition: str | None) -> Iterator[_Found]:
    text = _query(node.get("sqlstmt"))
    try:
        tree = parse_statement(text) or {}
    except Refused as refused:
        raise Opaque(str(refused)) from None
    kind = next(iter(tree), "")
    if kind == "SelectStmt":
        _harmless(node.get("sqlstmt"))
        return
    if kind not in DEFINING | WRITING:
        raise Opaque(kind)
    if kind in DEFINING and condition is not None and not _guarded(kind, tree[kind], condition):
        raise Opaque("it changes the schema under a condition")
    yield _Found(node.get("lineno", 1), tree, condition is None)


def _guarded(kind: str, node: Tree, condition: str) -> bool:
    """Tell whether a condition asks for the very object: then the statement runs when it can."""
    if "pg_" not in condition and "information_schema" not in condition:
        return False
    names = {name for name in _names_in(node) if f"'{name}'" in condition}
    absent = bool(re.match(r"\s*NOT\s+EXISTS\b", condition, re.IGNORECASE))
    commands = node.get("cmds", [])
    kinds = {each.get("AlterTableCmd", {}).get("subtype", "") for each in commands}
    if kind == "AlterTableStmt":
        made = kinds <= {"AT_AddColumn", "AT_AddConstraint"}
        gone = kinds <= {"AT_DropColumn", "AT_DropConstraint"}
        return len(commands) == 1 and bool(names) and (made if absent else gone)
    if kind in ("RenameStmt", "DropStmt"):
        return bool(names) and not absent
    return bool(names) and absent and kind.startswith(("Create", "Index"))


def _names_in(node: Any) -> set[str]:
    """Return the names of what a statement makes, changes or drops."""
    keys = (
        "relname",
        "colname",
        "conname",
        "name",
        "subname",
        "idxname",
        "trigname",
        "extname",
        "sval",
        "schemaname",
    )
    found: set[str] = set()
    waiting = [node]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            found |= {value for key, value in each.items() if key in keys and isinstance(value, str)}
            waiting += each.values()
        elif isinstance(each, list):
            waiting += each
    return found


def _if(node: Tree, condition: str | None) -> Iterator[_Found]:
    _harmless(node.get("cond"))
    own = _query(node.get("cond")) if condition is None else ""  # two conditions prove nothing
    yield from _many(node.get("then_body", []), own)
    for each in node.get("elsif_list", ()):
        inner = each.get("PLpgSQL_if_elsif", {})
        _harmless(inner.get("cond"))
        yield from _many(inner.get("stmts", []), "")
    yield from _many(node.get("else_body", []), "")


def _loop(node: Tree, _: str | None) -> Iterator[_Found]:
    for key in ("query", "cond", "lower", "upper", "expr"):
        _harmless(node.get(key))
    yield from _many(node.get("body", []), "")


def _expression(node: Tree, _: str | None) -> Iterator[_Found]:
    for key in ("expr", "cond", "message"):
        _harmless(node.get(key))
    return iter(())


def _raise(node: Tree, _: str | None) -> Iterator[_Found]:
    for each in node.get("params", ()):
        _harmless(each)
    return iter(())


def _query(expression: Tree | None) -> str:
    return str((expression or {}).get("PLpgSQL_expr", {}).get("query", ""))


def _harmless(expression: Any) -> None:
    """Raise ``Opaque`` when an expression calls what may write."""
    if not isinstance(expression, dict):
        return
    text = _query(expression)
    for form in (text, f"SELECT {text}", f"SELECT {text.partition(':=')[2]}"):
        try:
            tree = parse_statement(form)
        except Refused:
            continue
        unknown = sorted(functions(tree) - HARMLESS)
        if unknown or any(word in str(tree) for word in WRITING):
            raise Opaque(f"{unknown[0]}()" if unknown else text)
        return
    raise Opaque(text)


_READERS: dict[str, Callable[[Tree, str | None], Iterator[_Found]]] = {
    "block": _block,
    "execsql": _execute,
    "if": _if,
    "loop": _loop,
    "while": _loop,
    "fori": _loop,
    "fors": _loop,
    "foreach_a": _loop,
    "assign": _expression,
    "perform": _expression,
    "return": _expression,
    "assert": _expression,
    "exit": _expression,
    "raise": _raise,
}
