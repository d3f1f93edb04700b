"""Ties a drill to the runbook that it followed: once the words of that change, the drill is of the past."""

import json
from hashlib import sha256

from handrail.policy.guide import Command
from handrail.policy.runbooks import Runbook


def runbook_digest(runbook: Runbook) -> str:
    """Return the SHA-256, in hexadecimal digits, of what a drill of ``runbook`` follows.

    These words count, in their order: the id and the title of each step, and of
    its commands the engine and orm that they are for, the interpreter, what is
    run and what it promises to print. Explanations, roles, messages and times
    may change: a drill says nothing about them.
    """
    steps = [[step.id, step.title, [_words(command) for command in step.commands]] for step in runbook.steps]
    return sha256(json.dumps(steps).encode()).hexdigest()


def _words(command: Command) -> list[str | None]:
    if command.run is None:
        return []  # words for a person
    return [command.engine, command.orm, command.interpreter, command.run, command.expect]
