"""What the front ends and the net effect make of small histories: a new case is a new file.

A file in ``tests/cases/classify/<dialect>/`` holds a history, a migration and
what is expected: a line an operation. ``python tests/unit/migrations/test_classify_cases.py``
shows what each file gives now; what is expected is written by a person.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest

from handrail.adapters.sqlite import SqliteScratch
from handrail.migrations.front_end import Runner
from handrail.migrations.front_ends import front_end
from handrail.migrations.net_effect import find_net_effect
from handrail.migrations.operations import Operation, Script
from handrail.migrations.quotes import Dialect

CASES = Path(__file__).parents[2] / "cases" / "classify"
FILES = sorted(CASES.glob("*/*.sql"))
_PART = re.compile(r"^-- case: (history|migration in a transaction|migration|expect)\n", re.MULTILINE)


def parts_of(text: str) -> dict[str, str]:
    """Return the parts of a case by their names."""
    pieces = _PART.split(text)
    return dict(zip(pieces[1::2], pieces[2::2], strict=True))


def said(path: Path) -> Iterator[str]:
    """Yield a line for each operation, and for each statement that was not read."""
    parts = parts_of(path.read_text(encoding="utf-8"))
    inside = "migration in a transaction" in parts
    script = parts["migration in a transaction" if inside else "migration"]
    dialect = cast("Dialect", path.parent.name)
    reader = front_end(dialect, Runner(transaction=inside), SqliteScratch)
    reader.apply(Script("before.sql", parts["history"]))
    before = reader.catalog
    step = reader.apply(Script("up.sql", script))
    net = find_net_effect(before, reader.catalog, step.lines, dialect, step.doubts)
    for each in sorted((*net, *step.operations), key=lambda one: (one.line, one.kind)):
        yield shown(each)


def shown(operation: Operation) -> str:
    """Return an operation as a line of a case."""
    about = ".".join(part for part in (operation.table, operation.column) if part)
    change = f" ({operation.old or '-'} -> {operation.new or '-'})" if operation.old or operation.new else ""
    proven = "".join(f" [{each}]" for each in sorted(operation.proven))
    facts = "".join(f" {each}" for each in operation.facts)
    return f"-- {operation.line} {operation.kind} {about}{change}{proven}{facts}".replace("  ", " ").rstrip()


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_case(path: Path) -> None:
    expected = parts_of(path.read_text(encoding="utf-8"))["expect"]
    assert "".join(f"{line}\n" for line in said(path)) == expected


def test_there_are_cases() -> None:
    assert len(FILES) > 50


if __name__ == "__main__":
    for each in FILES:
        print(f"\n{each.relative_to(CASES)}", *said(each), sep="\n")
