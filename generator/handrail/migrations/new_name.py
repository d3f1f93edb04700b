"""The name of a new migration, and its files: as the history that it joins has them."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from posixpath import basename
from typing import NamedTuple

from handrail.migrations.history import Number, number_of
from handrail.migrations.layouts import Found, Layout

_STAMPS = {
    "YYYYMMDDHHMMSS_name": "%Y%m%d%H%M%S",
    "YYYYMMDD_HHMMSS_name": "%Y%m%d_%H%M%S",
    "YYYY-MM-DD-HHMMSS_name": "%Y-%m-%d-%H%M%S",
    "YYYY_MM_DD_HHMMSS_name": "%Y_%m_%d_%H%M%S",
}
_DIGITS = "%Y%m%d%H%M%S"


class NewName(NamedTuple):
    """The name, and why its number is not the time of now: '' when it is, or where no time is written."""

    name: str
    moved: str = ""


def words_of(text: str) -> str:
    """Return what somebody typed as the words of a name: small letters, digits and underscores."""
    return "_".join(re.findall(r"[^\W_]+", text)).lower()


def new_name(words: str, history: Sequence[Found], form: str, now: str) -> NewName | None:
    """Return the name of the next migration, None when the newest number is no time that can be gone past.

    ``history`` stands in its order, ``form`` is the policy's format of a name,
    ``now`` a UTC time as YYYYMMDDHHMMSS.
    """
    numbered = [(each, number) for each in history if (number := _number(each)) is not None]
    if not numbered:
        return NewName(_joined(_first(form, now), words, form))
    newest, number = max(numbered, key=lambda each: each[1].value)
    kind = "V{}__" if newest.layout == "flyway" else ""
    if not number.form:
        return NewName(_joined(_next(number), words, kind))
    try:
        last = datetime.strptime(f"{number.value[0]:014}", _DIGITS)  # noqa: DTZ007  # UTC, as all stamps are
    except ValueError:
        return None
    time = datetime.strptime(now, _DIGITS)  # noqa: DTZ007  # UTC
    moved = ""
    if time <= last:
        time = last + timedelta(seconds=1)
        moved = f"{newest.name} is stamped {number.text}, which is not before now: one second more was taken."
    return NewName(_joined(time.strftime(_STAMPS[number.form]), words, kind), moved)


def _number(found: Found) -> Number | None:
    """Return the number of a migration; Flyway's V before it hides a stamp."""
    return number_of(found.name[1:] if found.layout == "flyway" else found.name)


def _joined(number: str, words: str, form: str) -> str:
    return f"V{number}__{words}" if form.startswith("V") else f"{number}_{words}"


def _first(form: str, now: str) -> str:
    """Return the first number of a history in the policy's format."""
    time = datetime.strptime(now, _DIGITS)  # noqa: DTZ007  # UTC
    for known, pattern in _STAMPS.items():
        if form.removeprefix("V").startswith(known.removesuffix("name")):
            return time.strftime(pattern)
    if form.startswith("V<"):
        return "1"
    counted = re.match("(N+)_", form)
    return "1".zfill(len(counted[1])) if counted else time.strftime(_DIGITS)


def _next(number: Number) -> str:
    """Return the number after one, as wide as it is written."""
    *front, last = re.split(r"([._])", number.text)
    return "".join(front) + str(int(last) + 1).zfill(len(last))


class NewFile(NamedTuple):
    """A file to write."""

    path: str
    text: str


_HEAD = "-- {}: say in a line what it changes and why.\n"
_MARKS = (
    ("-- +goose Up", "-- +goose Down"),
    ("-- migrate:up", "-- migrate:down"),
    ("-- +migrate Up", "-- +migrate Down"),
)
"""Files with both directions in them: goose, dbmate, sql-migrate."""


def new_files(folder: str, name: str, like: Found | None, layout: Layout, newest: str) -> tuple[NewFile, ...]:
    """Return the files of a new migration: such as the newest one has, or of ``layout`` where there is none.

    ``newest`` is the text of the newest up script, '' for none.
    """
    head = _HEAD.format(name)
    back = f"-- Undoes {name}. If nothing can: -- irreversible: REASON\n"
    if layout == "folder":
        up = basename(like.up) if like else "up.sql"
        return NewFile(f"{folder}/{name}/{up}", head), NewFile(f"{folder}/{name}/down.sql", back)
    if layout == "pair" or (layout == "plain" and like and like.down):
        up = basename(like.up)[len(like.name) :] if like else ".up.sql"
        down = basename(like.down)[len(like.name) :] if like and like.down else re.sub("up", "down", up)
        return NewFile(f"{folder}/{name}{up}", head), NewFile(f"{folder}/{name}{down}", back)
    if layout == "flyway" and like and like.down:
        undo = NewFile(f"{folder}/U{name[1:]}.sql", back)
        return NewFile(f"{folder}/{name}.sql", head), undo
    for up, down in _MARKS:
        if up.lower() in newest.lower():
            return (NewFile(f"{folder}/{name}.sql", f"{up}\n{head}\n{down}\n{back}"),)
    return (NewFile(f"{folder}/{name}.sql", head),)
