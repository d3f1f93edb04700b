"""Who is who in two looks at a database: tables and columns that live on, under their names or others."""

from collections.abc import Iterator

from schema import Column, Content, Look, Table, Values

DISTINCT = 2
"""Different values that make a column known by them."""


def telling(values: Values) -> bool:
    """Tell whether a column is known by its values: 0 and 1, or true and false, stand in many."""
    known = {each for each in values if each is not None and len(each) > 1}
    return len(known - {"true", "false"}) >= DISTINCT


def follow_tables(before: Look, after: Look, *, rows: bool) -> dict[str, str]:
    """Return name before -> name after of the tables that live on.

    First comes what the engine keeps of a table, then its rows (``rows`` tells
    that they can be compared), last its name. A table made anew under a name
    goes on where it has the rows of that name, whatever became of the first.
    """
    old, new = before.catalog.tables, after.catalog.tables
    places = {each.identity: name for name, each in new.items() if each.identity}
    names = {name: places[each.identity] for name, each in old.items() if each.identity in places}
    if rows:
        names |= {
            name: name
            for name in old
            if name in new and names.get(name) != name and _goes_on(before, after, name)
        }
        for took_over in (_took_all, _took_most):
            for name in [each for each in old if each not in names]:
                free = new.keys() - names.values()
                heir = next((x for x in new if x in free and took_over(before, after, name, x)), None)
                names |= {name: heir} if heir else {}
    taken = set(names.values())
    return names | {name: name for name in old if name in new and name not in names and name not in taken}


def _goes_on(before: Look, after: Look, name: str) -> bool:
    """Tell whether a table made anew has the rows of that which had its name, or no row could tell."""
    if before.contents[name].count or after.contents[name].count:
        return _same_rows(before.contents[name], after.contents[name])
    return before.catalog.tables[name].columns.keys() <= after.catalog.tables[name].columns.keys()


def _took_all(before: Look, after: Look, name: str, heir: str) -> bool:
    """Tell whether a table went whole to another name, though another one may have its own now."""
    old, new = before.catalog.tables, after.catalog.tables
    made = all(
        each not in old or _shape(old[each]) != _shape(new[each]) for each in (name, heir) if each in new
    )
    alike = made and name != heir and _shape(old[name]) == _shape(new[heir])
    return alike and before.contents[name].count > 0 and before.contents[name] == after.contents[heir]


def _took_most(before: Look, after: Look, name: str, heir: str) -> bool:
    """Tell whether a new table has the rows of one that is gone."""
    gone, fresh = name not in after.catalog.tables, heir not in before.catalog.tables
    return gone and fresh and _same_rows(before.contents[name], after.contents[heir])


def _shape(table: Table) -> object:
    return table.primary_key, [(each.name, each.type, each.required) for each in table.columns.values()]


def _same_rows(before: Content, after: Content) -> bool:
    told = [name for name, values in before.columns.items() if telling(values)]
    moved = [name for name in told if after.columns.get(name) == before.columns[name]]
    return len(moved) * 2 >= len(told) > 0


def follow_columns(old: Table, new: Table, theirs: Content, ours: Content, *, rows: bool) -> dict[str, str]:
    """Return name before -> name after of the columns that live on: by identity, by values, by name."""
    names: dict[str, str] = {}
    if old.identity == new.identity:
        places = {each.identity: name for name, each in new.columns.items() if each.identity}
        names = {name: places[each.identity] for name, each in old.columns.items() if each.identity in places}
    if rows:
        stayed = [
            name for name in old.columns if name in new.columns and theirs.columns[name] == ours.columns[name]
        ]
        names |= {name: name for name in stayed if name not in names and name not in names.values()}
        for name in [each for each in old.columns if each not in names]:
            free = new.columns.keys() - names.values()
            likely = [each for each in _likely(old.columns[name], old, new, theirs) if each in free]
            heir = next((each for each in likely if ours.columns[each] == theirs.columns[name]), None)
            names |= {name: heir} if heir else {}
    taken = set(names.values())
    both = [name for name in old.columns if name in new.columns]
    return names | {name: name for name in both if name not in names and name not in taken}


def _likely(column: Column, old: Table, new: Table, theirs: Content) -> Iterator[str]:
    """Yield where the values of a column can be known again.

    Values that tell nothing go to a new column of its type, when its name
    belongs to one of another type.
    """
    if telling(theirs.columns[column.name]):
        yield from sorted(new.columns, key=old.columns.__contains__)
    now = new.columns.get(column.name)
    if now is not None and now.type != column.type and theirs.count:
        yield from (
            name for name, each in new.columns.items() if each.type == column.type and name not in old.columns
        )
