"""DO blocks: those that hold nothing but plain statements are read, no other."""

import re
from collections.abc import Callable

from handrail.migrations.postgresql.grammar import Refused, Tree, parse_statement
from handrail.migrations.postgresql.split import split_script
from handrail.migrations.postgresql.work import Work

_BEGIN = re.compile(r"BEGIN\b", re.IGNORECASE)
_END = re.compile(r"END\s*\Z", re.IGNORECASE)
_EXCEPTION = re.compile(
    r"EXCEPTION\s+WHEN\s+(?:duplicate_\w+|undefined_\w+)(?:\s+OR\s+(?:duplicate_\w+|undefined_\w+))*\s+THEN\b",
    re.IGNORECASE,
)
_NOTHING = re.compile(r"(?:NULL\b|RAISE\s+(?:NOTICE|INFO|DEBUG|LOG|WARNING)\b)", re.IGNORECASE)

_PLAIN = (
    "CreateStmt IndexStmt AlterTableStmt RenameStmt CreateEnumStmt AlterEnumStmt CreateExtensionStmt"
    " CreateSeqStmt ViewStmt CreateFunctionStmt CreateTrigStmt DropStmt UpdateStmt DeleteStmt InsertStmt"
    " CommentStmt"
)
PLAIN = frozenset(_PLAIN.split())
"""Statements that mean in a block what they mean outside."""


def do_block(work: Work, node: Tree, read: Callable[[Work, Tree], None]) -> None:
    """Read a DO block."""
    body = ""
    for each in node.get("args", ()):
        element = each.get("DefElem", {})
        if element.get("defname") == "as":
            body = element.get("arg", {}).get("String", {}).get("sval", "")
    trees = _plain(body)
    if trees is None:
        work.picture.opaque(work.text, "a DO block is a program")
        return
    for tree in trees:
        read(work, tree)


def _plain(body: str) -> list[Tree] | None:
    """Return the statements of a block that is nothing but statements, else None."""
    pieces = [piece.text for piece in split_script(body)]
    if not pieces or not _BEGIN.match(pieces[0]):
        return None
    if not _END.match(pieces[-1]):
        return None
    pieces = [pieces[0][len("BEGIN") :].lstrip(), *pieces[1:-1]]
    found: list[Tree] = []
    handling = False
    for piece in pieces:
        caught = _EXCEPTION.match(piece)
        handling = handling or caught is not None
        rest = piece[caught.end() :].lstrip() if caught else piece
        if _NOTHING.match(rest):
            continue
        tree = None if handling else _statement(rest)
        if tree is None:
            return None
        found.append(tree)
    return found


def _statement(text: str) -> Tree | None:
    try:
        tree = parse_statement(text)
    except Refused:
        return None
    return tree if tree and tree.keys() <= PLAIN else None
