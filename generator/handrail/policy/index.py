"""Every id of the policy, and everything that names one."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from handrail.core.location import Location
from handrail.policy.shape import Node


class Definition(NamedTuple):
    """An id, the record that defines it, and the file (stem) it stands in."""

    kind: str
    id: str
    node: Node
    location: Location
    stem: str
    scope: str

    @property
    def key(self) -> str:
        """The id as others name it: a scoped one after its parent's."""
        return f"{self.scope}/{self.id}" if self.scope else self.id


class Reference(NamedTuple):
    """A place that names an id. ``owner`` is the nearest record with an id of its own."""

    kind: str
    id: str
    location: Location
    owner: tuple[str, str]
    in_text: bool


class Index:
    """Definitions by kind and id, references in the order of the files.

    ``places`` holds the marks of each record's keys, by where the record stands;
    ``left_out`` are entries (kind, id) that count for other stacks only.
    """

    def __init__(self) -> None:
        self.definitions: dict[str, dict[str, Definition]] = {}
        self.repeated: list[tuple[Definition, Definition]] = []
        self.references: list[Reference] = []
        self.places: dict[Location, Mapping[str, Any]] = {}
        self.left_out: frozenset[tuple[str, str]] = frozenset()

    def define(self, definition: Definition) -> None:
        """Add a definition; a second one of the same kind, id and scope is kept apart."""
        known = self.definitions.setdefault(definition.kind, {})
        if definition.key in known:
            self.repeated.append((known[definition.key], definition))
        else:
            known[definition.key] = definition

    def find(self, kind: str, key: str) -> Definition | None:
        """Return the definition of ``key`` (for scoped ids ``parent/id``), or None."""
        return self.definitions.get(kind, {}).get(key)

    def named(self, key: str) -> tuple[Definition, ...]:
        """Return the definitions of ``key`` in any kind, or else those that are so called in a parent."""
        every = [definition for known in self.definitions.values() for definition in known.values()]
        found = [definition for definition in every if definition.key == key]
        return tuple(found or (definition for definition in every if definition.id == key))

    def place(self, node: Node, *names: str, entry: int | None = None) -> Location:
        """Return where the value of the first of ``names`` that is written stands, or else ``node``.

        With ``entry`` it is the place of that entry of a list.
        """
        written = self.places.get(node.location, {})
        for name in names:
            if name in written:
                line, column, inside = written[name][2]
                if entry is not None:
                    line, column, _ = inside[entry]
                return Location(node.location.path, line, column)
        return node.location
