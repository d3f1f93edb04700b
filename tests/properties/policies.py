"""A strategy for whole valid policies, derived from the records that describe them.

It starts from the minimal policy, edits it at random places by what the form
of each field allows, and mends what no schema can say: references that lead
nowhere, examples in the wrong row, ids that nothing uses.
"""

import copy
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from hypothesis import strategies as st

from handrail.artefacts.catalogue import ARTEFACTS, BUILTIN
from handrail.policy.forms import Form, forms_of, id_field
from handrail.policy.model import FILES
from handrail.policy.shape import ONE_LINE, Between, Id, Matches, Node, NotEmpty, Ref, Verbatim
from tests.minimal.builder import minimal_data
from tests.properties.mending import mended
from tests.properties.texts import PRINTABLE, codes, lines, texts

Data = dict[str, Any]


class Site(NamedTuple):
    """A place in the data: its holder, its key there, and what may stand in it."""

    holder: Any
    key: str | int
    form: Form
    required: bool

    @property
    def value(self) -> Any:
        """What stands there now."""
        return self.holder[self.key]


def sites_of(data: Data) -> Iterator[Site]:
    """Yield every place of a policy at which something stands, in the order of the files."""
    for stem, root in data.items():
        yield from _record_sites(FILES[stem], root)


def _record_sites(cls: type[Node], data: Data) -> Iterator[Site]:
    for name, field in forms_of(cls).items():
        if name in data:
            yield from _value_sites(Site(data, name, field.form, field.required))


def _value_sites(site: Site) -> Iterator[Site]:
    yield site
    if site.form.kind == "record":
        assert site.form.cls is not None
        yield from _record_sites(site.form.cls, site.value)
    elif site.form.kind == "list":
        assert site.form.item is not None
        for number in range(len(site.value)):
            yield from _value_sites(Site(site.value, number, site.form.item, True))


def records_of(data: Data) -> Iterator[tuple[type[Node], Data]]:
    """Yield every record of a policy, with its class."""
    for stem, root in data.items():
        yield FILES[stem], root
    for site in sites_of(data):
        if site.form.kind == "record":
            assert site.form.cls is not None
            yield site.form.cls, site.value


def ids_of(data: Data, kind: str) -> list[str]:
    """Return the ids of one kind, those of the code included."""
    found = list(BUILTIN.get(kind, ()))
    for cls, value in records_of(data):
        names = id_field(cls)
        if names and names[1].kind == kind:
            found.append(value[names[0]])
    return found


class Shown(dict[str, Any]):
    """A policy that shows, when a test fails, only where it differs from the minimal one."""

    def __repr__(self) -> str:
        told = "; ".join(_differences(base(), self, ""))
        return f"minimal policy, but {told[:6000]}."


def _differences(old: Any, new: Any, place: str) -> Iterator[str]:
    if isinstance(old, dict) and isinstance(new, dict):
        for key in {**old, **new}:
            yield from _differences(old.get(key), new.get(key), f"{place}/{key}")
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for number, (before, after) in enumerate(zip(old, new, strict=True)):
            yield from _differences(before, after, f"{place}/{number}")
    elif old != new:
        yield f"{place} is {new!r}"


