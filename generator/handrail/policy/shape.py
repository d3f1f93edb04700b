"""The vocabulary in which the policy's records describe themselves.

A field of a record is a plain Python type, dressed with ``Annotated``:
a string says what the field means (shown by editors), ``Id`` and ``Ref`` tie
records together, ``Matches``/``Between``/``NotEmpty`` narrow the value, and
``Tighter`` says in which direction a change makes the policy stricter.
Everything generic (schemas, decoding, resolving, diff) reads these marks, so
a new concept is one new file and needs no other code.
"""

from typing import Annotated, Literal

from handrail.core.location import Location
from handrail.core.record import record


class Id:
    """The field defines an id of ``kind``.

    A ``scoped`` id is unique inside its parent only; an id that must be
    ``used`` and that nothing refers to is a finding.
    """

    def __init__(self, kind: str, *, scoped: bool = False, used: bool = False) -> None:
        self.kind, self.scoped, self.used = kind, scoped, used


class Ref:
    """The field names an id of ``kind`` that is defined somewhere else."""

    def __init__(self, kind: str) -> None:
        self.kind = kind


class Matches:
    """The string matches ``pattern`` (a regular expression); ``example`` is one that does."""

    def __init__(self, pattern: str, example: str) -> None:
        self.pattern, self.example = pattern, example


class Between:
    """The number is at least ``low`` and, where given, at most ``high``."""

    def __init__(self, low: int, high: int | None = None) -> None:
        self.low, self.high = low, high


class NotEmpty:
    """The list has at least one entry."""


class Tighter:
    """In which direction a change of this field makes the policy stricter.

    ``more``: a higher number, an added entry or a ``true``; ``less`` the opposite.
    ``level``: a higher risk level; ``from-level``: an earlier first level.
    """

    def __init__(self, when: Literal["more", "less", "level", "from-level"]) -> None:
        self.when = when


class Verbatim:
    """The string is code, shown to the letter in a code block or a code span."""


class Fact:
    """The text states a fact: another one is a change of meaning, not of wording."""


ONE_LINE = r"^\S(.*\S)?$"
SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
LOGIN = r"^[A-Za-z0-9](-?[A-Za-z0-9])*(\[bot\])?$"
PATH = r"^[^\s/*?\[\]{}$\\#!]([^*?\[\]{}$\\#\r\n]*[^\s/*?\[\]{}$\\#])?$"
"""A path that CODEOWNERS, GitHub's workflows and a shell all take to the letter."""
FILE_NAME = r"^[^\s/?\[\]{}$\\#!]([^/?\[\]{}$\\#\r\n]*[^\s/?\[\]{}$\\#])?$"
"""The name of a file; a star stands for what differs from file to file."""
DOTTED = r"^[a-z0-9_]+(\.[a-z0-9_]+)*$"

Text = str
"""Prose. Code spans and ``[[kind:id]]`` references are read, all else is inert."""

Line = Annotated[str, Matches(ONE_LINE, "one line of text")]
Code = Annotated[str, Verbatim()]

Dialect = Literal["sqlite", "postgresql", "mysql"]
Orm = Literal["prisma", "none"]


@record
class Node:
    """Anything in the policy that has a place in a file."""

    location: Location


@record
class Entry(Node):
    """A node that a row of the seed document can be answered by."""

    covers: Annotated[
        tuple[Annotated[str, Ref("seed")], ...],
        "Rows of coverage.yaml that this entry answers.",
    ] = ()


@record
class Conditional(Entry):
    """An entry of a list that counts for some teams only: those with this stack in database.yaml.

    An entry that does not count is read as if it were not there. Two entries
    may share an id when no team can have both.
    """

    orm: Annotated[Orm | None, "Only for teams with this orm in database.yaml."] = None
    engine: Annotated[Dialect | None, "Only for teams with this engine in database.yaml."] = None


@record
class Remark(Conditional):
    """A sentence or two."""

    text: Annotated[Text, "What there is to say."]


def plain_title(value: object) -> str:
    """Return what a record calls itself: its title, term, topic, question, text or id."""
    for name in ("title", "term", "topic", "question", "label", "text", "id"):
        found = getattr(value, name, "")
        if isinstance(found, str) and found:
            return found
    return ""
