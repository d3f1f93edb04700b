"""How policy text is spelled in Markdown, and how tables and fences are laid out: exact texts.

That readers see the same is shown in tests/readback/test_inert.py; here stands
what a person finds in the file.
"""

import pytest

from handrail.artefacts.layout import tidy, width
from handrail.artefacts.prose import PIPE, code_span, fence, inline, label, paragraphs, plain
from handrail.artefacts.slug import github_slug, site_slug


def link(kind: str, key: str) -> str:
    return f"[{kind} {key}](#{key})"


INLINE = {
    "plain words, with: marks; (and) 'quotes'?": "plain words, with: marks; (and) 'quotes'?",
    "  two   blanks  ": "two blanks",
    "one\ntwo\n\nthree": "one<br>two<br><br>three",
    "`code` stays": "`code` stays",
    "`` a ` b `` too": "`a` \\` `b` too",
    "a `b": "a \\`b",
    "a *b* c": "a `*b*` c",
    "a *b* *c* d": "a `*b*` `*c*` d",
    "snake_case and _lead": "snake_case and `_lead`",
    "5 < 6 & 7 > 3": "5 `<` 6 & 7 `>` 3",
    "R&D and &amp; and &copy": "R&D and `&amp;` and `&copy`",
    "a | b": f"a `{PIPE}` b",
    "#1 and C# and # x": "`#1` and `C#` and `#` x",
    "# heading": "`#` heading",
    "- item": "`-` item",
    "1. item": "`1.` item",
    "1.5 items": "1.5 items",
    "stop!": "`stop!`",
    "see @ada": "see `@ada`",
    "see a@b.example": "see `a@b.example`",
    "see https://example.org/a_b.": "see <https://example.org/a_b>.",
    "see www.example.org": "see `www.example.org`",
    "[[role:ada]] knows": "[role ada](#ada) knows",
    "x[[role:ada]]y": "x[role ada](#ada)y",
    "[[not a reference]]": "`[[not` a `reference]]`",
    "`[[role:ada]]`": "`[[role:ada]]`",
    "{{ x }} {% y %}": "`{{` x `}}` `{%` y `%}`",
    "$x$ :smile: \\": "`$x$` `:smile:` `\\`",
    "\u65e5\u672c \u05e9\u05dc\u05d5\u05dd \U0001f600": "\u65e5\u672c \u05e9\u05dc\u05d5\u05dd \U0001f600",
}


@pytest.mark.parametrize("text", INLINE)
def test_inline(text: str) -> None:
    assert inline(text, link) == INLINE[text]


LABELS = {
    "see https://example.org/a": "see `https://example.org/a`",
    "one\ntwo": "one two",
    "a ] b": "a `]` b",
}


@pytest.mark.parametrize("text", LABELS)
def test_label(text: str) -> None:
    assert label(text, link) == LABELS[text]


def test_paragraphs_are_parted_by_blank_lines() -> None:
    assert paragraphs("one\ntwo\n\n\nthree\n \nfour\n", link) == "one<br>two\n\nthree\n\nfour"


CODE = {
    "a b": "`a b`",
    "a\nb": "`a b`",
    "a | b": f"`a {PIPE} b`",
    "`": "\\`",
    "a`b": "`a`\\``b`",
    "a ` b": "`a` \\` `b`",
    "``a``": "\\`\\``a`\\`\\`",
}


@pytest.mark.parametrize("text", CODE)
def test_code_span(text: str) -> None:
    assert code_span(text) == CODE[text]


FENCES = {
    "a": "```text\na\n```",
    "a\n\n": "```text\na\n```",
    "```\na\n```": "````text\n```\na\n```\n````",
    "`````": "``````text\n`````\n``````",
    "``": "```text\n``\n```",
}


@pytest.mark.parametrize("text", FENCES)
def test_fence(text: str) -> None:
    assert fence(text, "text") == FENCES[text]


PLAIN = {
    "a `b` c": "a b c",
    "[[role:ada]] knows": "ADA knows",
    "a\n  b": "a b",
    "` `": "` `",
    "a `b": "a `b",
}


