"""The picture of a schema: what a database would show in its catalog.

Names are as the database stores them (PostgreSQL folds unquoted ones to lower
case, the front end does so); a schema is part of the name only when it is not
the default one (``audit.log``).

Every table and column has a ``uid``, which it keeps when it is renamed or
moved, and ``sources``: the uids of those whose values were copied into it.
With them a rename, a rebuild and a swap are told from a loss.
"""

from collections.abc import Mapping
from typing import NamedTuple

ACTIONS = ("CASCADE", "SET NULL", "SET DEFAULT", "RESTRICT", "NO ACTION")

NOTHING: frozenset[int] = frozenset()


class Column(NamedTuple):
    """One column.

    ``type`` is normal for its dialect (``timestamp(3)``, ``INTEGER``), an enum's
    name for a column of an enum; ``default`` is the expression as text, '' for
    none; ``generated`` is '', ``stored`` or ``virtual``; ``identity`` is '' or
    how numbers are given (``serial``, ``always``, ``by default``, ``autoincrement``);
    ``filled`` tells that rows which were there before the column got a value
    (a default when it was added, an UPDATE of all rows).
    """

    name: str
    type: str = ""
    required: bool = False
    default: str = ""
    generated: str = ""
    collation: str = ""
    identity: str = ""
    uid: int = 0
    sources: frozenset[int] = NOTHING
    filled: bool = False


class ForeignKey(NamedTuple):
    """A foreign key. ``on_delete`` is the effective action, ``stated`` tells whether it was written.

    ``references`` may be () where SQL leaves it out: the primary key is meant.
    """

    columns: tuple[str, ...]
    table: str
    references: tuple[str, ...] = ()
    on_delete: str = "NO ACTION"
    on_update: str = "NO ACTION"
    stated: bool = True
    name: str = ""
    valid: bool = True


class Index(NamedTuple):
    """An index or a unique set. ``columns`` are names, or expressions as text.

    ``where`` is '' for all rows; ``constraint`` tells a UNIQUE constraint from an index;
    ``nulls_alike`` that two rows without a value are not unique (NULLS NOT DISTINCT).
    """

    name: str
    columns: tuple[str, ...]
    unique: bool = False
    where: str = ""
    method: str = ""
    constraint: bool = False
    nulls_alike: bool = False


class Check(NamedTuple):
    """A CHECK or EXCLUDE constraint; ``kind`` is ``check`` or ``exclusion``."""

    name: str
    text: str
    kind: str = "check"
    valid: bool = True


class Table(NamedTuple):
    """One table. ``kind`` is ``table``, ``virtual`` (SQLite) or ``partition``; ``options`` such as STRICT.

    ``key_name`` is the name of the primary key, where it has one to be dropped by.
    """

    name: str
    columns: tuple[Column, ...] = ()
    primary_key: tuple[str, ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()
    indexes: tuple[Index, ...] = ()
    checks: tuple[Check, ...] = ()
    options: frozenset[str] = frozenset()
    kind: str = "table"
    uid: int = 0
    sources: frozenset[int] = NOTHING
    key_name: str = ""

    def column(self, name: str) -> Column | None:
        """Return the column of that name."""
        return next((each for each in self.columns if each.name == name), None)


class Label(NamedTuple):
    """A value of an enum; it keeps its ``uid`` when it is renamed."""

    name: str
    uid: int = 0


class Thing(NamedTuple):
    """Anything else with a name: a view, function, trigger, sequence or extension, so its ``kind``.

    ``text`` is its definition, normal enough to compare; ``table`` is the table
    that a trigger belongs to.
    """

    kind: str
    name: str
    text: str = ""
    table: str = ""


class Catalog(NamedTuple):
    """A schema. Mappings are never changed in place: a front end replaces them."""

    tables: Mapping[str, Table] = {}
    enums: Mapping[str, tuple[Label, ...]] = {}
    things: Mapping[tuple[str, str], Thing] = {}


EMPTY = Catalog()
