"""Output in which GitHub Actions finds no command."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.core.shown import defused

TABLE = {
    "nothing": "nothing",
    "::error::x": ": :error::x",
    "  ::set-output name=a::b": "  : :set-output name=a::b",
    "a\n::warning::x": "a\n: :warning::x",
    "a ::error::x": "a ::error::x",
    "##[error]x": "# #[error]x",
    "a ##[group]x": "a # #[group]x",
    "# heading\n## [link]": "# heading\n## [link]",
}


@pytest.mark.parametrize("text", TABLE)
def test_text(text: str) -> None:
    assert defused(text) == TABLE[text]


@given(st.text(alphabet="#:[ \n\r\ta\u2028\x85"))
def test_no_line_is_a_command(text: str) -> None:
    shown = defused(text)
    assert "##[" not in shown
    assert not any(line.lstrip().startswith("::") for line in shown.split("\n"))


@given(st.text(alphabet='#[":\\\n'))
def test_json_means_the_same(text: str) -> None:
    raw = json.dumps({text: [text]}, indent=2)
    assert "##[" not in defused(raw, json=True)
    assert json.loads(defused(raw, json=True)) == {text: [text]}
