"""Examples of operations: SQL that was run on real databases, and what happened.

``make records`` runs the folders of ``examples/operations`` and writes one
file, so that a reader of all examples opens one file and not hundreds.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

RECORD = "examples/operations/record.json"

NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL", "mysql": "MySQL"}
"""Dialect -> what people call it."""


class Example(NamedTuple):
    """An operation on one engine: SQL, and sentences that say what it did.

    ``before`` makes tables and rows, ``bad`` does the operation, ``good`` is
    the safer way ('' where no SQL says it), ``then`` is what somebody runs
    later, to show what the operation changed (''). Each was run on a copy of
    its own; ``untouched`` says what ``then`` did without any migration.
    """

    code: str
    dialect: str
    before: str
    bad: str
    good: str = ""
    then: str = ""
    untouched: tuple[str, ...] = ()
    after_bad: tuple[str, ...] = ()
    after_good: tuple[str, ...] = ()


Examples = Mapping[str, tuple[Example, ...]]
"""Id of an operation -> its examples, one an engine."""

_TEXTS = ("before", "bad", "good", "then")
_SENTENCES = ("untouched", "after_bad", "after_good")


class Record(NamedTuple):
    """All examples, and the versions of the engines that ran them (dialect -> version)."""

    engines: Mapping[str, str]
    examples: Examples


NO_RECORD = Record({}, {})


def parse_record(text: str) -> Record:
    """Return the record of a file that ``render_record`` wrote; '' is an empty one."""
    if not text:
        return NO_RECORD
    data: dict[str, Any] = json.loads(text)
    examples: dict[str, tuple[Example, ...]] = {}
    for row in data["examples"]:
        found: dict[str, Any] = {name: "".join(f"{line}\n" for line in row.get(name, ())) for name in _TEXTS}
        found |= {name: tuple(row.get(name, ())) for name in _SENTENCES}
        example = Example(row["code"], row["dialect"], **found)
        examples[example.code] = (*examples.get(example.code, ()), example)
    return Record(data["engines"], examples)


def render_record(engines: Mapping[str, str], examples: Iterable[Example]) -> str:
    """Return the text of the file. A line holds one line of SQL or one sentence, for the sake of diffs."""
    rows = [dict(_row(each)) for each in examples]
    return json.dumps({"engines": dict(engines), "examples": rows}, indent=1, ensure_ascii=False) + "\n"


def _row(example: Example) -> Iterator[tuple[str, Any]]:
    yield "code", example.code
    yield "dialect", example.dialect
    for name in _TEXTS:
        if getattr(example, name):
            yield name, getattr(example, name).splitlines()
    for name in _SENTENCES:
        if getattr(example, name):
            yield name, list(getattr(example, name))
