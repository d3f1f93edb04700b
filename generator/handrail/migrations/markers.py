"""One file with both directions in it, and what a script declares in its comments."""

import re
from typing import NamedTuple

_MARK = re.compile(
    r"""^[ \t\ufeff]*(?:
        (?:--|\#)[ \t]*(?:
            migrate:(?P<dbmate>up|down)\b(?P<options>[^\n]*)
          | \+goose[ \t]+(?P<goose>up|down)\b
          | \+migrate[ \t]+(?P<migrate>up|down)\b(?P<word>[^\n]*)
          | rambler[ \t]+(?P<rambler>up|down)\b
          | ---[ \t]*!(?P<play>up|down)s\b
          | (?P<node>up|down)[ \t]migration(?=[ \t:.=-]*\r?$)  # more words make it prose
          | //[ \t]*@(?P<mybatis>undo)\b
        )
      | (?P<tern>----)[ \t]*create[ ]above[ ]/[ ]drop[ ]below[ ]----
    )[^\n]*$""",
    re.IGNORECASE | re.MULTILINE | re.VERBOSE,
)
_NO_TRANSACTION = re.compile(
    r"^[ \t]*--[ \t]*(?:\+goose[ \t]+no[ \t]+transaction|migrate:up[^\n]*\btransaction:false"
    r"|\+migrate[ \t]+up[^\n]*\bnotransaction|no-transaction|disable-ddl-transaction|tern:[^\n]*no-tx)\b",
    re.IGNORECASE | re.MULTILINE,
)
_FORWARD_ONLY = re.compile(
    r"^[ \t]*(?:--|\#|/\*)[ \t]*(?:irreversible[ \t]*:|handrail[ \t]*:[ \t]*forward-only\b[ \t]*:?)"
    r"(?P<reason>[^\n]*)$",
    re.IGNORECASE | re.MULTILINE,
)


class Sections(NamedTuple):
    """The two directions of one file, each with the marks and the other's lines left blank.

    ``down`` is None when the file has no mark for it.
    """

    up: str
    down: str | None = None


class Declared(NamedTuple):
    """That a migration cannot be undone: why, and where it says so."""

    reason: str
    line: int


def sections(text: str) -> Sections | None:
    """Return the two directions of a file, None when it has no marks. What is before them goes up."""
    marks = list(_MARK.finditer(text))
    if not marks:
        return None
    parts: dict[str, list[str]] = {"up": [], "down": []}
    way, begin = "up", 0
    for mark in (*marks, None):
        end = mark.start() if mark else len(text)
        part = text[begin:end]
        parts[way].append(part)
        parts["up" if way == "down" else "down"].append("\n" * part.count("\n"))
        if mark:
            way, begin = _way(mark), mark.end()
    downs = any(_way(mark) == "down" for mark in marks)
    return Sections("".join(parts["up"]), "".join(parts["down"]) if downs else None)


def _way(mark: re.Match[str]) -> str:
    if mark["mybatis"] or mark["tern"]:
        return "down"
    words = (mark[each] for each in ("dbmate", "goose", "migrate", "rambler", "play", "node"))
    return next(word.lower() for word in words if word)


def forbids_transaction(text: str) -> bool:
    """Tell whether a script tells its runner to open no transaction."""
    return _NO_TRANSACTION.search(text) is not None


def forward_only(text: str) -> Declared | None:
    """Return the declaration that a script cannot be undone; its reason may be ''."""
    said = _FORWARD_ONLY.search(text)
    if said is None:
        return None
    reason = said["reason"].replace("*/", "").strip(" \t\r-:")
    return Declared(reason, text.count("\n", 0, said.start()) + 1)
