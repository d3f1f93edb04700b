"""What the team works with, and which entries of the policy do not count for it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from handrail.policy.forms import forms_of, id_field
from handrail.policy.operations import Operation
from handrail.policy.shape import Conditional, Node

Key = tuple[str, str]
"""Kind and id of an entry."""


class Stack(NamedTuple):
    """What database.yaml says: the orm, and the engines in use."""

    orm: str
    engines: frozenset[str]

    def counts(self, cls: type[Node], data: Mapping[str, Any]) -> bool:
        """Tell whether an entry counts for this team. All that are no ``Conditional`` and no operation do."""
        if issubclass(cls, Operation):
            return not self.engines.isdisjoint(data["dialects"])
        if not issubclass(cls, Conditional):
            return True
        engine = data.get("engine")
        return data.get("orm") in (None, self.orm) and (engine is None or engine in self.engines)


def stack_of(database: Mapping[str, Any]) -> Stack:
    """Return the stack of a valid database.yaml."""
    return Stack(database["orm"], frozenset(each["engine"] for each in database["databases"]))


def left_out(roots: Iterable[tuple[type[Node], Mapping[str, Any]]], stack: Stack) -> frozenset[Key]:
    """Return the entries that other stacks have and this one has not.

    ``roots`` are the valid files: the class of each root, and its data.
    """
    seen: dict[bool, set[Key]] = {True: set(), False: set()}
    for cls, data in roots:
        for counts, key in _entries(cls, data, stack):
            seen[counts].add(key)
    return frozenset(seen[False] - seen[True])


def _entries(cls: type[Node], data: Mapping[str, Any], stack: Stack) -> Iterator[tuple[bool, Key]]:
    """Yield (does it count, key) for every entry with an id, from the outside inwards."""
    for name, field in forms_of(cls).items():
        inner = field.form.cls or (field.form.item.cls if field.form.item else None)
        if inner is None or name not in data:
            continue
        names = id_field(inner)
        for entry in data[name] if field.form.item else [data[name]]:
            counts = stack.counts(inner, entry)
            if names:
                yield counts, (names[1].kind, entry[names[0]])
            if counts:
                yield from _entries(inner, entry, stack)
