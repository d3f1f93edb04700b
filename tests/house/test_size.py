"""The numbers of the house: modules of 300 lines, functions of 40, everything public documented."""

import ast
import glob
import os
from collections.abc import Iterator

import pytest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
MODULES = sorted(glob.glob(os.path.join(ROOT, "generator", "handrail", "**", "*.py"), recursive=True))
Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(tree: ast.AST) -> Iterator[Function]:
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def length(node: Function) -> int:
    """Return the lines of a function without its docstring."""
    lines = (node.end_lineno or node.lineno) - node.lineno + 1
    first = node.body[0]
    documented = ast.get_docstring(node) is not None
    return lines - ((first.end_lineno or 0) - first.lineno + 1 if documented else 0)


def too_long(text: str) -> list[str]:
    return [node.name for node in functions(ast.parse(text)) if length(node) > 40]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: os.path.relpath(path, ROOT))
def test_modules_and_functions_are_short(path: str) -> None:
    with open(path, encoding="utf-8") as file:
        text = file.read()
    assert text.count("\n") <= 300
    assert too_long(text) == []


def test_a_long_function_is_seen() -> None:
    assert too_long("def f():\n" + "    x = 1\n" * 41) == ["f"]
    assert too_long('def f():\n    """' + "\n    a" * 50 + '"""\n    return 1\n') == []
