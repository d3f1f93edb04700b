"""ALTER … RENAME and ALTER … SET SCHEMA."""

from collections.abc import Callable

from handrail.migrations.postgresql.constraints import rename_constraint
from handrail.migrations.postgresql.dependents import functions_meant
from handrail.migrations.postgresql.expressions import literal
from handrail.migrations.postgresql.grammar import Tree
from handrail.migrations.postgresql.names import bare, joined, parts, schema
from handrail.migrations.postgresql.work import Work
from handrail.migrations.tables import Column


def rename(work: Work, node: Tree) -> None:
    """Read ALTER … RENAME TO."""
    kind = node.get("renameType", "").removeprefix("OBJECT_")
    reader = _RENAMES.get(kind)
    if reader is None:
        work.other()
    else:
        reader(work, node)


def set_schema(work: Work, node: Tree) -> None:
    """Read ALTER … SET SCHEMA."""
    kind = node.get("objectType", "").removeprefix("OBJECT_")
    old = _old_name(work, node)
    new = joined([node.get("newschema", ""), bare(old)])
    mover = _MOVES.get(kind)
    if kind in ("FUNCTION", "PROCEDURE", "ROUTINE"):
        _move_functions(work, node, old, new)
    elif mover is None:
        work.other()
    elif kind == "TABLE" and old not in work.picture.tables:
        if not work.is_thing(old):
            _lacks(work, node, f"table {old}")
        for move in (_move_view, _move_sequence):  # ALTER TABLE moves these too
            move(work, old, new)
    else:
        mover(work, old, new)


def _old_name(work: Work, node: Tree) -> str:
    if "relation" in node:
        return work.relation(node["relation"])
    return work.name(parts(node.get("object", {})))


def _new_name(old: str, node: Tree) -> str:
    return f"{schema(old)}{node.get('newname', '')}"


def _table(work: Work, node: Tree) -> None:
    old = _old_name(work, node)
    if old in work.picture.tables:
        work.rename_table(old, _new_name(old, node))
        return
    if not work.is_thing(old):
        _lacks(work, node, f"table {old}")
    _view(work, node)  # ALTER TABLE renames these too
    _sequence(work, node)
    _index(work, node)


def _lacks(work: Work, node: Tree, what: str) -> None:
    if not node.get("missing_ok"):
        work.lacks(what)


def _column(work: Work, node: Tree) -> None:
    table, old = _old_name(work, node), node.get("subname", "")
    there = work.picture.tables.get(table)
    if there is None and not work.is_thing(table):
        _lacks(work, node, f"table {table}")
    elif there is not None and there.column(old) is None:
        work.lacks(f"column {table}.{old}")
    work.rename_column(table, old, node.get("newname", ""))


def _constraint(work: Work, node: Tree) -> None:
    old, new = node.get("subname", ""), work.take(node.get("newname", ""))
    table = _old_name(work, node)
    if table not in work.picture.tables:
        _lacks(work, node, f"table {table}")
    work.picture.change(table, new, lambda there: rename_constraint(there, old, new))


def _index(work: Work, node: Tree) -> None:
    old = _old_name(work, node)
    owner, new = work.owner(old), work.take(node.get("newname", ""))
    if owner:
        work.picture.change(owner, new, lambda there: rename_constraint(there, bare(old), new))


def _type(work: Work, node: Tree) -> None:
    old = _old_name(work, node)
    _retype(work, old, _new_name(old, node))


def _retype(work: Work, old: str, new: str) -> None:
    """Rename a type, in the columns that are of it too."""
    if old in work.picture.enums:
        work.picture.enums[new] = work.picture.enums.pop(old)
        work.picture.touch(new)
    else:
        work.other()

    kinds = {old: new, f"{old}[]": f"{new}[]"}

    def edit(each: Column) -> Column:
        default = each.default.replace(f"::{old}", f"::{new}")
        return each._replace(type=kinds[each.type], default=default) if each.type in kinds else each

    for name, table in work.picture.tables.items():
        if any(each.type in kinds for each in table.columns):
            work.picture.tables[name] = table._replace(columns=tuple(map(edit, table.columns)))


def _sequence(work: Work, node: Tree) -> None:
    old = _old_name(work, node)
    _move_sequence(work, old, _new_name(old, node))


def _move_sequence(work: Work, old: str, new: str) -> None:
    """Rename a sequence, in the defaults that use it too."""
    _rename_thing(work, "sequence", old, new)
    before, after = f"nextval({literal(old)}", f"nextval({literal(new)}"
    for name, table in work.picture.tables.items():
        used = [each.name for each in table.columns if each.default.startswith(before)]
        for column in used:
            work.picture.touch(name, column)
        if used:
            columns = tuple(
                each._replace(default=each.default.replace(before, after)) for each in table.columns
            )
            work.picture.tables[name] = table._replace(columns=columns)


def _view(work: Work, node: Tree) -> None:
    old = _old_name(work, node)
    _move_view(work, old, _new_name(old, node))


def _move_view(work: Work, old: str, new: str) -> None:
    for kind in ("view", "foreign table"):
        _rename_thing(work, kind, old, new)


def _function(work: Work, node: Tree) -> None:
    old = _old_name(work, node)
    _move_functions(work, node, old, _new_name(old, node))


def _move_functions(work: Work, node: Tree, old: str, new: str) -> None:
    for each in functions_meant(work, node.get("object", {})):
        _rename_thing(work, "function", each, new + each[len(old) :])


def _trigger(work: Work, node: Tree) -> None:
    table = _old_name(work, node)
    old, new = node.get("subname", ""), node.get("newname", "")
    _rename_thing(work, "trigger", f"{table}.{old}", f"{table}.{new}")


def _schema(work: Work, node: Tree) -> None:
    old, new = node.get("subname", ""), node.get("newname", "")
    for table in [each for each in work.picture.tables if schema(each) == f"{old}."]:
        work.rename_table(table, joined([new, bare(table)]))
    for enum in [each for each in work.picture.enums if schema(each) == f"{old}."]:
        _retype(work, enum, joined([new, bare(enum)]))
    work.other()


def _rename_thing(work: Work, kind: str, old: str, new: str) -> None:
    thing = work.picture.things.pop((kind, old), None)
    if thing is not None:
        work.picture.put(thing._replace(name=new))
        work.picture.touch(old)


def _move_table(work: Work, old: str, new: str) -> None:
    work.rename_table(old, new)


_MOVES: dict[str, Callable[[Work, str, str], None]] = {
    "TYPE": _retype,
    "TABLE": _move_table,
    "VIEW": _move_view,
    "MATVIEW": _move_view,
    "FOREIGN_TABLE": _move_view,
    "SEQUENCE": _move_sequence,
}

_RENAMES: dict[str, Callable[[Work, Tree], None]] = {
    "TABLE": _table,
    "COLUMN": _column,
    "TABCONSTRAINT": _constraint,
    "INDEX": _index,
    "TYPE": _type,
    "DOMAIN": _type,
    "SEQUENCE": _sequence,
    "VIEW": _view,
    "MATVIEW": _view,
    "FOREIGN_TABLE": _view,
    "FUNCTION": _function,
    "PROCEDURE": _function,
    "ROUTINE": _function,
    "TRIGGER": _trigger,
    "RULE": _trigger,
    "SCHEMA": _schema,
}