class Writer:
    """Draws values for forms. ``data`` is the policy that they are for."""

    def __init__(self, draw: st.DrawFn, data: Data, *, plain_width: bool) -> None:
        self.draw, self.data, self.plain_width = draw, data, plain_width
        self.count = 0
        self.taken: set[str] = set()

    def value(self, form: Form) -> Any:
        """Return a value that the form allows; references name ids that exist."""
        if form.kind == "record":
            assert form.cls is not None
            return self.record(form.cls)
        if form.kind == "list":
            assert form.item is not None
            low = 1 if form.mark(NotEmpty) else 0
            return [self.value(form.item) for _ in range(self.draw(st.integers(low, 2)))]
        return self.scalar(form)

    def record(self, cls: type[Node]) -> Data:
        """Return a new record: what must be there, and some of what may."""
        made = {}
        for name, field in forms_of(cls).items():
            if field.required or (name != "covers" and self.draw(st.booleans())):
                made[name] = self.value(field.form)
        return made

    def scalar(self, form: Form) -> Any:
        """Return a text, number, flag, choice, id or reference."""
        if form.kind == "flag":
            return self.draw(st.booleans())
        if form.kind == "choice":
            return self.draw(st.sampled_from(form.choices))
        if form.kind == "number":
            between = form.mark(Between) or Between(0)
            return self.draw(st.integers(between.low, between.high or 10**6))
        return self._text(form)

    def _text(self, form: Form) -> str:
        names, matches = form.mark(Ref), form.mark(Matches)
        if names:
            known = ids_of(self.data, names.kind)
            return self.draw(st.sampled_from(known)) if known else "none"
        if form.mark(Id):
            return self._new_id(form.mark(Id).kind, matches.pattern)
        if matches and matches.pattern != ONE_LINE:
            return self.draw(st.from_regex(matches.pattern, fullmatch=True, alphabet=PRINTABLE))
        if form.mark(Verbatim):
            return self.draw(codes())
        return self.prose(one_line=matches is not None)

    def prose(self, *, one_line: bool) -> str:
        """Return a text, now and then with references in it."""
        make = lines if one_line else texts
        text = self.draw(make(plain_width=self.plain_width))
        if self.draw(st.integers(0, 4)) == 4:
            kind = self.draw(st.sampled_from(("role", "level", "operation", "runbook", "artefact", "term")))
            known = ids_of(self.data, kind)
            reference = f"[[{kind}:{self.draw(st.sampled_from(known))}]]"
            text = self.draw(st.sampled_from((f"{text} {reference}", f"{reference} {text}", reference)))
        return text

    def _new_id(self, kind: str, pattern: str) -> str:
        """Return an id that no other entry has, nor any heading of the handbook."""
        drawn = self.draw(st.from_regex(pattern, fullmatch=True))
        self.count += 1
        known = set(ids_of(self.data, kind)) | self.taken
        while True:
            candidate = _numbered(drawn, pattern, 700 + len(known) + self.count)
            if candidate not in known:
                self.taken.add(candidate)
                return candidate
            self.count += 1


def _numbered(drawn: str, pattern: str, number: int) -> str:
    """Return an id of the pattern with a number in it."""
    letters = "".join("QXYZVWKJUH"[int(digit)] for digit in str(number))
    if pattern == r"^[A-Z]+$":
        return drawn[:6] + letters
    if "[0-9]" in pattern and "a-z" not in pattern:
        head = drawn[0] + str(number)
        return head + ".1" if r"\." in pattern and pattern.endswith("[0-9]+$") else head
    return f"{drawn[:12].rstrip('-.')}{'.' if '_' in pattern else '-'}{letters.lower()}"


def one_edit(draw: st.DrawFn, data: Data, writer: Writer) -> None:
    """Change one place of the policy: write it, add to it, take from it, turn it round."""
    sites = [site for site in sites_of(data) if not _settled(site)]
    site = sites[draw(st.integers(0, len(sites) - 1))]
    if site.form.kind == "list":
        _edit_list(draw, site, writer)
    elif site.form.kind == "record":
        _edit_record(draw, site, writer)
    elif site.required or draw(st.booleans()):
        site.holder[site.key] = writer.scalar(site.form)
    else:
        del site.holder[site.key]


_TIED = {"pattern", "good", "bad", "artefacts", "skip", "handrail_from"}


def _settled(site: Site) -> bool:
    """Tell whether a place is left alone: ids that others name, and what depends on one another."""
    example = site.key == "name" and site.form.mark(Verbatim)  # of a migration's name, good or bad
    return bool(site.form.mark(Id) or site.key in _TIED or example)


