"""SQL that a MySQL script puts together itself, where its text can be known without running it.

MySQL has no ADD COLUMN IF NOT EXISTS. Scripts ask the catalogue instead, and
choose between a harmless statement and the real one:
``SET @s = (SELECT IF((SELECT COUNT(*) …) > 0, 'SELECT 1', 'ALTER TABLE …'))``.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import product

from handrail.migrations.mysql.reader import Reader, Unreadable

_MOST = 8
"""Texts that one expression may come to; more are not followed."""

_DEEPEST = 20
"""Brackets in brackets; what is deeper is not followed."""

_NOT_PREPARED = re.compile(r"\s*(?:EXECUTE|PREPARE|DEALLOCATE)\b", re.IGNORECASE)
_HARMLESS = re.compile(r"\s*(?:SELECT|DO|SET|SHOW)\b|\s*$", re.IGNORECASE)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)

Texts = tuple[str, ...]


class Prepared:
    """The variables and prepared statements of one script: each with the texts that it may hold."""

    def __init__(self) -> None:
        self._variables: dict[str, Texts] = {}
        self._statements: dict[str, Texts] = {}

    def set(self, reader: Reader) -> None:
        """Read a SET: what a variable may hold is known from here on, or unknown again."""
        reader.expect("SET")
        for part in reader.parts():
            name = part.any().value.lower()
            if (name.startswith("@") or name in self._variables) and (part.takes("=") or part.takes(":=")):
                self._hold(name, part)

    def select_into(self, reader: Reader) -> None:
        """Read a ``SELECT … INTO name``; where the name is no variable with a text, nothing comes of it."""
        left = reader.left
        place = next((i for i, each in enumerate(left) if each.says("INTO")), 0)
        name = left[place + 1].text.lower() if 0 < place < len(left) - 1 else ""
        if name.startswith("@") or name in self._variables:
            self._hold(name, Reader(left[:place]))

    @contextmanager
    def given(self, names: Sequence[str], values: Sequence[Reader]) -> Iterator[None]:
        """Hold the values of parameters as variables, for as long as the procedure runs."""
        outer = dict(self._variables)
        for name, value in zip(names, values, strict=False):
            self._hold(name, value)
        yield
        mine = {each: held for each, held in self._variables.items() if each not in names}
        self._variables = {**mine, **{each: outer[each] for each in names if each in outer}}

    def forget(self, names: Iterable[str]) -> None:
        """Take what variables and statements hold for unknown."""
        for each in names:
            self._variables.pop(each, None)
            self._statements.pop(each, None)

    def _hold(self, name: str, expression: Reader) -> None:
        self._variables.pop(name, None)
        try:
            self._variables[name] = self._texts(expression)
        except Unreadable:
            return  # nobody knows what it holds

    def prepare(self, reader: Reader) -> None:
        """Read a ``PREPARE name FROM …``."""
        reader.expect("PREPARE")
        name = reader.name().lower()
        self._statements.pop(name, None)
        reader.expect("FROM")
        try:
            self._statements[name] = self._texts(reader)
        except Unreadable:
            return

    def execute(self, reader: Reader) -> tuple[str, bool]:
        """Return the statement that an EXECUTE runs, '' for a harmless one, and whether it is guarded."""
        reader.expect("EXECUTE")
        texts = self._statements.get(reader.name().lower())
        if texts is None:
            raise Unreadable("it runs SQL that is put together while it runs")
        real = [each for each in dict.fromkeys(texts) if not _HARMLESS.match(each)]
        if len(real) > 1:
            raise Unreadable("it runs one of several statements")
        if not real:
            return "", False
        if "--" in real[0] or "#" in real[0] or _NOT_PREPARED.match(real[0]):
            raise Unreadable("it runs SQL that cannot be prepared, or has a comment in it")
        return " ".join(real[0].rstrip("; \n").splitlines()), len(real) < len(set(texts))

    def _texts(self, reader: Reader, depth: int = 0) -> Texts:
        """Return the texts that an expression may come to."""
        if depth > _DEEPEST:
            raise Unreadable("it is nested too deeply")
        while reader.takes("SELECT"):
            pass
        if reader.sees("("):
            inside = reader.group()
            reader.ends()
            return self._texts(inside, depth + 1)
        piece = reader.any()
        if piece.says("IF", "CONCAT") and reader.sees("("):
            parts = reader.group().parts()
            reader.ends()
            return self._chosen(parts, depth) if piece.says("IF") else self._joined(parts, depth)
        reader.ends()
        if piece.kind == "string":
            return (_ESCAPE.sub(r"\1", piece.value),)
        if piece.kind == "number":
            return (piece.text,)
        known = self._variables.get(piece.text.lower())
        if known is None:
            raise Unreadable("its text is not known")
        return known

    def _chosen(self, parts: list[Reader], depth: int) -> Texts:
        if len(parts) != len(("condition", "then", "else")):
            raise Unreadable("an IF has three parts")
        return (*self._texts(parts[1], depth + 1), *self._texts(parts[2], depth + 1))

    def _joined(self, parts: list[Reader], depth: int) -> Texts:
        texts = [self._texts(each, depth + 1) for each in parts]
        found = 1
        for each in texts:
            found *= len(each)
            if found > _MOST:
                raise Unreadable("it may come to too many texts")
        return tuple("".join(each) for each in product(*texts))
