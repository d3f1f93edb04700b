"""In which order tables are filled: parents before children, circles broken where a key may be NULL."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from handrail.migrations.tables import ForeignKey, Table


class Turn(NamedTuple):
    """A table's turn: ``late`` keys get their values afterwards; ``stuck`` is why it has none, or ''."""

    table: Table
    late: tuple[ForeignKey, ...] = ()
    stuck: str = ""


def may_be_null(table: Table, name: str) -> bool:
    """Tell whether a column of a table takes NULL."""
    column = table.column(name)
    return column is not None and not column.required and name not in table.primary_key


def is_optional(table: Table, key: ForeignKey) -> bool:
    """Tell whether a row may do without the row that a key points at."""
    return any(may_be_null(table, name) for name in key.columns)


def find_order(tables: Mapping[str, Table]) -> tuple[Turn, ...]:
    """Return every table once. A key to a table that is not among them waits for nobody."""
    parents = {
        name: {
            key.table: is_optional(table, key)
            for key in sorted(table.foreign_keys, key=lambda each: is_optional(table, each), reverse=True)
            if key.table in tables and key.table != name
        }
        for name, table in tables.items()
    }
    turns: list[Turn] = []
    done: set[str] = set()
    waiting = list(tables)
    while waiting:
        ready = _ready(waiting, parents, done)
        if ready:
            turns += [_turn(tables[name], done | {name}, tables) for name in ready]
        else:
            ready = [_on_a_circle(waiting, parents, done)]
            turns.append(
                Turn(tables[ready[0]], stuck="keys that may not be NULL lead from it back to itself")
            )
        done.update(ready)
        waiting = [name for name in waiting if name not in done]
    return tuple(turns)


def _ready(waiting: Sequence[str], parents: Mapping[str, Mapping[str, bool]], done: set[str]) -> list[str]:
    """Return the tables all of whose parents are done, else one that can do without those that are not."""
    free = [name for name in waiting if parents[name].keys() <= done]
    if free:
        return free
    able = [
        name for name in waiting if all(optional or each in done for each, optional in parents[name].items())
    ]
    return [min(able, key=lambda name: len(parents[name].keys() - done))] if able else []


def _on_a_circle(waiting: Sequence[str], parents: Mapping[str, Mapping[str, bool]], done: set[str]) -> str:
    """Return a table that its own required keys lead back to."""
    name, seen = waiting[0], set[str]()
    while name not in seen:
        seen.add(name)
        name = next(each for each, optional in parents[name].items() if not optional and each not in done)
    return name


def _turn(table: Table, done: set[str], tables: Mapping[str, Table]) -> Turn:
    late = tuple(each for each in table.foreign_keys if each.table in tables and each.table not in done)
    return Turn(table, late)
