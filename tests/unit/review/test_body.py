"""What a body declares, beyond what the folders of tests/cases/review show."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.core.record import replace
from handrail.review.body import LONGEST, Declaration, Words, is_answer, parse_body, plain, words_of
from tests.minimal.builder import minimal_policy

POLICY = minimal_policy()
FORM = POLICY.pull_request.pull_request
LEVELS = [each.id for each in POLICY.risk_matrix.levels]
WORDS = words_of(FORM, (), LEVELS)


def read(text: str, words: Words = WORDS) -> Declaration:
    """Return the declaration of a body, by the minimal policy."""
    return parse_body(text, words)


LEVEL: dict[str, tuple[str, tuple[str, ...]]] = {
    "a box with its id": ("- [x] LOW <!-- risk:LOW -->", ("LOW",)),
    "a box without an id, under its question": ("### Risk level\n\n- [x] MEDIUM: two people", ("MEDIUM",)),
    "a word alone": ("### Risk level\n\nHIGH", ("HIGH",)),
    "a line of prose": ("Risk level: high", ("HIGH",)),
    "in a sentence": ("### Risk level\n\nI think it is HIGH", ()),
    "an unticked box": ("- [ ] LOW <!-- risk:LOW -->", ()),
    "twice the same": ("- [x] LOW <!-- risk:LOW -->\n- [x] LOW <!-- risk:LOW -->", ("LOW",)),
    "two": ("- [x] LOW <!-- risk:LOW -->\n- [x] HIGH <!-- risk:HIGH -->", ("LOW", "HIGH")),
    "an id of nobody": ("- [x] LOW <!-- risk:NONE -->", ("LOW",)),
    "no box": ("- [y] LOW <!-- risk:LOW -->", ()),
    "a link": ("- [x](http://example.org) LOW <!-- risk:LOW -->", ()),
    "below a line stands what others append": ("### Risk level\n\n---\n\nHIGH", ()),
}


@pytest.mark.parametrize("name", LEVEL)
def test_level(name: str) -> None:
    text, levels = LEVEL[name]
    assert read(text).ticked("risk") == levels


def test_options_of_signs_alone_are_told_apart_by_their_ids() -> None:
    (choice,) = (each for each in FORM.fields if each.kind == "choice")
    signs = tuple(replace(one, text=sign) for one, sign in zip(choice.options, "👍👎", strict=True))
    words = words_of(replace(FORM, fields=(replace(choice, options=signs),)), (), LEVELS)
    found = read("- [x] 👍 <!-- has-migration:no -->\n- [ ] 👎 <!-- has-migration:yes -->", words)
    assert (found.ticked("has-migration"), found.clash("has-migration")) == (("no",), None)


@pytest.mark.parametrize(
    "text",
    ["", " ", "TODO", "n/a", "N.A.", "None.", "- none -", "x", "Say how, and who tried it.", "TODO\n\nTBD",
     "<br>", "<p title='many words'></p>", "<style>words</style>", "<script>words", "<? words ?>",
     "<!X words>", "<!-- words -->", "&nbsp;", "&#8203;", "\u3164", "\u115f\u1160", "\u202e\u2066"],
)  # fmt: skip
def test_no_answer(text: str) -> None:
    assert not is_answer(text, "Say how, and who tried it.")


@pytest.mark.parametrize(
    "text", ["none: only adds", "12 rows", "Zurückgespielt", "日本", "a < 5 and b > 6", "None.\n\nOnly adds.",
             "<https://example.org/1>", "![](https://example.org/a.png)", '<img src="https://example.org/a.png">',
             "&lt;b&gt;", "<b>12</b> rows"]
)  # fmt: skip
def test_answer(text: str) -> None:
    assert is_answer(text, "Say how.")


@given(st.text())
def test_no_text_is_too_strange(text: str) -> None:
    found = read(text)
    assert all(0 < box.line <= len(found.lines) for box in found.boxes)
    assert plain(plain(text)) == plain(text)


def test_what_is_longer_than_github_stores_is_cut() -> None:
    assert read("\n" * LONGEST + "- [x] LOW <!-- risk:LOW -->").boxes == ()


SLOW: dict[str, tuple[str, str, str]] = {
    "spaces in a line": ("## a", " ", "b"),
    "spaces in an answer": ("### Risk level\n\na", " ", "b"),
    "spaces in a box": ("- [", " ", "a"),
    "brackets": ("", "[", ""),
    "pictures": ("", "![", ""),
    "boxes": ("", "- [x] LOW <!-- risk:LOW -->\n", ""),
    "unclosed tags": ("### Risk level\n\n", "<!", ""),
    "quotes": ("", ">", ""),
    "lists in lists": ("", "- ", ""),
}
ANSWERED = {"spaces in an answer": [True], "unclosed tags": [False]}


@pytest.mark.parametrize("name", SLOW)
def test_no_text_takes_long(name: str) -> None:
    first, middle, last = SLOW[name]
    start = process_time()
    found = read(first + middle * (60_000 // len(middle)) + last)
    assert [is_answer(each.text) for each in found.answers.values()] == ANSWERED.get(name, [])
    assert process_time() - start < 2  # those that took quadratic time took ten seconds to minutes