def _edit_list(draw: st.DrawFn, site: Site, writer: Writer) -> None:
    assert site.form.item is not None
    entries: list[Any] = site.value
    low = 1 if site.form.mark(NotEmpty) or _needed(site.form.item) else 0
    what = draw(st.sampled_from(("add", "take", "turn")))
    if what == "add":
        entries.insert(draw(st.integers(0, len(entries))), writer.value(site.form.item))
    elif what == "take" and len(entries) > low:
        del entries[draw(st.integers(0, len(entries) - 1))]
    else:
        entries.reverse()


@cache
def _needed_kinds() -> frozenset[str]:
    """Return the kinds that some record must name one of."""
    kinds = set()
    waiting = list(FILES.values())
    while waiting:
        for field in forms_of(waiting.pop()).values():
            form = field.form.item or field.form
            names = form.mark(Ref)
            if names and (field.form.mark(NotEmpty) if field.form.item else field.required):
                kinds.add(names.kind)
            if form.cls:
                waiting.append(form.cls)
    return frozenset(kinds)


def _needed(form: Form) -> bool:
    """Tell whether a list of such entries keeps one, because others must name one."""
    names = id_field(form.cls) if form.cls else None
    return names is not None and names[1].kind in _needed_kinds()


def _edit_record(draw: st.DrawFn, site: Site, writer: Writer) -> None:
    assert site.form.cls is not None
    absent = [(name, field.form) for name, field in forms_of(site.form.cls).items() if name not in site.value]
    if absent:
        name, form = absent[draw(st.integers(0, len(absent) - 1))]
        site.value[name] = writer.value(form)


def _fill(draw: st.DrawFn, data: Data, writer: Writer) -> None:
    """Put a few drawn texts into every place that holds prose or code, round and round."""
    some = st.integers(1, 3)
    few_lines = [writer.prose(one_line=True) for _ in range(draw(some))]
    few_texts = [writer.prose(one_line=False) for _ in range(draw(some))]
    few_codes = [draw(codes()) for _ in range(draw(some))]
    for number, site in enumerate(list(sites_of(data))):
        if _settled(site) or site.form.kind != "text":
            continue
        if site.form.prose:
            few = few_lines if site.form.mark(Matches) else few_texts
        elif site.form.mark(Verbatim) and not site.form.mark(Matches):
            few = few_codes
        else:
            continue
        site.holder[site.key] = few[number % len(few)]


def base() -> Data:
    """Return the minimal policy, without an id that is also a heading of the home page."""
    data = copy.deepcopy(minimal_data())
    data["handbook"]["summary"][0]["id"] = "levels-decide"
    return data


def with_value(value: Any, *steps: str | int) -> Data:
    """Return the minimal policy with one place changed: for examples that broke something once."""
    data: Any = base()
    place = data
    for step in steps[:-1]:
        place = place[step]
    place[steps[-1]] = value
    return Shown(mended(data))


@st.composite
def policies(draw: st.DrawFn, *, plain_width: bool = False) -> Data:
    """Return a valid policy as plain data, by stem. It shrinks towards the minimal policy.

    With ``plain_width`` its texts hold only characters about whose width
    Prettier and mdformat agree.
    """
    data = base()
    writer = Writer(draw, data, plain_width=plain_width)
    for _ in range(draw(st.integers(0, 12))):
        one_edit(draw, data, writer)
    if draw(st.booleans()):
        _fill(draw, data, writer)
    skippable = [spec.id for spec in ARTEFACTS if spec.kind in ("page", "github")]
    data["artefacts"]["skip"] = draw(st.lists(st.sampled_from(skippable), max_size=1))
    return Shown(mended(data))


@st.composite
def changes(draw: st.DrawFn) -> tuple[Data, Data]:
    """Return two valid policies of which the second is the first with one edit."""
    old = draw(policies())
    new = copy.deepcopy(old)
    one_edit(draw, new, Writer(draw, new, plain_width=False))
    return old, Shown(mended(new))