@pytest.mark.parametrize("text", PLAIN)
def test_plain(text: str) -> None:
    assert plain(text, lambda _, key: key.upper()) == PLAIN[text]


TIDY: dict[str, tuple[str, str]] = {
    "blank lines": ("\n\na\n\n\n\nb\n\n", "a\n\nb\n"),
    "trailing blanks": ("a  \n b \n", "a\n b\n"),
    "table": (
        "| a | bbb |\n| --- | --- |\n| cccc | d |",
        "| a    | bbb |\n| ---- | --- |\n| cccc | d   |\n",
    ),
    "short cells": ("| a | b |\n| - | - |\n|  | |", "| a   | b   |\n| --- | --- |\n|     |     |\n"),
    "missing cells": ("| a | b |\n| - | - |\n| c |", "| a   | b   |\n| --- | --- |\n| c   |     |\n"),
    "wide cells": (
        "| \u65e5\u672c | b |\n| - | - |\n| c | \U0001f600 |",
        "| \u65e5\u672c | b   |\n| ---- | --- |\n| c    | \U0001f600  |\n",
    ),
    "table after text": ("a\n| b |\n| - |\nc", "a\n| b   |\n| --- |\nc\n"),
    "pipe in a cell": (f"| a{PIPE}b |\n| - |", "| a\\|b |\n| ---- |\n"),
    "pipe in code in a cell": (f"| `a{PIPE}b` |\n| - |", "| `a`\\|`b` |\n| -------- |\n"),
    "pipe elsewhere": (f"`a{PIPE}b`", "`a|b`\n"),
    "fence": ("```\n| a | b |\n\n\nc  \n```", "```\n| a | b |\n\n\nc  \n```\n"),
    "fence in a fence": (
        "````\n```\n| a |\n````\n| a |\n| - |",
        "````\n```\n| a |\n````\n| a   |\n| --- |\n",
    ),
    "open fence": ("~~~\n| a |", "~~~\n| a |\n"),
}


@pytest.mark.parametrize("name", TIDY)
def test_tidy(name: str) -> None:
    before, after = TIDY[name]
    assert tidy(before) == after
    assert tidy(after) == after or PIPE in before  # which is settled once


WIDTHS = {
    "": 0,
    "abc": 3,
    "\u00fc": 1,
    "e\u0301": 1,
    "\u65e5": 2,
    "\uff21": 2,
    "\U0001f600": 2,
    "\u200d": 0,
    "\u2764\ufe0f": 2,
    "\u05e9": 1,
}


@pytest.mark.parametrize("text", WIDTHS)
def test_width(text: str) -> None:
    assert width(text) == WIDTHS[text]


HEADINGS = [
    "Approval matrix",
    "G1: Nobody reads",
    "What & why?",
    "snake_case -- and -",
    "\u00dcber caf\u00e9",
    "\u65e5\u672c\u8a9e",
    "1.5 (beta)",
    "C# / F#",
    "A  b",
    "...",
    "\U0001f600 smile",
    "it's",
]


@pytest.mark.parametrize("text", HEADINGS)
def test_the_site_slug_is_that_of_python_markdown(text: str) -> None:
    toc = pytest.importorskip("markdown.extensions.toc", reason="the site builder is not installed")
    assert site_slug(text) == toc.slugify(text, "-")


GITHUB = {
    "Approval matrix": "approval-matrix",
    "G1: Nobody reads": "g1-nobody-reads",
    "What & why?": "what--why",
    "snake_case -- and -": "snake_case----and--",
    "\u00dcber caf\u00e9": "\u00fcber-caf\u00e9",
    "\u65e5\u672c\u8a9e": "\u65e5\u672c\u8a9e",
    "1.5 (beta)": "15-beta",
    "C# / F#": "c--f",
    "A  b": "a--b",
    "it's": "its",
    " Spaces ": "spaces",
}


@pytest.mark.parametrize("text", GITHUB)
def test_the_github_slug_is_that_of_github(text: str) -> None:
    assert github_slug(text) == GITHUB[text]
