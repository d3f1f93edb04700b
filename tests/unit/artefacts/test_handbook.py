"""The handbook check, case by case: a new case is a new folder in tests/cases/handbook.

A case holds a little repository and ``expected.txt``: a line "path:line:col
code message" for each finding, an indented line below it for its hint.
"""

from pathlib import Path

import pytest

from handrail.artefacts.handbook import judge_handbook
from handrail.artefacts.pages import slugs_of
from handrail.core.finding import Finding
from handrail.source.page import Heading
from tests.unit.artefacts.handbook_cases import BASE, CASES, check_case

CODES = frozenset(
    {
        "link.anchor",
        "link.broken",
        "link.image",
        "link.outside",
        "link.reference",
        "link.source-line",
        "nav.duplicate",
        "nav.missing",
        "page.duplicate-id",
        "page.no-title",
        "page.orphan",
    }
)


def shown(findings: tuple[Finding, ...]) -> str:
    return "".join(
        f"{finding.location} {finding.code} {finding.message}\n    {finding.hint}\n" for finding in findings
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Path) -> None:
    expected = (case / "expected.txt").read_text(encoding="utf-8")
    assert shown(check_case(case)) == expected


@pytest.mark.parametrize("code", sorted(CODES))
def test_each_code_is_found_in_a_case(code: str) -> None:
    words = f" {code} "
    assert any(words in (case / "expected.txt").read_text(encoding="utf-8") for case in CASES)


def test_no_case_expects_an_unknown_code() -> None:
    found = {finding.code for case in CASES for finding in check_case(case)}
    assert {code for code in found if not code.startswith("yaml.")} == CODES


def test_a_finding_shows_its_line() -> None:
    pages = {"docs/index.md": "# Home\n\nSee [it](no.md).\n"}
    (finding,) = judge_handbook(pages, frozenset(), None, {}, BASE).findings
    assert finding.source == "See [it](no.md)."
    assert finding.severity == "error"


def test_without_a_base_addresses_are_not_followed() -> None:
    pages = {"docs/index.md": f"# Home\n\n[it]({BASE}/no.md)\n"}
    assert judge_handbook(pages, frozenset(), None, {}, "").findings == ()


def test_a_base_may_end_with_a_slash() -> None:
    pages = {"docs/index.md": f"# Home\n\n[it]({BASE}/a.yaml#L2)\n"}
    lines = {"a.yaml": 1}
    (finding,) = judge_handbook(pages, frozenset(), None, lines, BASE + "/").findings
    assert finding.code == "link.source-line"


def test_a_file_of_unknown_length_takes_any_line() -> None:
    pages = {"docs/index.md": f"# Home\n\n[it]({BASE}/a.yaml#L99)\n"}
    assert judge_handbook(pages, frozenset({"a.yaml"}), None, {}, BASE).findings == ()


def test_nothing_is_wrong_with_nothing() -> None:
    assert judge_handbook({}, frozenset(), None, {}, "").findings == ()
    assert judge_handbook({}, frozenset(), "", {}, "").findings == ()


@pytest.mark.parametrize(
    "texts",
    [
        ("a", "a", "a"),
        ("a", "a_1", "a", "a"),
        ("a_1", "a", "a", "a_1"),
        ("a_9", "a_9", "a", "a"),
        ("", "", "_1", ""),
        ("a_b", "a_b", "a_b_1", "a_b"),
    ],
)
def test_repeated_headings_are_numbered_as_the_toc_extension_does(texts: tuple[str, ...]) -> None:
    toc = pytest.importorskip("markdown.extensions.toc", reason="the site builder is not installed")
    taken: set[str] = set()
    expected = [toc.unique(text, taken) for text in texts]
    headings = [Heading(2, text, 1, 1) for text in texts]
    assert [slug for slug, _ in slugs_of(headings, site=True)] == expected


def test_repeated_headings_are_numbered_as_github_does() -> None:
    headings = [Heading(2, text, 1, 1) for text in ("a", "a", "a-1", "a")]
    assert [slug for slug, _ in slugs_of(headings, site=False)] == ["a", "a-1", "a-1-1", "a-2"]
