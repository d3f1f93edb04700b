"""Blocks: what is filled in is found again, and what a hand wrote around it stays, byte for byte."""

from hypothesis import example, given
from hypothesis import strategies as st

from handrail.source.blocks import Block, fill, find_blocks
from tests.properties.project import examples
from tests.properties.texts import WORDS

IDS = ("navigation", "workflow-faq", "x-1")
FOREIGN = ("", "# Title", "plain", "- item", "| a | b |", "<!-- a comment -->", "    code", *WORDS)
"""Lines that a hand wrote. None opens a fence or a comment, in which a marker would be inert."""

OPEN = ("`", "~~~", "<!--", "<script")
lines = st.lists(st.sampled_from([each for each in FOREIGN if not each.startswith(OPEN)]), max_size=4)
INSIDE = ("", "| a |", "text", "# handrail", "  indented", "\u05e9\u2028\x0b")
insides = st.lists(st.sampled_from(INSIDE), min_size=1, max_size=4).map("\n".join)


def marked(name: str, word: str, sign: str, indent: str) -> str:
    marker = f"handrail:{word} {name}"
    return f"{indent}<!-- {marker} -->" if sign == "<" else f"{indent}# {marker}"


@st.composite
def hosts(draw: st.DrawFn) -> tuple[str, str]:
    """Return (path, text) of a file with one to three blocks, of either kind of line break."""
    sign, path = draw(st.sampled_from((("<", "docs/a.md"), ("#", ".github/CODEOWNERS"), ("#", "mkdocs.yml"))))
    indent = draw(st.sampled_from(("", "  "))) if sign == "#" else ""
    written = draw(lines)
    for name in draw(st.lists(st.sampled_from(IDS), min_size=1, max_size=3, unique=True)):
        inside = draw(lines) if draw(st.booleans()) else []
        written += ["", marked(name, "begin", sign, indent), *(f"{indent}{each}" for each in inside)]
        written += ["", marked(name, "end", sign, indent), "", *draw(lines)]
    line_break = draw(st.sampled_from(("\n", "\r\n")))
    return path, line_break.join(written) + draw(st.sampled_from(("", line_break)))


def around(text: str, blocks: tuple[Block, ...]) -> list[str]:
    """Return the lines that belong to nobody but the hand, their line breaks included."""
    taken = {number for block in blocks for number in range(block.begin + 1, block.end + 1)}
    return [line for number, line in enumerate(text.split("\n")) if number not in taken]


@examples(150)
@given(hosts(), st.data())
@example(("mkdocs.yml", "# handrail:begin x-1\r\n# handrail:end x-1"), None)
def test_what_is_filled_in_is_found_and_the_rest_stays(
    host: tuple[str, str], choice: st.DataObject | None
) -> None:
    path, before = host
    known = frozenset(IDS)
    there = find_blocks(path, before, known)
    assert there.findings == ()
    assert there.blocks
    block = choice.draw(st.sampled_from(there.blocks)) if choice else there.blocks[0]
    inside = choice.draw(insides) if choice else "a\nb"
    after = fill(before, block, inside)
    found = find_blocks(path, after, known)
    assert found.findings == ()
    assert [each.id for each in found.blocks] == [each.id for each in there.blocks]
    assert around(after, found.blocks) == around(before, there.blocks)
    (filled,) = [each for each in found.blocks if each.id == block.id]
    assert (filled.inside, filled.edited) == (inside, False)
    others = [(each.id, each.inside, each.checksum) for each in there.blocks if each.id != block.id]
    assert [(each.id, each.inside, each.checksum) for each in found.blocks if each.id != block.id] == others
    assert after.count("\r\n") == (after.count("\n") if "\r\n" in before else 0)
    assert fill(after, filled, inside) == after


@examples(100)
@given(hosts(), st.integers(0, 10**6), st.sampled_from(("x", " ", "\n", "-", "0")))
@example(("docs/a.md", "\r\n<!-- handrail:begin x-1 -->\r\n<!-- handrail:end x-1 -->\r\n"), 1, "x")
def test_a_hand_edit_inside_is_seen_and_outside_is_not(host: tuple[str, str], at: int, extra: str) -> None:
    path, text = host
    known = frozenset(IDS)
    block = find_blocks(path, text, known).blocks[0]
    text = fill(text, block, "\none line\n\nand another\n")
    (block, *_) = find_blocks(path, text, known).blocks
    rows = text.split("\n")
    begin = sum(len(row) + 1 for row in rows[: block.begin + 1])
    end = sum(len(row) + 1 for row in rows[: block.end]) - 1
    place = begin + at % (end - begin)
    edited = find_blocks(path, text[:place] + extra + text[place:], known)
    assert edited.findings == ()
    assert edited.blocks[0].edited
    outside = find_blocks(path, "Hello.\n\n" + text + "\n\nBye.\n", known)
    assert not outside.blocks[0].edited
