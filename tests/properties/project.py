"""A generated policy as a repository in memory, rendered once."""

import json
import os
from collections.abc import Mapping
from functools import cache
from typing import Any

from hypothesis import Phase, reject, settings

from handrail.artefacts.memory import Memory
from handrail.commands.outcome import Outcome
from handrail.commands.render import RenderOptions, render
from tests.fakes import MemoryFiles, ShippedTemplates
from tests.minimal.builder import minimal_files

LONG = os.environ.get("HANDRAIL_PROFILE") == "long"


def examples(few: int) -> settings:
    """Return settings for ``few`` examples in the suite and many in the long profile.

    Only the long profile makes a failing policy smaller, which takes minutes.
    """
    phases = [phase for phase in Phase if LONG or phase is not Phase.shrink]
    return settings(max_examples=few * 50 if LONG else few, phases=phases)


class Shipped(ShippedTemplates):
    """The shipped files, read from disk once for all examples."""

    @cache  # noqa: B019  # one object, alive as long as the tests
    def find(self, folder: str) -> tuple[str, ...]:
        """Return the shipped files below ``folder``."""
        return super().find(folder)

    @cache  # noqa: B019  # as above
    def read(self, path: str) -> bytes:
        """Return the bytes of a shipped file."""
        return super().read(path)


SHIPPED = Shipped()


@cache
def _templates() -> bytes:
    """Return a memory of the compiled templates: each example would compile the same ones."""
    memory = Memory()
    render(MemoryFiles(minimal_files()), SHIPPED, RenderOptions(), memory)
    return memory.dump()


def policy_files(data: Mapping[str, Any]) -> dict[str, bytes]:
    """Return policy files that say ``data``, over many lines so that places differ."""
    return {
        f"policies/{stem}.yaml": json.dumps(root, ensure_ascii=False, indent=1).encode()
        for stem, root in data.items()
    }


def repository(data: Mapping[str, Any]) -> MemoryFiles:
    """Return a repository that holds the policy and what was written by hand."""
    return MemoryFiles({**minimal_files(), **policy_files(data)})


def rendered(data: Mapping[str, Any]) -> tuple[MemoryFiles, Outcome]:
    """Return the repository after a render, and what the render said.

    A title that reads like the id of another entry of the page is told on the
    page itself, which no property is about.
    """
    files = repository(data)
    outcome = render(files, SHIPPED, RenderOptions(), Memory(_templates()))
    if {finding.code for finding in outcome.findings} == {"page.duplicate-id"}:
        reject()
    return files, outcome
