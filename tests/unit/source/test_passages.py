"""Passages of a text that people fill in."""

import pytest

from handrail.source.passages import Passage, passages

TABLE: dict[str, tuple[str, list[Passage]]] = {
    "nothing": ("", []),
    "a paragraph": ("a\nb\n\nc", [Passage("paragraph", "a\nb", 1), Passage("paragraph", "c", 4)]),
    "headings": ("# a\n\nb\n-\n", [Passage("heading", "a", 1, 1), Passage("heading", "b", 3, 2)]),
    "items": ("- a\n- b\n", [Passage("item", "a", 1), Passage("item", "b", 2)]),
    "a second paragraph": ("- b\n\n  c\n", [Passage("item", "b", 1), Passage("paragraph", "c", 3)]),
    "a numbered item": ("1. [x] a", [Passage("item", "[x] a", 1)]),
    "an item in an item": ("- a\n  - b", [Passage("item", "a", 1), Passage("item", "b", 2)]),
    "quotes are left out": ("> a\n> - b\n\nc", [Passage("paragraph", "c", 4)]),
    "quotes in an item too": ("- a\n\n  > b\n", [Passage("item", "a", 1)]),
    "code": ("```\n- [x] a\n```\n", [Passage("code", "- [x] a\n", 1)]),
    "indented code": ("    - [x] a\n", [Passage("code", "- [x] a\n", 1)]),
    "an unclosed fence": ("```\na\n", [Passage("code", "a\n", 1)]),
    "a comment": ("<!-- a -->\n\nb", [Passage("html", "<!-- a -->\n", 1), Passage("paragraph", "b", 3)]),
    "an unclosed comment": ("<!-- b\n\nc", [Passage("html", "<!-- b\n\nc", 1)]),
    "a rule": ("a\n\n---\n", [Passage("paragraph", "a", 1), Passage("rule", "", 3)]),
    "a table": ("| a |\n| --- |\n| b |\n", [Passage("table", "a", 1), Passage("table", "b", 3)]),
}  # fmt: skip


@pytest.mark.parametrize("name", TABLE)
def test_passages(name: str) -> None:
    text, expected = TABLE[name]
    assert list(passages(text)) == expected
