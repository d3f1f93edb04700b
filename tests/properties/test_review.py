"""The gate asks what the pages say: for every level, and for each single thing that is missing."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from hypothesis import assume, given

from handrail.commands.review import declaration_of
from handrail.core.pull_request import PullRequest, Review
from handrail.policy import projection
from handrail.policy.model import Policy
from handrail.policy.pull_request import Field
from handrail.review.case import Case, Decision
from handrail.review.decide import decide
from handrail.risk.verdict import Verdict
from tests.minimal.builder import load
from tests.properties.policies import policies
from tests.properties.project import examples, rendered
from tests.properties.readers import read_page
from tests.properties.test_agreement import PAGES, approvals, due_items, items_of, numbered

HEAD = "a" * 40
PEOPLE = 9
"""Members of each role."""
ASKED = ("review-declaration", "review-checklists", "review-approvals")
"""What a complete body and reviews can meet; the other checks look at files."""


def gated(data: dict[str, Any]) -> dict[str, Any]:
    """Return the policy with the gate's checks in it, and with people in every role."""
    lowest = data["risk-matrix"]["levels"][0]["id"]
    asked = data["risk-matrix"]["requirements"]
    for each in asked:
        if str(each.get("check", "")).startswith("review-"):
            each["check"] = "code-owners"
    for check in ASKED:
        asked.append(
            {"id": f"gate-{check}", "title": "", "from_level": lowest, "why": "Why.", "evidence": "That.",
             "checked_by": "ci", "check": check}
        )  # fmt: skip
    for role in data["roles"]["roles"]:
        role["members"] = [{"login": f"{role['id']}-{number}"} for number in range(PEOPLE)]
    for number, field in enumerate(data["pull-request"]["pull_request"]["fields"]):
        field["label"] = f"Question {number}."
        for count, option in enumerate(field.get("options", ())):
            option["text"] = f"Choice {number} {count}."
    return numbered(data)


class Sheet(NamedTuple):
    """One pull request that has everything but ``without``: a part of the gate's answer, '' for nothing."""

    policy: Policy
    template: str
    level: str
    without: str = ""

    def fields(self) -> tuple[Field, ...]:
        """Return the questions that the level asks, by requirements that it asks."""
        asked = {each.id for each in projection.requirements_at(self.policy, self.level)}
        fields = projection.due(self.policy, self.policy.pull_request.pull_request.fields, self.level)
        return tuple(each for each in fields if each.requirement is None or each.requirement in asked)

    def items(self) -> tuple[str, ...]:
        """Return the boxes that a person ticks at the level."""
        lists = dict.fromkeys(self.policy.pull_request.pull_request.checklists)
        items = (each for name in lists for each in projection.items_of(self.policy, name))
        due = projection.due(self.policy, tuple(items), self.level)
        return tuple(each.id for each in due if each.checked_by == "person")

    def parts(self) -> Iterator[str]:
        """Yield the id of each thing that can be missing."""
        yield from (f"field:{each.id}" for each in self.fields())
        yield from (f"item:{each}" for each in self.items())
        level = projection.level_of(self.policy, self.level)
        yield from dict.fromkeys(f"role:{each.role}" for each in level.approvals)

    def body(self) -> str:
        """Return the template, filled in."""
        body = self.template
        for item in self.items():
            if self.without != f"item:{item}":
                body = _ticked(body, f"item:{item}")
        for field in self.fields():
            if self.without == f"field:{field.id}":
                continue
            mark = f"<!-- handrail:field {field.id} -->"
            if field.kind == "text":
                body = body.replace(mark, f"{mark}\n\nMeasured: 12 rows of 40.\n")
            else:
                body = _ticked(body, f"{field.id}:{self._choice(field)}")
        return body

    def _choice(self, field: Field) -> str:
        if field.kind == "level":
            return self.level
        good = (each.id for each in field.options if each.means not in ("none", "not-ready"))
        return next(good, "")

    def reviews(self) -> list[Review]:
        """Return the approvals of the level, one short where that is what is missing."""
        found = []
        for each in projection.level_of(self.policy, self.level).approvals:
            count = each.count - (self.without == f"role:{each.role}")
            found += [Review(f"{each.role}-{number}", "approved", HEAD, "2026-11-24T10:00:00Z")
                      for number in range(count)]  # fmt: skip
        return found

    def decision(self) -> Decision:
        """Return what the gate says of it."""
        change = PullRequest(1, body=self.body(), author="somebody", head=HEAD, opened="2000-01-01T00:00:00Z")
        said = declaration_of(self.policy, change.body)
        touched, level = {"prisma/schema.prisma": "M"}, self.level
        verdict, now = Verdict(level, ()), "2026-11-24T12:00:00Z"
        case = Case(
            self.policy, change, self.reviews(), said, verdict, touched, (), {}, True, level, level, now
        )
        return decide(case, lambda _: "")


def _ticked(body: str, key: str) -> str:
    found = re.search(rf"- \[ \] (?=[^\n]*<!-- {re.escape(key)} -->)", body)
    assert found, key
    return f"{body[: found.start()]}- [x] {body[found.end() :]}"


def missing(decision: Decision) -> list[str]:
    """Return the ids of what is missing."""
    return [part.id for each in decision.missing for part in each.parts if part.state == "missing"]


def prepared(data: dict[str, Any]) -> tuple[Policy, dict[str, str]]:
    """Return a generated policy, and its files as they are rendered."""
    files, _ = rendered(data)
    found = load(files.files)
    assert found.policy is not None
    assume(found.usable)
    fields = found.policy.pull_request.pull_request.fields
    assume(all(Sheet(found.policy, "", "")._choice(each) for each in fields if each.kind == "choice"))
    for level in found.policy.risk_matrix.levels:
        assume(len({each.role for each in level.approvals}) == len(level.approvals))
        assume(all(each.count <= PEOPLE for each in level.approvals))
    return found.policy, {name: files.files[path].decode() for name, path in PAGES.items()}


@examples(8)
@given(policies().map(gated))
def test_for_each_level_and_each_missing_thing_the_gate_names_it_and_nothing_else(
    data: dict[str, Any],
) -> None:
    policy, pages = prepared(data)
    for level in policy.risk_matrix.levels:
        whole = Sheet(policy, pages["template"], level.id)
        assert (missing(whole.decision()), whole.decision().passed) == ([], True)
        for part in whole.parts():
            short = whole._replace(without=part).decision()
            assert (missing(short), short.passed) == ([part], False), level.id


@examples(8)
@given(policies().map(gated))
def test_the_gate_shows_the_requirements_boxes_and_approvals_of_the_pages(data: dict[str, Any]) -> None:
    policy, texts = prepared(data)
    pages = {name: read_page(text) for name, text in texts.items()}
    levels = [each.id for each in policy.risk_matrix.levels]
    boxes = due_items(pages["template"], levels)
    assert boxes == items_of(policy, policy.pull_request.pull_request.checklists, levels, people=True)
    grid, people = pages["matrix"].table("Requirement"), approvals(pages["matrix"])
    for column, level in enumerate(levels, 1):
        decision = Sheet(policy, texts["template"], level).decision()
        shown = {row[0].text for row in grid if row[column].text == "yes"}
        assert {each.title for each in decision.results} == shown
        ticked = {part.title for each in decision.results for part in each.parts if part.id[:5] == "item:"}
        assert ticked <= boxes[level]
        assert len(people[level].split("+")) == len(decision.seats)
