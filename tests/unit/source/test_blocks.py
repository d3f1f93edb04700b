"""Generated blocks inside hand-written files: found, filled, told from hand edits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.source.blocks import Block, checksum, fill, find_blocks, new_file

KNOWN = frozenset({"a", "b"})
SUM = checksum("inside")
EMPTY = checksum("")


def md(word: str) -> str:
    return f"<!-- handrail:{word} -->"


def marked(*lines: str) -> str:
    """Return lines in which ``begin a`` and the like stand for Markdown markers."""
    return "\n".join(md(line) if line.startswith(("begin", "end", "other")) else line for line in lines)


@pytest.mark.parametrize(
    ("path", "text", "blocks"),
    [
        ("x.md", marked("begin a", "inside", "end a"), [("a", 0, 2, "inside")]),
        ("x.md", marked("one", "begin a", "end a", "two"), [("a", 1, 2, "")]),
        ("x.md", marked("begin a", "", "x", "", "end a"), [("a", 0, 4, "\nx\n")]),
        (
            "x.md",
            marked("begin b", "1", "end b", "", "begin a", "2", "end a"),
            [("b", 0, 2, "1"), ("a", 4, 6, "2")],
        ),
        ("x.md", "  <!--handrail:begin   a-->\nx\n   <!--\thandrail:end a  -->  ", [("a", 0, 2, "x")]),
        ("x.md", marked("words", "begin a", "x", "end a"), [("a", 1, 3, "x")]),
        ("x.yml", "k:\n  # handrail:begin a\n  - x\n  # handrail:end a\n", [("a", 1, 3, "  - x")]),
        ("CODEOWNERS", "#handrail:begin a\nx\n#  handrail:end a", [("a", 0, 2, "x")]),
        ("CODEOWNERS", marked("begin a", "x", "end a"), [("a", 0, 2, "x")]),
        ("x.md", "", []),
        ("x.md", "handrail: begin a\n", []),
        ("x.md", f"```\n{marked('begin a', 'x', 'end a')}\n```\n", []),
        ("x.md", f"~~~md\n{md('begin a')}\n~~~\n", []),
        ("x.md", "text\n\n    " + md("begin a") + "\n", []),
        ("x.md", f"`{md('begin a')}`\n", []),
        ("x.md", f"see {md('begin a')}\n", []),
        ("x.md", f"> {md('begin a')}\n", []),
        ("x.md", "# handrail:begin a\n\nx\n\n# handrail:end a\n", []),
        ("x.yml", "a: '# handrail:begin a'\n", []),
        ("x.yml", "# handrail:begin a and more\n", []),
        ("x.yml", "## handrail:begin a\n", []),
    ],
)
def test_where_a_block_is(path: str, text: str, blocks: list[tuple[str, int, int, str]]) -> None:
    found = find_blocks(path, text, KNOWN)
    assert [(b.id, b.begin, b.end, b.inside) for b in found.blocks] == blocks
    assert found.findings == ()


def test_spaces_around_a_marker_do_not_matter() -> None:
    found = find_blocks("x.yml", "  #   handrail:begin  a \nx\n\t# handrail:end\ta  \n", KNOWN)
    assert [(b.id, b.inside) for b in found.blocks] == [("a", "x")]


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        (
            marked("", "begin a", "x"),
            [(2, 1, "block.missing-end", "block 'a' begins and does not end")],
        ),
        (
            marked("x", "", "  end", md("end a")),
            [(4, 1, "block.missing-begin", "block 'a' ends but did not begin")],
        ),
        (
            marked("begin a", "x", "end b"),
            [
                (3, 1, "block.missing-begin", "block 'b' ends but did not begin"),
                (1, 1, "block.missing-end", "block 'a' begins and does not end"),
            ],
        ),
        (
            marked("begin a", "begin b", "x", "end b", "end a"),
            [(2, 1, "block.nested", "block 'b' begins inside block 'a' (line 1)")],
        ),
        (
            marked("begin a", "begin a", "x", "end a"),
            [(2, 1, "block.nested", "block 'a' begins inside block 'a' (line 1)")],
        ),
        (
            marked("begin a", "end a", "", " " + md("begin a"), "end a"),
            [(4, 2, "block.duplicate", "block 'a' stands here twice")],
        ),
        (marked("begin c", "end c"), [(1, 1, "block.unknown", "there is no block 'c'")]),
        (marked("other a"), [(1, 1, "block.marker", "unknown marker 'handrail:other'")]),
        (
            marked("begin a", "other a", "end a"),
            [(2, 1, "block.marker", "unknown marker 'handrail:other'")],
        ),
    ],
)
def test_what_is_wrong_with_markers(text: str, problems: list[tuple[int, int, str, str]]) -> None:
    found = find_blocks("x.md", text, KNOWN).findings
    assert [(f.location.line, f.location.column, f.code, f.message) for f in found] == problems
    for finding in found:
        assert finding.hint
        assert finding.severity == "error"
        assert finding.location.path == "x.md"
        assert finding.source == text.split("\n")[finding.location.line - 1]


@pytest.mark.parametrize(
    ("text", "known", "hint"),
    [
        (marked("begin a"), KNOWN, "Add the line 'handrail:end a' below it."),
        (marked("end a"), KNOWN, "Add the line 'handrail:begin a' above, or remove this one."),
        (marked("begin c", "end c"), KNOWN, "Name one of this file's (a, b), or remove it."),
        (marked("begin c", "end c"), frozenset[str](), "Remove it."),
    ],
)
def test_what_to_do_about_it(text: str, known: frozenset[str], hint: str) -> None:
    assert [finding.hint for finding in find_blocks("x.md", text, known).findings] == [hint]


@pytest.mark.parametrize(
    ("inside", "total", "edited"),
    [
        ("inside", SUM, False),
        ("inside", "", False),
        ("inside ", SUM, True),
        ("Inside", SUM, True),
        ("inside\n", SUM, True),
        ("", SUM, True),
        ("", EMPTY, False),
        ("inside", SUM[:-1] + ("0" if SUM[-1] != "0" else "1"), True),
    ],
)
def test_a_hand_edit_shows(inside: str, total: str, edited: bool) -> None:
    assert Block("a", 0, 2, total, inside).edited is edited


def test_the_checksum_is_read_from_the_marker_whatever_the_line_breaks_are() -> None:
    text = f"# handrail:begin a\ninside\n# handrail:end a {SUM}\n"
    for form in (text, text.replace("\n", "\r\n")):
        (block,) = find_blocks("CODEOWNERS", form, KNOWN).blocks
        assert (block.checksum, block.edited) == (SUM, False)
    (block,) = find_blocks("CODEOWNERS", text.replace("inside", "edited"), KNOWN).blocks
    assert block.edited


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        (
            "x.md",
            "top\n<!-- handrail:begin a -->\nold\n<!-- handrail:end a 00ff -->\nend\n",
            f"top\n<!-- handrail:begin a -->\ninside\n<!-- handrail:end a {SUM} -->\nend\n",
        ),
        (
            "x.yml",
            "k:\n  # handrail:begin a\n  # handrail:end a\n- x",
            f"k:\n  # handrail:begin a\ninside\n  # handrail:end a {SUM}\n- x",
        ),
        (
            "x.yml",
            "# handrail:begin a\n# handrail:end a",
            f"# handrail:begin a\ninside\n# handrail:end a {SUM}",
        ),
        (
            "x.yml",
            "# handrail:begin a\r\n# handrail:end a",
            f"# handrail:begin a\r\ninside\r\n# handrail:end a {SUM}",
        ),
        (
            "x.yml",
            "x\r\n# handrail:begin a\r\nold\r\nold\r\n# handrail:end a\r\ny\r\n",
            f"x\r\n# handrail:begin a\r\ninside\r\n# handrail:end a {SUM}\r\ny\r\n",
        ),
    ],
)
def test_fill_changes_nothing_outside(path: str, before: str, after: str) -> None:
    (block,) = find_blocks(path, before, KNOWN).blocks
    assert fill(before, block, "inside") == after


LINES = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters=":"))
TEXTS = st.lists(LINES, max_size=5).map("\n".join)


@given(TEXTS, TEXTS, TEXTS, TEXTS, st.sampled_from(["\n", "\r\n"]))
def test_what_was_filled_is_found_again_and_fixed(
    before: str, old: str, inside: str, after: str, end: str
) -> None:
    text = f"{before}\n# handrail:begin a\n{old}\n# handrail:end a\n{after}".replace("\n", end)
    (block,) = find_blocks("x", text, KNOWN).blocks
    assert block.inside == old
    filled = fill(text, block, inside)
    (again,) = find_blocks("x", filled, KNOWN).blocks
    assert (again.inside, again.edited) == (inside, False)
    assert fill(filled, again, inside) == filled
    assert filled.replace(end, "\n").split("\n# handrail")[0] == before
    assert filled.replace(end, "\n").endswith("\n" + after)


@pytest.mark.parametrize("inside", ["inside", "", "a\nb"])
def test_a_new_file_holds_the_block_unedited(inside: str) -> None:
    found = find_blocks("CODEOWNERS", new_file("a", inside), KNOWN)
    assert [(b.inside, b.edited) for b in found.blocks] == [(inside, False)]
    assert found.findings == ()
