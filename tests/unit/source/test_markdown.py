"""What parse_page finds in a page, and where."""

import re
from pathlib import Path

import pytest

from handrail.source.markdown import html_lines, parse_page
from handrail.source.page import Heading, Id, Image, Link, Reference, find_tags
from tests.fakes import CHECKOUT


def test_headings_have_their_text_without_markup() -> None:
    page = parse_page("# A *b* `c_d` &amp; \\* [e](f.md) ![g](h.png) <b>i</b>\n\nSet\ntext\n---\n")
    assert page.headings == (
        Heading(1, "A b c_d & * e  i", 1, 3),
        Heading(2, "Set text", 3, 1),
    )


def test_headings_in_quotes_and_lists_count() -> None:
    page = parse_page("> ## Quoted\n\n- # Listed #\n")
    assert page.headings == (Heading(2, "Quoted", 1, 6), Heading(1, "Listed", 3, 5))
    assert page.titled


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("a [b](c.md)", Link("c.md", 1, 3)),
        ("a\n  [b](<c d.md> 'title')", Link("c d.md", 2, 3)),
        ("**[b](c.md#d)**", Link("c.md#d", 1, 3)),
        ("<https://a.b>", Link("https://a.b", 1, 1)),
        ("[b][c]\n\n[c]: d.md", Link("d.md", 1, 1)),
        ("[c]\n\n[C]: d.md", Link("d.md", 1, 1)),
        ("> > - [b](c.md)", Link("c.md", 1, 7)),
        ("| a |\n|---|\n| x \\| [b](c.md) |", Link("c.md", 3, 8)),
        ("x <a title='>' href=\"c.md?a=1&amp;b\">", Link("c.md?a=1&b", 1, 3)),
        ("<p>\n <a\n href=c.md>", Link("c.md", 2, 2)),
        ("[b](%C3%A9.md)", Link("%C3%A9.md", 1, 1)),
        ("[b](javascript:x)", Link("javascript:x", 1, 1)),
        ("---\na: '[x](y)'\n---\n[b](c.md)", Link("c.md", 4, 1)),
        ("\ufeffa [b](c.md)", Link("c.md", 1, 3)),
        ("a\r\n[b](c.md)\r\n", Link("c.md", 2, 1)),
        ("# a [b](c.md)", Link("c.md", 1, 5)),
    ],
)
def test_a_link_and_its_place(text: str, link: Link) -> None:
    assert parse_page(text).links == (link,)


def test_equal_cells_of_a_row_have_places_of_their_own() -> None:
    page = parse_page("| a | b | c |\n|---|---|---|\n| [x](y) | z | [x](y) |\n| [x](y) |\n")
    assert page.links == (Link("y", 3, 3), Link("y", 3, 16), Link("y", 4, 3))


@pytest.mark.parametrize(
    "text",
    [
        "`[a](b)`",
        "\\[a](b)",
        "```\n[a](b) <a id='x' href='y'> ![](z)\n```",
        "    [a](b)",
        "<!-- [a](b) <a id='x' href='y'> -->",
        "a <!-- <img src='x' id='y'> --> b",
        "<!--\n<a href='y'>\n",
        "<script>'<a href=\"x\">'</script>",
        "<style>\n/* <a id='x'> */\n</style>",
        "[a]: b.md",
        "- [ ] task",
    ],
)
def test_what_is_inert(text: str) -> None:
    page = parse_page(text)
    assert (page.links, page.images, page.ids, page.undefined) == ((), (), (), ())


def test_images() -> None:
    page = parse_page('![a *b*](c.png) ![](d.png)\n\n<img src="e" alt=""> <img src=f>\n')
    assert page.images == (
        Image("c.png", "a *b*", 1, 1),
        Image("d.png", None, 1, 17),
        Image("e", "", 3, 1),
        Image("f", None, 3, 22),
    )


def test_a_link_in_the_text_of_an_image_leads_nowhere() -> None:
    assert parse_page("![a [b](c) d](e.png)").links == ()


def test_ids() -> None:
    page = parse_page('<a id="x" name="x"></a> <a name=y></a> <p name="z">\n\n<div\n  ID=\'w\'>\n')
    assert page.ids == (Id("x", 1, 8), Id("y", 1, 33), Id("w", 4, 7))


