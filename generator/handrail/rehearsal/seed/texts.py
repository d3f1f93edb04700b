"""Texts that tell of their column, and that careless code stumbles over."""

import re

from handrail.rehearsal.seed.numbers import Make, as_text, mix, moment

_LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz"
_LONG = 2000
_PLAIN = re.compile(r"[^a-z0-9]+")
_EMAIL = re.compile(r"(?i)e?mail(?:_?address)?$")
_LINK = re.compile(r"(?i)(?:url|uri|link|href)$")
_VERSION = re.compile(r"(?i)^(?:num|vers|version|semver)$")
_WHEN = re.compile(r"(?:_at|_on|At|_date|Date|_time)$")

FORMS = (
    "Zoë's Käsekuchen {} 北京 🍲",
    'O\'Brien said "{}"',
    "C:\\new\\table {} \\' %s",
    "first line {}\nsecond\tline\r\n",
    "{} ends in blanks  ",
    "  {}; -- DROP",
    "{0}, {0} & <b>{0}</b>",
)
"""Around a number; each of them is found to be cut, doubled or refused somewhere."""

_LATIN = ("Zoë Käsekuchen {} ½", *FORMS[1:])
"""Without letters that a database of MySQL may have no room for."""


def base36(number: int) -> str:
    """Return a number in digits and small letters."""
    digits = ""
    while True:
        number, digit = divmod(number, 36)
        digits = _LETTERS[digit] + digits
        if not number:
            return digits


def exactly(name: str, length: int) -> Make:
    """Make plain texts of one length."""
    start = _PLAIN.sub("-", name.lower()).strip("-") or "x"

    def make(number: int) -> object:
        tail = base36(number)
        return (tail if length <= len(tail) else start[: length - len(tail)] + tail.zfill(
            max(len(tail), length - len(start))
        ))[-length:] if length else ""  # fmt: skip

    return make


def cut(text: str, tail: str, limit: int) -> str:
    """Return a text that is short enough, and still ends in what makes it different."""
    return text if len(text) <= limit else text[: max(0, limit - len(tail))] + tail[-limit:]


def key(name: str, limit: int, mark: int, *, plain: bool = False, latin: bool = False) -> Make:
    """Make texts that are all different, most of them, or all, plain.

    Where there may be an index of their first letters (``latin``: MySQL), these differ.
    """
    start = _PLAIN.sub("-", name.lower()).strip("-") or "x"
    special = _special(name)

    def make(number: int) -> object:
        tail = base36(number)
        if latin:
            return f"{tail}-{special(number) if special else start}"[:limit]
        if special:
            return cut(str(special(number)), tail, limit)
        if not plain and mix(mark, number) % 16 == 0:
            return cut(FORMS[1].format(number), tail, limit)
        return cut(f"{start}-{number}", tail, limit)

    return make


def _special(name: str) -> "Make | None":
    if _EMAIL.search(name):
        return lambda number: f"User.{number}@example.org"
    if _LINK.search(name):
        return lambda number: f"https://example.org/{name.lower()}/{number}?q=ä"
    if _VERSION.search(name):
        return lambda number: f"1.{number}.0"
    return None


def text(name: str, limit: int, mark: int, *, latin: bool, dates: bool) -> Make:
    """Make texts of all kinds, '' and the longest among them; ``latin`` leaves out rare letters."""
    start = _PLAIN.sub(" ", name.lower()).strip() or "text"
    special = _special(name)
    forms = _LATIN if latin else FORMS
    if dates and _WHEN.search(name):
        return lambda number: as_text(moment(number, mark, distinct=True), 3)

    def make(number: int) -> object:
        turn = mix(mark, number)
        tail = base36(number)
        match turn % 32:
            case 0:
                return ""
            case 1 if turn % 96 == 1:
                return (f"{start} {number} " * (_LONG // 8))[: min(limit, _LONG)]
            case 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9:
                return cut(forms[turn % 32 % len(forms)].format(number), tail, limit)
            case _:
                return cut(str(special(number)) if special else f"{start} {number}", tail, limit)

    return make


def json_text(mark: int, *, array: bool = False) -> Make:
    """Make JSON: objects, or arrays, all of them different but the empty ones."""

    def make(number: int) -> object:
        turn = mix(mark, number) % 16
        if array:
            return "[]" if turn == 0 else f'[{number}, "Zo\\u00eb\'s", null]'
        if turn == 0:
            return "{}"
        if turn < 4:
            return f'{{"n": {number}, "text": "\\"quoted\\" \\\\ \\n", "deep": {{"list": [1, null, true]}}}}'
        return f'{{"n": {number}, "name": "O\'Brien", "at": 1.50}}'

    return make
