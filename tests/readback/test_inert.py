"""Policy text is data: it arrives to the letter, and does nothing else.

Every text of the minimal policy is replaced at once by something nasty. Each
artefact is then read by its reader and compared with the same artefact made
from harmless words: the same structure, and the nasty text where the harmless
one stood.
"""

import json
import re
import shlex
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from typing import Any

import pytest
import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from handrail.artefacts.build import build_artefacts
from handrail.artefacts.memory import Memory
from handrail.artefacts.model import Artefact
from handrail.artefacts.template import spell_owners
from handrail.commands.project import read_templates
from handrail.policy.forms import Form, forms_of
from handrail.policy.model import FILES
from handrail.policy.shape import Matches, Node, Verbatim
from tests.fakes import MemoryFiles
from tests.minimal.builder import dump_policies, load, minimal_data
from tests.world import Shipped

CALM = "Calm words"
RUN = "run-me"
"""Stands for text that is shown to the letter."""

NASTY: dict[str, str] = {
    "pipe": "a | b || c|d |",
    "pipe alone": "|",
    "escaped pipe": r"a \| b",
    "pipe in code": "`a | b` and `|`",
    "table": "| a | b |\n| - | - |\n| c | d |",
    "backtick": "a ` b",
    "backticks": "a `` b ``` c ````",
    "fence": "```\ncode\n```",
    "tilde fence": "~~~\ncode\n~~~",
    "code": "`code` and ``more ` code``",
    "bold": "**bold** __bold__ *em* _em_ a*b*c snake_case_word",
    "strike": "~~gone~~ ~gone~",
    "heading": "# heading",
    "closed heading": "title ##",
    "setext": "title\n===",
    "setext dashes": "title\n---",
    "rule": "***",
    "bullet": "- a\n* b\n+ c",
    "number": "1. one\n2) two",
    "box": "[ ] open [x] done",
    "quote": "> said\n> so",
    "alert": "> [!WARNING]\n> no",
    "indented": "a\n\n    code\n\n\tb".replace("\t", "        "),
    "link": "[x](y) [x][y] [x]: y [[x]] ![x](y)",
    "link with quotes": '[x](https://example.org "title")',
    "reference": "[ref]: https://example.org",
    "footnote": "a[^1]\n\n[^1]: note",
    "attributes": "word {: .class #id } {#id}",
    "definition": "term\n:   meaning",
    "address": "https://example.org/a_b?c=d&e=f#g and http://x.y.",
    "address in brackets": "<https://example.org> <a@example.org>",
    "bare address": "www.example.org ftp://example.org a@example.org",
    "html": "<b>bold</b> <br> </td></table> <a href='x'>x</a>",
    "script": "<script>alert(1)</script>",
    "style": "<style>* { display: none }</style>",
    "image": "<img src=x onerror=alert(1)>",
    "open tag": "a <b",
    "comment": "<!-- hidden --> --> <!--",
    "comment ends": "-- --> --!> ->",
    "marker": "<!-- handrail:begin faq -->\n# handrail:end faq",
    "entity": "&amp; &lt; &#35; &nbsp; &copy",
    "mustache": "{{ policy }} {% for %} {# note #} {{{ x }}}",
    "expression": "${{ github.token }} $(id) `id` $HOME ${HOME}",
    "mathematics": "$a_b$ $$x$$ \\(x\\)",
    "emoji code": ":smile: :+1: a:b:c",
    "emoji": "\U0001f600 \U0001f468\u200d\U0001f469\u200d\U0001f467 \u2764\ufe0f \U0001f1e9\U0001f1ea",
    "right to left": "\u0645\u0631\u062d\u0628\u0627 \u05e9\u05dc\u05d5\u05dd abc \u202etxt\u202c",
    "wide": "\u65e5\u672c\u8a9e \uff5c \u3000x",
    "accents": "e\u0301 \u00e9 \u0130 \u00df \u1e9e",
    "quotes": '"double" \'single\' \u201ccurly\u201d \\"',
    "yaml": "key: value # note",
    "yaml list": "- x: [1, 2]\n  y: {a: b}",
    "yaml words": "yes",
    "yaml number": "1.10",
    "yaml end": "---\na: b\n...",
    "yaml tag": "!!python/object:os.system &a *a",
    "backslash": "a\\b \\n \\\\ \\# \\",
    "mention": "@ada @acme/team #12 acme/x#3",
    "exclamation": "stop! !important !",
    "percent": "%0A::error::x %PATH% 100%",
    "workflow command": "::error file=x::y",
    "template end": "%} }} #}",
    "blank lines": "one\n\n\n\ntwo\nthree",
    "spaces": "a  b   c",
    "dashes": "-- --- ---- \u2013 \u2014",
    "plus": "+",
    "dash": "-",
    "equals": "==",
    "admonition": "!!! note\n    text",
    "details": "??? note\n    text",
    "tabs": '=== "Tab"',
    "long": "word " * 80 + "|" * 20,
    "unbroken": "x" * 300,
}
CODE_SPANS = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)


