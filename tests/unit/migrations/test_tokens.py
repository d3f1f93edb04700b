"""Statements as words, names, strings, numbers and marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.migrations.quotes import Dialect
from handrail.migrations.tokens import tokens

ALL: tuple[Dialect, ...] = ("sqlite", "postgresql", "mysql")


@pytest.mark.parametrize("dialect", ALL)
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" -- a\n/* b */\t", []),
        ("DROP x_1", [("word", "DROP"), ("word", "x_1")]),
        ("a.b", [("word", "a"), ("mark", "."), ("word", "b")]),
        ("(1, .5, 2.e3, 0xF)", [
            ("mark", "("), ("number", "1"), ("mark", ","), ("number", ".5"), ("mark", ","),
            ("number", "2.e3"), ("mark", ","), ("number", "0xF"), ("mark", ")"),
        ]),
        ("1a", [("word", "1a")]),
        ("'it''s'", [("string", "'it''s'")]),
        ("a<=b", [("word", "a"), ("mark", "<="), ("word", "b")]),
        ("a-b/c", [("word", "a"), ("mark", "-"), ("word", "b"), ("mark", "/"), ("word", "c")]),
        ("a--b", [("word", "a"), ("mark", "-"), ("mark", "-"), ("word", "b")]),
        ("\x00\ufeffa\x00b", [("word", "a"), ("word", "b")]),
        ("größe", [("word", "größe")]),
        ("'open", [("string", "'open")]),
    ],
)  # fmt: skip
def test_tokens(text: str, expected: list[tuple[str, str]], dialect: Dialect) -> None:
    if text == "a--b" and dialect != "mysql":
        expected = expected[:1]
    assert [(each.kind, each.text) for each in tokens(text, dialect)] == expected


@pytest.mark.parametrize(
    ("dialect", "text", "kind", "value"),
    [
        ("sqlite", '"a""b"', "name", 'a"b'),
        ("sqlite", "[a b]", "name", "a b"),
        ("sqlite", "`a``b`", "name", "a`b"),
        ("sqlite", "'a''b'", "string", "a'b"),
        ("postgresql", '"A b"', "name", "A b"),
        ("postgresql", "$x$a'b$x$", "string", "a'b"),
        ("mysql", '"a b"', "string", "a b"),
        ("mysql", "`a b`", "name", "a b"),
        ("mysql", "'open", "string", "'open"),
        ("mysql", "@@session.x", "word", "@@session"),
        ("postgresql", "plain", "word", "plain"),
    ],
)
def test_values_are_without_quotes(dialect: Dialect, text: str, kind: str, value: str) -> None:
    first = next(tokens(text, dialect))
    assert (first.kind, first.value) == (kind, value)


def test_what_a_token_says() -> None:
    word, name, mark = tokens('drop "drop" (', "sqlite")
    assert (word.says("CREATE", "DROP"), name.says("DROP"), mark.says("(")) == (True, False, True)


@given(st.text(st.sampled_from("'\"`$[]-#/*\\ \nae1.;"), max_size=40), st.sampled_from(ALL))
def test_tokens_lie_where_they_say_and_one_after_the_other(text: str, dialect: Dialect) -> None:
    place = 0
    for token in tokens(text, dialect):
        assert token.start >= place
        assert token.text == text[token.start : token.end] != ""
        place = token.end
    assert place <= len(text)
