"""Where in the handbook each kind of entry lives, and links to it."""

import posixpath
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from typing import NamedTuple

from handrail.core.finding import Finding
from handrail.policy.index import Definition, Index, Reference
from handrail.policy.model import Policy
from handrail.policy.shape import plain_title

HOMES: Mapping[str, str] = {
    "level": "risk-levels",
    "example": "risk-levels",
    "requirement": "approval-matrix",
    "red-flag": "approval-matrix",
    "operation": "operations",
    "danger": "operations",
    "role": "roles",
    "channel": "roles",
    "environment": "roles",
    "window": "roles",
    "pattern": "migration-guide",
    "procedure": "migration-guide",
    "scenario": "migration-guide",
    "field": "integration-guide",
    "integration": "integration-guide",
    "gap": "gap-analysis",
    "control": "gap-analysis",
    "check": "gap-analysis",
    "risk": "risk-register",
    "schema-risk": "risk-register",
    "metric": "metrics",
    "topic": "open-decisions",
    "question": "open-decisions",
    "phase": "rollout",
    "faq": "faq",
    "term": "glossary",
    "seed": "coverage",
    "statement": "home",
    "picture": "home",
}
"""Kind -> the page that holds its entries, each under its id as anchor."""

PAGES: Mapping[str, str] = {
    "agent": "roles",
    "database": "roles",
    "guide": "migration-guide",
    "handbook": "home",
    "naming": "naming",
    "pull-request": "integration-guide",
    "team": "roles",
}
"""Policy file -> the page that shows what has no id of its own."""

_PARTS = ("step", "message")
"""Kinds whose ids count inside a runbook or a procedure only."""


class Target(NamedTuple):
    """A place in the repository: a file, and an anchor in it or ''."""

    path: str
    anchor: str
    title: str


class Homes:
    """Finds the place of any entry among the artefacts that are made.

    ``pages`` maps an artefact's id (``runbook/restore`` for one of many) to
    (path, title); ``own`` maps (kind, id) to the page of an entry that does not
    live where others of its kind do.
    """

    def __init__(
        self,
        index: Index,
        pages: Mapping[str, tuple[str, str]],
        checks: Mapping[str, str],
        own: Mapping[tuple[str, str], str],
    ) -> None:
        self.index, self.pages, self.checks, self.own = index, pages, checks, own
        self.items = _item_checklists(index)

    def title(self, kind: str, key: str) -> str:
        """Return what an entry calls itself."""
        if kind == "artefact":
            path, title = self.pages.get(key, (key, ""))
            return title or path
        if kind == "level":
            return key  # the word that boxes and labels use
        if kind == "check":
            return self.checks.get(key, key)
        found = self.index.find(kind, key)
        return plain_title(found.node) if found else key

    def _answer(self, reference: Reference) -> tuple[str, str]:
        """Return the (kind, id) to open for an entry that covers a row: itself, or its page."""
        if reference.owner[0] and self.target(*reference.owner):
            return reference.owner
        stem = reference.location.path.removeprefix("policies/").split("/")[0].removesuffix(".yaml")
        return "artefact", PAGES.get(stem, "home")

    @cached_property
    def answers(self) -> Mapping[str, tuple[tuple[str, str], ...]]:
        """The (kind, id) to open for each row of the seed document that is covered."""
        found: dict[str, dict[tuple[str, str], None]] = {}
        for reference in self.index.references:
            if reference.kind == "seed":
                found.setdefault(reference.id, {})[self._answer(reference)] = None
        return {row: tuple(places) for row, places in found.items()}

    def target(self, kind: str, key: str) -> Target | None:
        """Return where an entry lives, or None when it has no place."""
        title = self.title(kind, key)
        if kind == "artefact":
            page, anchor = key, ""
        elif f"{kind}/{key}" in self.pages:
            page, anchor = f"{kind}/{key}", ""
        elif kind == "item":
            page, anchor = f"checklist/{self.items.get(key, '')}", key
        elif kind in _PARTS:
            page, anchor = self._part(kind, *key.split("/", 1))
        else:
            page, anchor = self.own.get((kind, key)) or HOMES.get(kind, ""), key.lower()
        found = self.pages.get(page)
        return Target(found[0], anchor, title) if found else None

    def _part(self, kind: str, parent: str, name: str = "") -> tuple[str, str]:
        """Return page and anchor of a step or a message."""
        if self.index.find("procedure", parent):
            return HOMES["procedure"], f"{parent}-{name}"
        return f"runbook/{parent}", f"{kind}-{name}"


def _item_checklists(index: Index) -> dict[str, str]:
    return {
        item.id: checklist
        for checklist, found in index.definitions.get("checklist", {}).items()
        for item in getattr(found.node, "items", ())
    }


@cache
def relative(target: str, start: str) -> str:
    """Return the path of ``target`` as a link in the file ``start`` writes it."""
    return posixpath.relpath(target, posixpath.dirname(start) or ".")


def own_pages(policy: Policy) -> dict[tuple[str, str], str]:
    """Return the pages of entries that do not live where others of their kind do."""
    pages = {("statement", each.id): "recommendations" for each in policy.handbook.recommendations}
    for each in (*policy.agent.communication, *policy.agent.ongoing):
        pages["statement", each.id] = "roles"
    return pages


def find_shared_anchors(policy: Policy, index: Index) -> Iterator[Finding]:
    """Yield entries of different kinds that one page would show under the same anchor.

    Finding: ``policy.same-anchor``.
    """
    own = own_pages(policy)
    taken: dict[tuple[str, str], Definition] = {}
    for kind, home in HOMES.items():
        for key, definition in index.definitions.get(kind, {}).items():
            page = own.get((kind, key), home)
            other = taken.setdefault((page, key.lower()), definition)
            if other is not definition:
                message = f"{kind} '{key}' has the id of a {other.kind} on the same page ({other.location})"
                hint = f"Give one of them another id: both would be found under #{key.lower()}."
                yield Finding("policy.same-anchor", message, definition.location, hint=hint)
