"""Which pull request is asked about: the one of a workflow's event, or what files say."""

from typing import NamedTuple

from handrail.adapters.actions import Event
from handrail.adapters.github_values import read_review
from handrail.adapters.json_fields import Fields, parse_json
from handrail.core.errors import HandrailError
from handrail.core.pull_request import PullRequest, Review
from handrail.ports import PullRequests


class Asked(NamedTuple):
    """A pull request with its reviews, and the revision that it goes to."""

    pull_request: PullRequest
    reviews: tuple[Review, ...]
    base: str


def read_event(event: Event, number: int, github: PullRequests, head: str) -> Asked:
    """Return the pull request of an event as GitHub has it now; ``head`` is what is checked out.

    Raises ``HandrailError`` when a newer commit was pushed meanwhile: the run
    that it started knows more.
    """
    now = github.pull_request(number)
    queued = event.name == "merge_group"
    if not queued and now.head != head:
        message = f"{head[:7]} is checked out, and the pull request is at {now.head[:7]}"
        hint = "Check out the head of the pull request. After a push, the run that it started counts."
        raise HandrailError(message, hint)
    reviews = tuple(github.reviews(number))
    return Asked(now, reviews, event.base if queued else now.base)


def read_saved(body: str, reviews: bytes | None, author: str, head: str, base: str) -> Asked:
    """Return a pull request from what was saved.

    ``reviews`` is JSON as ``gh api repos/OWNER/NAME/pulls/N/reviews`` or ``gh pr
    view N --json reviews`` print it, None for no reviews.
    """
    found = () if reviews is None else _saved_reviews(parse_json("the file of reviews", reviews))
    return Asked(PullRequest(number=0, body=body, author=author, head=head, base=base), found, base)


def _saved_reviews(document: Fields) -> tuple[Review, ...]:
    if isinstance(document.value, dict):
        return tuple(_of_gh(each) for each in document["reviews"])
    return tuple(read_review(each) for each in document)


def _of_gh(node: Fields) -> Review:
    """Return a review in the words of ``gh pr view``: it never tells programs from people but by name."""
    author, commit = node["author"], node.get("commit")
    login = "" if author.is_null() else author["login"].text()
    value = {
        "state": node["state"].text(),
        "user": {"login": login, "type": "User"} if login else None,
        "commit_id": None if commit.is_null() else commit["oid"].text(),
        "submitted_at": node.get("submittedAt").text_or_empty(),
    }
    return read_review(Fields(node.source, value, node.place))
