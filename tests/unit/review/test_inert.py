"""What others wrote steers nothing: no terminal, no workflow, no page. Over all pull requests."""

import json
import re
from functools import cache
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from handrail.commands.review_shown import show_review
from handrail.core.shown import defused
from handrail.reporters import report
from handrail.review.case import Decision
from tests.pull_requests.cases import CASES, judged, read_case

ANSWERED = [folder for folder in CASES if (folder / "expected.json").exists()]
"""The others are refused with an error, which other tests look at."""

every_case = pytest.mark.parametrize("folder", ANSWERED, ids=lambda folder: folder.name)
COMMAND = re.compile(r"(?m)^\s*::|##\[")


@cache
def decision(folder: Path) -> Decision:
    """Return the answer on a case."""
    return judged(read_case(folder))


@every_case
@pytest.mark.parametrize("form", ["text", "markdown"])
def test_texts_hold_nothing_that_steers_a_terminal_or_a_workflow(folder: Path, form: str) -> None:
    text = show_review(decision(folder), form).text
    assert all(line.isprintable() for line in text.split("\n"))
    assert not COMMAND.search(defused(text))


@every_case
@pytest.mark.parametrize("form", ["json", "sarif"])
def test_a_workflow_finds_no_command_in_json_and_readers_the_same_values(folder: Path, form: str) -> None:
    shown = show_review(decision(folder), form)
    text = shown.text or report(shown.findings, form)
    safe = defused(text, json=True)
    assert not COMMAND.search(safe)
    assert json.loads(safe) == json.loads(text)


@every_case
def test_an_annotation_is_one_command_a_finding(folder: Path) -> None:
    findings = show_review(decision(folder), "github").findings
    lines = report(findings, "github").splitlines()
    assert len(lines) == len(findings)
    for line in lines:
        assert re.match(r"::(?:error|warning) file=[^,]*,line=\d+,", line)
        assert "##[" not in line


@every_case
def test_the_page_has_only_our_markup(folder: Path) -> None:
    answer = decision(folder)
    pages = {each.page for each in answer.results}
    found = MarkdownIt("commonmark").enable("table").parse(show_review(answer, "markdown").text)
    inline = [child for token in found for child in token.children or ()]
    assert {token.content for token in (*found, *inline) if "html" in token.type} <= {"<!-- -->"}
    assert {str(each.attrs["href"]) for each in inline if each.type == "link_open"} <= pages
    assert not [each for each in inline if each.type == "image"]


@every_case
def test_the_page_calls_nobody(folder: Path) -> None:
    html = MarkdownIt("commonmark").enable("table").render(show_review(decision(folder), "markdown").text)
    assert not re.search(r"@\w", re.sub(r"<code>.*?</code>", "", html, flags=re.DOTALL))


def test_the_cases_try() -> None:
    tried = "".join(show_review(decision(folder), "text").text for folder in CASES if "inert" in folder.name)
    assert all(word in tried for word in ("##[error]", "::set-output", "<img", "@octocat", "\\x1b"))
