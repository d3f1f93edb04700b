"""YAML text -> plain data with the place of every key and value.

Read as YAML 1.2 core with strict extras: ``on``, ``1.10``, ``12:30`` and
dates stay strings; anchors, tags, tabs, duplicate keys and over-deep files
are findings. One pass over the events of libyaml.
"""

import re
from typing import Any, NamedTuple

import yaml

from handrail.core.errors import HandrailError
from handrail.core.finding import Finding
from handrail.core.location import Location

MAX_BYTES = 8 * 1024 * 1024
MAX_DEPTH = 32

Mark = tuple[int, int, Any]
"""(line, column, children): children of a mapping are ``{key: (line, column, mark)}``,
of a list ``[mark]``, of a scalar ``None``. Lines and columns start at 1."""

TOO_DEEP = f"nested more than {MAX_DEPTH} levels deep"
FLATTEN = "Flatten the structure."


_NOT_PRINTABLE = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
"""What YAML refuses, and the three line breaks (U+0085, U+2028, U+2029) that only YAML takes for one."""
_INT = re.compile(r"[-+]?(0|[1-9][0-9]*)\Z")
_CONSTANTS: dict[str, bool | None] = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}


class Document(NamedTuple):
    """A YAML file as plain data, with the marks of its parts.

    ``findings`` holds what is wrong with the text itself; when there is any
    error, ``data`` may be incomplete.
    """

    path: str
    text: str
    data: Any
    mark: Mark
    findings: tuple[Finding, ...]

    def locate(self, steps: tuple[str | int, ...], *, key: bool = False) -> Location:
        """Return the place of the value at ``steps``, or of its key."""
        line, column, children = self.mark
        for index, step in enumerate(steps):
            if isinstance(children, dict) and step in children:
                entry = children[step]
                if key and index == len(steps) - 1:
                    return Location(self.path, entry[0], entry[1])
                line, column, children = entry[2]
            elif isinstance(children, list) and isinstance(step, int):
                line, column, children = children[step]
            else:
                break
        return Location(self.path, line, column)


class _Stop(Exception):
    """Reading cannot go on; carries the finding that says why."""

    def __init__(self, code: str, message: str, line: int, column: int, hint: str) -> None:
        super().__init__(message)
        self.code, self.line, self.column, self.hint = code, line, column, hint


def parse_yaml(path: str, raw: bytes) -> Document:
    """Return the one YAML document in ``raw``.

    Findings: ``yaml.too-large``, ``yaml.not-utf8``, ``yaml.control-character``,
    ``yaml.tab``, ``yaml.syntax``, ``yaml.anchor``, ``yaml.tag``,
    ``yaml.too-deep``, ``yaml.duplicate-key``, ``yaml.many-documents``,
    ``yaml.key``. Raises ``HandrailError`` when PyYAML lacks libyaml.
    """
    if not yaml.__with_libyaml__:
        raise HandrailError(
            "PyYAML was built without libyaml, and its own parser reads some files differently.",
            "Install a PyYAML wheel: python -m pip install --force-reinstall --only-binary :all: pyyaml",
        )
    findings: list[Finding] = []
    text = ""
    data: Any = None
    mark: Mark = (1, 1, None)
    try:
        text = _decode(raw)
        data, mark = _Reader(path, text, findings).read()
    except _Stop as stop:
        where = Location(path, stop.line, stop.column)
        findings.append(Finding(stop.code, str(stop), where, hint=stop.hint))
    return Document(path, text, data, mark, tuple(findings))


