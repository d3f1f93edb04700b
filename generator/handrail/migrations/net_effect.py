"""What changed between two pictures of a schema: the net effect of a migration.

Keywords mislead (a rebuild drops nothing, a swap converts), so the operations
are read off the schema before and after. An object that is new in the
migration is one operation, whatever was done to it afterwards.
"""

from collections.abc import Iterator, Mapping

from handrail.migrations.change import Change, Pair, heirs
from handrail.migrations.column_changes import find_column_changes
from handrail.migrations.enum_changes import find_label_changes
from handrail.migrations.key_changes import declared_keys, find_key_changes
from handrail.migrations.operations import GONE, MAYBE, Operation
from handrail.migrations.table_index import differing, marked, unlike
from handrail.migrations.tables import Catalog, Table, Thing

NEW_NAME = "A new table has its name afterwards, and not all rows were copied into it."
_CREATED = {"virtual": "virtual_table.create"}
_DROPPED = {"virtual": "virtual_table.drop", "partition": "partition.drop"}
_HAVE_CREATE = frozenset({"view", "function", "trigger", "sequence"})
_HAVE_DROP = frozenset({"view", "function", "trigger", "sequence", "extension", "policy"})


def find_net_effect(
    before: Catalog,
    after: Catalog,
    lines: Mapping[tuple[str, str], int],
    dialect: str,
    doubts: frozenset[int] = frozenset(),
) -> tuple[Operation, ...]:
    """Return the operations that lead from ``before`` to ``after``, by line; ``doubts`` may not run."""
    pairs, dropped, created = _match(before, after)
    renamed = {old.name: new.name for old, new in pairs}
    change = Change(before, after, lines, dialect, renamed, _renamed_types(before, after))
    found = [*_dropped(change, dropped, created), *_created(change, created)]
    for pair in pairs:
        found += _changed(change, pair)
    found += [*_enums(change), *_things(change)]
    if doubts:
        found = [each._replace(facts=(*each.facts, MAYBE)) if each.line in doubts else each for each in found]
    return tuple(sorted(found, key=lambda each: each.line))


def _match(before: Catalog, after: Catalog) -> tuple[list[Pair], list[Table], list[Table]]:
    """Return (tables that live on, changed; those that are gone; those that are new).

    A table lives on under its own name where its rows are, even when it is
    still there under another one with no more in it; else in itself; else in
    its only copy.
    """
    gone, come = differing(before.tables, after.tables)
    by_uid = {each.uid: each for each in come}
    copies = _copies(gone, come, after)
    pairs = []
    for old in gone:
        same = after.tables.get(old.name)
        went_on = same is not None and (same.uid == old.uid or _goes_on(old, same, by_uid.get(old.uid)))
        new = same if went_on else by_uid.get(old.uid) or copies.get(old.uid)
        if new is not None:
            pairs.append(Pair(old, new))
    lived, used = {old.uid for old, _ in pairs}, {new.uid for _, new in pairs}
    return (
        pairs,
        [each for each in gone if each.uid not in lived],
        [each for each in come if each.uid not in used],
    )


def _goes_on(old: Table, same: Table, kept: Table | None) -> bool:
    """Tell whether a new table with its name has the rows of ``old``: all of them, where ``kept`` has."""
    return old.uid in same.sources and (kept is None or {each.uid for each in old.columns} <= _held(same))


def _copies(gone: list[Table], come: list[Table], after: Catalog) -> Mapping[int, Table]:
    """Return the new tables that are old ones under another name, by the uid of the old one.

    That is a table whose name is free now and most of whose columns were
    copied into one new table, into which nothing else went.
    """
    known = {each.uid for each in gone}
    fresh = [each for each in come if each.uid not in known]
    heir_of: dict[int, Table] = {}
    for old in gone:
        if old.name not in after.tables:
            own = {each.uid for each in old.columns}
            held = [(len(_held(each) & own), each) for each in fresh if old.uid in each.sources]
            share, heir = max(held, key=lambda each: each[0], default=(0, None))
            if heir is not None and share * 2 > len(own) and _held(heir) <= _held(old) | own:
                heir_of[old.uid] = heir
    claims = {each.uid: len(each.sources & known) for each in fresh}
    return {uid: heir for uid, heir in heir_of.items() if claims[heir.uid] == 1}


def _held(table: Table) -> set[int]:
    """Return the uids of the columns whose values a table holds."""
    return {uid for each in table.columns for uid in each.sources}


def _dropped(change: Change, tables: list[Table], created: list[Table]) -> Iterator[Operation]:
    held = {each.name: _held(each) for each in created} if tables else {}
    for table in tables:
        facts, own = [], {each.uid for each in table.columns}
        whole = marked(change.after.tables, ("source", table.uid))
        copies = [each.name for each in whole if table.uid in each.sources]
        copies += [
            name
            for name, uids in held.items()
            if name not in (table.name, *copies) and name in change.after.tables and own & uids
        ]
        if copies:
            facts.append(f"Rows were copied from it to {', '.join(copies)} first.")
        if table.name in change.after.tables:
            facts.append(NEW_NAME)
        kind = _DROPPED.get(table.kind, "table.drop")
        yield Operation(kind, table.name, line=change.line(table.name, GONE), facts=tuple(facts))


