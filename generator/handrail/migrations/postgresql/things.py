"""Views, functions, triggers, sequences, extensions, enums, and what is renamed or dropped."""

from collections.abc import Callable

from handrail.migrations.postgresql.dependents import (
    drop_defaults_of,
    drop_views_of,
    functions_meant,
    sequence_of,
)
from handrail.migrations.postgresql.expressions import literal
from handrail.migrations.postgresql.grammar import Tree, normal_text
from handrail.migrations.postgresql.names import bare, parts, schema, strings
from handrail.migrations.postgresql.rows import create_table_as
from handrail.migrations.postgresql.types import OF_EXTENSION, element, type_name
from handrail.migrations.postgresql.work import Work
from handrail.migrations.tables import Label, Thing


def create_view(work: Work, node: Tree) -> None:
    """Read CREATE VIEW."""
    name = work.relation(node.get("view", {}))
    work.picture.put(Thing("view", name, _definition(work)))


def create_table_or_view(work: Work, node: Tree) -> None:
    """Read CREATE TABLE … AS and CREATE MATERIALIZED VIEW."""
    if node.get("objtype") != "OBJECT_MATVIEW":
        create_table_as(work, node)
        return
    name = work.relation(node.get("into", {}).get("rel", {}))
    if not (node.get("if_not_exists") and ("view", name) in work.picture.things):
        work.picture.put(Thing("view", name, _definition(work)))


def create_function(work: Work, node: Tree) -> None:
    """Read CREATE FUNCTION and PROCEDURE; its name has the types of its arguments."""
    types = [
        type_name(each.get("FunctionParameter", {}).get("argType", {}))
        for each in node.get("parameters", ())
        if each.get("FunctionParameter", {}).get("mode") not in ("FUNC_PARAM_OUT", "FUNC_PARAM_TABLE")
    ]
    name = f"{work.name(strings(node.get('funcname', ())))}({', '.join(types)})"
    work.picture.put(Thing("function", name, _definition(work)))


def create_trigger(work: Work, node: Tree) -> None:
    """Read CREATE TRIGGER; two tables may have triggers of one name, so the table is part of it."""
    table = work.relation(node.get("relation", {}))
    name = f"{table}.{node.get('trigname', '')}"
    work.picture.put(Thing("trigger", name, _definition(work), table))


def create_rule(work: Work, node: Tree) -> None:
    """Read CREATE RULE: it changes what writes do, as a trigger does."""
    table = work.relation(node.get("relation", {}))
    name = f"{table}.{node.get('rulename', '')}"
    work.picture.put(Thing("trigger", name, _definition(work), table))


def create_foreign_table(work: Work, node: Tree) -> None:
    """Read CREATE FOREIGN TABLE: its rows are elsewhere, so it is no table that could be lost."""
    name = work.relation(node.get("base", {}).get("relation", {}))
    if ("foreign table", name) not in work.picture.things:
        work.picture.put(Thing("foreign table", name, _definition(work)))


def create_sequence(work: Work, node: Tree) -> None:
    """Read CREATE SEQUENCE."""
    name = work.relation(node.get("sequence", {}))
    if ("sequence", name) not in work.picture.things:
        work.picture.put(Thing("sequence", name, table=_owner(work, node)))


def alter_sequence(work: Work, node: Tree) -> None:
    """Read ALTER SEQUENCE: its next number, its owner, or how it counts."""
    name = work.relation(node.get("sequence", {}))
    for option in (each.get("DefElem", {}).get("defname", "") for each in node.get("options", ())):
        if option == "owned_by":
            old = work.picture.things.get(("sequence", name))
            if old is not None:
                work.picture.things["sequence", name] = old._replace(table=_owner(work, node))
        elif option in ("restart", "start"):
            work.picture.did("sequence.set", _owner(work, node), "", name)
        else:
            work.picture.did("identity.change", _owner(work, node), "", name)


def create_extension(work: Work, node: Tree) -> None:
    """Read CREATE EXTENSION."""
    name = node.get("extname", "")
    if ("extension", name) not in work.picture.things:
        work.picture.put(Thing("extension", name))


