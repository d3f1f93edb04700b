"""A pull request, wholly read -> the gate's answer."""

from collections.abc import Callable, Iterator, Sequence

from handrail.policy.matrix import Requirement
from handrail.policy.projection import requirements_at
from handrail.review.case import Case, Decision, Result, state_of
from handrail.review.checks import CHECKS, approvals_of
from handrail.review.questions import field_parts
from handrail.risk.levels import Levels

ALWAYS = frozenset({"review-declaration", "review-policy"})
"""Checks of every pull request, whether it touches the database or not."""


def decide(case: Case, page: Callable[[str], str]) -> Decision:
    """Return the answer; ``page`` says where the handbook has a requirement, '' for nowhere.

    It passes when nothing that the policy asks is missing. What only a person
    can check is listed, and does not stop it.
    """
    results = tuple(_result(case, each, page(each.id)) for each in _asked(case))
    waived = tuple(_waived(each, page(each.id)) for each in _spared(case))
    passed = all(each.state != "missing" for each in results)
    computed = case.verdict.level if case.touched else ""
    return Decision(
        passed,
        case.level,
        computed,
        case.declared,
        results + waived,
        approvals_of(case).seats,
        case.verdict,
        case.policy.risk_matrix.levels[0].id,
        tuple(_notes(case)),
    )


def _asked(case: Case) -> Sequence[Requirement]:
    if case.level:
        return requirements_at(case.policy, case.level)
    return tuple(each for each in case.policy.risk_matrix.requirements if each.check in ALWAYS)


def _result(case: Case, requirement: Requirement, page: str) -> Result:
    check = CHECKS.get(requirement.check or "")
    parts = tuple(check(case, requirement) if check else field_parts(case, requirement.id))
    state = state_of(parts)
    if check is None and state == "met":
        state = "person"
    return Result(requirement.id, requirement.title, state, parts, requirement.location, page)


def _spared(case: Case) -> Iterator[Requirement]:
    """Yield what would be asked if no operation were waived."""
    if not case.level:
        return
    levels = Levels(case.policy)
    every = levels.highest(each.level for risk in case.verdict.migrations for each in risk.operations)
    if not levels.at_least(case.level, every):
        asked = requirements_at(case.policy, case.level)
        yield from (each for each in requirements_at(case.policy, every) if each not in asked)


def _waived(requirement: Requirement, page: str) -> Result:
    return Result(requirement.id, requirement.title, "waived", (), requirement.location, page)


def _notes(case: Case) -> Iterator[str]:
    """Yield what people should know, and what changes nothing."""
    for risk in case.verdict.migrations:
        for judged in risk.operations:
            if judged.waiver:
                waiver = judged.waiver
                yield (f"{risk.name}: {judged.operation.kind} on {waiver.object} is waived by {waiver.owner} "
                       f"until {waiver.expires}: {waiver.reason}")  # fmt: skip
        for unread in risk.not_checked:
            yield f"{risk.path}:{unread.line} was not checked: {unread.reason}"
    yield from _labels(case)
    if case.level and not case.touched:
        yield "The body says that the schema changes, and no migration and no change of the schema was found."
    if case.pull_request.draft:
        yield "It is a draft: reviews are asked for when it is marked ready."


def _labels(case: Case) -> Iterator[str]:
    levels = {each.name: each.level for each in case.policy.pull_request.pull_request.labels}
    for label in case.pull_request.labels:
        if label in levels and case.level and levels[label] != case.level:
            yield f"The label '{label}' says something else than {case.level}: correct it."
