"""What changed in meaning between two versions of a policy, and in which direction."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from handrail.core.location import Location
from handrail.policy.forms import Form, forms_of, id_field
from handrail.policy.matrix import Level
from handrail.policy.model import FILES, Policy
from handrail.policy.shape import Node, Ref, Tighter

Direction = Literal["loosened", "tightened", "changed", "reworded"]


class Change(NamedTuple):
    """One change. ``text`` says it in a sentence without the direction."""

    direction: Direction
    subject: str
    text: str
    location: Location


def diff_policies(old: Policy, new: Policy) -> tuple[Change, ...]:
    """Return what changed, loosened first, then in the order of the files."""
    ranks = _ranks(old, new)
    changes: list[Change] = []
    for stem in FILES:
        name = stem.replace("-", "_")
        walker = _Walker(ranks)
        changes.extend(walker.records(getattr(old, name), getattr(new, name), stem))
    order = ("loosened", "tightened", "changed", "reworded")
    return tuple(sorted(changes, key=lambda change: order.index(change.direction)))


def _ranks(old: Policy, new: Policy) -> dict[str, int]:
    """Return the rank of each level by the new policy; one that is gone keeps its place below the next."""
    before = [level.id for level in old.risk_matrix.levels]
    order = [level.id for level in new.risk_matrix.levels]
    for number, level in enumerate(before):
        if level not in order:
            above = next((each for each in before[number + 1 :] if each in order), None)
            order.insert(order.index(above) if above else len(order), level)
    return {level: rank for rank, level in enumerate(order)}


class _Walker:
    def __init__(self, ranks: Mapping[str, int]) -> None:
        self.ranks = ranks

    def records(self, old: Any, new: Any, subject: str) -> Iterator[Change]:
        """Yield the changes between two versions of one record."""
        if old == new:
            return
        fields = forms_of(type(new))
        if isinstance(new, Level) and old.approvals != new.approvals:
            yield from _approvals(old, new)
        for name, field in fields.items():
            if name == "covers" or (isinstance(new, Level) and name == "approvals"):
                continue
            before, after = getattr(old, name), getattr(new, name)
            if before != after:
                yield from self._field(field.form, before, after, subject, name, new.location)

    def _field(
        self, form: Form, old: Any, new: Any, subject: str, name: str, where: Location
    ) -> Iterator[Change]:
        if form.kind == "record" and old is not None and new is not None:
            yield from self.records(old, new, f"{subject}: {_words(name)}")
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
        before, after = _keyed(old), _keyed(new)
        for key, entry in before.items():
            if key not in after:
                text = f"{_entry_name(entry, key, subject, name)} removed"
                yield Change(_listed(form, added=False), key, text, where)
        for key, entry in after.items():
            if key not in before:
                text = f"{_entry_name(entry, key, subject, name)} added{_from(entry)}"
                yield Change(_listed(form, added=True), key, text, entry.location)
            else:
                yield from self.records(before[key], entry, _entry_name(entry, key, subject, name))
        if list(before) != list(after) and set(before) == set(after):
            yield Change("changed", subject, f"{subject}: order of {_words(name)} changed", where)

    def _words_of_list(
        self, form: Form, old: Any, new: Any, subject: str, name: str, where: Location
    ) -> Iterator[Change]:
        item = form.item
        if item is not None and item.prose:
            yield Change("reworded", subject, f"{subject}: {_words(name)} reworded", where)
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

    def _scalar(self, form: Form, old: Any, new: Any, subject: str, name: str, where: Location) -> Change:
        tighter = form.mark(Tighter)
        if tighter and tighter.when == "from-level" and {old, new} <= self.ranks.keys():
            return self._from_level(old, new, subject, where)
        if form.prose and old is not None and new is not None:
            return Change("reworded", subject, f"{subject}: {_words(name)} reworded", where)
        text = f"{subject}: {_words(name)} is now {_shown(new)} (was {_shown(old)})"
        return Change(self._direction(form, tighter, old, new), subject, text, where)

    def _from_level(self, old: str, new: str, subject: str, where: Location) -> Change:
        low, high = sorted((old, new), key=lambda level: self.ranks[level])
        between = [level for level, rank in self.ranks.items() if self.ranks[low] <= rank < self.ranks[high]]
        levels = ", ".join(between)
        if self.ranks[new] > self.ranks[old]:
            return Change("loosened", subject, f"{subject} removed from {levels}", where)
        return Change("tightened", subject, f"{subject} now also asked at {levels}", where)

    def _direction(self, form: Form, tighter: Tighter | None, old: Any, new: Any) -> Direction:
        if tighter is None:
            return "changed"
        before, after = self._weight(form, old), self._weight(form, new)
        if before == after or type(before) is not type(after):
            return "changed"
        more = after > before
        return "tightened" if more is not (tighter.when == "less") else "loosened"

    def _weight(self, form: Form, value: Any) -> Any:
        """Return something to compare by; an id that is optional is there or not."""
        names = form.mark(Ref)
        if form.kind == "choice":
            return form.choices.index(value)
        if names and names.kind == "level":
            return self.ranks.get(value, value)
        return value is not None if form.optional else value


def _approvals(old: Level, new: Level) -> Iterator[Change]:
    """Yield the changes of a level's approvals: in number, and in who gives them.

    One role for another is loosened both ways: somebody no longer looks.
    """
    before, after = (sum(each.count for each in level.approvals) for level in (old, new))
    roles = " + ".join(
        f"{each.count} x {each.role}" if each.count > 1 else each.role for each in new.approvals
    )
    if before != after:
        direction: Direction = "tightened" if after > before else "loosened"
        noun = "approval" if after == 1 else "approvals"
        text = f"{new.id} now needs {after} {noun} (was {before})"
        yield Change(direction, new.id, text, new.location)
    had, has = _by_role(old), _by_role(new)
    fell = {role for role, count in had.items() if has.get(role, 0) < count}
    rose = {role for role, count in has.items() if had.get(role, 0) < count}
    if before == after or had.keys() - has.keys() or (fell and rose):
        text = f"{new.id} now needs the approvals of {roles}"
        yield Change("loosened" if fell else "changed", new.id, text, new.location)


def _by_role(level: Level) -> dict[str, int]:
    counts: dict[str, int] = {}
    for each in level.approvals:
        counts[each.role] = counts.get(each.role, 0) + each.count
    return counts


def _keyed(entries: Sequence[Node]) -> dict[str, Node]:
    """Return entries by id, or by their first field where they have none."""
    keyed: dict[str, Node] = {}
    for entry in entries:
        names = id_field(type(entry))
        name = names[0] if names else next(iter(forms_of(type(entry))))
        key = str(getattr(entry, name))
        number = 2
        while key in keyed:
            key = f"{getattr(entry, name)} ({number})"
            number += 1
        keyed[key] = entry
    return keyed


_NOUNS = {"item": "checklist item", "seed": "coverage row", "schema-risk": "schema risk"}


def _entry_name(entry: Node, key: str, subject: str, name: str) -> str:
    names = id_field(type(entry))
    if names and not names[1].scoped:
        return f"{_NOUNS.get(names[1].kind, names[1].kind)} {key}"
    short = key if len(key) <= 60 else key[:57] + "..."
    return f"{subject}: {_words(name)} '{short}'"


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
