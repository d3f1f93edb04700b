"""Arguments -> one command -> exit code. Builds the adapters; the one error handler."""

import os
import sys

from handrail.adapters.disk import Disk
from handrail.commands.validate import validate
from handrail.core.errors import HandrailError
from handrail.reporters import report


def run(arguments: list[str]) -> int:
    """Run one command."""
    try:
        outcome = validate(Disk(os.getcwd()))
    except HandrailError as error:
        print(f"handrail: {error}\n    hint: {error.hint}", file=sys.stderr)
        return 2
    sys.stdout.write(outcome.text)
    sys.stdout.write(report(outcome.findings, "text", colour=sys.stdout.isatty()))
    return outcome.code
