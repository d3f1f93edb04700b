"""Which pull request is asked about."""

import json

import pytest

from handrail.adapters.actions import Event
from handrail.adapters.asked import read_event, read_saved
from handrail.core.errors import HandrailError
from handrail.core.pull_request import PullRequest, Review
from tests.fakes import MemoryPullRequests

A, B, C = "a" * 40, "b" * 40, "c" * 40
CHANGE = PullRequest(7, "title", "body", "ann", head=A, base=B, branch="main")
YES = Review("bob", "approved", A, "2026-11-24T10:00:00Z")


def test_an_event_is_answered_by_what_github_has_now() -> None:
    github = MemoryPullRequests(CHANGE, reviews={7: [YES]})
    asked = read_event(Event("pull_request", number=7, head=C, base=C), 7, github, A)
    assert (asked.pull_request, asked.reviews, asked.base) == (CHANGE, (YES,), B)


def test_a_newer_commit_is_no_green_light() -> None:
    with pytest.raises(HandrailError, match="ccccccc is checked out, and the pull request is at aaaaaaa"):
        read_event(Event("pull_request", number=7), 7, MemoryPullRequests(CHANGE), C)


def test_in_a_queue_another_commit_is_checked_out_and_the_base_is_that_of_the_queue() -> None:
    asked = read_event(Event("merge_group", number=7, base=C), 7, MemoryPullRequests(CHANGE), B)
    assert (asked.pull_request.head, asked.base) == (A, C)


REST = {
    "user": {"login": "bob", "type": "User"},
    "state": "APPROVED",
    "commit_id": A,
    "submitted_at": YES.submitted,
}
GH = {"author": {"login": "bob"}, "state": "APPROVED", "commit": {"oid": A}, "submittedAt": YES.submitted}
APP = {"login": "a[bot]", "type": "Bot"}
SAVED = {
    "REST": ([REST], (YES,)),
    "gh pr view": ({"reviews": [GH]}, (YES,)),
    "a deleted account": ([{**REST, "user": None}], (YES._replace(login=""),)),
    "a deleted account, of gh": ({"reviews": [{**GH, "author": None}]}, (YES._replace(login=""),)),
    "an app": ([{**REST, "user": APP}], (YES._replace(login="a[bot]", is_bot=True),)),
    "no commit": ([{**REST, "commit_id": None}], (YES._replace(commit=""),)),
    "none": ([], ()),
}  # fmt: skip


@pytest.mark.parametrize("name", SAVED)
def test_saved_reviews(name: str) -> None:
    document, reviews = SAVED[name]
    asked = read_saved("text", json.dumps(document).encode(), "ann", A, "main")
    assert asked.reviews == reviews
    assert (asked.pull_request.body, asked.pull_request.author, asked.base) == ("text", "ann", "main")


@pytest.mark.parametrize(
    "raw", [b"", b"{", b"1", b"{}", b'[{"state": "APPROVED"}]', b'[{"state": 1}]', b"[null]"]
)
def test_what_are_no_reviews_is_no_green_light(raw: bytes) -> None:
    with pytest.raises(HandrailError, match="the file of reviews"):
        read_saved("", raw, "", A, "main")


def test_without_a_file_there_are_no_reviews() -> None:
    assert read_saved("", None, "", A, "main").reviews == ()
