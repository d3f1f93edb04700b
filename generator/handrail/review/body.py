"""What an author wrote into the body of a pull request, as far as the policy asks for it.

The body is untrusted and messy. A hidden comment ties a box or a text to its
question; where it is gone, the visible words do. What stands in code, in
comments or in quotes is no answer, and an unticked box is never a "no".
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from html import unescape
from typing import NamedTuple

from handrail.policy.checklists import Checklist
from handrail.policy.pull_request import Field, PullRequest
from handrail.source.passages import Passage, passages

LONGEST = 262_144
"""Characters of a body that are read: four times what GitHub stores."""

_FIELD_ID = re.compile(r"<!--\s*handrail:field\s+([a-z0-9-]+)\s*-->")
_BOX_ID = re.compile(r"<!--\s*([a-z0-9-]+):([A-Za-z0-9-]+)\s*-->")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_MARKUP = re.compile(
    r"<(script|style)\b.*?(?:</\1\s*>|\Z)|<[?!][^<>]*>|</?(?!img\b)[a-z][\w-]*(?=[\s/>])[^<>]*>",
    re.IGNORECASE | re.DOTALL,
)
"""What GitHub shows nothing of. A picture is shown, and <https://example.org> is an address."""
_BOX = re.compile(r"\[[ \t\u00a0]*(?:([xX\u2713\u2714])[ \t\u00a0]*)?\](?=\s|$)")
_FROM = re.compile(r"\(from \S+ on\)$")
_INVISIBLE = re.compile(r"[\u00ad\u115f\u1160\u200b-\u200f\u202a-\u202e\u2060-\u2069\u3164\ufeff\uffa0]")
"""Characters without a shape: letters of Hangul that fill a place are among them."""
_NOT_A_WORD = re.compile(r"[\W_]+")

_NO_ANSWER = frozenset(
    ("", "na", "n a", "none", "nothing", "todo", "tbd", "tba", "wip", "fixme", "later", "pending", "fill in",
     "x", "xx", "xxx", "see above", "see below", "same", "ok", "yes", "no", "done")
)  # fmt: skip
"""Texts that answer no question that asks for one."""


class Box(NamedTuple):
    """One box: ``key`` is what it stands for (``changes:none``), ``line`` counts from 1."""

    key: str
    ticked: bool
    line: int
    source: str
    clash: str = ""


class Answer(NamedTuple):
    """What stands under one question: its line (0 when it is not there), and the text without comments."""

    line: int = 0
    text: str = ""


class Declaration(NamedTuple):
    """A body, read. ``boxes`` are in their order, copies included; ``answers`` go by field id."""

    boxes: tuple[Box, ...] = ()
    answers: Mapping[str, Answer] = {}
    lines: tuple[str, ...] = ()

    def ticked(self, prefix: str) -> tuple[str, ...]:
        """Return what is ticked below ``prefix``, without it and without repeats."""
        found = (each.key.partition(":") for each in self.boxes if each.ticked)
        return tuple(dict.fromkeys(rest for head, _, rest in found if head == prefix))

    def copies(self, key: str) -> tuple[Box, ...]:
        """Return every box that stands for ``key``."""
        return tuple(each for each in self.boxes if each.key == key)

    def clash(self, prefix: str) -> Box | None:
        """Return a ticked box whose words say something else than its hidden id."""
        ours = (each for each in self.boxes if each.key.startswith(f"{prefix}:") and each.ticked)
        return next((each for each in ours if each.clash), None)

    def quote(self, line: int) -> str:
        """Return a line of the body, '' for none."""
        return self.lines[line - 1].strip() if 0 < line <= len(self.lines) else ""


class Words(NamedTuple):
    """The words of the template: what a box or a heading says -> what it stands for."""

    fields: Mapping[str, Field]
    headings: Mapping[str, str]
    boxes: Mapping[str, Mapping[str, str]]
    anywhere: Mapping[str, str]
    keys: frozenset[str]


def words_of(form: PullRequest, checklists: Sequence[Checklist], levels: Sequence[str]) -> Words:
    """Return the words by which the parts of a template are known, by field id ('' for checklists)."""
    fields = {each.id: each for each in form.fields}
    headings = {plain(each.label): each.id for each in form.fields}
    pairs: dict[str, list[tuple[str, str]]] = {"": []}
    for field in form.fields:
        options = levels if field.kind == "level" else ()
        pairs[field.id] = [(plain(one), f"{field.id}:{one}") for one in options]
        pairs[field.id] += [(plain(one.text), f"{field.id}:{one.id}") for one in field.options]
    for checklist in checklists:
        headings.setdefault(plain(checklist.title), "")
        pairs[""] += [(plain(item.text), f"item:{item.id}") for item in checklist.items]
    everywhere = [pair for inside in pairs.values() for pair in inside]
    boxes = {field: _told_apart(inside) for field, inside in pairs.items()}
    keys = frozenset(key for _, key in everywhere)
    return Words(fields, headings, boxes, _told_apart(everywhere), keys)


