"""Pictures of histories that were folded before, so that one new migration does not cost a thousand.

A snapshot is looked up by the digest of everything that led to it: the version,
the dialect, the runner, and each script in its order. So one that is wrong for
a history is never found, and all of them may be deleted at any time.
"""

import marshal
from collections.abc import Iterable
from hashlib import blake2b
from typing import Any

from handrail import __version__
from handrail.migrations.front_end import Runner, Saved
from handrail.migrations.quotes import Dialect
from handrail.migrations.tables import Catalog, Check, Column, ForeignKey, Index, Label, Table, Thing

KEPT = 8
"""Snapshots that are kept: enough for a few histories with a branch or two."""


_SHAPES = repr([each._fields for each in (Catalog, Table, Column, ForeignKey, Index, Check, Label, Thing)])
"""What a kept picture is made of: one of another shape, from other code, is not found."""


class Snapshots:
    """The snapshots of one repository. ``raw`` is what ``dump`` gave, or b""."""

    def __init__(self, raw: bytes = b"") -> None:
        version, known = marshal.loads(raw) if raw else (__version__, {})  # noqa: S302  # the user's own folder, checked by digest
        self._known: dict[bytes, Any] = known if version == __version__ else {}
        self.grown = False

    def get(self, key: bytes) -> Saved | None:
        """Return the state that was kept under ``key``, or None."""
        found = self._known.get(key)
        return None if found is None else _state(found)

    def put(self, key: bytes, state: Saved) -> None:
        """Keep a state, and forget the oldest when there are too many."""
        if key not in self._known:
            self._known[key] = _plain(state)
            self.grown = True
            while len(self._known) > KEPT:
                del self._known[next(iter(self._known))]

    def dump(self) -> bytes:
        """Return all of them in a form to keep."""
        return marshal.dumps((__version__, self._known))


def keys_of(dialect: Dialect, runner: Runner, scripts: Iterable[str]) -> list[bytes]:
    """Return a key for the state after each script of a history."""
    total = blake2b(repr((__version__, _SHAPES, dialect, runner)).encode(), digest_size=16).digest()
    keys = []
    for script in scripts:
        total = blake2b(total + script.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        keys.append(total)
    return keys


def _plain(value: Any) -> Any:
    """Return a value with plain tuples in place of named ones."""
    if isinstance(value, tuple):
        return tuple(map(_plain, value))
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    return value


def _state(value: Any) -> Saved:
    (tables, enums, things), next_uid, image = value
    catalog = Catalog(
        {name: _table(each) for name, each in tables.items()},
        {name: tuple(Label(*one) for one in each) for name, each in enums.items()},
        {key: Thing(*each) for key, each in things.items()},
    )
    return Saved(catalog, next_uid, image)


def _table(value: Any) -> Table:
    table = Table(*value)
    return table._replace(
        columns=tuple(Column(*each) for each in table.columns),
        foreign_keys=tuple(ForeignKey(*each) for each in table.foreign_keys),
        indexes=tuple(Index(*each) for each in table.indexes),
        checks=tuple(Check(*each) for each in table.checks),
    )
