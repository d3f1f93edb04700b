"""What changed in the keys, indexes and checks of a table."""

import re
from collections.abc import Iterator, Mapping

from handrail.migrations.change import Change, Heirs, Pair
from handrail.migrations.operations import Operation
from handrail.migrations.tables import Check, ForeignKey, Index

CHECKED = "It was NOT VALID: now the rows that are there are checked."
NOT_VALID = "It is NOT VALID: the rows that are there are not looked at."


def find_key_changes(change: Change, pair: Pair, heirs: Heirs) -> Iterator[Operation]:
    """Yield the operations on primary key, unique sets, indexes, foreign keys and checks of one table."""
    old, new = pair
    if old.primary_key != new.primary_key or heirs.dropped or heirs.added:
        yield from _primary_key(change, pair, heirs)
    if old.indexes != new.indexes:
        yield from _indexes(change, pair, heirs)
    if old.foreign_keys != new.foreign_keys:
        yield from _foreign_keys(change, pair, heirs)
    if old.checks != new.checks:
        yield from _checks(change, pair, heirs)


def _primary_key(change: Change, pair: Pair, heirs: Heirs) -> Iterator[Operation]:
    names = heirs.names
    old, new = pair.old.primary_key, pair.new.primary_key
    if tuple(names.get(each, each) for each in old) != new:
        line = change.line(pair.new.name, (*new, "")[0])
        yield Operation(
            "primary_key.change", pair.new.name, "", ", ".join(old) or "none", ", ".join(new) or "none", line
        )


def _indexes(change: Change, pair: Pair, heirs: Heirs) -> Iterator[Operation]:
    names = heirs.names
    gone = {each.name for each in heirs.dropped}
    old = {_shape(each, names): each for each in pair.old.indexes}
    new = {_shape(each, {}): each for each in pair.new.indexes}
    key = set(pair.new.primary_key)
    for shape, index in old.items():
        as_key = index.unique and not index.where and {names.get(each, each) for each in index.columns} == key
        if shape not in new and not as_key and not (index.columns and set(index.columns) <= gone):
            kind = "unique.drop" if index.unique else "index.drop"
            yield Operation(
                kind,
                pair.new.name,
                _one(index.columns),
                ", ".join(index.columns),
                "",
                _line(change, pair, index),
            )
    for shape, index in new.items():
        if shape not in old:
            yield _new_index(change, pair, index, heirs)


def _shape(index: Index, names: Mapping[str, str]) -> tuple[object, ...]:
    """Return what makes an index what it is; its name and whether it is called a constraint do not."""
    columns = tuple(_renamed(each, names) for each in index.columns)
    method = "" if index.method == "btree" else index.method
    return columns, index.unique, _renamed(index.where, names), method, index.nulls_alike


def _renamed(text: str, names: Mapping[str, str]) -> str:
    """Return a column, or an expression, under the names that columns have now."""
    if text in names or not any(old != new for old, new in names.items()):
        return names.get(text, text)
    return re.sub(r"\w+", lambda word: names.get(word[0], word[0]), text)


def _new_index(change: Change, pair: Pair, index: Index, heirs: Heirs) -> Operation:
    line, text = _line(change, pair, index), ", ".join(index.columns)
    if not index.unique:
        return Operation("index.create", pair.new.name, _one(index.columns), "", text, line)
    added = {each.name: each for each in heirs.added}
    if index.nulls_alike:
        fact = "Two rows without a value are alike for it, NULLS NOT DISTINCT."
        return Operation("unique.add", pair.new.name, _one(index.columns), "", text, line, (fact,))
    empty = [each for each in index.columns if each in added and _holds_nothing(added[each])]
    if empty:
        fact = f"It is unique, and cannot fail: {empty[0]} is new and holds no value yet."
        return Operation("index.create", pair.new.name, _one(index.columns), "", text, line, (fact,))
    wider = next((each for each in _unique_sets(pair) if each <= set(index.columns)), None)
    names = ", ".join(sorted(wider or ()))
    facts = (f"It cannot fail: {names} was unique already.",) if wider else ()
    return Operation("unique.add", pair.new.name, _one(index.columns), "", text, line, facts)


def _holds_nothing(column: object) -> bool:
    return not (getattr(column, "filled", True) or getattr(column, "required", True))


def _unique_sets(pair: Pair) -> Iterator[set[str]]:
    """Yield the sets of columns that were unique before, under the names that they have still."""
    sets = [each.columns for each in pair.old.indexes if each.unique and not each.where]
    for each in (*sets, pair.old.primary_key):
        if each:
            yield set(each)


def _one(columns: tuple[str, ...]) -> str:
    return columns[0] if len(columns) == 1 else ""


def _line(change: Change, pair: Pair, index: Index) -> int:
    return change.line(pair.new.name, index.name)


def _foreign_keys(change: Change, pair: Pair, heirs: Heirs) -> Iterator[Operation]:
    left, gone = list(pair.new.foreign_keys), list(pair.old.foreign_keys)
    for alike in (True, False):  # of several keys over the same columns, those with the same actions first
        for old in tuple(gone):
            same = [each for each in left if _leads_there(change, old, each, heirs)]
            new = next((each for each in same if not alike or _actions(each) == _actions(old)), None)
            if new is not None:
                left.remove(new)
                gone.remove(old)
                yield from _other_actions(change, pair, old, new)
    for key in gone:
        yield from _dropped_key(change, pair, key, heirs)
    for key in left:
        yield from _new_key(change, pair, key, heirs)


