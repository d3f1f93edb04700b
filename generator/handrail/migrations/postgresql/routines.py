"""Functions and procedures of a history: where one is called, its body is run on the picture."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from handrail.migrations.postgresql.asked import answers
from handrail.migrations.postgresql.blocks import run_program
from handrail.migrations.postgresql.calls import UNKNOWN
from handrail.migrations.postgresql.compares import Value
from handrail.migrations.postgresql.grammar import Refused, Tree, parse_block, parse_statement
from handrail.migrations.postgresql.machine import Place
from handrail.migrations.postgresql.names import strings
from handrail.migrations.postgresql.split import split_script
from handrail.migrations.postgresql.values import Missing, Scope, evaluate
from handrail.migrations.postgresql.work import Work

DEEPEST = 8
"""Calls inside one another that are followed."""

Read = Callable[[Work, Tree], None]


class _Routine(NamedTuple):
    """A function or procedure: its name, its definition, and its tree."""

    name: str
    text: str
    tree: Tree


def run_calls(work: Work, node: Tree, read: Read) -> set[str]:
    """Run what a query calls of the history's own, and return the names of it.

    Where the query reads a table, nobody knows with what, or whether at all.
    """
    done = set[str]()
    for call in _calls(node):
        words = strings(call.get("funcname", ()))
        routine = _find(work, words, len(call.get("args", ())))
        if routine is not None and work.depth < DEEPEST:
            done.add(".".join(word for word in words if word != "pg_catalog"))
            _run(work, routine, call, read, maybe="fromClause" in node)
    return done


def call(work: Work, node: Tree, read: Read) -> None:
    """Read CALL."""
    words = strings(node.get("funccall", {}).get("funcname", ()))
    if not run_calls(work, {"FuncCall": node.get("funccall", {})}, read):
        work.picture.opaque(work.text, f"nobody knows what {'.'.join(words)}() does")


def _run(work: Work, routine: _Routine, node: Tree, read: Read, *, maybe: bool) -> None:
    options = {
        each["DefElem"].get("defname"): each["DefElem"].get("arg", {}) for each in routine.tree["options"]
    }
    language = options.get("language", {}).get("String", {}).get("sval", "").lower()
    place = Place(f"{routine.name}()", work.picture.line, alone=True)
    state = work.text, work.first, work.certain
    work.depth += 1
    work.certain = work.certain and not maybe
    try:
        if language == "plpgsql":
            run_program(work, parse_block(routine.text), _given(work, routine.tree, node), place, read)
        elif language == "sql" and "as" in options:
            _run_sql(work, "".join(strings(options["as"].get("List", {}).get("items", ()))), place, read)
        else:
            work.picture.opaque(routine.text, f"{routine.name}() is not PL/pgSQL")
    except Refused as refused:
        work.picture.opaque(routine.text, f"{routine.name}() is a program: {refused}")
    finally:
        work.depth -= 1
        work.begin(state[0], state[1])
        work.certain, work.picture.line = state[2], place.head


def _run_sql(work: Work, body: str, place: Place, read: Read) -> None:
    for piece in split_script(body):
        tree = parse_statement(piece.text)
        work.begin(piece.text, place.head, flat=True)
        work.picture.doubted = not work.certain
        if tree:
            read(work, tree)
        work.picture.doubted = False


def _given(work: Work, tree: Tree, node: Tree) -> list[Value]:
    """Return the values of the parameters of a function, in their order."""
    scope = Scope({}, answers(work), work.path or "public")
    given = [_value(each, scope) for each in node.get("args", ())]
    parameters = [each.get("FunctionParameter", {}) for each in tree.get("parameters", ())]
    parameters = [each for each in parameters if each.get("mode") != "FUNC_PARAM_TABLE"]
    values = list[Value]()
    for each in parameters:
        if each.get("mode") == "FUNC_PARAM_OUT":
            values.append(None)
        else:
            values.append(given.pop(0) if given else _value(each.get("defexpr", {}), scope))
    return values


def _value(node: Tree, scope: Scope) -> Value:
    try:
        return evaluate(node, scope)
    except (Missing, TypeError, ValueError, LookupError, AttributeError):
        return UNKNOWN


def _find(work: Work, words: list[str], count: int) -> _Routine | None:
    head = f"{work.name(words)}("
    for (kind, name), thing in work.picture.things.items():
        if kind == "function" and name.startswith(head):
            tree = _definition(thing.text)
            if _takes(tree, count):
                return _Routine(words[-1], thing.text, tree)
    return None


def _definition(text: str) -> Tree:
    try:
        tree: Tree = (parse_statement(text) or {}).get("CreateFunctionStmt", {})
    except Refused:
        return {}
    return tree


def _takes(tree: Tree, count: int) -> bool:
    parameters = [each.get("FunctionParameter", {}) for each in tree.get("parameters", ())]
    outward = ("FUNC_PARAM_TABLE",) if tree.get("is_procedure") else ("FUNC_PARAM_TABLE", "FUNC_PARAM_OUT")
    taken = [each for each in parameters if each.get("mode") not in outward]
    needed = sum("defexpr" not in each for each in taken)
    return "options" in tree and needed <= count <= len(taken)


def _calls(node: Any) -> Iterator[Tree]:
    """Yield the calls in a tree, in their order."""
    waiting = [node]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            if "funcname" in each:
                yield each
            waiting += list(each.values())[::-1]
        elif isinstance(each, list):
            waiting += each[::-1]
