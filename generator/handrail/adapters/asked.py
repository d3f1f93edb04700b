"""Which pull request is asked about: the one of a workflow's event, or what files say."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from handrail.adapters.actions import Event
from handrail.adapters.github_values import read_review
from handrail.adapters.json_fields import Fields, parse_json_values
from handrail.core.errors import HandrailError
from handrail.core.pull_request import PullRequest, Review
from handrail.ports import PullRequests

_HINT: Final = "Save them with: gh api repos/OWNER/NAME/pulls/N/reviews --paginate"


class Asked(NamedTuple):
    """A pull request with its reviews, and the revision that it goes to."""

    pull_request: PullRequest
    reviews: tuple[Review, ...]
    base: str


def read_event(event: Event, number: int, github: PullRequests, head: str) -> Asked:
    """Return the pull request of an event as GitHub has it now; ``head`` is what is checked out.

    Raises ``HandrailError`` when that is another commit than the one asked about:
    a newer one was pushed meanwhile, and the run that it started knows more, or
    the workflow checked out something else than what the queue merges.
    """
    now = github.pull_request(number)
    queued = event.name == "merge_group"
    if queued and event.head != head:
        message = f"{head[:7]} is checked out, and the merge queue asks about {event.head[:7]}"
        raise HandrailError(message, "Check out the commit of the event: actions/checkout does so by itself.")
    if not queued and now.head != head:
        message = f"{head[:7]} is checked out, and the pull request is at {now.head[:7]}"
        hint = "Check out the head of the pull request. After a push, the run that it started counts."
        raise HandrailError(message, hint)
    reviews = tuple(github.reviews(number))
    return Asked(now, reviews, event.base if queued else now.base)


def read_saved(body: str, reviews: bytes | None, author: str, head: str, base: str) -> Asked:
    """Return a pull request from what was saved.

    ``reviews`` is JSON as ``gh api repos/OWNER/NAME/pulls/N/reviews`` prints it,
    None for no reviews. With --paginate it may be several lists one after
    another, with --slurp a list of lists.
    """
    found = () if reviews is None else tuple(read_review(each) for each in _saved_reviews(reviews))
    return Asked(PullRequest(number=0, body=body, author=author, head=head, base=base), found, base)


def _saved_reviews(raw: bytes) -> Iterator[Fields]:
    for page in parse_json_values("the file of reviews", raw):
        if isinstance(page.value, dict) and "reviews" in page.value:
            # There a bot has no type and loses the [bot] of its name: it could count as a person.
            raise HandrailError("gh pr view --json reviews does not tell bots from people", _HINT)
        for each in page:
            yield from each if isinstance(each.value, list) else (each,)
