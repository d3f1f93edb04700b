"""What follows from the policy: one value each, projected many times.

Every page, template, form and check takes these values from here, so that
they cannot disagree.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol, TypeVar

from handrail.core.address import percent_encoded
from handrail.policy.adoption import Hours
from handrail.policy.checklists import Item
from handrail.policy.guide import Command, GuideStep
from handrail.policy.matrix import Level, Requirement
from handrail.policy.model import Policy
from handrail.policy.operations import Operation
from handrail.policy.pull_request import Label
from handrail.policy.runbooks import RunbookStep

GATE = "Migration safety"
"""The required check of a pull request, as GitHub knows it: workflow, job and ruleset name it alike."""
GATE_FILE = "migration-safety"
"""What the file of that workflow is called."""
DEPLOY = "Migration deploy"
"""What the workflow of a deploy is called."""
DEPLOY_FILE = "migration-deploy"
"""What its file is called."""
GITHUB_ACTIONS = 15368
"""The id of the app GitHub Actions: a required check bound to it is answered by no other."""
_MOST_APPROVALS = 10
_LONGEST_DESCRIPTION = 100


class _FromLevel(Protocol):
    @property
    def from_level(self) -> str: ...


T = TypeVar("T", bound=_FromLevel)


def files_address(policy: Policy) -> str:
    """Return the web address below which the default branch shows the files of the policy's folder."""
    repository = policy.team.team.repository
    folder = f"/{percent_encoded(repository.folder)}" if repository.folder else ""
    return f"{repository.url}/blob/{percent_encoded(repository.default_branch)}{folder}"


def level_rank(policy: Policy, level: str) -> int:
    """Return the place of a level in the matrix, 0 for the lowest."""
    return [each.id for each in policy.risk_matrix.levels].index(level)


def due(policy: Policy, entries: Sequence[T], level: str) -> tuple[T, ...]:
    """Return the entries that are asked at ``level``: cumulative, in their order."""
    rank = level_rank(policy, level)
    return tuple(entry for entry in entries if level_rank(policy, entry.from_level) <= rank)


def new_at(entries: Sequence[T], level: str) -> tuple[T, ...]:
    """Return the entries that ``level`` asks first."""
    return tuple(entry for entry in entries if entry.from_level == level)


def requirements_at(policy: Policy, level: str) -> tuple[Requirement, ...]:
    """Return what a change of ``level`` must show."""
    return due(policy, policy.risk_matrix.requirements, level)


def operations_at(policy: Policy, level: str) -> tuple[Operation, ...]:
    """Return the operations whose default level is ``level``."""
    return tuple(each for each in policy.operations.operations if each.level == level)


def level_of(policy: Policy, level: str) -> Level:
    """Return the matrix row of a level."""
    return policy.risk_matrix.levels[level_rank(policy, level)]


def approvals_of_all(policy: Policy) -> int:
    """Return how many people approve a change of the lowest level, as far as a ruleset of GitHub can ask."""
    lowest = policy.risk_matrix.levels[0]
    return min(sum(each.count for each in lowest.approvals), _MOST_APPROVALS)


def label_description(meaning: str) -> str:
    """Return the meaning of a level, cut after a word to what GitHub takes for the description of a label."""
    text = " ".join(meaning.split())
    if len(text) <= _LONGEST_DESCRIPTION:
        return text
    words, _, _ = text[:_LONGEST_DESCRIPTION].rpartition(" ")
    return (words or text[: _LONGEST_DESCRIPTION - 1]).rstrip(" ,;:.") + "\N{HORIZONTAL ELLIPSIS}"


def label_command(label: Label, meaning: str) -> str:
    """Return the command line that makes a label on GitHub, or makes it what the policy says."""
    name, text = " ".join(label.name.split()), label_description(meaning)
    words = f"--color {label.colour} --description {_shell_word(text)} -- {_shell_word(name)}"
    return f"gh label create --force {words}"


def _shell_word(text: str) -> str:
    """Return text as one word of a command line; Python's own way to do it is slow to import."""
    return "'" + text.replace("'", "'\\''") + "'"


def items_of(policy: Policy, checklist: str) -> tuple[Item, ...]:
    """Return the items of a checklist, none when the policy has no such list."""
    found = (each.items for each in policy.checklists.checklists if each.id == checklist)
    return next(found, ())


def items_with(policy: Policy, check: str) -> tuple[Item, ...]:
    """Return the items of all checklists that an automatic check stands behind."""
    lists = policy.checklists.checklists
    return tuple(item for each in lists for item in each.items if item.check == check)


def production_of(policy: Policy) -> str:
    """Return the environment of production, which stands first in the policy."""
    databases = policy.database.databases
    named = databases[0].environments if databases else ()
    return "production" if "production" in named or not named else named[0]


def all_commands(policy: Policy) -> Iterator[Command]:
    """Yield every command of checklists, guide, patterns and runbooks."""
    steps: list[Item | GuideStep | RunbookStep] = [*policy.guide.quick_start.steps]
    steps += policy.guide.full_process.steps
    for checklist in policy.checklists.checklists:
        steps += checklist.items
    for runbook in policy.runbooks.runbooks:
        steps += runbook.steps
    for step in steps:
        yield from step.commands
    for pattern in policy.patterns.patterns:
        for part in pattern.steps:
            yield from part.sql


def rollout_hours(policy: Policy) -> tuple[int, int]:
    """Return the effort of the rollout in hours, (at least, at most), over the phases that end."""
    hours: list[Hours] = [phase.hours for phase in policy.rollout.phases if phase.hours]
    return sum(each.low for each in hours), sum(each.high for each in hours)


def rollout_weeks(policy: Policy) -> int:
    """Return the week in which the last phase that ends is over."""
    return max((phase.last_week or 0 for phase in policy.rollout.phases), default=0)


class Trace(NamedTuple):
    """One way in which a gap is closed: control, where it bites, what shows it."""

    control: str
    by: str
    check: str
    item: str
    shown_in: tuple[str, ...]


def traces(policy: Policy, controls: Sequence[str]) -> tuple[Trace, ...]:
    """Return every enforcement of the controls, in the order of controls.yaml."""
    return tuple(
        Trace(control.id, place.by, place.check or "", place.item or "", control.shown_in)
        for control in policy.controls.controls
        if control.id in controls
        for place in control.enforced_by
    )


def smoke_queries(policy: Policy, engine: str) -> tuple[str, ...]:
    """Return the queries of the application that have to work on a database of an engine."""
    return next((each.smoke for each in policy.database.databases if each.engine == engine), ())
