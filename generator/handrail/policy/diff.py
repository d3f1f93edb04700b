"""What changed in meaning between two versions of a policy, and in which direction."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from handrail.core.location import Location
from handrail.policy.forms import Form, forms_of
from handrail.policy.matrix import Level
from handrail.policy.model import FILES, Policy
from handrail.policy.operations import Operation
from handrail.policy.pairs import OwnId, entries_of, name_of, own_id, paired, renamed
from handrail.policy.shape import Fact, Node, Ref, Tighter

Direction = Literal["loosened", "tightened", "changed", "reworded"]


class Change(NamedTuple):
    """One change. ``text`` says it in a sentence without the direction."""

    direction: Direction
    subject: str
    text: str
    location: Location


def diff_policies(old: Policy, new: Policy) -> tuple[Change, ...]:
    """Return what changed, loosened first, then in the order of the files."""
    walker = _Walker(_ranks(old, new), entries_of(old), entries_of(new))
    changes: list[Change] = []
    for stem in FILES:
        name = stem.replace("-", "_")
        changes.extend(walker.records(getattr(old, name), getattr(new, name), stem))
    order = ("loosened", "tightened", "changed", "reworded")
    return tuple(sorted(changes, key=lambda change: order.index(change.direction)))


def _ranks(old: Policy, new: Policy) -> dict[str, int]:
    """Return the rank of each level: as in the new policy, one that is gone above its old neighbour."""
    order = [level.id for level in new.risk_matrix.levels]
    place = 0
    for level in old.risk_matrix.levels:
        if level.id not in order:
            order.insert(place, level.id)
        place = order.index(level.id) + 1
    return {level: rank for rank, level in enumerate(order)}


class _Walker:
    """``before`` and ``after`` are the entries with an id of their own: one may move to another list."""

    def __init__(
        self, ranks: Mapping[str, int], before: Mapping[OwnId, Node], after: Mapping[OwnId, Node]
    ) -> None:
        self.ranks, self.before, self.after = ranks, before, after

    def records(self, old: Any, new: Any, subject: str) -> Iterator[Change]:
        """Yield the changes between two versions of one record."""
        if old == new:
            return
        if isinstance(new, Level):
            yield from _approvals(old, new)
        if isinstance(new, Operation):
            yield from self._raised(old, new, subject)
        for name, field in forms_of(type(new)).items():
            before, after = getattr(old, name), getattr(new, name)
            if before != after and name not in _TOLD_APART:
                yield from self._field(field.form, before, after, subject, name, new.location)

    def _field(
        self, form: Form, old: Any, new: Any, subject: str, name: str, where: Location
    ) -> Iterator[Change]:
        if form.kind == "record" and old is not None and new is not None:
            inner = subject if subject.replace("-", " ") == _words(name) else f"{subject}: {_words(name)}"
            yield from self.records(old, new, inner)
        elif form.kind == "list" and form.item is not None and form.item.kind == "record":
            yield from self._entries(form, old, new, subject, name, where)
        elif form.kind == "list":
            yield from self._words_of_list(form, old, new, subject, name, where)
        else:
            yield self._scalar(form, old, new, subject, name, where)

    def _entries(
        self,
        form: Form,
        old: Sequence[Node],
        new: Sequence[Node],
        subject: str,
        name: str,
        where: Location,
    ) -> Iterator[Change]:
        before, after = paired(old, new)
        new_names = renamed(before, after)
        for key, entry in before.items():
            if key not in after and own_id(entry) not in self.after and key not in new_names.values():
                text = f"{_entry_name(entry, key, subject, name)} removed"
                yield Change(_listed(form, added=False), key, text, where)
        for key, entry in after.items():
            told = _entry_name(entry, key, subject, name)
            if key in before:
                yield from self.records(before[key], entry, told)
            elif key in new_names:
                text = f"{_entry_name(entry, new_names[key], subject, name)} renamed to {key}"
                yield Change("changed", key, text, entry.location)
            else:
                yield from self._arrived(form, entry, told, f"the {_words(name)} of {subject}")
        if list(before) != list(after) and set(before) == set(after):
            yield Change("changed", subject, f"{subject}: order of {_words(name)} changed", where)

    def _arrived(self, form: Form, entry: Node, told: str, place: str) -> Iterator[Change]:
        """Yield the changes for an entry that was not in this list: it is new, or stood in another."""
        own = own_id(entry)
        known = self.before.get(own) if own else None
        if known is None:
            yield Change(_listed(form, added=True), told, f"{told} added{_from(entry)}", entry.location)
            return
        yield Change("changed", told, f"{told} moved to {place}", entry.location)
        yield from self.records(known, entry, told)

    def _words_of_list(
        self, form: Form, old: Any, new: Any, subject: str, name: str, where: Location
    ) -> Iterator[Change]:
        item = form.item
        if item is not None and item.prose:
            yield self._texts(form, old, new, f"{subject}: {_words(name)}", where)
            return
        for word in old:
            if word not in new:
                text = f"{subject}: {word} removed from {_words(name)}"
                yield Change(_listed(form, added=False), subject, text, where)
        for word in new:
            if word not in old:
                text = f"{subject}: {word} added to {_words(name)}"
                yield Change(_listed(form, added=True), subject, text, where)
        if sorted(old) == sorted(new):
            yield Change("changed", subject, f"{subject}: order of {_words(name)} changed", where)
        elif set(old) == set(new):
            yield Change("changed", subject, f"{subject}: repeats in {_words(name)} changed", where)

    def _texts(self, form: Form, old: Any, new: Any, told: str, where: Location) -> Change:
        """Return the change of a list of sentences: they have no names, but they have a number."""
        if len(old) == len(new):
            return Change("reworded", told, told, where)
        text = f"{told} has {len(new)} {'entry' if len(new) == 1 else 'entries'} (was {len(old)})"
        return Change(_listed(form, added=len(new) > len(old)), told, text, where)

    def _scalar(self, form: Form, old: Any, new: Any, subject: str, name: str, where: Location) -> Change:
        tighter = form.mark(Tighter)
        if tighter and tighter.when == "from-level" and {old, new} <= self.ranks.keys():
            return self._from_level(old, new, subject, where)
        if form.prose and not form.mark(Fact) and old is not None and new is not None:
            return Change("reworded", subject, f"{subject}: {_words(name)}", where)
        text = f"{subject}: {_words(name)} is now {_shown(new)} (was {_shown(old)})"
        return Change(self._direction(form, tighter, old, new), subject, text, where)

    def _from_level(self, old: str, new: str, subject: str, where: Location) -> Change:
        low, high = sorted((old, new), key=lambda level: self.ranks[level])
        between = [level for level, rank in self.ranks.items() if self.ranks[low] <= rank < self.ranks[high]]
        levels = ", ".join(between)
        if self.ranks[new] > self.ranks[old]:
            return Change("loosened", subject, f"{subject} removed from {levels}", where)
        return Change("tightened", subject, f"{subject} now also asked at {levels}", where)

    def _raised(self, old: Operation, new: Operation, subject: str) -> Iterator[Change]:
        """Yield the changes of the conditions that change an operation's level, up or down."""
        before, after = ({each.condition: each for each in one.raised} for one in (old, new))
        for name in dict.fromkeys([*before, *after]):
            was = before[name].level if name in before else old.level
            now = after[name].level if name in after else new.level
            where = after[name].location if name in after else new.location
            if was != now or (name in before) is not (name in after):
                text = f"{subject}: level where '{name}' is now {now} (was {was})"
                yield Change(self._higher(was, now), subject, text, where)
            if name in before and name in after and before[name].when != after[name].when:
                yield Change("reworded", subject, f"{subject}: what '{name}' means", where)

    def _higher(self, was: str, now: str) -> Direction:
        before, after = self.ranks.get(was, 0), self.ranks.get(now, 0)
        return "changed" if before == after else "tightened" if after > before else "loosened"

    def _direction(self, form: Form, tighter: Tighter | None, old: Any, new: Any) -> Direction:
        if tighter is None:
            return "changed"
        if old is None or new is None:
            return "loosened" if new is None else "tightened"
        before, after = self._weight(form, old), self._weight(form, new)
        another = form.mark(Ref) and isinstance(after, str)  # nobody can say which of two is stricter
        if another or before == after or type(before) is not type(after):
            return "changed"
        more = after > before
        return "tightened" if more is not (tighter.when == "less") else "loosened"

    def _weight(self, form: Form, value: Any) -> Any:
        """Return something to compare by."""
        names = form.mark(Ref)
        if form.kind == "choice":
            return form.choices.index(value)
        if names and names.kind == "level":
            return self.ranks.get(value, value)
        return value


