"""A deploy, wholly read -> the gate's answer: the policy's checklist, as far as a machine can check it."""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import NamedTuple

from handrail.policy.checklists import Checklist, Item
from handrail.policy.model import Policy
from handrail.policy.projection import due
from handrail.review.case import Decision, Result, Words, state_of
from handrail.review.deploy_case import Deployment
from handrail.review.deploy_checks import CHECKS

ALWAYS = frozenset({"deploy-history", "deploy-engine"})
"""Checks of a deploy that brings no migration: the database must stand well all the same."""

WORDS = Words(
    code="deploy",
    title="Deploy",
    untouched="Nothing is pending that this deploy could bring.",
    one="item",
    ready="Ready to deploy.",
    not_ready="Not ready to deploy.",
    declared=False,
)


class Asked(NamedTuple):
    """An item of a checklist that this deploy has to show, and its checklist."""

    checklist: Checklist
    item: Item


def decide_deploy(
    deployment: Deployment, page: Callable[[Asked], str], later: Collection[str] = ()
) -> Decision:
    """Return the answer; ``page`` says where the handbook has an item, '' for nowhere.

    ``later`` are ids of items that come after this answer, such as the backup
    that the deploy takes itself: they are not asked now, and a note says so.
    """
    asked = tuple(asked_of(deployment.policy, deployment.level))
    results = tuple(_result(deployment, each, page(each)) for each in asked if each.item.id not in later)
    left = [each.item for each in asked if each.item.id in later]
    return Decision(
        all(each.state != "missing" for each in results),
        deployment.level,
        deployment.level,
        "",
        results,
        (),
        deployment.verdict,
        deployment.policy.risk_matrix.levels[0].id,
        (*(f"Left for later: {each.text} ({each.id})." for each in left), *_notes(deployment)),
        WORDS,
    )


def asked_of(policy: Policy, level: str) -> Iterator[Asked]:
    """Yield the items that a deploy of a level has to show ('' for one without migrations).

    They are those of each checklist that names a check of a deploy.
    """
    lowest = policy.risk_matrix.levels[0].id
    for checklist in policy.checklists.checklists:
        if not any(each.check in CHECKS for each in checklist.items):
            continue
        for item in due(policy, checklist.items, level or lowest):
            if level or item.check in ALWAYS:
                yield Asked(checklist, item)


def _result(deployment: Deployment, asked: Asked, page: str) -> Result:
    item = asked.item
    check = CHECKS.get(item.check or "")
    parts = tuple(check(deployment)) if check else ()
    state = state_of(parts) if check else "person"
    return Result(item.id, item.text, state, parts, item.location, page)


def _notes(deployment: Deployment) -> Iterator[str]:
    """Yield what people should know, and what changes nothing."""
    if deployment.held is None:
        yield "No database was named: what it says of its own history was not looked at."
    for name in deployment.rolled_back:
        yield (f"{name} was marked as rolled back, and runs again. Marking undoes nothing: "
               "look whether half of it is still there.")  # fmt: skip
    for risk in deployment.verdict.migrations:
        for judged in risk.operations:
            if judged.waiver:
                waiver = judged.waiver
                yield (f"{risk.name}: {judged.operation.kind} on {waiver.object} is waived by {waiver.owner} "
                       f"until {waiver.expires}: {waiver.reason}")  # fmt: skip


def known_items(policy: Policy) -> Mapping[str, Item]:
    """Return the items of a deploy by id, at the highest level."""
    highest = policy.risk_matrix.levels[-1].id
    return {each.item.id: each.item for each in asked_of(policy, highest)}