def create_enum(work: Work, node: Tree) -> None:
    """Read CREATE TYPE … AS ENUM."""
    name = work.name(strings(node.get("typeName", ())))
    if name not in work.picture.enums:
        work.picture.create_enum(name, tuple(strings(node.get("vals", ()))))


def alter_enum(work: Work, node: Tree) -> None:
    """Read ALTER TYPE … ADD VALUE and RENAME VALUE."""
    name = work.name(strings(node.get("typeName", ())))
    labels, new = work.picture.enums.get(name), node.get("newVal", "")
    if labels is None and "oldVal" in node:
        work.lacks(f"enum {name}")
    if labels is None or new in (each.name for each in labels):
        return
    if "oldVal" in node:
        old = node["oldVal"]
        changed = [each._replace(name=new) if each.name == old else each for each in labels]
        _rename_defaults(work, name, literal(old), literal(new))
    else:
        names = [each.name for each in labels]
        neighbour = node.get("newValNeighbor", "")
        place = names.index(neighbour) + bool(node.get("newValIsAfter")) if neighbour in names else len(names)
        changed = [*labels[:place], Label(new, work.picture.uid()), *labels[place:]]
    work.picture.enums[name] = tuple(changed)
    work.picture.touch(name, new)


def _rename_defaults(work: Work, kind: str, old: str, new: str) -> None:
    """Rename a label in the defaults of the columns that are of an enum."""
    for name, table in work.picture.tables.items():
        if any(each.type == kind and old in each.default for each in table.columns):
            columns = tuple(
                each._replace(default=each.default.replace(old, new)) if each.type == kind else each
                for each in table.columns
            )
            work.picture.tables[name] = table._replace(columns=columns)


def drop(work: Work, node: Tree) -> None:
    """Read DROP of anything."""
    kind = node.get("removeType", "").removeprefix("OBJECT_")
    cascade = node.get("behavior") == "DROP_CASCADE"
    told = work.certain and not (work.attempt or node.get("missing_ok"))
    for each in node.get("objects", ()):
        reader = _DROPS.get(kind)
        if reader is None:
            work.other()
            continue
        name = work.name(parts(each))
        if kind == "INDEX" and told and not work.owner(name):
            work.lacks(f"index {name}")
        before = len(work.picture.tables), len(work.picture.things)
        reader(work, each, cascade)
        if told and kind in _TOLD and before == (len(work.picture.tables), len(work.picture.things)):
            _unknown(work, _CALLED.get(kind, kind.lower()), name)


def _unknown(work: Work, thing: str, name: str) -> None:
    if thing != "sequence" or not work.saw(bare(name)):  # of a serial column, which has let go of it
        work.picture.did(f"{thing}.drop", name, "", "The history so far does not create it.")


def _definition(work: Work) -> str:
    return normal_text(work.text).replace("CREATE OR REPLACE ", "CREATE ", 1)


def _owner(work: Work, node: Tree) -> str:
    for each in node.get("options", ()):
        element_ = each.get("DefElem", {})
        if element_.get("defname") == "owned_by":
            words = parts(element_.get("arg", {}))
            return work.name(words[:-1]) if len(words) > 1 else ""
    thing = work.picture.things.get(("sequence", work.relation(node.get("sequence", {}))))
    return thing.table if thing else ""


def _drop_table(work: Work, node: Tree, cascade: bool) -> None:
    name = work.name(parts(node))
    gone = [work.picture.tables[each] for each in (name, *work.children(name)) if each in work.picture.tables]
    for table in gone if cascade else gone[:1]:
        work.drop_table(table.name)
    if cascade:
        drop_views_of(work, name)
        for sequence in (sequence_of(column) for table in gone for column in table.columns):
            drop_defaults_of(work, sequence)


def _drop_view(work: Work, node: Tree, cascade: bool) -> None:
    name = work.name(parts(node))
    work.picture.remove("view", name)
    if cascade:
        drop_views_of(work, name)