ADDRESSES = re.compile(r"https?://[\w./?=&#-]*[\w/]")
"""The only other thing that is read in a text: an address becomes a link to itself."""


def parts(text: str) -> list[str]:
    """Return the paragraphs of a text."""
    return re.split(r"\n\s*\n", text.strip())


def calm(text: str) -> str:
    """Return harmless words in as many paragraphs."""
    return "\n\n".join(f"{CALM} {chr(ord('A') + number)}" for number in range(len(parts(text))))


def is_shown(text: str, harmless: str, nasty: str) -> bool:
    """Tell whether ``text`` is ``harmless`` with the nasty text in the place of the calm words, blanks aside.

    A code span is read within its line; what a template shows as code is shown to the letter.
    """
    pattern = re.escape(squeezed(harmless).casefold())
    for part, words in zip(parts(nasty), parts(calm(nasty)), strict=True):
        read = {squeezed(way(part)).casefold() for way in (_seen, _seen_by_line, str)}
        pattern = pattern.replace(squeezed(words).casefold(), f"(?:{'|'.join(map(re.escape, read))})")
    return re.fullmatch(pattern, squeezed(text).casefold()) is not None


def _seen(text: str) -> str:
    return CODE_SPANS.sub(lambda found: found[2], text)


def _seen_by_line(text: str) -> str:
    return "".join(_seen(line) for line in text.split("\n"))


def squeezed(text: str) -> str:
    return "".join(text.split())


def filled(cls: type[Node], data: Any, prose: str, code: str) -> Any:
    """Return the data of a record with every free text replaced."""
    fields = forms_of(cls)
    return {
        name: value if name == "default_branch" else _filled(fields[name].form, value, prose, code)
        for name, value in data.items()
    }


def _filled(form: Form, value: Any, prose: str, code: str) -> Any:
    if form.kind == "list" and form.item is not None:
        return [_filled(form.item, each, prose, code) for each in value]
    if form.kind == "record" and form.cls is not None:
        return filled(form.cls, value, prose, code)
    matches = form.mark(Matches)
    if form.kind == "text" and form.mark(Verbatim) and matches is None:
        return code
    one_line = form.prose and form.marks
    return (" ".join(prose.split()) if one_line else prose) if form.prose else value


@cache
def built(prose: str, code: str = RUN) -> dict[str, Artefact]:
    """Return the artefacts, by id, of a policy whose every text is ``prose`` and every code ``code``."""
    data = {stem: filled(FILES[stem], value, prose, code) for stem, value in minimal_data().items()}
    loaded = load(dump_policies(data))
    assert loaded.policy is not None, loaded.findings
    made = build_artefacts(loaded.policy, loaded.index, templates(), MEMORY)
    assert made.findings == ()
    return {artefact.id: artefact for artefact in made.artefacts if artefact.template}


MEMORY = Memory()


@cache
def templates() -> dict[str, str]:
    return read_templates(MemoryFiles({}), Shipped())


def markdown(artefact: Artefact) -> tuple[str, str]:
    """Return the front matter of a Markdown artefact and the rest."""
    found = re.match(r"---\n(.*?\n)---\n", artefact.text, re.DOTALL)
    return (found[1], artefact.text[found.end() :]) if found else ("", artefact.text)


PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
OWN_HTML = re.compile(r"<a id=\"[\w.-]+\">|</a>|<br>")


