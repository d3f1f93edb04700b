"""What a database showed against what `handrail classify` said of the same migration."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from events import Event
from truth import Seen

Operation = Mapping[str, Any]

LOSS = frozenset(
    {
        "table.drop",
        "table.drop?",
        "column.drop",
        "column.drop?",
        "rows.delete",
        "rows.replaced",
        "values.lost",
    }
)
"""Events after which the database had lost something."""

ALARMS = re.compile(
    r"table\.drop|column\.drop\.|column\.rename\.as_drop_add|column\.type\.recreate|rows\.delete\."
    r"|table\.truncate|table\.rebuild\.deletes_children"
)
HIGH = ("HIGH", "CRITICAL")
ROWS = re.compile(r"rows\.delete\.|table\.truncate|table\.rebuild\.deletes_children")

ANSWERS = {
    "table.drop": r"table\.drop|virtual_table\.drop|partition\.drop",
    "table.drop?": r"table\.drop|virtual_table\.drop|partition\.drop|table\.rename",
    "table.rename": r"table\.rename",
    "column.drop": r"column\.drop\.\w+",
    "column.drop?": r"column\.drop\.\w+|column\.rename",
    "column.add.required": r"column\.add\.required|column\.null\.forbid",
    "column.add.required?": r"column\.add\.\w+",
    "column.rename": r"column\.rename",
    "column.type.change": r"column\.type\.\w+",
    "column.null.forbid": r"column\.null\.forbid",
    "column.null.allow": r"column\.null\.allow",
    "unique.add": r"unique\.add|index\.create",
    "primary_key.change": r"primary_key\.change",
    "enum.value.remove": r"enum\.value\.remove",
    "foreign_key.on_delete.change": r"foreign_key\.on_delete\.change",
    "rows.delete": r"rows\.delete\.\w+|table\.truncate|table\.rebuild\.deletes_children|(?:virtual_)?table\.drop",
}
"""Event -> the operations that name it. Events that are not here are not scored."""

CLAIMS = {
    "table.drop": "table.drop|table.drop?|rows.delete",
    "table.rename": "table.rename|table.drop?",
    "column.drop.optional": "column.drop|column.drop?",
    "column.drop.required": "column.drop|column.drop?",
    "column.add.required": "column.add.required|column.add.required?",
    "column.rename": "column.rename|column.drop?",
    "column.type.change": "column.type.change",
    "column.type.widen": "column.type.change",
    "column.type.recreate": "values.lost|values.changed|column.type.change",
    "column.null.forbid": "column.null.forbid",
    "column.null.allow": "column.null.allow",
    "unique.add": "unique.add",
    "primary_key.change": "primary_key.change",
    "enum.value.remove": "enum.value.remove",
    "foreign_key.on_delete.change": "foreign_key.on_delete.change",
    "rows.delete.all": "rows.delete|rows.replaced",
    "rows.delete.some": "rows.delete|rows.replaced",
    "table.truncate": "rows.delete",
    "table.rebuild.deletes_children": "rows.delete|values.lost",
}
"""Operation -> the events that bear it out."""

WITH_ROWS = frozenset(kind for kind in CLAIMS if ROWS.match(kind)) | {"column.type.recreate"}
"""Operations that only rows can bear out."""


class Note(NamedTuple):
    """Something for a person to look at: ``what`` is miss, extra, alarm or untouched (no row matched)."""

    what: str
    path: str
    line: int
    kind: str
    table: str
    column: str = ""
    detail: str = ""


class Score(NamedTuple):
    """How one history came out."""

    found: int
    missed: int
    extra: int
    harmless: int
    notes: tuple[Note, ...]


def compare(seen: Sequence[Seen], said: Mapping[str, Mapping[str, Any]]) -> Score:
    """Compare the migrations that ran with the report on them, by path."""
    found = missed = extra = harmless = 0
    notes: list[Note] = []
    for each in seen:
        if each.how == "failed":
            continue
        operations = said[each.path]["operations"] if each.path in said else []
        operations = [one for one in operations if one["table"].lower() not in each.apart]
        operations = _without_renames(_named_alike(operations, each.events), each.events)
        hidden = _hidden(operations, each.events)
        wanted = [event for event in each.events if event.kind in ANSWERS and not _beyond(event, hidden)]
        misses = [event for event in wanted if not any(_answers(one, event) for one in operations)]
        missed, found = missed + len(misses), found + len(wanted) - len(misses)
        notes += [Note("miss", each.path, 0, *event) for event in misses]
        claims = [
            one
            for one in operations
            if one["kind"] in CLAIMS
            and (one["table"].lower(), one["column"].lower()) not in hidden
            and not _borne_out(one, each)
        ]
        for one in claims:
            what = "untouched" if ROWS.match(one["kind"]) else "extra"
            extra += what == "extra"
            notes.append(_note(what, each.path, one))
        if not any(event.kind in LOSS for event in each.events):
            harmless += 1
            notes += [_note("alarm", each.path, one) for one in _alarms(operations, each)[:1]]
    return Score(found, missed, extra, harmless, tuple(notes))


def _without_renames(operations: Sequence[Operation], events: Sequence[Event]) -> list[Operation]:
    """Return operations without what no row could tell: a table renamed by a copy is then gone, and new."""
    gone = {event.table.lower() for event in events if event.kind == "table.drop?"}
    moved = {
        one["to"].lower(): one["from"]
        for one in operations
        if one["kind"] == "table.rename" and one["from"].lower() in gone
    }
    kept = [one for one in operations if one["table"].lower() not in moved and one["to"].lower() not in moved]
    return [*kept, *({**kept_as_drop, "table": old} for old in moved.values())]


kept_as_drop: Operation = {
    "kind": "table.drop", "column": "", "from": "", "to": "", "line": 0, "level": "CRITICAL"
}  # fmt: skip


def _hidden(operations: Sequence[Operation], events: Sequence[Event]) -> set[tuple[str, str]]:
    """Return columns that no row could follow through a rename: what changed besides, nobody knows."""
    gone = {(each.table.lower(), each.column.lower()) for each in events if each.kind == "column.drop?"}
    return {
        (one["table"].lower(), one["to"].lower())
        for one in operations
        if one["kind"] == "column.rename" and (one["table"].lower(), one["from"].lower()) in gone
    }


def _beyond(event: Event, hidden: set[tuple[str, str]]) -> bool:
    """Tell whether an event is about a set with such a column: it is another set, or the old one."""
    sets = event.kind in ("primary_key.change", "unique.add")
    words = (event.detail if event.kind == "primary_key.change" else event.column).lower().split(", ")
    return sets and any((event.table.lower(), word) in hidden for word in words)


def _named_alike(operations: Sequence[Operation], events: Sequence[Event]) -> list[Operation]:
    """Return operations with rows deleted from a table under the name that it has afterwards, as events have it."""
    names = {each.detail.lower(): each.table for each in events if each.kind == "table.rename"}
    return [
        {**one, "table": names[one["table"].lower()]}
        if ROWS.match(one["kind"]) and one["table"].lower() in names
        else one
        for one in operations
    ]


def _note(what: str, path: str, one: Operation) -> Note:
    detail = f"{one['from']} -> {one['to']} [{one['level']}]"
    return Note(what, path, one["line"], one["kind"], one["table"], one["column"], detail)


def _alarms(operations: Sequence[Operation], seen: Seen) -> list[Operation]:
    """Return what told of lost data where none was lost; deletes that met no invented row are told apart."""
    return [
        one
        for one in operations
        if one["level"] in HIGH
        and ALARMS.match(one["kind"])
        and not (one["kind"].startswith(("rows.delete.", "table.truncate")) or _unknown(one, seen))
    ]


def _unknown(one: Operation, seen: Seen) -> bool:
    """Tell whether only rows could say, and there were none."""
    if one["kind"] == "table.drop" and (seen.how != "rows" or one["table"].lower() in seen.empty):
        return True  # if a table has that name afterwards, only rows tell that it is another one
    return one["kind"] in WITH_ROWS and seen.how != "rows"


def _borne_out(one: Operation, seen: Seen) -> bool:
    if _unknown(one, seen):
        return True
    kinds = CLAIMS[one["kind"]].split("|")
    return any(event.kind in kinds and _same_place(one, event) for event in seen.events)


def _answers(one: Operation, event: Event) -> bool:
    if one["kind"] in ("table.drop", "virtual_table.drop") and _alike(one["table"], event.table):
        return True  # dropped and created again: what differs between the two is no event of its own
    if event.kind == "column.add.required?" and one["kind"] == "column.rename":
        return _alike(one["table"], event.table) and _alike(one["to"], event.column)
    if event.kind == "rows.delete" and one["kind"] == "table.rebuild.deletes_children":
        return any(re.search(rf"\b{re.escape(event.table)}\b", fact) for fact in one["facts"])
    if one["kind"] == "column.type.recreate" and _alike(one["table"], event.table):
        return _alike(one["column"], event.column)
    return re.fullmatch(ANSWERS[event.kind], one["kind"]) is not None and _same_place(one, event)


def _same_place(one: Operation, event: Event) -> bool:
    if event.kind == "table.rename":
        return _alike(one["from"], event.detail) and _alike(one["to"], event.table)
    check = _PLACES.get(event.kind, _by_column)
    return _alike(one["table"], event.table) and check(one, event)


def _alike(one: str, other: str) -> bool:
    return one.lower() == other.lower()


def _by_column(one: Operation, event: Event) -> bool:
    return _alike(one["column"], event.column)


def _anywhere(_: Operation, __: Event) -> bool:
    return True


def _by_set(one: Operation, event: Event) -> bool:
    """Compare the columns of a set; an expression is '' in what the database showed."""
    theirs = event.column.split(", ")
    ours = [each.strip('"') for each in one["to"].split(", ")]
    return any(not each.strip('"').isidentifier() for each in theirs) or sorted(
        map(str.lower, ours)
    ) == sorted(map(str.lower, theirs))


def _by_key(one: Operation, event: Event) -> bool:
    return _alike(one["column"], event.column) or (not one["column"] and ", " in event.column)


def _by_label(one: Operation, event: Event) -> bool:
    return bool(one["from"] == event.detail) and (not event.column or _by_column(one, event))


_PLACES: Mapping[str, Callable[[Operation, Event], bool]] = {
    "table.drop": _anywhere,
    "table.drop?": _anywhere,
    "primary_key.change": _anywhere,
    "rows.delete": _anywhere,
    "rows.replaced": _anywhere,
    "unique.add": _by_set,
    "enum.value.remove": _by_label,
    "foreign_key.on_delete.change": _by_key,
}
