"""``ports.PullRequests``: GitHub and the MemoryPullRequests of the tests behave the same.

What a unit test proves with MemoryPullRequests is true of GitHub because of this file.
"""

from collections.abc import Iterator

import pytest

from handrail.adapters.github import GitHub
from handrail.core.errors import HandrailError
from handrail.core.pull_request import Comment, PullRequest, Review
from handrail.ports import PullRequests
from tests.fakes import MemoryPullRequests, StoppingClock
from tests.integration import github_payloads as payloads
from tests.integration.github_payloads import BASE, BOT, HEAD, REPOSITORY, TIME
from tests.integration.github_server import TOKEN, serving

TITLE, BODY = "Drop the table of old recipes", "## Database Changes\r\n\r\n- [x] Schema changes included\r\n"
PULL_REQUEST = PullRequest(5, TITLE, BODY, "ada", False, HEAD, BASE, "main", False, ("risk: HIGH",), TIME)
REVIEWS = (Review("grace", "approved", HEAD, TIME), Review("", "dismissed", HEAD, TIME))
COMMENTS = (Comment(1, "theirs"), Comment(2, "ours", mine=True))


@pytest.fixture(params=["memory", "github"])
def port(request: pytest.FixtureRequest) -> Iterator[PullRequests]:
    if request.param == "memory":
        yield MemoryPullRequests(PULL_REQUEST, reviews={5: REVIEWS}, comments={5: COMMENTS})
        return
    with serving() as server:
        server.reviews = [payloads.review(), payloads.review(state="DISMISSED", user=None)]
        server.comments = [payloads.comment(1, "ada", "theirs"), payloads.comment(2, BOT, "ours")]
        yield GitHub(server.url, REPOSITORY, TOKEN, StoppingClock(()))


def test_what_is_read(port: PullRequests) -> None:
    assert port.pull_request(5) == PULL_REQUEST
    assert port.reviews(5) == REVIEWS
    assert port.comments(5) == COMMENTS


def test_a_pull_request_that_is_not_there(port: PullRequests) -> None:
    for ask in (port.pull_request, port.reviews, port.comments):
        with pytest.raises(HandrailError, match=r"GitHub answered 404 \(Not Found\)"):
            ask(6)
    with pytest.raises(HandrailError, match=r"GitHub answered 404 \(Not Found\)"):
        port.write_comment(6, "verdict", None)


def test_a_new_comment_stands_last(port: PullRequests) -> None:
    port.write_comment(5, "verdict", None)
    assert port.comments(5) == (*COMMENTS, Comment(3, "verdict", mine=True))


def test_our_comment_is_replaced_where_it_stands(port: PullRequests) -> None:
    port.write_comment(5, "verdict", 2)
    assert port.comments(5) == (COMMENTS[0], Comment(2, "verdict", mine=True))


def test_their_comment_is_not(port: PullRequests) -> None:
    with pytest.raises(HandrailError, match="comment 1 is not one that Handrail wrote to pull request 5"):
        port.write_comment(5, "verdict", 1)
    assert port.comments(5) == COMMENTS