def _leads_there(change: Change, old: ForeignKey, new: ForeignKey, heirs: Heirs) -> bool:
    """Tell whether a new key leads over the same columns to the same table as an old one."""
    columns = tuple(heirs.names.get(each, each) for each in old.columns)
    return (columns, change.renamed.get(old.table, old.table)) == (new.columns, new.table)


def _actions(key: ForeignKey) -> tuple[str, str]:
    return key.on_delete, key.on_update


def _dropped_key(change: Change, pair: Pair, key: ForeignKey, heirs: Heirs) -> Iterator[Operation]:
    target_gone = change.renamed.get(key.table, key.table) not in change.after.tables
    proven = frozenset({"cascaded"} if key.on_delete == "CASCADE" and not target_gone else ())
    facts = []
    if target_gone:
        facts.append(f"{key.table} is dropped as well.")
    if {each.name for each in heirs.dropped} & set(key.columns):
        facts.append("Its column is dropped as well.")
    facts.append(f"Its delete rule was {key.on_delete}.")
    line = change.line(pair.new.name, key.name)
    if key.columns and (pair.new.name, key.name) not in change.lines:
        line = change.line(pair.new.name, key.columns[0])
    yield Operation(
        "foreign_key.drop", pair.new.name, _one(key.columns), _text(key), "", line, tuple(facts), proven
    )


def _new_key(change: Change, pair: Pair, key: ForeignKey, heirs: Heirs) -> Iterator[Operation]:
    added = {each.name: each for each in heirs.added}
    line = change.line(pair.new.name, key.name)
    if not any(each in added and _holds_nothing(added[each]) for each in key.columns):
        facts = tuple(_about_rows(change, key))
        yield Operation("foreign_key.add", pair.new.name, _one(key.columns), "", _text(key), line, facts)
    yield from declared_keys(change, pair.new.name, key)


def _about_rows(change: Change, key: ForeignKey) -> Iterator[str]:
    if not key.valid:
        yield NOT_VALID
    if key.table not in change.after.tables:
        yield f"There is no table {key.table} afterwards: every write that the key checks fails."


def declared_keys(change: Change, table: str, key: ForeignKey) -> Iterator[Operation]:
    """Yield what a new key says, or does not say, about deletes."""
    line = change.line(table, key.name)
    column = _one(key.columns)
    if key.on_delete == "CASCADE":
        facts = (f"Deleting a row of {key.table} deletes its rows of {table}.",)
        yield Operation("foreign_key.on_delete.cascade", table, column, "", _text(key), line, facts)
    elif not key.stated:
        facts = (f"The effective action is {key.on_delete}.",)
        yield Operation("foreign_key.on_delete.unstated", table, column, "", _text(key), line, facts)


def _other_actions(change: Change, pair: Pair, old: ForeignKey, new: ForeignKey) -> Iterator[Operation]:
    line = change.line(pair.new.name, new.name)
    column = _one(new.columns)
    if new.valid and not old.valid:
        yield Operation("foreign_key.add", pair.new.name, column, "", _text(new), line, (CHECKED,))
    if old.on_delete != new.on_delete:
        facts = (f"The key leads to {new.table}.",)
        yield Operation(
            "foreign_key.on_delete.change", pair.new.name, column, old.on_delete, new.on_delete, line, facts
        )
    if old.on_update != new.on_update:
        yield Operation(
            "foreign_key.on_update.change", pair.new.name, column, old.on_update, new.on_update, line
        )


def _text(key: ForeignKey) -> str:
    there = f"({', '.join(key.references)})" if key.references else ""
    return f"{', '.join(key.columns)} -> {key.table}{there} ON DELETE {key.on_delete}"


def _checks(change: Change, pair: Pair, heirs: Heirs) -> Iterator[Operation]:
    old = {(each.kind, _renamed(each.text, heirs.names)): each.valid for each in pair.old.checks}
    new = {(each.kind, each.text): each.valid for each in pair.new.checks}
    for check in pair.new.checks:
        valid = old.get((check.kind, check.text))
        if valid is None or (change.dialect == "mysql" and check.valid and not valid):
            yield _check(change, pair, check, f"{check.kind}.add")
        elif check.valid and not valid:
            yield _check(change, pair, check, f"{check.kind}.add")._replace(facts=(CHECKED,))
    for check in pair.old.checks:
        valid = new.get((check.kind, _renamed(check.text, heirs.names)))
        if valid is None or (check.valid and not valid):
            yield _check(change, pair, check, "check.drop")


def _check(change: Change, pair: Pair, check: Check, kind: str) -> Operation:
    line = change.line(pair.new.name, check.name)
    facts = () if check.valid else (NOT_VALID,)
    texts = (check.text, "") if kind == "check.drop" else ("", check.text)
    return Operation(kind, pair.new.name, "", *texts, line, facts)