def _created(change: Change, tables: list[Table]) -> Iterator[Operation]:
    for table in tables:
        kind = _CREATED.get(table.kind, "table.create")
        yield Operation(kind, table.name, line=change.line(table.name))
        for key in table.foreign_keys:
            yield from declared_keys(change, table.name, key)


def _changed(change: Change, pair: Pair) -> Iterator[Operation]:
    old, new = pair
    if old.name != new.name:
        yield Operation("table.rename", old.name, old=old.name, new=new.name, line=change.line(new.name))
    lineage = heirs(old, new)
    yield from find_column_changes(change, pair, lineage)
    yield from find_key_changes(change, pair, lineage)
    if old.options or new.options:
        yield from _options(change, pair)


def _options(change: Change, pair: Pair) -> Iterator[Operation]:
    old, new = pair
    now_called = {f"of {was}": f"of {now}" for was, now in change.renamed.items()}
    left, come = frozenset(now_called.get(each, each) for each in old.options), new.options
    if "partition" in (old.kind, new.kind):  # attach and detach are operations of their own
        left, come = _without_parents(old), _without_parents(new)
    for charset in (True, False):
        before = sorted(each for each in left - come if each.startswith("charset=") == charset)
        after = sorted(each for each in come - left if each.startswith("charset=") == charset)
        if before or after:
            kind = "table.charset.change" if charset else "table.option.change"
            texts = ", ".join(before), ", ".join(after)
            yield Operation(kind, new.name, "", *texts, change.line(new.name))


def _without_parents(table: Table) -> frozenset[str]:
    return frozenset(each for each in table.options if not each.startswith("of "))


def _renamed_types(before: Catalog, after: Catalog) -> Mapping[str, str]:
    """Return old -> new names of the enums that live on under another name."""
    if before.enums.keys() <= after.enums.keys():
        return {}
    gone = {name: labels for name, labels in before.enums.items() if name not in after.enums}
    owners = {label.uid: name for name, labels in after.enums.items() for label in labels}
    return {name: owners[each.uid] for name, labels in gone.items() for each in labels if each.uid in owners}


def _enums(change: Change) -> Iterator[Operation]:
    before, after = change.before.enums, change.after.enums
    for name in unlike(before, after):
        old, new = before[name], after.get(name)
        if new is None:
            heir = change.types.get(name, "")
            text = f"The type {name} is now called {heir}." if heir else f"The type {name} was dropped."
            yield Operation("statement.other", old=name, new=heir, line=change.line(name), facts=(text,))
        else:
            for each in find_label_changes(old, new, Operation("", name)):
                yield each._replace(line=change.line(name, each.new or each.old))
    for name in sorted(after.keys() - before.keys() - set(change.types.values())):
        text = f"The type {name} was created."
        yield Operation("statement.other", new=name, line=change.line(name), facts=(text,))


def _things(change: Change) -> Iterator[Operation]:
    before, after = change.before.things, change.after.things
    for key in unlike(before, after):
        old, new = before[key], after.get(key)
        if new is None:
            if not _went_with_its_table(change, old):
                yield _thing(change, old, "drop")
        elif new != old:
            yield _thing(change, new, "replace")
    for key in unlike(after, before):
        if key not in before:
            yield _thing(change, after[key], "create")


def _went_with_its_table(change: Change, thing: Thing) -> bool:
    """Tell whether it is a trigger of a table that is dropped: no loss of its own."""
    return bool(thing.table) and change.renamed.get(thing.table, thing.table) not in change.after.tables


def _thing(change: Change, thing: Thing, verb: str) -> Operation:
    line = change.line(thing.name)
    if verb == "replace":
        kind = "view.replace" if thing.kind == "view" else f"{thing.kind}.create"
    else:
        kind = f"{thing.kind}.{verb}"
    if verb == "replace" and thing.kind == "sequence":
        text = f"The sequence {thing.name} belongs to {thing.table or 'no table'} now."
        return Operation("statement.other", new=thing.name, line=line, facts=(text,))
    allowed = _HAVE_DROP if verb == "drop" else _HAVE_CREATE
    if thing.kind in allowed:
        return Operation(kind, thing.table or thing.name, old="", new=thing.name, line=line)
    done = {"drop": "dropped", "create": "created", "replace": "replaced"}[verb]
    text = f"The {thing.kind.replace('_', ' ')} {thing.name} was {done}."
    return Operation("statement.other", new=thing.name, line=line, facts=(text,))
