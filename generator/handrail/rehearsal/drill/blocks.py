"""The commands of a runbook as a drill types them."""

import re
from collections.abc import Mapping
from typing import Literal, NamedTuple

from handrail.policy.runbooks import RunbookStep

BLANK = re.compile(r"<[A-Z][A-Z0-9 ]*>")
"""What a person types over."""


class Block(NamedTuple):
    """One command: what runs it, what is typed, and what it promises to print ('' for nothing)."""

    interpreter: Literal["shell", "sql"]
    run: str
    expect: str


def blocks_of(step: RunbookStep, engine: str, orm: str) -> tuple[Block, ...]:
    """Return the commands of a step that are meant for ``engine`` and ``orm``, in order."""
    return tuple(
        Block(command.interpreter, command.run, command.expect or "")
        for command in step.commands
        if command.run and command.engine in (None, engine) and command.orm in (None, orm)
    )


def fill_blanks(text: str, values: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """Type ``values`` over the blanks (``<BACKUP FILE>``), and return the blanks that have none as well."""
    missing = {blank for blank in BLANK.findall(text) if blank[1:-1] not in values}
    filled = BLANK.sub(lambda blank: values.get(blank[0][1:-1], blank[0]), text)
    return filled, tuple(sorted(missing))
