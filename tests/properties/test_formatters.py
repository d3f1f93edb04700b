"""Prettier and mdformat leave every generated Markdown file as it is, whatever the policy says."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from typing import Any

import mdformat
import pytest
from hypothesis import example, given

from tests.properties.policies import policies, with_value
from tests.properties.project import examples, rendered

NODE = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "node")


class Prettier:
    """One Node process that formats page after page."""

    def __init__(self) -> None:
        command = ["node", os.path.join(NODE, "prettier.mjs")]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def format(self, text: str) -> str:
        """Return a Markdown text as Prettier writes it."""
        assert self.process.stdin
        assert self.process.stdout
        print(json.dumps(text), file=self.process.stdin, flush=True)
        made: str = json.loads(self.process.stdout.readline())
        return made

    def close(self) -> None:
        """End the process."""
        self.process.communicate()


@pytest.fixture(scope="module")
def prettier() -> Iterator[Prettier]:
    if not (shutil.which("node") and os.path.isdir(os.path.join(NODE, "node_modules", "prettier"))):
        pytest.skip("Prettier is not installed: npm ci --prefix tests/node")
    made = Prettier()
    yield made
    made.close()


def test_prettier_formats(prettier: Prettier) -> None:
    """Negative: the process of the test below does format."""
    assert prettier.format("* a\n* b\n") == "- a\n- b\n"


def in_mdformat(text: str) -> str:
    return mdformat.text(text, extensions={"gfm", "frontmatter"})


@examples(6)
@given(policies(plain_width=True))
@example(with_value('He said "no"', "checklists", "checklists", 0, "title"))
@example(with_value("\U0001f44d\U0001f3fd\u26a0\ufe0f1\ufe0f\u20e3", "waivers", "waivers", 0, "reason"))
@example(
    with_value(
        "cat <<EOF  \n  a \\ \n\t\nEOF\t", "checklists", "checklists", 0, "items", 0, "commands", 0, "run"
    )
)
def test_both_leave_the_pages_alone(prettier: Prettier, data: dict[str, Any]) -> None:
    files, _ = rendered(data)
    pages = {path: raw.decode() for path, raw in files.files.items() if path.endswith(".md")}
    assert {path: prettier.format(text) for path, text in pages.items()} == pages
    assert {path: in_mdformat(text) for path, text in pages.items()} == pages
