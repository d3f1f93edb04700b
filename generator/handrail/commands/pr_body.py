"""handrail pr-body: the Database Changes section of this branch, with what can be computed filled in."""

from handrail.commands.classify import World
from handrail.commands.outcome import FINE, Outcome
from handrail.commands.review import Asked, read_case
from handrail.core.errors import HandrailError
from handrail.core.pull_request import PullRequest
from handrail.migrations.snapshots import Snapshots
from handrail.ports import Branch
from handrail.review.draft import draft_of, fill_in

TEMPLATE = ".github/PULL_REQUEST_TEMPLATE.md"


def pr_body(world: World, branch: Branch, base: str, snapshots: Snapshots) -> Outcome:
    """Return the section for the work tree as a change of ``base``.

    Raises ``HandrailError`` when something cannot be read, or the template has no such section.
    """
    case = read_case(world, branch, Asked(PullRequest(number=0), ()), base, snapshots)
    template = world.files.read_or_none(TEMPLATE) or b""
    heading = case.policy.pull_request.pull_request.heading
    text = fill_in(template.decode("utf-8", "replace"), heading, draft_of(case))
    if not text:
        raise HandrailError(f"{TEMPLATE} has no section '{heading}'", "Write it: handrail render")
    return Outcome(code=FINE, text=text)
