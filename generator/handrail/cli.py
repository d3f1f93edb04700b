"""Arguments -> one command -> exit code. Builds the adapters; the one error handler."""

import os
import sys

from handrail.adapters.disk import Disk
from handrail.adapters.resources import Resources
from handrail.commands.check import check
from handrail.commands.render import RenderOptions, render
from handrail.commands.validate import validate
from handrail.core.errors import HandrailError
from handrail.reporters import report


def run(arguments: list[str]) -> int:
    """Run one command."""
    disk=Disk(os.getcwd())
    try:
        if arguments[0]=="render":
            outcome=render(disk,Resources(),RenderOptions(overwrite=tuple(arguments[1:])))
        elif arguments[0]=="check":
            outcome=check(disk,Resources())
        else:
            outcome = validate(disk)
    except HandrailError as error:
        print(f"handrail: {error}\n    hint: {error.hint}", file=sys.stderr)
        return 2
    sys.stdout.write(outcome.text)
    sys.stdout.write(report(outcome.findings, "text", colour=sys.stdout.isatty()))
    return outcome.code
