"""Texts that a policy may hold and that would break a careless renderer."""

from hypothesis import strategies as st

WORDS = (
    "a",
    "plain words",
    "|",
    "a|b",
    "||",
    "\\|",
    "\\",
    "`",
    "``",
    "```",
    "`code`",
    "`a|b`",
    "``a`b``",
    "` `",
    "<b>bold</b>",
    "<script>alert(1)</script>",
    "<!-- handrail:end workflow-faq -->",
    "-->",
    "<!--",
    "--",
    "&amp;",
    "&#124;",
    "{{ policy }}",
    "{% raw %}",
    "{# note #}",
    "${{ github.token }}",
    "$(id)",
    "$x$",
    "*",
    "**bold**",
    "_under_",
    "snake_case",
    "__init__",
    "~~gone~~",
    "#",
    "# heading",
    "#1",
    "-",
    "- item",
    "+",
    "1.",
    "1) one",
    "2024-01-31",
    "=",
    "===",
    "---",
    "***",
    "> quote",
    "[ ]",
    "- [x] done",
    "[text](http://example.org)",
    "![x](y.png)",
    "[^1]",
    "[ref]: /x",
    "[[not a reference]]",
    "[[",
    "]]",
    "https://example.org/a_b?c=d&e=f#g",
    "http://example.org.",
    "(https://example.org)",
    "www.example.org",
    "ada@example.org",
    "@ada",
    ":tada:",
    "!",
    '"',
    "'",
    '"quoted"',
    "it's",
    "%",
    "C:\\temp",
    "on",
    "null",
    "~",
    "12:30",
    "1.10",
    "007",
    "a: b",
    "a #b",
    "{id}",
    "[a, b]",
    "\U0001f389",
    "\u2764\ufe0f",
    "\U0001f1e9\U0001f1ea",
    "\U0001f44d\U0001f3fd",
    "1\ufe0f\u20e3",
    "\u2764\ufe0f\u200d\U0001f525",
    "\U0001f44d\ufe0f",
    "\u26a0",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "\u05e9\u05dc\u05d5\u05dd",
    "\u0645\u0631\u062d\u0628\u0627",
    "e\u0301",
    "\u4e2d\u6587",
    "\u00fcber",
    "\u2013",
    "\u2026",
    "x" * 120,
    "Wort" * 30 + "_ende",
)
"""Every piece that one of the readers could take for more than text."""

HIDDEN = ("\u200b", "\u200f", "\u202e", "\u00ad", "\u2060")
"""Characters that nobody sees. The formatters disagree about their width."""

PRINTABLE = st.characters(
    codec="utf-8",
    exclude_categories=("Cs", "Cc", "Zl", "Zp", "Co", "Cn"),
    exclude_characters="\ufeff\ufffe\uffff",
)
"""What YAML can hold."""

LATIN = st.characters(min_codepoint=0x20, max_codepoint=0x24F, exclude_categories=("Cc", "Cf"))
"""Characters of whose width nobody has an opinion of his own."""


def lines(*, plain_width: bool = False) -> st.SearchStrategy[str]:
    """Return texts of one line, pieces with and without spaces between them."""
    words = WORDS if plain_width else WORDS + HIDDEN
    free = st.text(LATIN if plain_width else PRINTABLE, min_size=1, max_size=8)
    piece = st.sampled_from(words) | free
    pieces = st.lists(st.tuples(piece, st.sampled_from((" ", "", "  "))), min_size=1, max_size=5)
    joined = pieces.map(lambda found: "".join(word + gap for word, gap in found).strip())
    return joined.map(lambda text: text or "a")


def texts(*, plain_width: bool = False) -> st.SearchStrategy[str]:
    """Return texts of one or more lines, blank ones between them, spaces around them."""
    one = lines(plain_width=plain_width)
    gaps = st.sampled_from(("\n", "\n\n", " \n ", "\n\n\n"))
    ends = st.sampled_from(("", "\n", "  ", " \n"))

    def joined(found: list[tuple[str, str]], before: str, after: str) -> str:
        body = "".join(line + gap for line, gap in found[:-1]) + found[-1][0]
        return before + body + after

    return one | st.builds(joined, st.lists(st.tuples(one, gaps), min_size=1, max_size=3), ends, ends)


FENCED = ("\tmake all", "    indented", "```sh", "~~~", "````", "| a | b |", "line \\", "$ ", "-- a comment")


def codes() -> st.SearchStrategy[str]:
    """Return code to the letter: more lines, fences, tabs, indents, blank lines around it."""
    line = lines(plain_width=True) | st.sampled_from(FENCED)
    body = st.lists(line, min_size=1, max_size=4).map("\n".join)
    ends = st.sampled_from(("", "\n", "  ", "\n\n"))
    return body | st.builds(lambda before, text, after: before + text + after, ends, body, ends)
