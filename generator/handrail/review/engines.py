"""Whether a database is of the engine and the version that the policy has in production."""

import re

from handrail.policy.team import Database
from handrail.rules.examples import NAMES

_FILES = ("sqlite",)
"""Engines that are a library: each version reads the files of every other."""


def engine_problem(wanted: Database, engine: str, version: str) -> str:
    """Say how an engine and its version (either may be '') differ from what the policy states, or ''.

    An older version lacks what production has. Of a server another major
    version is another database; of a library a newer one is no matter.
    """
    if engine and engine != wanted.engine:
        return f"{_named(engine)}, and production is {_named(wanted.engine)}"
    stated, seen = _numbers(wanted.version), _numbers(version)
    if not stated or not seen:
        return ""
    if seen[: len(stated)] < stated:
        return f"{_named(wanted.engine)} {version}, and production has {wanted.version}"
    if wanted.engine not in _FILES and seen[0] != stated[0]:
        return f"{_named(wanted.engine)} {version}, another major version than production's {wanted.version}"
    return ""


def _named(engine: str) -> str:
    return next((name for key, name in NAMES.items() if key == engine), engine)


def _numbers(version: str) -> tuple[int, ...]:
    found = re.search(r"\d+(?:\.\d+)*", version)
    return tuple(int(part) for part in found[0].split(".")) if found else ()
