"""For every level all places show the same set: page, guide, template, agent file, and the projection."""

from typing import Any

from hypothesis import given

from handrail.policy import projection
from handrail.policy.model import Policy
from tests.minimal.builder import load
from tests.properties.policies import policies
from tests.properties.project import examples, rendered
from tests.properties.readers import Page, read_page

PAGES = {
    "matrix": "docs/APPROVAL_MATRIX.md",
    "guide": "docs/DATABASE_MIGRATION_GUIDE.md",
    "home": "docs/index.md",
    "integration": "docs/INTEGRATION_GUIDE.md",
    "levels": "docs/RISK_LEVELS.md",
    "template": ".github/PULL_REQUEST_TEMPLATE.md",
    "migration": ".github/PULL_REQUEST_TEMPLATE/migration.md",
    "agent": ".claude/agents/data-engineer.md",
}


def numbered(data: dict[str, Any]) -> dict[str, Any]:
    """Return the policy with names that cannot be mistaken for one another."""
    entries = {
        "role": data["roles"]["roles"],
        "requirement": data["risk-matrix"]["requirements"],
        "item": [each for one in data["checklists"]["checklists"] for each in one["items"]],
    }
    for kind, found in entries.items():
        for number, entry in enumerate(found):
            entry["text" if kind == "item" else "title"] = f"{kind} {number}."
    data["artefacts"]["skip"] = []
    return data


def approvals(page: Page) -> dict[str, str]:
    """Return level -> approvals, from the first table that has both."""
    table = next(each for each in page.tables() if {"Level", "Approvals"} <= {cell.text for cell in each[0]})
    column = [cell.text for cell in table[0]].index("Approvals")
    return {row[0].text: row[column].text for row in table[1:]}


def boxes_of_levels(page: Page, fields: set[str]) -> set[tuple[str, str]]:
    """Return (level, approvals) of the boxes of ``fields``, in which the author declares the level."""
    boxes = [each.seen for each in page.items() if each.seen.comments]
    declared = [seen.text.partition(": ") for seen in boxes if seen.comments[0].partition(":")[0] in fields]
    return {(level, names) for level, _, names in declared}


def due_items(page: Page, levels: list[str]) -> dict[str, set[str]]:
    """Return level -> items that a list of boxes asks of it, by what stands behind each item."""
    asked: dict[str, set[str]] = {level: set() for level in levels}
    for item in page.items():
        name, _, rest = item.seen.text.partition(".")
        if name.startswith("item ") and item.box is not None:
            first = rest.partition("(from ")[2].partition(" on)")[0] or levels[0]
            for level in levels[levels.index(first) :]:
                asked[level].add(f"{name}.")
    return asked


def items_of(
    policy: Policy, checklists: tuple[str, ...], levels: list[str], *, people: bool = False
) -> dict[str, set[str]]:
    """Return level -> its items; those that a person ticks, where only ``people`` are asked."""
    return {
        level: {
            item.text
            for name in checklists
            for item in projection.due(policy, projection.items_of(policy, name), level)
            if item.checked_by == "person" or not people
        }
        for level in levels
    }


def approvals_agree(policy: Policy, pages: dict[str, Page], levels: list[str]) -> None:
    wanted = approvals(pages["matrix"])
    assert list(wanted) == levels
    for name in ("guide", "home", "integration", "migration", "agent"):
        assert approvals(pages[name]) == wanted, name
    assert {level: pages["levels"].after(level, 2).table("Fact")[0][1].text for level in levels} == wanted
    fields = {field.id for field in policy.pull_request.pull_request.fields if field.kind == "level"}
    assert boxes_of_levels(pages["template"], fields) == (set(wanted.items()) if fields else set())
    counts = {each.id: len(each.approvals) for each in policy.risk_matrix.levels}
    assert {level: len(text.split("+")) for level, text in wanted.items()} == counts


def requirements_agree(policy: Policy, pages: dict[str, Page], levels: list[str]) -> None:
    asked = {level: {each.title for each in projection.requirements_at(policy, level)} for level in levels}
    grid = pages["matrix"].table("Requirement")
    columns = {
        level: {row[0].text for row in grid if row[at].text == "yes"} for at, level in enumerate(levels, 1)
    }
    assert columns == asked
    agent = [each.seen.text for each in pages["agent"].after("What each level asks", 2).items()]
    for level in levels:
        names = [each.seen.text for each in pages["levels"].after(level, 2).items()]
        assert {each.removesuffix(" (new at this level)") for each in names} == asked[level], level
    so_far: set[str] = set()
    for level, line in zip(levels, agent, strict=True):
        new = line.removeprefix(f"From {level} on: ")
        so_far |= set(new.split("; ")) - {"nothing more"}
        assert so_far == asked[level], level


def items_agree(policy: Policy, pages: dict[str, Page], levels: list[str]) -> None:
    form = policy.pull_request.pull_request
    asked = items_of(policy, form.checklists, levels, people=True)
    assert due_items(pages["template"], levels) == asked
    assert due_items(pages["agent"], levels) == items_of(policy, policy.agent.review, levels)


@examples(8)
@given(policies().map(numbered))
def test_all_places_agree(data: dict[str, Any]) -> None:
    files, outcome = rendered(data)
    policy = load(files.files).policy
    assert policy is not None, outcome
    pages = {name: read_page(files.files[path].decode()) for name, path in PAGES.items()}
    levels = [each.id for each in policy.risk_matrix.levels]
    for agree in (approvals_agree, requirements_agree, items_agree):
        agree(policy, pages, levels)
