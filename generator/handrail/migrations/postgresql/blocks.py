"""DO blocks: a program in PL/pgSQL is run on the picture, see ``machine``."""

from collections.abc import Callable

from handrail.migrations.postgresql import flows, loops
from handrail.migrations.postgresql.calls import UNKNOWN
from handrail.migrations.postgresql.grammar import Refused, Tree, parse_block
from handrail.migrations.postgresql.machine import Failed, Leave, Machine, Reader, TooLong
from handrail.migrations.postgresql.variables import met_rows, query_text
from handrail.migrations.postgresql.work import Work


def do_block(work: Work, node: Tree, read: Callable[[Work, Tree], None]) -> None:
    """Read a DO block; ``read`` reads a statement in it."""
    text, first = work.text, work.first
    try:
        if _argument(node, "language").lower() not in ("", "plpgsql"):
            raise Refused("it is not PL/pgSQL")
        tree = parse_block(text)
    except Refused as error:
        work.picture.opaque(text, f"a DO block is a program: {error}")
        return
    head = text.partition(_argument(node, "as") or "\0")[0].count("\n")
    machine = Machine(work, tree.get("datums", []), first + head - 1, read, _READERS)
    state = work.certain, work.attempt, work.picture.doubted
    try:
        machine.doubt = not work.certain
        machine.statement(tree.get("action", {}))
    except TooLong:
        machine.unread(text, "it runs too long to be followed")
    except Failed:
        pass
    finally:
        work.begin(text, first)
        work.certain, work.attempt, work.picture.doubted = state


def _argument(node: Tree, name: str) -> str:
    for each in node.get("args", ()):
        element = each.get("DefElem", {})
        if element.get("defname") == name:
            return str(element.get("arg", {}).get("String", {}).get("sval", ""))
    return ""


def _sql(machine: Machine, node: Tree) -> Leave | None:
    machine.sql(query_text(node.get("sqlstmt")), node.get("target", {}))
    return None


def _execute(machine: Machine, node: Tree) -> Leave | None:
    text = machine.variables.value(node.get("query"))
    if isinstance(text, str):
        values = [machine.variables.value(each) for each in node.get("params", ())]
        machine.sql(text, node.get("target", {}), {f"${place}": each for place, each in enumerate(values, 1)})
        return None
    if text is not None:
        reason = "it executes a text that is known only when it runs"
        machine.unread(f"EXECUTE {query_text(node.get('query'))}", reason)
    machine.variables.fill(node.get("target", {}), UNKNOWN)
    return None


def _assign(machine: Machine, node: Tree) -> Leave | None:
    machine.variables.assign(node)
    return None


def _perform(machine: Machine, node: Tree) -> Leave | None:
    text = query_text(node.get("expr"))
    tree = machine.tree(text)
    if tree is not None:
        machine.variables.harmless(text, tree)
        machine.variables.found(met_rows(machine.variables.rows(tree)))
    return None


def _ask(machine: Machine, node: Tree) -> Leave | None:
    machine.variables.value(node.get("cond"))
    return None


def _diagnose(machine: Machine, node: Tree) -> Leave | None:
    for each in node.get("diag_items", ()):
        machine.variables.put(each.get("PLpgSQL_diag_item", {}).get("target", -1), UNKNOWN)
    return None


_READERS: dict[str, Reader] = {
    "block": flows.block,
    "if": flows.either,
    "case": flows.case,
    "exit": flows.leave,
    "return": flows.give_back,
    "raise": flows.throw,
    "loop": loops.while_it_holds,
    "while": loops.while_it_holds,
    "fori": loops.over_numbers,
    "fors": loops.over_rows,
    "dynfors": loops.over_text,
    "foreach_a": loops.over_elements,
    "execsql": _sql,
    "dynexecute": _execute,
    "assign": _assign,
    "perform": _perform,
    "assert": _ask,
    "getdiag": _diagnose,
}
