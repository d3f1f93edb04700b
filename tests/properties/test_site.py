"""The site's Markdown shows the same text, links and markup as GitHub's, whatever the policy says."""

import re
from collections import Counter
from html.parser import HTMLParser
from typing import Any

import markdown  # type: ignore[import-untyped]  # it ships no types
import pytest
import yaml
from hypothesis import example, given
from markdown_it import MarkdownIt

from tests.fakes import CHECKOUT
from tests.properties.policies import policies, with_value
from tests.properties.project import examples, rendered

_ALERT = re.compile(r"^\[!\w+\]$|^(Important|Caution|Warning|Note|Tip)$")
_OWN = {"p", "td", "tr", "tbody", "div", "blockquote", "input", "label", "span"}
"""Tags that each writes its own way: alerts, boxes to tick, the one row of an empty table."""


class Shown(HTMLParser):
    """What a browser shows of a page: its words, its tags, where its links lead."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: Counter[str] = Counter()
        self.links: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.links += [str(value) for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data: str) -> None:
        self.words += [word for word in re.sub(r"^\[[ x]\] ", "", data).split() if not _ALERT.match(word)]

    def said(self) -> str:
        """Return the words; between which of them a space stands is no matter here."""
        return "".join(self.words)


def on_site(text: str) -> Shown:
    with open(CHECKOUT / "mkdocs.yml", encoding="utf-8") as file:
        listed = yaml.safe_load(file)["markdown_extensions"]
    settings = {name: values for each in listed if isinstance(each, dict) for name, values in each.items()}
    settings["toc"] = {"permalink": False}
    names = [name for each in listed for name in (each if isinstance(each, dict) else [each])]
    return Shown(markdown.markdown(text, extensions=names, extension_configs=settings))


def on_github(text: str) -> Shown:
    return Shown(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(text))


def common(shown: Shown) -> dict[str, int]:
    """Return how often each tag stands there that both write alike."""
    return {tag: count for tag, count in shown.tags.items() if tag not in _OWN}


NASTY = "| `a|b` <b> *c* _d_ ~~e~~ {: #id } [[not: one]] http://x.org/_y_ &amp;"


@examples(8)
@given(policies())
@example(with_value("#no heading", "guide", "quick_start", "title"))  # Python-Markdown asks for no space
@example(
    with_value(
        "| `a|b` <b> *c* _d_ ~~e~~ {: #id } [[not: one]] http://x.org/_y_ &amp;", "gaps", "gaps", 0, "fix"
    )
)
def test_site_and_github_show_the_same(data: dict[str, Any]) -> None:
    files, _ = rendered(data)
    for path, raw in files.files.items():
        if path.startswith("docs/") and path.endswith(".md"):
            text = re.sub(r"\A---\n.*?\n---\n", "", raw.decode(), flags=re.DOTALL)
            site, github = on_site(text), on_github(text)
            assert site.said() == github.said(), path
            assert site.links == github.links, path
            assert common(site) == common(github), path


@pytest.mark.parametrize("text", ["a ~~b~~ c", "a www.example.org", "| a |\n| - |\n| `b\\|c` |"])
def test_the_comparison_sees_what_they_read_differently(text: str) -> None:
    """Negative: what policy text never becomes."""
    site, github = on_site(text), on_github(text)
    same = (site.said(), site.links, common(site)) == (github.said(), github.links, common(github))
    assert same is text.startswith("a www")
