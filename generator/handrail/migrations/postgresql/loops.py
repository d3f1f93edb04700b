"""Loops of PL/pgSQL: over what is known each time, over what is not known once, as what may run."""

from handrail.migrations.postgresql.asked import Answer
from handrail.migrations.postgresql.calls import UNKNOWN, Unknown, series
from handrail.migrations.postgresql.compares import Value
from handrail.migrations.postgresql.grammar import Tree
from handrail.migrations.postgresql.machine import Leave, Machine
from handrail.migrations.postgresql.variables import query_text


def over_rows(machine: Machine, node: Tree) -> Leave | None:
    """Run FOR … IN SELECT."""
    text = query_text(node.get("query"))
    tree = machine.tree(text)
    if tree is None:
        return None
    machine.asked(text, tree)
    return _each(machine, node, machine.variables.rows(tree), node.get("var", {}))


def over_cursor(machine: Machine, node: Tree) -> Leave | None:
    """Run FOR … IN a cursor."""
    tree = machine.tree(machine.variables.cursor(node.get("curvar", -1)))
    rows = machine.variables.rows(tree) if tree and "argquery" not in node else None
    return _each(machine, node, rows, node.get("var", {}))


def over_text(machine: Machine, node: Tree) -> Leave | None:
    """Run FOR … IN EXECUTE."""
    text, rows = machine.variables.value(node.get("query")), None
    if isinstance(text, str):
        tree = machine.tree(text)
        if tree is None:
            return None
        machine.asked(text, tree)
        values = [machine.variables.value(each) for each in node.get("params", ())]
        rows = machine.variables.rows(tree, {f"${number}": each for number, each in enumerate(values, 1)})
    return _each(machine, node, rows, node.get("var", {}))


def over_numbers(machine: Machine, node: Tree) -> Leave | None:
    """Run FOR … IN 1..3."""
    ends = [machine.variables.value(node.get(each)) for each in ("lower", "upper")]
    plain = "step" not in node and not node.get("reverse")
    return _each(machine, node, _one_by_one(series(*ends) if plain else UNKNOWN), node.get("var", {}))


def over_elements(machine: Machine, node: Tree) -> Leave | None:
    """Run FOREACH … IN ARRAY."""
    array = machine.variables.value(node.get("expr"))
    target = {"PLpgSQL_row": {"fields": [{"varno": node.get("varno", -1)}]}}
    return _each(machine, node, _one_by_one(() if array is None else array), target)


def _one_by_one(values: Value) -> Answer | None:
    return [({"": each}, True) for each in values] if isinstance(values, tuple) else None


def _each(machine: Machine, node: Tree, rows: Answer | None, target: Tree) -> Leave | None:
    body, doubt, line = node.get("body", []), machine.doubt, machine.line
    if rows is None:
        machine.variables.forget(body)
        machine.variables.fill(target, UNKNOWN)
        machine.maybe(body)
    for row, met in rows or ():
        machine.step()
        machine.line, machine.doubt = line, doubt
        machine.variables.fill(target, row)
        if met is not True:
            machine.maybe(body)
            continue
        left = machine.many(body)
        if left is not None and not (left.way == "continue" and _own(left, node)):
            machine.doubt = doubt
            return None if _own(left, node) else left
    machine.doubt = doubt
    return None


def _own(left: Leave, node: Tree) -> bool:
    """Tell whether it is this loop that is left."""
    return left.way in ("exit", "continue") and left.label in ("", node.get("label", ""))


def while_it_holds(machine: Machine, node: Tree) -> Leave | None:
    """Run LOOP and WHILE as long as they are known to go on, and once where that is not known."""
    body, doubt, line = node.get("body", []), machine.doubt, machine.line
    left: Leave | None = None
    while machine.doubt == doubt:
        machine.step()
        machine.line = line
        met = machine.variables.met(node["cond"]) if "cond" in node else True
        if isinstance(met, Unknown):
            machine.variables.forget(body)
            machine.maybe(body)
        if met is not True:
            break
        left = machine.many(body)
        if left is not None and not (left.way == "continue" and _own(left, node)):
            break
    machine.doubt = doubt
    return None if left is None or _own(left, node) else left