def _told_apart(pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Return word -> key of those that no other shares; a text of signs alone has no word."""
    times = Counter(word for word, _ in pairs)
    return {word: key for word, key in pairs if word and times[word] == 1}


def plain(text: str) -> str:
    """Return the words of a text, for comparing: small letters, no marks, no comments."""
    bare = _COMMENT.sub(" ", _INVISIBLE.sub("", text))
    return _NOT_A_WORD.sub(" ", _FROM.sub("", bare.strip())).strip().casefold()


def is_answer(text: str, help_text: str = "") -> bool:
    """Tell whether a text says something: it is not empty, no placeholder, and not the question itself."""
    shown = unescape(_MARKUP.sub(" ", _COMMENT.sub(" ", text)))
    lines = (plain(line) for line in shown.split("\n"))
    return any(line not in _NO_ANSWER for line in lines) and plain(text) != plain(help_text)


def parse_body(text: str, words: Words) -> Declaration:
    """Return what a body declares. Nothing is wrong with any text; what cannot be read is no answer."""
    seen = _INVISIBLE.sub("", text[:LONGEST])
    clean = seen.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    return _Reader(clean, words).read()


class _Reader:
    """goes through the passages of a body; ``field`` is the question that they stand under."""

    def __init__(self, text: str, words: Words) -> None:
        self.text, self.words = text, words
        self.lines = text.split("\n")
        self.field: str | None = None
        self.depth = 0
        self.boxes: list[Box] = []
        self.starts: dict[str, int] = {}
        self.texts: dict[str, list[str]] = {}

    def read(self) -> Declaration:
        """Return the declaration."""
        for passage in passages(self.text):
            if passage.kind == "heading":
                self._heading(passage)
            elif passage.kind == "html":
                self._html(passage)
            elif passage.kind == "item" and _BOX.match(passage.text):
                self._box(passage)
            elif passage.kind in ("paragraph", "item"):
                self._prose(passage)
            elif passage.kind == "rule":
                self.field = None  # below a line stands what others append
            else:
                self._say(passage.text)
        answers = {
            each: Answer(line, "\n".join(self.texts.get(each, ())).strip())
            for each, line in self.starts.items()
        }
        return Declaration(tuple(self.boxes), answers, tuple(self.lines))

    def _heading(self, passage: Passage) -> None:
        label, _, rest = passage.text.partition(":")
        known = self.words.headings.get(plain(passage.text), self.words.headings.get(plain(label)))
        if known is not None:
            self._begin(known, passage.line)
            self.depth = passage.depth
            self._say(rest)
        elif passage.depth <= self.depth or self.field == "":
            self.field = None
        else:
            self._say(passage.text)

    def _begin(self, field: str, line: int) -> None:
        self.field = field
        if field:
            self.starts.setdefault(field, line)

    def _html(self, passage: Passage) -> None:
        for found in _FIELD_ID.finditer(passage.text):
            if found[1] in self.words.fields:
                self._begin(found[1], passage.line)
        self._say(_MARKUP.sub(" ", _COMMENT.sub("", passage.text)))

    def _prose(self, passage: Passage) -> None:
        """Read a paragraph; one line such as "Risk level: HIGH" answers its question anywhere."""
        for number, line in enumerate(passage.text.split("\n")):
            label, colon, rest = line.partition(":")
            known = self.words.headings.get(plain(label)) if colon else None
            if known:
                self._begin(known, passage.line + number)
                self._say(rest)
            else:
                self._say(line)

    def _say(self, text: str) -> None:
        """Keep a text under the question at hand. The name of an option alone is as good as a tick."""
        bare = _COMMENT.sub("", text)
        if not self.field or not bare.strip():
            return
        self.texts.setdefault(self.field, []).append(bare)
        key = self.words.boxes[self.field].get(plain(bare))
        if key is not None:
            self.boxes.append(Box(key, True, self.starts[self.field], bare.strip()))

    def _box(self, passage: Passage) -> None:
        mark = _BOX.match(passage.text)
        if mark is None:
            return
        said = passage.text[mark.end() :]
        key, clash = self._key(said)
        if key:
            source = self.lines[passage.line - 1].strip()
            self.boxes.append(Box(key, bool(mark[1]), passage.line, source, clash))
        else:
            self._say(passage.text)

    def _key(self, said: str) -> tuple[str, str]:
        """Return what a box stands for, and what its words say when that is something else."""
        hidden = (f"{each[1]}:{each[2]}" for each in _BOX_ID.finditer(said))
        key = next((each for each in hidden if each in self.words.keys), "")
        visible = self._visible(said)
        if key and visible and visible != key and visible.partition(":")[0] == key.partition(":")[0]:
            return key, visible
        return key or visible, ""

    def _visible(self, said: str) -> str:
        """Return what the words of a box stand for: under its own question first."""
        words = plain(said)
        first = plain(_COMMENT.sub("", said).partition(":")[0])
        places = (self.words.boxes[self.field or ""], self.words.boxes[""], self.words.anywhere)
        return next((place[word] for place in places for word in (words, first) if word in place), "")
