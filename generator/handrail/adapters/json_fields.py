"""JSON that GitHub gave us, read field by field: what is not as promised is an error that names it."""

import json
import re
from collections.abc import Iterator
from typing import Final

from handrail.core.errors import HandrailError

_HINT: Final = "Run it again. When it stays so, report it: GitHub may have changed its answers."
_DECODER: Final = json.JSONDecoder()
_SPACE: Final = " \t\r\n"
_HALF_CHARACTER: Final = re.compile("[\ud800-\udfff]")


class Fields:
    """A value of a JSON document; ``source`` and ``place`` say where it stands.

    Every method raises ``HandrailError`` that names both where the value is
    missing or of another type.
    """

    def __init__(self, source: str, value: object, place: str = "") -> None:
        self.source = source
        self.value = value
        self.place = place

    def __getitem__(self, name: str) -> "Fields":
        """Return a field of this object, which may be null."""
        if not isinstance(self.value, dict):
            raise self._problem("an object")
        if name not in self.value:
            raise HandrailError(f"{self.source} has no {self._inside(name)}", _HINT)
        return self.get(name)

    def get(self, name: str) -> "Fields":
        """Return a field of this object, null where it is missing."""
        if not isinstance(self.value, dict):
            raise self._problem("an object")
        return Fields(self.source, self.value.get(name), self._inside(name))

    def __iter__(self) -> Iterator["Fields"]:
        """Return the entries of this list."""
        if not isinstance(self.value, list):
            raise self._problem("a list")
        for at, value in enumerate(self.value):
            yield Fields(self.source, value, f"{self.place}[{at}]")

    def is_null(self) -> bool:
        """Tell whether it is null."""
        return self.value is None

    def text(self) -> str:
        """Return this text. What is no character, half of a pair, becomes U+FFFD."""
        if not isinstance(self.value, str):
            raise self._problem("text")
        return _HALF_CHARACTER.sub("\ufffd", self.value)

    def text_or_empty(self) -> str:
        """Return this text, '' for null."""
        return "" if self.value is None else self.text()

    def number(self) -> int:
        """Return this whole number, which is at least 1."""
        if not isinstance(self.value, int) or isinstance(self.value, bool) or self.value < 1:
            raise self._problem("a number above 0")
        return self.value

    def flag(self) -> bool:
        """Return this truth value."""
        if not isinstance(self.value, bool):
            raise self._problem("true or false")
        return self.value

    def commit(self) -> str:
        """Return this text, which is the full name of a commit."""
        text = self.text()
        if not re.fullmatch(r"[0-9a-f]{40}|[0-9a-f]{64}", text):
            raise self._problem("a commit")
        return text

    def _inside(self, name: str) -> str:
        return f"{self.place}.{name}" if self.place else name

    def _problem(self, wanted: str) -> HandrailError:
        place = f"{self.place} in {self.source}" if self.place else self.source
        return HandrailError(f"{place} is not {wanted}", _HINT)


def parse_json(source: str, raw: bytes) -> Fields:
    """Return a document. Raises ``HandrailError`` that names ``source`` for what is no JSON."""
    try:
        return Fields(source, json.loads(raw.decode("utf-8-sig")))
    except (ValueError, RecursionError):  # bytes that are no UTF-8 are a ValueError, too
        raise HandrailError(f"{source} is not JSON", _HINT) from None


def parse_json_values(source: str, raw: bytes) -> tuple[Fields, ...]:
    """Return documents that stand one after another, at least one. Raises ``HandrailError`` as above."""
    values: list[Fields] = []
    at = 0
    try:
        text = raw.decode("utf-8-sig").strip(_SPACE)
        while at < len(text) or not values:
            value, end = _DECODER.raw_decode(text, at)
            values.append(Fields(source, value))
            at = next((at for at in range(end, len(text)) if text[at] not in _SPACE), len(text))
    except (ValueError, RecursionError):
        raise HandrailError(f"{source} is not JSON", _HINT) from None
    return tuple(values)