def _drop_foreign_table(work: Work, node: Tree, cascade: bool) -> None:
    name = work.name(parts(node))
    work.picture.remove("foreign table", name)
    if cascade:
        drop_views_of(work, name)


def _drop_index(work: Work, node: Tree, _: bool) -> None:
    name = work.name(parts(node))
    owner = work.owner(name)
    if owner:
        work.picture.drop_index(bare(name), owner)


def _drop_function(work: Work, node: Tree, cascade: bool) -> None:
    for each in functions_meant(work, node):
        work.picture.remove("function", each)
        if cascade:
            _drop_triggers_of(work, each)


def _drop_triggers_of(work: Work, function: str) -> None:
    words = function.partition("(")[0]
    for (kind, name), thing in list(work.picture.things.items()):
        if kind == "trigger" and f" {words}(" in thing.text.replace("public.", ""):
            work.picture.remove("trigger", name)


def _drop_trigger(work: Work, node: Tree, _: bool) -> None:
    words = parts(node)
    work.picture.remove("trigger", f"{work.name(words[:-1])}.{words[-1] if words else ''}")


def _drop_policy(work: Work, node: Tree, _: bool) -> None:
    work.picture.did("policy.drop", work.name(parts(node)[:-1]))


def _drop_sequence(work: Work, node: Tree, cascade: bool) -> None:
    name = work.name(parts(node))
    work.picture.remove("sequence", name)
    if cascade:
        drop_defaults_of(work, name)


def _drop_extension(work: Work, node: Tree, cascade: bool) -> None:
    name = "".join(parts(node))
    work.picture.remove("extension", name)
    for each in OF_EXTENSION.get(name, ()) if cascade else ():
        _drop_columns_of(work, each)


def _drop_type(work: Work, node: Tree, cascade: bool) -> None:
    name = work.name(parts(node))
    if name in work.picture.enums:
        del work.picture.enums[name]
        work.picture.touch(name)
    else:
        work.other()
    if cascade:
        _drop_columns_of(work, name)


def _drop_columns_of(work: Work, kind: str) -> None:
    for table in list(work.picture.tables.values()):
        for column in table.columns:
            if element(column.type).partition("(")[0] == kind:
                work.drop_column(table.name, column.name)


def _drop_schema(work: Work, node: Tree, _: bool) -> None:
    name = "".join(parts(node))
    space = "" if name == "public" else name + "."
    for table in [each for each in work.picture.tables if schema(each) == space]:
        work.drop_table(table)
    for kind, thing in list(work.picture.things):
        if schema(thing.partition("(")[0]) == space and kind not in ("trigger", "extension"):
            work.picture.remove(kind, thing)
            if kind == "function":
                _drop_triggers_of(work, thing)
    for enum in [each for each in work.picture.enums if schema(each) == space]:
        del work.picture.enums[enum]
    work.picture.did("schema.drop", "", "", name)


_TOLD = frozenset(["TABLE", "VIEW", "MATVIEW", "FUNCTION", "PROCEDURE", "TRIGGER", "SEQUENCE", "EXTENSION"])
_CALLED = {"MATVIEW": "view", "PROCEDURE": "function"}
"""What is said of a DROP that takes nothing of the history away: what there is, nobody knows."""

_DROPS: dict[str, Callable[[Work, Tree, bool], None]] = {
    "TABLE": _drop_table,
    "VIEW": _drop_view,
    "MATVIEW": _drop_view,
    "FOREIGN_TABLE": _drop_foreign_table,
    "INDEX": _drop_index,
    "FUNCTION": _drop_function,
    "PROCEDURE": _drop_function,
    "ROUTINE": _drop_function,
    "AGGREGATE": _drop_function,
    "TRIGGER": _drop_trigger,
    "RULE": _drop_trigger,
    "POLICY": _drop_policy,
    "SEQUENCE": _drop_sequence,
    "EXTENSION": _drop_extension,
    "TYPE": _drop_type,
    "DOMAIN": _drop_type,
    "SCHEMA": _drop_schema,
}
