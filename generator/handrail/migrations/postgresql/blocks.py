"""DO blocks: a program in PL/pgSQL is run on the picture, see ``machine``."""

from collections.abc import Callable

from handrail.migrations.postgresql import flows, loops
from handrail.migrations.postgresql.calls import UNKNOWN
from handrail.migrations.postgresql.compares import Value
from handrail.migrations.postgresql.grammar import Refused, Tree, parse_block
from handrail.migrations.postgresql.machine import Failed, Leave, Machine, Place, Reader, TooLong
from handrail.migrations.postgresql.outlines import is_plain
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
    run_program(work, tree, [], Place("a DO block", first + head - 1), read)
    work.begin(text, first)


def run_program(
    work: Work, tree: Tree, given: list[Value], place: Place, read: Callable[[Work, Tree], None]
) -> None:
    """Run a program with the values of its parameters; where it is not certain to run, it may run."""
    machine = Machine(work, tree.get("datums", []), place, read, _READERS)
    state, told = (work.certain, work.attempt, work.picture.doubted), work.picture.told()
    machine.doubt = int(not work.certain)
    machine.variables.give(given)
    try:
        machine.statement(tree.get("action", {}))
    except TooLong:
        machine.unread(place.what, "it runs too long to be followed")
    except Failed:
        pass
    finally:
        work.certain, work.attempt, work.picture.doubted = state
        work.picture.once(told)


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
    if text is not None and not _outlined(machine, node):
        reason = "it executes a text that is known only when it runs"
        machine.unread(f"EXECUTE {query_text(node.get('query'))}", reason)
    machine.variables.fill(node.get("target", {}), UNKNOWN)
    return None


def _outlined(machine: Machine, node: Tree) -> bool:
    """Read EXECUTE of a text of which only names of roles, or values, are not known."""
    form = machine.variables.outline(node.get("query"))
    try:
        harmless = form is not None and is_plain(machine.variables.tree(form))
    except Refused:
        return False
    if form is not None and harmless:
        machine.sql(form, {}, {})
    return harmless


def _assign(machine: Machine, node: Tree) -> Leave | None:
    machine.variables.assign(node)
    return None


def _perform(machine: Machine, node: Tree) -> Leave | None:
    text = query_text(node.get("expr"))
    tree = machine.tree(text)
    if tree is not None:
        machine.asked(text, tree)
        machine.variables.found(met_rows(machine.variables.rows(tree)))
    return None


def _ask(machine: Machine, node: Tree) -> Leave | None:
    machine.variables.value(node.get("cond"))
    return None


def _commit(machine: Machine, _: Tree) -> Leave | None:
    machine.sql("COMMIT", {})
    return None


def _rollback(machine: Machine, _: Tree) -> Leave | None:
    machine.sql("ROLLBACK", {})
    return None


def _call(machine: Machine, node: Tree) -> Leave | None:
    machine.sql(query_text(node.get("expr")), {})
    return None


def _open(machine: Machine, node: Tree) -> Leave | None:
    text = query_text(node.get("query"))
    tree = machine.tree(text) if text else None
    if tree:
        machine.asked(text, tree)
    machine.variables.value(node.get("dynquery"))
    return None


def _fetch(machine: Machine, node: Tree) -> Leave | None:
    machine.variables.fill(node.get("target", {}), UNKNOWN)
    machine.variables.found(UNKNOWN)
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
    "forc": loops.over_cursor,
    "dynfors": loops.over_text,
    "foreach_a": loops.over_elements,
    "execsql": _sql,
    "dynexecute": _execute,
    "assign": _assign,
    "perform": _perform,
    "assert": _ask,
    "getdiag": _diagnose,
    "call": _call,
    "commit": _commit,
    "rollback": _rollback,
    "open": _open,
    "fetch": _fetch,
    "close": lambda *_: None,
}
