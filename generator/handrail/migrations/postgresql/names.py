"""Names as PostgreSQL stores them, and those that it gives where none was written."""

from collections.abc import Iterable, Sequence

from handrail.migrations.postgresql.grammar import Tree

LONGEST = 63
"""Bytes of a name."""

SYSTEM = "pg_catalog"


def strings(nodes: Iterable[Tree]) -> list[str]:
    """Return the words of a list of String nodes."""
    return [node["String"].get("sval", "") for node in nodes if "String" in node]


def parts(node: Tree) -> list[str]:
    """Return the words of a name: a List, a String, or a node with ``objname``."""
    if "List" in node:
        return strings(node["List"].get("items", ()))
    if "ObjectWithArgs" in node:
        return strings(node["ObjectWithArgs"].get("objname", ()))
    if "TypeName" in node:
        return strings(node["TypeName"].get("names", ()))
    return strings([node])


def joined(words: Sequence[str], default: str = "public") -> str:
    """Return a name without the default schema, ``[database,] [schema,] name`` given."""
    if len(words) > 1 and words[-2] not in (default, "public", SYSTEM):
        return ".".join(words[-2:])
    return words[-1] if words else ""


def bare(name: str) -> str:
    """Return a name without its schema."""
    return name.rpartition(".")[2]


def schema(name: str) -> str:
    """Return the schema of a name with its dot, '' for the default one."""
    head, dot, _ = name.rpartition(".")
    return head + dot


def made(first: str, second: str, label: str) -> str:
    """Return ``first_second_label``, cut as PostgreSQL cuts it (makeObjectName)."""
    one, two = first.encode(), second.encode()
    room = LONGEST - len(label) - 1 - (1 if second else 0)
    long, short = len(one), len(two)
    while long + short > room:
        if long > short:
            long -= 1
        else:
            short -= 1
    words = [one[:long].decode(errors="ignore"), two[:short].decode(errors="ignore"), label]
    return "_".join(word for word in words if word)
