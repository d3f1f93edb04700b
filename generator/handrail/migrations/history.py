"""What is wrong with the names and the past of a history, by names and content hashes alone."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from handrail.core.finding import Finding, Severity
from handrail.core.location import Location

Entry = tuple[str, str]
"""The name of a migration, and the path of its up script."""

_FORMS = (
    ("YYYYMMDDHHMMSS_name", re.compile(r"(\d{14})(?!\d)")),
    ("YYYYMMDD_HHMMSS_name", re.compile(r"(\d{8}_\d{6})(?!\d)")),
    ("YYYY-MM-DD-HHMMSS_name", re.compile(r"(\d{4}-\d\d-\d\d-\d{6})(?!\d)")),
    ("YYYY_MM_DD_HHMMSS_name", re.compile(r"(\d{4}_\d\d_\d\d_\d{6})(?!\d)")),
)
_NUMBER = re.compile(r"[VvRrBb]?(\d+(?:[._]\d+)*)")
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[^\W\d_]+")
_TICKET = re.compile(r"[A-Za-z]{1,10}[-_]?\d+")
_STAMP_DIGITS = 14

_SAYS_NOTHING = re.compile(
    r"updated?|updates|fix|fixes|fixed|bugfix|hotfix|changed?|changes|migrate|migrations?|wip|tests?|te?mp|new|misc"
    r"|stuff|schema|db|database|sql|patch|minor|more|another|final|again|untitled|unnamed|models?|the|and|some"
    r"|up|down|a|v",
    re.IGNORECASE,
)
"""Words that fit any change."""


class Number(NamedTuple):
    """What a name begins with: its text, a value to compare, and its form ('' for a plain number)."""

    text: str
    value: tuple[int, ...]
    form: str


def number_of(name: str) -> Number | None:
    """Return the stamp or number that a name begins with, None when it has none."""
    for form, pattern in _FORMS:
        stamp = pattern.match(name)
        digits = re.sub(r"\D", "", stamp[1]) if stamp else ""
        if stamp and digits[:2] in ("19", "20"):
            return Number(stamp[1], (int(digits),), form)
    number = _NUMBER.match(name)
    if number is None:
        return None
    return Number(number[1], tuple(int(part) for part in re.split(r"[._]", number[1])), "")


def find_name_problems(entry: Entry, pattern: str = "") -> tuple[Finding, ...]:
    """Return what is wrong with one name; ``pattern`` is the expression of the policy, '' for none."""
    name, path = entry
    number = number_of(name)
    found = []
    if number is not None and number.form and not _is_time(number.value[0]):
        found.append(_name(f"{number.text} in {name} is no date and time", path, "warning"))
    words = name[len(number.text) :] if number else name
    if pattern and not re.search(pattern, name):
        found.append(_name(f"{name} is not named by the rules of this repository", path, "warning"))
    elif not _means_something(words):
        found.append(_name(f"{name} does not say what it changes", path, "note"))
    return tuple(found)


def _is_time(stamp: int) -> bool:
    digits = f"{stamp:014}"
    try:
        century, year, month, day, hour, minute, second = (int(digits[at : at + 2]) for at in range(0, 14, 2))
        datetime(100 * century + year, month, day, hour, minute, second)  # noqa: DTZ001  # is it one, in any zone
    except ValueError:
        return False
    return True


def _means_something(words: str) -> bool:
    without_tickets = _TICKET.sub(" ", words)
    return any(not _SAYS_NOTHING.fullmatch(each) for each in _WORD.findall(without_tickets))


def _name(message: str, path: str, severity: Severity) -> Finding:
    hint = "Rename it before it is applied anywhere but on your own machine: number, action, object."
    return Finding("history.name", message, Location(path), severity, hint)


def find_order_problems(entries: Iterable[Entry]) -> tuple[Finding, ...]:
    """Return what is wrong with the numbers of one history, given in the order in which it runs.

    A number used twice, two forms of number side by side (``history.name``),
    and a migration that runs after one with a higher number (``history.out_of_order``).
    """
    numbered = [(name, path, number) for name, path in entries if (number := number_of(name)) is not None]
    return (*_repeated(numbered), *_mixed(numbered), *_backwards(numbered))


_Numbered = tuple[str, str, Number]


def _repeated(numbered: list[_Numbered]) -> Iterator[Finding]:
    first: dict[tuple[int, ...], str] = {}
    for name, path, number in numbered:
        other = first.setdefault(number.value, name)
        if other != name:
            yield _name(f"{name} has the number of {other}: the words alone decide which runs first",
                        path, "warning")  # fmt: skip


def _mixed(numbered: list[_Numbered]) -> Iterator[Finding]:
    forms: dict[str, tuple[str, str]] = {}
    for name, path, number in numbered:
        if number.form:
            forms.setdefault(number.form, (name, path))
    for form in list(forms)[1:]:
        name, path = forms[form]
        other = next(iter(forms))
        message = f"{name} is the first in the form {form}, others are {other}: mixed, they break the order"
        yield _name(message, path, "warning")


def _backwards(numbered: list[_Numbered]) -> Iterator[Finding]:
    highest: _Numbered | None = None
    for each in numbered:
        if highest is not None and each[2].value < highest[2].value:
            message = f"{each[0]} runs after {highest[0]}, which has the higher number"
            yield _order(message, each[1], "warning")
        else:
            highest = each


def _order(message: str, path: str, severity: Severity) -> Finding:
    hint = "Give it a number that sorts after all that were applied, in the form that the others have."
    return Finding("history.out_of_order", message, Location(path), severity, hint)


def find_changed_past(base: Mapping[str, str], head: Mapping[str, str]) -> tuple[Finding, ...]:
    """Return what happened to migrations that were there before, and new ones that sort before them.

    Both map the paths of up scripts to hashes of their content, in the order in
    which they run: ``base`` as they were applied, ``head`` as they are now.
    """
    new = {digest: path for path, digest in head.items() if path not in base}
    return (*_changed(base, head, new), *_squeezed_in(base, head))


def _changed(base: Mapping[str, str], head: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Finding]:
    hint = "Leave it as it was, and write a new migration."
    for path, digest in base.items():
        if path not in head:
            now = new.get(digest)
            message = (
                f"{path} was renamed to {now}: it counts as new and runs again" if now else f"{path} is gone"
            )
            yield Finding("history.deleted", message, Location(now or path), hint=hint)
        elif head[path] != digest:
            message = f"{path} was edited after it was applied: databases that ran it do not get the change"
            yield Finding("history.edited", message, Location(path), hint=hint)


def find_overtaken(there: Iterable[str], new: Iterable[str]) -> tuple[Finding, ...]:
    """Return which new scripts sort before one that the branch to merge into has got meanwhile.

    Both are paths of up scripts of one history.
    """
    last = max(there, key=_place, default="")
    return tuple(
        _order(f"{path} is new and sorts before {last}, which was merged meanwhile", path, "error")
        for path in new
        if last and _place(path) < _place(last)
    )


def _place(path: str) -> tuple[tuple[int, ...], str]:
    """Return where a script stands in its history: by the number that its name or its folder begins with."""
    folder, _, name = path.rpartition("/")
    number = number_of(name) or number_of(folder.rpartition("/")[2])
    return (number.value if number else (), path)


def _squeezed_in(base: Mapping[str, str], head: Mapping[str, str]) -> Iterator[Finding]:
    """Say which new migrations run before one that is there already."""
    later = ""
    found = []
    for path in reversed(tuple(head)):
        if path in base:
            later = later or path
        elif later:
            found.append(
                _order(f"{path} is new and sorts before {later}, which is there already", path, "error")
            )
    yield from reversed(found)