def _approvals(old: Level, new: Level) -> Iterator[Change]:
    """Yield the changes of a level's approvals: in number, and in who gives them."""
    before, after = _by_role(old), _by_role(new)
    was, now = sum(before.values()), sum(after.values())
    if was != now:
        text = f"{new.id} now needs {_counted(now)} (was {was})"
        yield Change("tightened" if now > was else "loosened", new.id, text, new.location)
        if before.keys() == after.keys():
            return
    for role in dict.fromkeys([*before, *after]):
        count, known = after.get(role, 0), before.get(role, 0)
        if count == known:
            continue
        text = f"{new.id} now needs {_counted(count)} of {role} (was {known})"
        if not known:
            text = f"{new.id} now also needs {_counted(count)} of {role}"
        if not count:
            text = f"{new.id} no longer needs {_counted(known)} of {role}"
        yield Change("tightened" if count > known else "loosened", new.id, text, new.location)


def _by_role(level: Level) -> dict[str, int]:
    counts: dict[str, int] = {}
    for each in level.approvals:
        counts[each.role] = counts.get(each.role, 0) + each.count
    return counts


def _counted(number: int) -> str:
    return f"{number} approval{'' if number == 1 else 's'}"


_TOLD_APART = ("covers", "approvals", "raised")
"""Fields with sentences of their own, or, for ``covers``, without a meaning of their own."""

_NOUNS = {
    "item": "checklist item",
    "red-flag": "red flag",
    "schema-risk": "schema risk",
    "seed": "coverage row",
}


def _entry_name(entry: Node, key: str, subject: str, name: str) -> str:
    own = own_id(entry)
    if own:
        return f"{_NOUNS.get(own[0], own[0])} {key}"
    noun = _words(name).removesuffix("s")
    short = key if len(key) <= 60 else key[:57] + "..."
    told = f"{noun} '{short}'" if name_of(entry) else f"{noun} {key}"
    return told if subject.replace("-", " ") == _words(name) else f"{subject}: {told}"


def _from(entry: Node) -> str:
    level = getattr(entry, "from_level", "")
    return f" from {level} on" if level else ""


def _listed(form: Form, *, added: bool) -> Direction:
    tighter = form.mark(Tighter)
    if tighter is None:
        return "changed"
    return "tightened" if added is (tighter.when == "more") else "loosened"


def _words(name: str) -> str:
    return name.replace("_", " ")


def _shown(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Node):
        return ", ".join(f"{_words(name)} {_shown(getattr(value, name))}" for name in forms_of(type(value)))
    text = " ".join(str(value).split())
    return text if len(text) <= 60 else text[:57] + "..."
