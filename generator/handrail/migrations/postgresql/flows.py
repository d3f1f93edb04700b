"""Blocks, conditions and exits of PL/pgSQL: what runs, and what may run."""

import re

from handrail.migrations.postgresql.calls import Unknown
from handrail.migrations.postgresql.grammar import Tree
from handrail.migrations.postgresql.machine import Failed, Leave, Machine

_EXPECTED = re.compile(r"duplicate_\w+|others|raise_exception\Z")

_ERROR = 21
"""The level of RAISE EXCEPTION."""


def block(machine: Machine, node: Tree) -> Leave | None:
    """Run a block; one that catches errors is undone as a whole where it is known to fail."""
    if "exceptions" not in node:
        return machine.many(node.get("body", []))
    work = machine.work
    kept, attempt, doubt = work.picture.catalog, work.attempt, machine.doubt
    machine.tries += 1
    work.attempt, left = True, None
    try:
        left = machine.many(node.get("body", []))
        failed = left is not None and left.way == "raise"
    except Failed:
        failed = True
    if failed:
        work.restore(kept)
    machine.tries -= 1
    work.attempt = attempt
    machine.doubt = doubt if failed else machine.doubt
    caught = _caught(machine, node["exceptions"].get("PLpgSQL_exception_block", {}), failed=failed)
    return caught if failed else left


def _caught(machine: Machine, node: Tree, *, failed: bool) -> Leave | None:
    doubt = machine.doubt
    for each in node.get("exc_list", ()):
        handler = each.get("PLpgSQL_exception", {})
        conditions = [c.get("PLpgSQL_condition", {}) for c in handler.get("conditions", ())]
        if failed and any(_EXPECTED.match(c.get("condname", "")) for c in conditions):
            return machine.many(handler.get("action", []))
        machine.maybe(handler.get("action", []))
        machine.doubt = doubt
    return None


def branches(machine: Machine, found: list[tuple[Tree | None, list[Tree]]], rest: list[Tree]) -> Leave | None:
    """Run the first branch whose condition holds, and before it those that may."""
    doubted = False
    for condition, nodes in found:
        met = machine.variables.met(condition)
        if isinstance(met, Unknown):
            doubted = True
            machine.maybe(nodes)
        elif met:
            rest = nodes
            break
    if not doubted:
        return machine.many(rest)
    machine.maybe(rest)
    return None


def either(machine: Machine, node: Tree) -> Leave | None:
    """Run IF."""
    others = [each.get("PLpgSQL_if_elsif", {}) for each in node.get("elsif_list", ())]
    found = [(node.get("cond"), node.get("then_body", []))]
    found += [(each.get("cond"), each.get("stmts", [])) for each in others]
    return branches(machine, found, node.get("else_body", []))


def case(machine: Machine, node: Tree) -> Leave | None:
    """Run CASE."""
    if "t_expr" in node:
        machine.variables.put(node.get("t_varno", -1), machine.variables.value(node["t_expr"]))
    whens = [each.get("PLpgSQL_case_when", {}) for each in node.get("case_when_list", ())]
    found = [(each.get("expr"), each.get("stmts", [])) for each in whens]
    return branches(machine, found, node.get("else_stmts", []))


def leave(machine: Machine, node: Tree) -> Leave | None:
    """Run EXIT and CONTINUE; under a condition that is not known, what follows may not run."""
    met = machine.variables.met(node["cond"]) if "cond" in node else True
    if isinstance(met, Unknown):
        machine.doubt += 1
    return (
        Leave("exit" if node.get("is_exit") else "continue", node.get("label", "")) if met is True else None
    )


def give_back(_: Machine, node: Tree) -> Leave | None:
    """Run RETURN; the one that ends every program has no line."""
    return Leave("return") if "lineno" in node else None


def throw(machine: Machine, node: Tree) -> Leave | None:
    """Run RAISE."""
    for each in node.get("params", ()):
        machine.variables.value(each)
    return Leave("raise") if node.get("elog_level", _ERROR) >= _ERROR else None