def leaves(tokens: list[Token], addresses: set[str] | None = None) -> Iterator[tuple[str, str]]:
    """Yield (what it is, text) for every block; a paragraph or cell with what is seen in it.

    Links to one of ``addresses`` are not told.
    """
    for token in tokens:
        if token.type != "inline":
            yield f"{token.type} {token.tag} {token.info} {token.level}", token.content
            continue
        children = [child for child in token.children or () if not _is_link(child, addresses or set())]
        marks = [f"{child.type} {child.attrs} {child.content}" for child in children if not _is_text(child)]
        yield "inline " + "; ".join(marks), "".join(child.content for child in children if _is_text(child))


@cache
def calm_leaves(body: str) -> list[tuple[str, str]]:
    return list(leaves(PARSER.parse(body)))


def _is_link(token: Token, addresses: set[str]) -> bool:
    """Tell whether a token makes a link of an address; of other links only the start is looked at."""
    return token.type == "link_close" or (token.type == "link_open" and token.attrs["href"] in addresses)


def _is_text(token: Token) -> bool:
    own = token.type == "html_inline" and OWN_HTML.fullmatch(token.content)
    if own:
        token.content = ""
    return bool(own) or token.type in ("text", "code_inline", "text_special", "softbreak", "hardbreak")


MARKDOWN = [key for key, artefact in built(CALM).items() if artefact.path.endswith(".md")]


@pytest.mark.parametrize("name", NASTY)
def test_markdown_has_the_same_structure_and_the_text_in_it(name: str) -> None:
    text = NASTY[name]
    nasty, plain, addresses = built(text), built(calm(text)), set(ADDRESSES.findall(text))
    for key in MARKDOWN:
        (front, body), (plain_front, plain_body) = markdown(nasty[key]), markdown(plain[key])
        found = list(leaves(PARSER.parse(body), addresses))
        wanted = calm_leaves(plain_body)
        assert [kind for kind, _ in found] == [kind for kind, _ in wanted], key
        for (kind, shown), (_, harmless) in zip(found, wanted, strict=True):
            if kind.startswith("html_block"):
                check_comment(shown, harmless)
            elif harmless.startswith("gh label create"):
                check_command(shown, harmless, text)
            else:
                assert is_shown(shown, harmless, text), (key, kind, shown, harmless)
        check_yaml(front, plain_front, text)


def check_comment(text: str, harmless: str) -> None:
    """Hold a comment that says something of the policy against the harmless one."""
    assert text.count("<!--") == harmless.count("<!--")
    assert text.count("-->") == harmless.count("-->")
    assert text.startswith("<!--") == harmless.startswith("<!--")
    assert text.rstrip().endswith("-->") == harmless.rstrip().endswith("-->")


def check_command(text: str, harmless: str, nasty: str) -> None:
    """Hold a line for the shell against the harmless one: as many words, the nasty text as one."""
    words, plain = shlex.split(text), shlex.split(harmless)
    assert (len(words), words[:7], words[8]) == (len(plain), plain[:7], "--")
    assert words[9] == " ".join(nasty.split())


def check_yaml(text: str, harmless: str, nasty: str) -> None:
    """Hold YAML against the harmless one: the same values, each with the nasty text in it."""
    plain, flat = calm(nasty), " ".join(calm(nasty).split())
    for found, wanted in zip(values(yaml.safe_load(text)), values(yaml.safe_load(harmless)), strict=True):
        if isinstance(wanted, str):
            one_line = " ".join(nasty.split())
            read = squeezed(wanted.replace(flat, _seen(one_line)))  # a title is what a reader sees
            letters = (wanted.replace(plain, nasty), wanted.replace(flat, one_line))
            assert found in letters or squeezed(found) == read
        else:
            assert found == wanted


YAML = [key for key, artefact in built(CALM).items() if artefact.path.endswith((".yml", ".yaml"))]


@pytest.mark.parametrize("name", NASTY)
def test_yaml_holds_the_text_to_the_letter(name: str) -> None:
    nasty, plain = built(NASTY[name]), built(calm(NASTY[name]))
    assert {"incident-form", "review-form", "safety-workflow", "navigation"} <= set(YAML)
    for key in YAML:
        check_yaml(nasty[key].text, plain[key].text, NASTY[name])


