"""What CASCADE takes with it: views that read a table, defaults that use a sequence."""

import re

from handrail.migrations.postgresql.expressions import literal, mentions
from handrail.migrations.postgresql.grammar import Tree
from handrail.migrations.postgresql.names import bare, parts
from handrail.migrations.postgresql.types import type_name
from handrail.migrations.postgresql.work import Work
from handrail.migrations.tables import Column

_SEQUENCE = re.compile(r"nextval\('((?:[^']|'')+)'")


def sequence_of(column: Column) -> str:
    """Return the sequence that belongs to a serial column, '' for any other."""
    found = _SEQUENCE.match(column.default) if column.identity == "serial" else None
    return found[1] if found else ""


def drop_views_of(work: Work, name: str, column: str = "") -> None:
    """Remove the views that read a table or a view, or one column of it, and those that read them.

    Which column ``*`` means is not looked up: such a view counts as one that reads it.
    """
    for (kind, view), thing in list(work.picture.things.items()):
        there = kind == "view" and view != name and (kind, view) in work.picture.things
        if not there or not mentions(thing.text, bare(name)):
            continue
        if not column or mentions(thing.text, column) or "*" in thing.text:
            work.picture.remove("view", view)
            drop_views_of(work, view)


def drop_defaults_of(work: Work, sequence: str) -> None:
    """Remove the defaults that take their numbers from a sequence."""
    used = f"nextval({literal(sequence)}"
    for table in list(work.picture.tables.values()) if sequence else ():
        for column in table.columns:
            if used in column.default.replace("'public.", "'"):
                work.picture.edit_column(
                    table.name, column.name, lambda old: old._replace(default="", identity="")
                )


def functions_meant(work: Work, node: Tree) -> list[str]:
    """Return the functions that ObjectWithArgs means: one with these arguments, or all of its name."""
    name = work.name(parts(node))
    arguments = node.get("ObjectWithArgs", {})
    types = [type_name(each.get("TypeName", {})) for each in arguments.get("objargs", ())]
    if not arguments.get("args_unspecified"):
        return [f"{name}({', '.join(types)})"]
    return [each for kind, each in work.picture.things if kind == "function" and each.startswith(name + "(")]
