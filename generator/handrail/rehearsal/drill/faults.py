"""Faults for the schema at hand: SQL that breaks it as a bad migration would.

Only names that neither SQL nor a shell has to quote take part, since a runbook
puts them into commands.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from handrail.core.database import Shape
from handrail.rehearsal.drill.prisma_history import HISTORY
from handrail.rehearsal.look import Look

HEALTHY = ""
"""The name of no fault."""

_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class Breakage(NamedTuple):
    """One way to cause a fault: the migration that does it, and its way back.

    ``table`` and ``columns`` are what a person would look at. ``fails`` tells
    that the last statement of ``up`` is one that the engine refuses. ``again`` is what
    happens before each step, as long as the database is still the broken one.
    """

    table: str
    columns: tuple[str, ...]
    up: tuple[str, ...] = ()
    down: tuple[str, ...] = ()
    fails: bool = False
    again: tuple[str, ...] = ()


class Fault(NamedTuple):
    """A fault: in words, the ways to cause it (the best first), and the engines that know it."""

    title: str
    ways: Callable[[Look, str], Iterator[Breakage]]
    engines: tuple[str, ...] = ("sqlite", "postgresql")


def _half_applied(look: Look, engine: str) -> Iterator[Breakage]:
    for shape in _tables(look):
        new, mark = f"new_{shape.name}", f"{shape.name}_half_applied"
        if new in look.schema.tables:
            continue
        up = [f'CREATE TABLE "{new}" ("id" TEXT NOT NULL PRIMARY KEY);']
        down = [f'DROP TABLE "{new}";']
        if engine == "postgresql":
            check = f'CHECK ("{_shown(shape)[0]}" IS NULL OR TRUE) NOT VALID'
            up.append(f'ALTER TABLE "{shape.name}" ADD CONSTRAINT "{mark}" {check};')
            down.insert(0, f'ALTER TABLE "{shape.name}" DROP CONSTRAINT "{mark}";')
        up.append(f'INSERT INTO "{new}" ("id") SELECT there_is_no_such_column FROM "{shape.name}";')
        yield Breakage(shape.name, _shown(shape), tuple(up), tuple(down), fails=True)


def _dropped_column(look: Look, _: str) -> Iterator[Breakage]:
    for shape, column in _values(look):
        up = f'ALTER TABLE "{shape.name}" DROP COLUMN "{column}";'
        down = f'ALTER TABLE "{shape.name}" ADD COLUMN "{column}" {shape.columns[column]};'
        yield Breakage(shape.name, _shown(shape, column), (up,), (down,))


def _wrong_backfill(look: Look, _: str) -> Iterator[Breakage]:
    for shape, column in _values(look):
        order = ", ".join(f'"{name}"' for name in shape.key or (column,))
        value = f'SELECT "{column}" FROM "{shape.name}" WHERE "{column}" IS NOT NULL ORDER BY {order} LIMIT 1'
        yield Breakage(
            shape.name, _shown(shape, column), (f'UPDATE "{shape.name}" SET "{column}" = ({value});',)
        )  # fmt: skip


def _deleted_children(look: Look, _: str) -> Iterator[Breakage]:
    filled = [shape for shape in _tables(look) if look.rows(shape.name)]
    for shape in sorted(filled, key=_loses_children, reverse=True):
        yield Breakage(shape.name, _shown(shape), (f'DELETE FROM "{shape.name}";',))


def _loss_in_wal(look: Look, _: str) -> Iterator[Breakage]:
    """Leave one row: what is written of it before each step lies in the log."""
    filled = [shape for shape in _tables(look) if len(_shown(shape)) == len(shape.key) == 1]
    for shape in sorted(filled, key=_loses_children, reverse=True):
        (key,), name = shape.key, shape.name
        loss = f'DELETE FROM "{name}" WHERE "{key}" <> (SELECT min("{key}") FROM "{name}");'
        again = f'UPDATE "{name}" SET "{key}" = "{key}" WHERE (SELECT count(*) FROM "{name}") = 1;'
        if (look.rows(name) or 0) > 1:
            yield Breakage(name, _shown(shape), (loss,), again=(again,))


def _damaged(look: Look, _: str) -> Iterator[Breakage]:
    for shape in _tables(look):
        if look.rows(shape.name):
            yield Breakage(shape.name, _shown(shape, *shape.columns))


def _loses_children(shape: Shape) -> int:
    return 2 * any(link.on_delete.upper() == "CASCADE" for link in shape.links) + bool(shape.links)


FAULTS: Mapping[str, Fault] = {
    "half-applied": Fault("a migration stopped halfway", _half_applied),
    "dropped-column": Fault("a column was dropped with its values", _dropped_column),
    "wrong-backfill": Fault("a backfill wrote wrong values", _wrong_backfill),
    "deleted-children": Fault("a cascade deleted children", _deleted_children),
    "damaged-file": Fault("the file of a table is damaged", _damaged),
    "damaged-backup": Fault(
        "a cascade deleted children, and the newest backup is damaged", _deleted_children
    ),
    "loss-in-wal": Fault("rows were deleted, which only the -wal knows", _loss_in_wal, ("sqlite",)),
}
"""Every fault by its name in the policy (``policy.runbooks.FaultName``)."""


def title_of(fault: str) -> str:
    """Return a fault in words."""
    return FAULTS[fault].title if fault else "nothing is wrong"


def can_be_broken(look: Look, engine: str) -> bool:
    """Tell whether a database has what every fault of an engine needs: rows, and values beside keys."""
    faults = (each for each in FAULTS.values() if engine in each.engines)
    return all(any(True for _ in each.ways(look, engine)) for each in faults)


def _tables(look: Look) -> Sequence[Shape]:
    """Return the tables that can be broken: those with a key of one column first, then the largest."""
    plain = [
        shape
        for shape in look.schema.tables.values()
        if shape.name != HISTORY and _PLAIN.fullmatch(shape.name) and _shown(shape)
    ]
    return sorted(plain, key=lambda shape: (len(shape.key) != 1, -(look.rows(shape.name) or 0), shape.name))


def _values(look: Look) -> Iterator[tuple[Shape, str]]:
    """Yield the columns that hold values and that nothing else hangs on, as far as a shape tells."""
    for shape in _tables(look):
        taken = {*shape.key, *shape.generated, *(name for link in shape.links for name in link.columns)}
        for name in shape.columns:
            if name not in taken and _PLAIN.fullmatch(name) and look.content[shape.name].columns[name].filled:
                yield shape, name


def _shown(shape: Shape, *columns: str) -> tuple[str, ...]:
    """Return the key and ``columns`` of a table, without those whose names have to be quoted."""
    named = dict.fromkeys((*shape.key, *columns)) or dict.fromkeys(shape.columns)
    return tuple(name for name in named if _PLAIN.fullmatch(name))