@pytest.mark.parametrize("name", NASTY)
def test_json_holds_the_text_to_the_letter(name: str) -> None:
    made = json.loads(built(NASTY[name])["labels"].text)
    assert [each["name"] for each in made] == [" ".join(NASTY[name].split())]
    ruleset = json.loads(built(NASTY[name])["ruleset"].text)
    assert ruleset == json.loads(built(CALM)["ruleset"].text)


class Reader(HTMLParser):
    """Collects the tags and the text of a page of the site."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value for name, value in attrs if name in ("href", "src", "class", "type")}
        if (tag == "a" and not named) or tag in ("code", "br"):
            return
        if "headerlink" in (named.get("class") or ""):
            named = {}
        self.tags.append(f"{tag} {named}")

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.tags.append(f"comment of {data.count('<!--')}")


SITE = ("home", "runbook/restore", "checklist/author", "gap-analysis", "workflow-review")
"""Pages in which policy text stands in every kind of place: heading, cell, item, task, quote, paragraph."""


@pytest.mark.parametrize("name", NASTY)
def test_the_site_shows_the_text_and_nothing_else(name: str) -> None:
    text = NASTY[name]
    nasty, plain, addresses = built(text), built(calm(text)), set(ADDRESSES.findall(text))
    for key in SITE:
        found, wanted = on_the_site(markdown(nasty[key])[1]), on_the_site(markdown(plain[key])[1])
        links = {f"a {{'href': '{address}'}}" for address in addresses}
        assert [tag for tag in found.tags if tag not in links] == wanted.tags, key
        assert is_shown(found.text, wanted.text, text), key


@cache
def on_the_site(text: str) -> Reader:
    module = pytest.importorskip("markdown", reason="the site builder is not installed")
    extensions = ["attr_list", "sane_lists", "tables", "toc", "pymdownx.quotes", "pymdownx.superfences"]
    options = {"toc": {"permalink": True, "toc_depth": 3}, "pymdownx.quotes": {"callouts": True}}
    reader = Reader()
    html = module.markdown(text, extensions=[*extensions, "pymdownx.tasklist"], extension_configs=options)
    reader.feed(html)
    return reader


VERBATIM = [name for name in NASTY if name not in ("indented",)]


@pytest.mark.parametrize("name", VERBATIM)
def test_code_is_shown_to_the_letter(name: str) -> None:
    code = NASTY[name]
    nasty, plain = built(CALM, code), built(CALM)
    count = 0
    for key in MARKDOWN:
        found = list(leaves(PARSER.parse(markdown(nasty[key])[1])))
        wanted = calm_leaves(markdown(plain[key])[1])
        assert [kind for kind, _ in found] == [kind for kind, _ in wanted], key
        for (kind, text), (_, harmless) in zip(found, wanted, strict=True):
            if kind.startswith("fence") and harmless == RUN + "\n":
                assert text == code.rstrip("\n") + "\n"
                count += 1
            elif not kind.startswith("html_block"):
                assert squeezed(text) == squeezed(harmless).replace(RUN, squeezed(code)), (key, kind)
    assert count > 5


@pytest.mark.parametrize(
    ("text", "spelled"),
    [("a b", r"a\ b"), ("a#b", r"a\#b"), (" a\nb ", r"a\ b"), ("a\\", r"a\\"), ("a", "a")],
)
def test_owners_are_spelled_as_one_word(text: str, spelled: str) -> None:
    assert spell_owners(text) == spelled


def values(data: Any) -> Iterator[Any]:
    """Yield the scalars of plain data, in order."""
    if isinstance(data, dict | list):
        for each in data.values() if isinstance(data, dict) else data:
            yield from values(each)
    else:
        yield data


@pytest.mark.parametrize("text", ["a | b", "# x", "<b>", "[x](y)", "- x", "**x**", "&amp;", "a\\*"])
def test_the_comparison_sees_what_is_not_spelled(text: str) -> None:
    page = "| a | b |\n| - | - |\n| {0} | c |\n\n{0}\n"
    found, wanted = (list(leaves(PARSER.parse(page.format(each)))) for each in (text, CALM))
    shown = [
        is_shown(shown, harmless, text) for (_, shown), (_, harmless) in zip(found, wanted, strict=False)
    ]
    assert [kind for kind, _ in found] != [kind for kind, _ in wanted] or not all(shown)
