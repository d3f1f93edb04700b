"""Every code that a finding can have is raised by a case or by a named test."""

import os
import re

import pytest

from handrail.rules import RULES
from tests.house.test_catalogue import read, tracked

CODE = re.compile(r'"((?:artefact|block|drift|file|link|nav|page|policy|prisma|template|yaml)\.[a-z0-9-]+)"')
FILE = re.compile(r"\.(?:yaml|yml|md|j2|sql|prisma)$")

OPERATIONS = {rule.code for rule in RULES}
"""Ids that look like codes of findings and are none: policy.drop."""

ELSEWHERE = {
    "yaml.too-large": "tests/unit/source/test_yaml_nodes.py",
    "block.duplicate": "tests/unit/source/test_blocks.py",
    "block.marker": "tests/unit/source/test_blocks.py",
    "block.missing-begin": "tests/unit/source/test_blocks.py",
    "block.missing-end": "tests/unit/source/test_blocks.py",
    "block.nested": "tests/unit/source/test_blocks.py",
    "block.unknown": "tests/unit/source/test_blocks.py",
    "artefact.collision": "tests/unit/commands/test_render.py",
    "artefact.unsafe-path": "tests/unit/commands/test_render.py",
    "block.absent": "tests/unit/commands/test_blocks.py",
    "block.no-file": "tests/unit/commands/test_blocks.py",
    "block.not-utf8": "tests/unit/commands/test_blocks.py",
    "drift.edited": "tests/unit/commands/test_drift.py",
    "drift.foreign": "tests/unit/commands/test_drift.py",
    "drift.missing": "tests/unit/commands/test_drift.py",
    "drift.orphan": "tests/unit/commands/test_drift.py",
    "drift.stale-evidence": "tests/unit/commands/test_drift.py",
    "drift.stale-policy": "tests/unit/commands/test_drift.py",
    "drift.stale-schema": "tests/unit/commands/test_drift.py",
    "drift.stale-template": "tests/unit/commands/test_drift.py",
    "drift.stale-version": "tests/unit/commands/test_drift.py",
    "file.unwritable": "tests/integration/test_bad_input.py",
    "policy.example-classified": "tests/unit/commands/test_matrix_examples.py",
    "policy.same-anchor": "tests/properties/test_render.py",
    "policy.todo": "tests/unit/commands/test_init.py",
    "prisma.duplicate": "tests/unit/migrations/prisma/test_schema.py",
    "prisma.syntax": "tests/unit/migrations/prisma/test_schema.py",
    "prisma.unclosed": "tests/unit/migrations/prisma/test_schema.py",
    "prisma.unknown-field": "tests/unit/migrations/prisma/test_schema.py",
    "prisma.unknown-type": "tests/unit/migrations/prisma/test_schema.py",
    "template.failed": "tests/unit/commands/test_render.py",
}
"""Codes that no folder of tests/cases can raise, or not well: code -> the test that does."""


def codes() -> set[str]:
    """Return every code that stands in the package."""
    texts = (read(path) for path in tracked("generator") if path.endswith(".py"))
    found = {code for text in texts for code in CODE.findall(text)}
    return {code for code in found if not FILE.search(code)} - OPERATIONS


def cases() -> str:
    """Return what the cases expect: policy findings have their code in brackets, handbook ones bare."""
    return "".join(read(path) for path in tracked("tests/cases") if os.path.basename(path) == "expected.txt")


def raised_by_a_case() -> set[str]:
    validate = r"^policies/\S+: (?:error|warning|note): .* \[([a-z]+\.[a-z0-9-]+)\]$"
    handbook = r"^\S+:\d+:\d+ ([a-z]+\.[a-z0-9-]+) "
    text = cases()
    return {code for form in (validate, handbook) for code in re.findall(form, text, re.MULTILINE)}


def test_codes_are_found() -> None:
    assert {"policy.unused", "yaml.tab", "link.broken", "drift.edited", "file.unreadable"} <= codes()


@pytest.mark.parametrize("code", sorted(codes()))
def test_every_code_is_raised_by_a_test(code: str) -> None:
    if code in ELSEWHERE:
        assert code in read(ELSEWHERE[code])
    else:
        assert code in raised_by_a_case()


def test_no_case_and_no_list_names_a_code_that_does_not_exist() -> None:
    assert raised_by_a_case() | ELSEWHERE.keys() <= codes()


def test_no_code_with_a_case_is_looked_for_elsewhere() -> None:
    assert raised_by_a_case() & ELSEWHERE.keys() == set()


def test_every_code_stands_in_the_docstring_of_who_raises_it() -> None:
    """A reader of the docstring, or of ``git grep``, finds what may come out."""
    for path in tracked("generator"):
        if path.endswith(".py"):
            text = read(path)
            for code in set(CODE.findall(text)) - OPERATIONS:
                assert FILE.search(code) or f"``{code}``" in text or not code.startswith(("yaml", "policy"))
