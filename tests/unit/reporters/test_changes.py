"""Changes of a policy as text, as Markdown for a pull request, as JSON."""

import json

import pytest
from markdown_it import MarkdownIt

from handrail.core.location import Location
from handrail.policy.diff import Change, Direction
from handrail.reporters.changes import FORMS, render_changes


def change(text: str, direction: Direction = "loosened") -> Change:
    return Change(direction, "HIGH", text, Location("policies/risk-matrix.yaml", 7, 3))


FOUR = [
    change("HIGH now needs 1 approval (was 2)"),
    change("CRITICAL now needs 4 approvals (was 3)", "tightened"),
    change("HIGH: title is now X (was Y)", "changed"),
    change("HIGH: meaning reworded", "reworded"),
]


def test_text_is_a_line_a_change() -> None:
    assert render_changes(FOUR, "a to b", "text").splitlines() == [
        "HIGH now needs 1 approval (was 2): loosened",
        "CRITICAL now needs 4 approvals (was 3): tightened",
        "HIGH: title is now X (was Y): changed",
        "HIGH: meaning reworded: reworded",
    ]


def test_markdown_has_a_section_for_each_direction_that_there_is() -> None:
    text = render_changes([FOUR[1], FOUR[3], FOUR[1]], "a to b", "markdown")
    assert text == (
        "## Policy changes, a to b\n\n### Tightened\n\n"
        "- CRITICAL now needs 4 approvals (was 3) (`policies/risk-matrix.yaml:7`)\n"
        "- CRITICAL now needs 4 approvals (was 3) (`policies/risk-matrix.yaml:7`)\n"
        "\n### Reworded\n\n- HIGH: meaning reworded (`policies/risk-matrix.yaml:7`)\n"
    )


def test_json_has_the_documented_shape() -> None:
    assert json.loads(render_changes(FOUR[:1], "a to b", "json")) == {
        "version": 1,
        "changes": [
            {
                "direction": "loosened",
                "subject": "HIGH",
                "text": "HIGH now needs 1 approval (was 2)",
                "path": "policies/risk-matrix.yaml",
                "line": 7,
            }
        ],
    }


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("text", "Nothing changed in meaning (a to b).\n"),
        ("markdown", "## Policy changes, a to b\n\nNothing changed in meaning.\n"),
        ("json", '{\n  "version": 1,\n  "changes": []\n}\n'),
    ],
)
def test_no_changes(form: str, text: str) -> None:
    assert render_changes([], "a to b", form) == text


NASTY = [
    "a | b",
    "# a",
    "*a* _b_ **c**",
    "`a`",
    "<b>a</b> <!-- x -->",
    "[a](b) ![a](b)",
    "a\nb\n\n- c",
    "a\n\n# b",
    "&amp; ~~a~~",
    "\u00fc \U0001f600 \\",
]


@pytest.mark.parametrize("text", NASTY)
def test_markdown_shows_the_text_to_the_letter_and_nothing_else(text: str) -> None:
    tokens = (
        MarkdownIt("commonmark")
        .enable(["table", "strikethrough"])
        .parse(render_changes([change(f"HIGH: {text}")], text, "markdown"))
    )
    assert [token.type for token in tokens if token.type != "inline"] == [
        *("heading_open", "heading_close", "heading_open", "heading_close", "bullet_list_open"),
        *("list_item_open", "paragraph_open", "paragraph_close", "list_item_close", "bullet_list_close"),
    ]
    inline = [token.children or [] for token in tokens if token.type == "inline"]
    assert {child.type for children in inline for child in children} <= {
        "text",
        "text_special",
        "code_inline",
    }
    shown = ["".join(child.content for child in children) for children in inline]
    flat = " ".join(text.split())
    assert shown == [
        f"Policy changes, {flat}",
        "Loosened",
        f"HIGH: {flat} (policies/risk-matrix.yaml:7)",
    ]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("text", NASTY)
def test_each_change_stays_one_line_of_text_and_one_entry(form: str, text: str) -> None:
    said = render_changes([change(text), change("last")], "a to b", form)
    if form == "json":
        assert [row["text"] for row in json.loads(said)["changes"]] == [text, "last"]
    elif form == "text":
        assert said.count("\n") == 2
    else:
        assert said.count("\n- ") == 2


def test_markdown_calls_nobody() -> None:
    markdown = render_changes([change("HIGH now asks @octocat, not @org/team")], "a to b", "markdown")
    assert "HIGH now asks @<!-- -->octocat, not @<!-- -->org/team" in markdown
