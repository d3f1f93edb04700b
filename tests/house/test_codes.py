"""Every code that a finding can have is raised by a case or by a named test."""

import os
import re

import pytest

from tests.house.test_catalogue import read, tracked

CODE = re.compile(r'"((?:artefact|block|drift|file|link|nav|page|policy|template|yaml)\.[a-z0-9-]+)"')
FILE = re.compile(r"\.(?:yaml|yml|md|j2|sql|prisma)$")

ELSEWHERE = {
    "yaml.too-large": "tests/unit/source/test_yaml_nodes.py",
    "block.duplicate": "tests/unit/source/test_blocks.py",
    "block.marker": "tests/unit/source/test_blocks.py",
    "block.missing-begin": "tests/unit/source/test_blocks.py",
    "block.missing-end": "tests/unit/source/test_blocks.py",
    "block.nested": "tests/unit/source/test_blocks.py",
    "block.unknown": "tests/unit/source/test_blocks.py",
}
"""Codes that no folder of tests/cases can raise, or not well: code -> the test that does."""

AWAITED = frozenset(
    {
        "artefact.collision",
        "artefact.unsafe-path",
        "block.absent",
        "block.no-file",
        "block.not-utf8",
        "drift.edited",
        "drift.foreign",
        "drift.missing",
        "drift.orphan",
        "drift.stale-policy",
        "drift.stale-template",
        "drift.stale-version",
        "template.failed",
    }
)
"""Codes that wait for their test. Only ever take some away."""


def codes() -> set[str]:
    """Return every code that stands in the package."""
    texts = (read(path) for path in tracked("generator") if path.endswith(".py"))
    found = {code for text in texts for code in CODE.findall(text)}
    return {code for code in found if not FILE.search(code)}


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
        assert f'"{code}"' in read(ELSEWHERE[code])
    else:
        assert code in raised_by_a_case() | AWAITED


def test_no_case_and_no_list_names_a_code_that_does_not_exist() -> None:
    assert raised_by_a_case() | ELSEWHERE.keys() | AWAITED <= codes()


def test_nothing_is_awaited_that_has_come() -> None:
    assert raised_by_a_case() & (AWAITED | ELSEWHERE.keys()) == set()
    assert AWAITED & ELSEWHERE.keys() == set()


def test_every_code_stands_in_the_docstring_of_who_raises_it() -> None:
    """A reader of the docstring, or of ``git grep``, finds what may come out."""
    for path in tracked("generator"):
        if path.endswith(".py"):
            text = read(path)
            for code in CODE.findall(text):
                assert FILE.search(code) or f"``{code}``" in text or not code.startswith(("yaml", "policy"))