@pytest.mark.parametrize(
    ("text", "undefined"),
    [
        ("a [b][c]", (Reference("c", 1, 3),)),
        ("[b][]", (Reference("b", 1, 1),)),
        ("![b][c d]", (Reference("c d", 1, 2),)),
        ("[b *x*][c] [e]\n\n[e]: f", (Reference("c", 1, 1),)),
        ("[b][C]\n\n[c]: f", ()),
        ("[b] [c] [d]", ()),
        ("[b][^c]", ()),
        ("[b][c](d)", ()),
        ("`[b][c]`", ()),
    ],
)
def test_undefined_references(text: str, undefined: tuple[Reference, ...]) -> None:
    assert parse_page(text).undefined == undefined


@pytest.mark.parametrize(
    ("text", "titled"),
    [
        ("# a", True),
        ("a\n=", True),
        ("<h1>a</h1>", True),
        ("---\ntitle: a\n---\n", True),
        ("---\ntitle:\n---\n", False),
        ("---\nsub_title: a\n---\n", False),
        ("## a", False),
        ("```\n# a\n```", False),
        ("", False),
    ],
)
def test_a_page_has_a_title_or_not(text: str, titled: bool) -> None:
    assert parse_page(text).titled is titled


def test_attributes_without_quotes_or_value() -> None:
    (tag,) = find_tags("<INPUT disabled ID = x data-a='1>2'>")
    assert tag.name == "input"
    assert tag.attributes == {"disabled": ("", 7), "id": ("x", 21), "data-a": ("1>2", 31)}


def test_hostile_html_takes_linear_time() -> None:
    assert list(find_tags('<a "' * 20_000)) == []
    assert list(find_tags("<!--" * 20_000)) == []


def test_html_lines() -> None:
    assert html_lines("a\n\n<!-- b\nc -->\n\n```\n<!-- d -->\n```\n") == {2, 3}


PAGES = sorted([*(CHECKOUT / "docs").rglob("*.md"), CHECKOUT / "README.md"])


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_everything_in_a_page_of_ours_stands_where_it_is_said_to_stand(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    lines = text.split("\n")
    page = parse_page(text)

    def at(part: Heading | Link | Image | Id) -> str:
        return lines[part.line - 1][part.column - 1 :]

    assert page.titled
    assert page.headings
    for heading in page.headings:
        words = re.sub(r"<[^>]+>|[\\`*_\[]", "", at(heading))
        assert words.startswith(heading.text.split()[0].rstrip("]").replace("_", ""))
        assert lines[heading.line - 1].startswith("#" * heading.level + " ")
    for link in page.links:
        assert at(link).startswith(("[", "<"))
        assert link.href in "\n".join(lines[link.line - 1 : link.line + 1]).replace("&amp;", "&")
    for picture in page.images:
        assert at(picture).startswith(("![", "<img"))
        assert picture.src in lines[picture.line - 1]
    for anchor in page.ids:
        assert at(anchor).startswith(anchor.value)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 20_000,
        "![" * 10_000,
        "[a](" * 10_000,
        "[a][" * 10_000,
        "[a][b] " * 10_000,
        "[a" * 5_000 + "]" * 5_000,
        "<x y='" * 20_000,
        "`" * 20_000,
        ">" * 20_000,
        "- " * 5_000,
        "|a" * 10_000 + "\n" + "|-" * 10_000,
        "".join(f"[a{number}]: b\n" for number in range(10_000)),
    ],
    ids=lambda text: text[:6],
)
def test_hostile_pages_are_read_to_the_end(text: str) -> None:
    assert parse_page(text).links == ()
    assert html_lines(text) == frozenset()


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("<!-- a -->", {0}),
        ("a\n<!-- b -->\nc", {1}),
        ("<div>\n\n<p>", {0, 2}),
        ("> <!-- a -->", {0}),
        ("    <!-- a -->", set()),
        ("a <!-- b -->", set()),
        ("~~~\n<!-- a -->\n~~~", set()),
        ("", set()),
    ],
)
def test_which_lines_are_html(text: str, lines: set[int]) -> None:
    assert html_lines(text) == lines
