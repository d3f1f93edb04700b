"""PostgreSQL's own grammar: text of one statement -> its tree. The only door to libpg_query.

``import postgast`` would load protobuf, which costs three times what all the
rest does; its module of bindings alone needs nothing but ctypes. So that one
is loaded by itself, from where the package lies.
"""

import json
import re
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from typing import Any

Tree = dict[str, Any]
"""A node of the tree, as libpg_query's JSON has it: what is zero, empty or false is left out."""

DEEPEST = 20_000
"""Characters of code in one chain: the parser recurses on the machine's stack, which holds more."""

LONGEST = 2_000_000
"""Characters of one statement: its tree takes two hundred times as much memory."""

_CHAIN = re.compile(
    r"--[^\n]*+|/\*.*?(?:\*/|\Z)|'[^']*+(?:'|\Z)|\"[^\"]*+(?:\"|\Z)"
    r"|\$(?P<tag>\w*)\$.*?(?:\$(?P=tag)\$|\Z)|(?P<open>[(\[])|(?P<close>[)\]])|(?P<comma>,)|[^\s,()\[\]'\"$/-]++|[$/-]",
    re.DOTALL,
)
_SETS = re.compile(r"(?i)\b(?:union|except|intersect)\b")


class Refused(Exception):
    """The parser's message; ``place`` is the byte of the statement that it stumbled over."""

    def __init__(self, message: str, place: int = 0) -> None:
        super().__init__(message)
        self.place = place


def _load() -> Any:
    """Return libpg_query with its functions declared."""
    package = find_spec("postgast")
    place = package.submodule_search_locations if package else None
    if not place:
        raise ImportError("postgast is not installed")
    spec = spec_from_file_location("postgast_native", f"{place[0]}/native.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.lib


_LIBRARY = _load()


def parse_statement(text: str) -> Tree | None:
    """Return the tree of one statement, None where there is only a comment. Raises ``Refused``."""
    result = _LIBRARY.pg_query_parse(_prepared(text))
    try:
        _raise_error(result)
        statements = json.loads(result.parse_tree)["stmts"]
    except RecursionError:
        raise Refused("it is nested too deeply") from None
    finally:
        _LIBRARY.pg_query_free_parse_result(result)
    if len(statements) > 1:
        raise Refused("it is more than one statement")
    tree: Tree | None = statements[0].get("stmt") if statements else None
    return tree


def parse_block(text: str) -> Tree:
    """Return the tree of a DO statement's program in PL/pgSQL. Raises ``Refused``."""
    result = _LIBRARY.pg_query_parse_plpgsql(_prepared(text))
    try:
        _raise_error(result)
        programs = json.loads(result.plpgsql_funcs)
    except RecursionError:
        raise Refused("it is nested too deeply") from None
    finally:
        _LIBRARY.pg_query_free_plpgsql_parse_result(result)
    if len(programs) != 1 or "action" not in programs[0].get("PLpgSQL_function", {}):
        raise Refused("it is not PL/pgSQL")
    tree: Tree = programs[0]["PLpgSQL_function"]
    return tree


def normal_text(text: str) -> str:
    """Return a statement as the parser itself would write it: no comments, one form of spaces and case.

    A statement that it cannot write comes back as it is.
    """
    parsed = _LIBRARY.pg_query_parse_protobuf(_prepared(text))
    try:
        if parsed.error:
            return text
        written = _LIBRARY.pg_query_deparse_protobuf(parsed.parse_tree)
        try:
            return text if written.error else written.query.decode("utf-8", "replace")
        finally:
            _LIBRARY.pg_query_free_deparse_result(written)
    finally:
        _LIBRARY.pg_query_free_protobuf_parse_result(parsed)


def _prepared(text: str) -> bytes:
    """Return what may be handed to C: no NUL, which would cut it, and no chain that overflows its stack."""
    if "\0" in text:
        raise Refused("it has a NUL byte")
    if len(text) > LONGEST:
        raise Refused(f"it is too long to be read ({len(text):,} characters)")
    if len(text) > DEEPEST and _chain(text) > DEEPEST:
        raise Refused("it is nested too deeply")
    return text.encode("utf-8", "replace")


def _raise_error(result: Any) -> None:
    if result.error:
        error = result.error.contents
        raise Refused((error.message or b"").decode("utf-8", "replace"), max(error.cursorpos - 1, 0))


def _chain(text: str) -> int:
    """Return an upper bound of the depth of the tree: the code between commas, with what encloses it."""
    if len(_SETS.findall(text)) * 4 > DEEPEST:
        return DEEPEST + 1
    deepest, here, outer = 0, 0, [0]
    for token in _CHAIN.finditer(text):
        kind = token.lastgroup
        if kind == "open":
            outer.append(here)
        elif kind == "close":
            here = outer.pop() if len(outer) > 1 else here
        elif kind == "comma":
            here = outer[-1]
        else:
            here += _weight(token[0])
            deepest = max(deepest, here)
    return deepest


def _weight(token: str) -> int:
    """Return how many characters of a token can nest: of a string or comment, none but itself."""
    return 1 if token[0] in "'\"" or token.startswith(("--", "/*")) or token[0] == "$" else len(token)
