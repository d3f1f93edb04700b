"""What changed in the columns of a table."""

import re
from collections.abc import Iterator

from handrail.migrations.change import Change, Heirs, Pair
from handrail.migrations.column_types import enum_labels, is_volatile, is_wider
from handrail.migrations.enum_changes import find_label_changes
from handrail.migrations.operations import Operation
from handrail.migrations.table_index import marked
from handrail.migrations.tables import Column, Label

_ONE = 1
_NO_VALUE = {
    "sqlite": "It has no default, and the rows that are there get no value.",
    "mysql": "It has no default: MySQL writes '' or 0 or the first value into the rows that are there.",
}
"""What becomes of rows when a required column comes without a default."""


def find_column_changes(change: Change, pair: Pair, heirs: Heirs) -> Iterator[Operation]:
    """Yield the operations on the columns of one table."""
    recreated = {each.name for each in heirs.dropped} & {each.name for each in heirs.added}
    added = {each.name: each for each in heirs.added}
    for column in heirs.dropped:
        if column.name in recreated:
            yield _recreated(change, pair, column, added[column.name])
        else:
            yield _dropped(change, pair, column)
    for column in heirs.added:
        if column.name not in recreated:
            yield _added(change, pair, column)
    yield from _looks_like_a_rename(change, pair, heirs)
    for old, new in heirs.kept:
        if old != new:
            yield from _changed(change, pair, old, new)


def _recreated(change: Change, pair: Pair, old: Column, new: Column) -> Operation:
    if old.generated and new.generated:
        change_of = Operation(
            "column.generated.change", pair.new.name, new.name, old.generated, new.generated
        )
        return change_of._replace(line=change.line(pair.new.name, new.name))
    facts = ("The values were not all copied.",)
    line = change.line(pair.new.name, new.name)
    return Operation("column.type.recreate", pair.new.name, new.name, old.type, new.type, line, facts)


def _dropped(change: Change, pair: Pair, column: Column) -> Operation:
    need = "required" if column.required else "optional"
    facts = [f"The column was {need} before."]
    copies = [
        f"{table.name}.{each.name}"
        for table in marked(change.after.tables, ("source", column.uid))
        for each in table.columns
        if each.sources and column.uid in each.sources
    ]
    if copies:
        facts.append(f"Its values were copied to {', '.join(copies)} first.")
    line = change.line(pair.new.name, column.name)
    return Operation(
        f"column.drop.{need}", pair.new.name, column.name, column.type, line=line, facts=tuple(facts)
    )


def _added(change: Change, pair: Pair, column: Column) -> Operation:
    kind, fact = _kind_of_new(change, column)
    line = change.line(pair.new.name, column.name)
    facts = (fact,) if fact else ()
    return Operation(f"column.add.{kind}", pair.new.name, column.name, "", column.type, line, facts)


def _kind_of_new(change: Change, column: Column) -> tuple[str, str]:
    """Return (what kind of new column it is, what a reader should know of it)."""
    if column.generated:
        kind = "generated_stored" if column.generated == "stored" else "optional"
        return kind, f"It is computed: {column.default}." if column.default else "It is computed."
    if column.identity and change.dialect == "postgresql":
        return "volatile_default", "Each row that is there gets a number."
    if column.default and is_volatile(column.default, change.dialect):
        return "volatile_default", f"The default is {column.default}."
    if column.required and not column.filled:
        return "required", _NO_VALUE.get(change.dialect, _NO_VALUE["sqlite"])
    if column.required and not column.default:
        return "default", "The script fills it before it becomes required."
    return ("default", f"The default is {column.default}.") if column.default else ("optional", "")


def _looks_like_a_rename(change: Change, pair: Pair, heirs: Heirs) -> Iterator[Operation]:
    """One column dropped, one of the same kind added: most likely the same column under a new name."""
    if len(heirs.dropped) != _ONE or len(heirs.added) != _ONE:
        return
    old, new = heirs.dropped[0], heirs.added[0]
    alike = (old.type, old.required) == (new.type, new.required)
    if alike and old.name != new.name and not new.sources:
        line = change.line(pair.new.name, old.name)
        facts = ("One column was dropped and one of the same type added: the values do not move over.",)
        yield Operation("column.rename.as_drop_add", pair.new.name, old.name, old.name, new.name, line, facts)


def _changed(change: Change, pair: Pair, old: Column, new: Column) -> Iterator[Operation]:
    like = Operation("", pair.new.name, new.name, line=change.line(pair.new.name, new.name))
    if old.name != new.name:
        yield like._replace(kind="column.rename", column=old.name, old=old.name, new=new.name)
    yield from _type(change, like, old._replace(type=_now_called(change, old.type)), new)
    if old.required != new.required:
        kind = "column.null.forbid" if new.required else "column.null.allow"
        facts = ("The script fills the rows first.",) if new.required and _filled(old, new) else ()
        yield like._replace(kind=kind, facts=facts)
    if (old.generated or new.generated) and (old.generated, old.default) != (new.generated, new.default):
        texts = (
            (old.generated, new.generated) if old.generated != new.generated else (old.default, new.default)
        )
        yield like._replace(kind="column.generated.change", old=texts[0] or "none", new=texts[1] or "none")
    elif _plain(old.default) != _plain(new.default):
        kind = "column.default.change" if new.default else "column.default.drop"
        yield like._replace(kind=kind, old=old.default, new=new.default)
    for field, kind in (
        ("collation", "column.collation.change"),
        ("identity", "identity.change"),
    ):
        before, after = getattr(old, field), getattr(new, field)
        if before != after:
            yield like._replace(kind=kind, old=before or "none", new=after or "none")


def _now_called(change: Change, kind: str) -> str:
    """Return a type under the name that its enum has now; an array of it too."""
    name = kind.removesuffix("[]")
    return change.types.get(name, name) + kind[len(name) :]


def _filled(old: Column, new: Column) -> bool:
    return new.filled and not old.filled


def _plain(default: str) -> str:
    """Return a default without what makes no difference: outer brackets, spaces, casts of literals."""
    text = " ".join(default.split())
    if text.upper() == "NULL":
        return ""
    while text.startswith("(") and text.endswith(")") and text.count("(") == text.count(")") == _ONE:
        text = text[1:-1].strip()
    return re.sub(r"(?i)^('(?:[^']|'')*')::[\w .\"()]+$", r"\1", text)


def _type(change: Change, like: Operation, old: Column, new: Column) -> Iterator[Operation]:
    if old.type == new.type:
        return
    if enum_labels(old.type) and enum_labels(new.type) and old.type[0] == new.type[0]:
        yield from _labels(like, old, new)
        return
    kind = "column.type.widen" if is_wider(old.type, new.type, change.dialect) else "column.type.change"
    yield like._replace(kind=kind, old=old.type, new=new.type)


def _labels(like: Operation, old: Column, new: Column) -> Iterator[Operation]:
    """Yield what happened to the values of an inline enum, and to their numbers: it sorts by them."""
    before, after = enum_labels(old.type), enum_labels(new.type)
    found = tuple(find_label_changes(tuple(map(Label, before)), tuple(map(Label, after)), like))
    moved = after[: len(before)] != before
    if moved and all(each.kind == "enum.value.add" for each in found):
        kept = tuple(each for each in after if each in before)
        facts = ("The values get other numbers: the table is rewritten.",)
        if kept != before:
            yield like._replace(kind="column.type.change", old=old.type, new=new.type, facts=facts)
        found = tuple(each._replace(facts=facts) for each in found)
    yield from found