def _decode(raw: bytes) -> str:
    if len(raw) > MAX_BYTES:
        raise _Stop(
            "yaml.too-large",
            f"the file has more than {MAX_BYTES:,} bytes",
            1,
            1,
            "Split it: a folder of the same name may hold parts.",
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", "replace")
        message = f"the byte 0x{raw[error.start]:02X} is not UTF-8"
        raise _stop_at(before, "yaml.not-utf8", message, "Save the file as UTF-8.") from None
    bad = _NOT_PRINTABLE.search(text)
    if bad:
        name = f"control character U+{ord(bad[0]):04X}"
        raise _stop_at(text[: bad.start()], "yaml.control-character", name, "Remove it.")
    tab = text.find("\t")
    if tab >= 0:
        hint = 'Indent with spaces; inside a text write "\\t" in double quotes.'
        raise _stop_at(text[:tab], "yaml.tab", "tab character", hint)
    return text


def _stop_at(before: str, code: str, message: str, hint: str) -> _Stop:
    before = before.replace("\r\n", "\n").replace("\r", "\n")
    line = before.count("\n") + 1
    return _Stop(code, message, line, len(before) - before.rfind("\n"), hint)


class _Reader:
    """One pass over the events, building data and marks side by side."""

    def __init__(self, path: str, text: str, findings: list[Finding]) -> None:
        from yaml._yaml import CParser  # not there when PyYAML lacks libyaml

        self.path, self.findings = path, findings
        self.parser: Any = CParser(text)

    def read(self) -> tuple[Any, Mark]:
        try:
            self._next(yaml.StreamStartEvent)
            if self.parser.check_event(yaml.StreamEndEvent):
                return None, (1, 1, None)
            self._next(yaml.DocumentStartEvent)
            result = self._node(self.parser.get_event(), 0)
            self._next(yaml.DocumentEndEvent)
            if not self.parser.check_event(yaml.StreamEndEvent):
                event: Any = self.parser.get_event()
                hint = "Keep one document a file: remove the line ---."
                raise _stop(event, "yaml.many-documents", "a second document starts here", hint)
        except yaml.YAMLError as error:
            raise _syntax(error) from None
        return result

    def _next(self, kind: type[Any]) -> None:
        event = self.parser.get_event()
        assert isinstance(event, kind), event

    def _node(self, event: Any, depth: int) -> tuple[Any, Mark]:
        if getattr(event, "anchor", None) is not None:
            hint = "Write the value again, or put a text that begins with & or * in quotes."
            raise _stop(event, "yaml.anchor", "anchors and aliases are not read", hint)
        if event.__class__ is yaml.ScalarEvent:
            return self._scalar(event)
        if event.tag is not None:
            raise _tag(event)
        if depth >= MAX_DEPTH:
            raise _stop(event, "yaml.too-deep", TOO_DEEP, FLATTEN)
        if event.__class__ is yaml.SequenceStartEvent:
            return self._sequence(event, depth + 1)
        return self._mapping(event, depth + 1)

    def _scalar(self, event: Any) -> tuple[Any, Mark]:
        start = event.start_mark
        mark = (start.line + 1, start.column + 1, None)
        if event.tag is not None:
            raise _tag(event)
        text = event.value
        if event.style == '"':
            _refuse_hidden(event)
        if event.implicit[0] and len(text) < 20:
            if text in _CONSTANTS:
                return _CONSTANTS[text], mark
            if _INT.match(text):
                return int(text), mark
        return text, mark

    def _sequence(self, start: Any, depth: int) -> tuple[Any, Mark]:
        data: list[Any] = []
        marks: list[Mark] = []
        get_event, end = self.parser.get_event, yaml.SequenceEndEvent
        while (event := get_event()).__class__ is not end:
            value, mark = self._node(event, depth)
            data.append(value)
            marks.append(mark)
        at = start.start_mark
        return data, (at.line + 1, at.column + 1, marks)

    def _mapping(self, start: Any, depth: int) -> tuple[Any, Mark]:
        data: dict[str, Any] = {}
        marks: dict[str, tuple[int, int, Mark]] = {}
        get_event, end = self.parser.get_event, yaml.MappingEndEvent
        while (event := get_event()).__class__ is not end:
            key = self._key(event)
            at = event.start_mark
            value, mark = self._node(get_event(), depth)
            if key in data:
                self._duplicate(key, at, marks[key][0])
                continue
            data[key] = value
            marks[key] = (at.line + 1, at.column + 1, mark)
        at = start.start_mark
        return data, (at.line + 1, at.column + 1, marks)

    def _key(self, event: Any) -> str:
        if event.__class__ is not yaml.ScalarEvent:
            hint = "Write key: value; a text that begins with { or [ needs quotes."
            raise _stop(event, "yaml.key", "a key must be a word", hint)
        if event.anchor is not None or event.tag is not None:
            raise _stop(event, "yaml.key", "a key takes no anchor and no tag", "Remove it.")
        key: str = event.value
        return key

    def _duplicate(self, key: str, at: Any, first: int) -> None:
        where = Location(self.path, at.line + 1, at.column + 1)
        message = f"key '{key}' stands here again (first on line {first})"
        hint = "Keep one of the two."
        self.findings.append(Finding("yaml.duplicate-key", message, where, hint=hint))


def _refuse_hidden(event: Any) -> None:
    """Stop at a character that only an escape can bring into a text, such as BEL."""
    bad = _NOT_PRINTABLE.search(event.value.replace("\r", "\0"))
    if bad:
        found = ord(event.value[bad.start()])
        message = f"an escape makes control character U+{found:04X}"
        raise _stop(event, "yaml.control-character", message, "Remove it.")


def _tag(event: Any) -> _Stop:
    name = event.tag.replace("tag:yaml.org,2002:", "!!", 1)
    hint = "Remove the tag, or put a text that begins with ! in quotes."
    return _stop(event, "yaml.tag", f"tag {name} is not read", hint)


def _stop(event: Any, code: str, message: str, hint: str) -> _Stop:
    at = event.start_mark
    return _Stop(code, message, at.line + 1, at.column + 1, hint)


def _syntax(error: Any) -> _Stop:
    from handrail.source.yaml_problems import SEEN_LATE, in_plain_words  # needed only on a mistake

    problem = getattr(error, "problem", None) or str(error)
    context, begin = getattr(error, "context", None), getattr(error, "context_mark", None)
    mark = getattr(error, "problem_mark", None) or begin
    if begin and problem in SEEN_LATE:
        mark = begin
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    if "maximum nesting depth" in problem:  # libyaml's own limit, which it meets while it looks ahead
        return _Stop("yaml.too-deep", TOO_DEEP, line, column, FLATTEN)
    message, hint = in_plain_words(problem)
    if context and begin and begin.line + 1 < line:
        message += f" {context} that begins on line {begin.line + 1}"
    return _Stop("yaml.syntax", f"not valid YAML: {message}", line, column, hint)
