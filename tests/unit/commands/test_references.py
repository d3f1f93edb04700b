"""A text may name any id: the link leads to a place that is there."""

import re

from handrail.artefacts.homes import HOMES
from handrail.artefacts.pages import DOCS
from handrail.commands.explain import list_ids
from handrail.source.markdown import parse_page
from tests.world import World, rendered, unrendered

WITHOUT_PLACE = {"option", "custom-artefact"}
"""Kinds whose entries have no place of their own; their titles are shown."""

MANY = {"checklist", "operation", "runbook", "faq", "schema"}
"""Artefacts that are many files, or the page itself on which the reference stands."""


def references() -> list[tuple[str, str]]:
    world = rendered()
    lines = list_ids(world.disk, world.shipped, "").text.splitlines()
    return [(line.split("  ")[0], line.split("  ")[1]) for line in lines]


def named_everything() -> World:
    """Return a repository in which one answer names every id, each after a word of its own."""
    world = unrendered()
    text = " ".join(f"n{number} [[{kind}:{key}]]" for number, (kind, key) in enumerate(references()))
    world.edit("policies/faq.yaml", "answer: See [[artefact:approval-matrix]].", f'answer: "{text}"')
    return world


def test_every_id_can_be_named_and_leads_somewhere() -> None:
    world = named_everything()
    outcome = world.render()
    assert outcome.code == 0, outcome.findings
    parts = re.split(r"n\d+ ", world.text("docs/FAQ.md").split("\n## ")[1])[1:]
    assert len(parts) == len(references())
    for (kind, key), part in zip(references(), parts, strict=True):
        linked = re.match(r"\[(.+?)\]\(([^)]*)\)", part)
        plain = kind in WITHOUT_PLACE or (kind == "artefact" and key in MANY)
        assert bool(linked) is not plain, (kind, key, part)


def test_it_leads_to_the_entry_and_not_just_to_its_page() -> None:
    world = named_everything()
    world.render()
    pages = {path: parse_page(raw.decode()) for path, raw in world.files.items() if path.endswith(".md")}
    for link in pages["docs/FAQ.md"].links:
        path, _, anchor = link.href.partition("#")
        page = "docs/" + path if path else "docs/FAQ.md"
        if not anchor or path.startswith("http"):
            continue
        ids = {given.value for given in pages[page].ids}
        headings = {heading.text.lower().replace(" ", "-").strip("?.") for heading in pages[page].headings}
        assert anchor in ids | headings, link.href


def test_the_homes_are_pages_of_the_catalogue() -> None:
    made = {path for path in rendered().ledger.outputs if path.startswith(DOCS)}
    world = rendered()
    listed = list_ids(world.disk, world.shipped, "artefact").text.splitlines()
    paths = {line.split("  ")[1]: line.split("  ")[2] for line in listed}
    assert {paths[home] for home in HOMES.values()} <= made
