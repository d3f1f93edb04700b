"""Which entry of a list is which in the next version of the policy."""

from collections.abc import Iterator, Mapping, Sequence

from handrail.core.record import replace
from handrail.policy.forms import forms_of, id_field
from handrail.policy.handbook import Waiver
from handrail.policy.model import Policy
from handrail.policy.shape import Conditional, Node

OwnId = tuple[str, str]
"""Kind and id of an entry whose id is its own, whatever it stands in."""


def own_id(entry: Node) -> OwnId | None:
    """Return kind and id of an entry; None without an id, or with one that counts in its parent only."""
    names = id_field(type(entry))
    return (names[1].kind, getattr(entry, names[0])) if names and not names[1].scoped else None


def entries_of(policy: Policy) -> Mapping[OwnId, Node]:
    """Return every entry of a policy that has an id of its own."""
    found = ((own_id(node), node) for root in vars(policy).values() for node in _nodes(root))
    return {key: node for key, node in found if key}


def _nodes(node: Node) -> Iterator[Node]:
    yield node
    for name in forms_of(type(node)):
        value = getattr(node, name)
        for inner in value if isinstance(value, tuple) else (value,):
            if isinstance(inner, Node):
                yield from _nodes(inner)


def name_of(entry: Node) -> str:
    """Return what an entry is known by in its list: its id, first field, or whom it is for; '' for none."""
    if isinstance(entry, Waiver):
        return f"{entry.operation} on {entry.object}"
    names = id_field(type(entry))
    shared = forms_of(Conditional) if isinstance(entry, Conditional) else {}
    first = next(name for name in forms_of(type(entry)) if name not in shared)
    value = getattr(entry, names[0] if names else first)
    if value is None and isinstance(entry, Conditional):
        value = entry.engine or entry.orm
    return "" if value is None else str(value)


def paired(old: Sequence[Node], new: Sequence[Node]) -> tuple[dict[str, Node], dict[str, Node]]:
    """Return two versions of a list by key; what belongs together has the same key.

    The key is the entry's name, numbered where there are several of that name.
    Of these, equal ones belong together first, and then the others in order.
    """
    before: dict[str, Node] = {}
    free: dict[str, dict[str, Node]] = {}
    for entry in old:
        name = name_of(entry)
        same = free.setdefault(name, {})
        key = _key(name, len(same))
        before[key] = same[key] = entry
    counts = {name: len(same) for name, same in free.items()}
    keys = [_equal(free.get(name_of(entry), {}), entry) for entry in new]
    after: dict[str, Node] = {}
    for found, entry in zip(keys, new, strict=True):
        name = name_of(entry)
        same = free.setdefault(name, {})
        key = found or next(iter(same), "")
        if not key:
            key = _key(name, counts.get(name, 0))
            counts[name] = counts.get(name, 0) + 1
        same.pop(key, None)
        after[key] = entry
    return before, after


def renamed(before: Mapping[str, Node], after: Mapping[str, Node]) -> Mapping[str, str]:
    """Return new id -> old id of entries that differ in nothing else. Takes what ``paired`` returns."""
    gone = {_bare(entry): key for key, entry in before.items() if key not in after and id_field(type(entry))}
    found: dict[str, str] = {}
    for key, entry in after.items():
        if key not in before and id_field(type(entry)):
            old = gone.pop(_bare(entry), "")
            if old:
                found[key] = old
    return found


def _bare(entry: Node) -> Node:
    """Return an entry without its id."""
    names = id_field(type(entry))
    return replace(entry, **{names[0]: ""}) if names else entry


def _equal(same: dict[str, Node], entry: Node) -> str:
    """Take the entry that says the same out of ``same`` and return its key, or ''."""
    key = next((key for key, other in same.items() if other == entry), "")
    same.pop(key, None)
    return key


def _key(name: str, count: int) -> str:
    """Return the key of the next entry of a name, of which there are ``count`` already."""
    if not name:
        return str(count + 1)
    return f"{name} ({count + 1})" if count else name
