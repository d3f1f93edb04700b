"""ALTER … RENAME and ALTER … SET SCHEMA."""

from collections.abc import Callable

from handrail.migrations.postgresql.constraints import rename_constraint
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
    if kind == "TYPE":
        _retype(work, old, new)
    elif kind == "TABLE":
        work.rename_table(old, new)
    elif kind in _THINGS:
        _rename_thing(work, _THINGS[kind], old, new)
    else:
        work.other()


_THINGS = {"VIEW": "view", "MATVIEW": "view", "SEQUENCE": "sequence", "FUNCTION": "function"}


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
    for kind in ("view", "sequence"):  # ALTER TABLE renames these too
        _rename_thing(work, kind, old, _new_name(old, node))
    _index(work, node)


def _column(work: Work, node: Tree) -> None:
    work.rename_column(_old_name(work, node), node.get("subname", ""), node.get("newname", ""))


def _constraint(work: Work, node: Tree) -> None:
    old, new = node.get("subname", ""), work.take(node.get("newname", ""))
    table = _old_name(work, node)
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
    new = _new_name(old, node)
    _rename_thing(work, "sequence", old, new)
    before, after = f"nextval({literal(old)}", f"nextval({literal(new)}"
    for name, table in work.picture.tables.items():
        if any(each.default.startswith(before) for each in table.columns):
            columns = tuple(
                each._replace(default=each.default.replace(before, after)) for each in table.columns
            )
            work.picture.tables[name] = table._replace(columns=columns)


def _view(work: Work, node: Tree) -> None:
    old = _old_name(work, node)
    _rename_thing(work, "view", old, _new_name(old, node))


def _function(work: Work, node: Tree) -> None:
    old = _old_name(work, node)
    for kind, name in list(work.picture.things):
        if kind == "function" and name.startswith(old + "("):
            _rename_thing(work, kind, name, _new_name(old, node) + name[len(old) :])


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
    "FUNCTION": _function,
    "PROCEDURE": _function,
    "ROUTINE": _function,
    "TRIGGER": _trigger,
    "RULE": _trigger,
    "SCHEMA": _schema,
}
