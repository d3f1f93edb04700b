"""The GitHub adapter against a small GitHub of our own, over real sockets."""

import socket
from collections.abc import Iterator
from typing import Any

import pytest

from handrail.adapters.github import GitHub
from handrail.adapters.github_http import LARGEST, LONGEST
from handrail.core.errors import HandrailError
from handrail.core.pull_request import Comment, PullRequest, Review
from tests.fakes import StoppingClock
from tests.integration import github_payloads as payloads
from tests.integration.github_payloads import BASE, BOT, HEAD, REPOSITORY, TIME
from tests.integration.github_server import (
    TOKEN,
    GitHubServer,
    Reply,
    bad_gateway,
    error,
    moved,
    reply,
    secondary_limit,
    serving,
    spent,
    too_many,
)

PULL = f"repos/{REPOSITORY}/pulls/5"


class CountingClock(StoppingClock):
    """``ports.Clock`` that waits for nothing and remembers how long it should have."""

    def __init__(self) -> None:
        super().__init__(())
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)


@pytest.fixture
def server() -> Iterator[GitHubServer]:
    with serving() as server:
        yield server


@pytest.fixture
def clock() -> CountingClock:
    return CountingClock()


@pytest.fixture
def github(server: GitHubServer, clock: CountingClock) -> GitHub:
    return GitHub(server.url, REPOSITORY, TOKEN, clock, timeout=5)


def failure(github: GitHub) -> HandrailError:
    """Return why a pull request cannot be read."""
    with pytest.raises(HandrailError) as caught:
        github.pull_request(5)
    assert TOKEN not in str(caught.value) + caught.value.hint
    return caught.value


# What is read


def test_a_pull_request(github: GitHub) -> None:
    assert github.pull_request(5) == PullRequest(
        number=5,
        title="Drop the table of old recipes",
        body="## Database Changes\r\n\r\n- [x] Schema changes included\r\n",
        author="ada",
        author_is_bot=False,
        head=HEAD,
        base=BASE,
        branch="main",
        draft=False,
        labels=("risk: HIGH",),
        opened=TIME,
    )


@pytest.mark.parametrize(
    ("changed", "wanted"),
    [
        ({"body": None}, {"body": ""}),
        ({"user": None}, {"author": ""}),
        ({"user": payloads.user("ghost")}, {"author": ""}),
        ({"user": payloads.user("renovate[bot]")}, {"author": "renovate[bot]", "author_is_bot": True}),
        ({"user": payloads.user("robot") | {"type": "Bot"}}, {"author": "robot", "author_is_bot": True}),
        ({"user": payloads.user("mona") | {"type": "Mannequin"}}, {"author_is_bot": True}),
        ({"user": payloads.user("x[bot]") | {"type": "User"}}, {"author_is_bot": True}),
        ({"draft": True}, {"draft": True}),
        ({"labels": []}, {"labels": ()}),
        ({"title": "half \ud83d a pair"}, {"title": "half \ufffd a pair"}),
        ({"body": "\u65e5\u672c \U0001f680"}, {"body": "\u65e5\u672c \U0001f680"}),
    ],
)
def test_a_field_of_a_pull_request(
    server: GitHubServer, github: GitHub, changed: dict[str, Any], wanted: dict[str, Any]
) -> None:
    server.pull_request |= changed
    read = github.pull_request(5)
    assert {name: getattr(read, name) for name in wanted} == wanted


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        (payloads.review(), Review("grace", "approved", HEAD, TIME)),
        (payloads.review(state="CHANGES_REQUESTED"), Review("grace", "changes_requested", HEAD, TIME)),
        (payloads.review(state="commented"), Review("grace", "commented", HEAD, TIME)),
        (payloads.review(state="DISMISSED"), Review("grace", "dismissed", HEAD, TIME)),
        (payloads.review(user=None), Review("", "approved", HEAD, TIME)),
        (payloads.review(commit_id=None), Review("grace", "approved", "", TIME)),
        (payloads.review("copilot[bot]"), Review("copilot[bot]", "approved", HEAD, TIME, is_bot=True)),
    ],
)
def test_a_review(server: GitHubServer, github: GitHub, given: payloads.Json, wanted: Review) -> None:
    server.reviews = [given]
    assert github.reviews(5) == (wanted,)


def test_a_pending_review_was_never_submitted(server: GitHubServer, github: GitHub) -> None:
    pending = payloads.review(state="PENDING")
    del pending["submitted_at"]
    server.reviews = [pending]
    assert github.reviews(5) == (Review("grace", "pending", HEAD),)


def test_a_state_that_nobody_knows_stops_everything(server: GitHubServer, github: GitHub) -> None:
    server.reviews = [payloads.review(), payloads.review(state="PRAISED")]
    with pytest.raises(HandrailError, match="pulls/5/reviews has a review of an unknown state, 'PRAISED'"):
        github.reviews(5)


@pytest.mark.parametrize(("count", "pages"), [(0, 1), (1, 1), (100, 1), (101, 2), (250, 3)])
def test_all_pages_are_read_in_their_order(
    server: GitHubServer, github: GitHub, count: int, pages: int
) -> None:
    server.reviews = [payloads.review(f"login-{at}") for at in range(count)]
    assert [review.login for review in github.reviews(5)] == [f"login-{at}" for at in range(count)]
    assert len(server.seen) == pages


@pytest.mark.parametrize(
    ("link", "followed"),
    [
        ('<{next}>; rel="next"', True),
        ("<{next}>; rel=next", True),
        ('<{next}>;rel="last next"', True),
        ('<{next}>; title="x"; rel="next"', True),
        ('<{other}>; rel="prev", <{next}>; rel="next", <{other}>; rel="last"', True),
        ('<{other}>; rel="prev", <{other}>; rel="last"', False),
        ('<{other}>; rel="noopener"', False),
        ('<{other}>; title="next"', False),
        ("{other}; rel=next", False),
        ("", False),
    ],
)
def test_only_the_next_page_is_followed(
    server: GitHubServer, github: GitHub, link: str, followed: bool
) -> None:
    place = f"{server.url}/repositories/1296269/pulls/5/reviews?page="
    given = link.format(next=f"{place}2&per_page=1", other=f"{place}9")
    server.troubles = [reply([payloads.review()], {"Link": given})]
    server.reviews = [payloads.review(), payloads.review("linus")]
    assert [review.login for review in github.reviews(5)] == ["grace", "linus"][: 1 + followed]


def test_pages_without_end_are_not_read(server: GitHubServer, github: GitHub) -> None:
    again = {"Link": f'<{server.url}/repositories/1296269/pulls/5/reviews>; rel="next"'}
    server.troubles = [reply([payloads.review()], again) for _ in range(101)]
    with pytest.raises(HandrailError, match="pulls/5/reviews has more than 100 pages"):
        github.reviews(5)
    assert len(server.seen) == 100


def test_a_request_says_who_asks_for_what(server: GitHubServer, github: GitHub) -> None:
    github.pull_request(5)
    headers = server.seen[0].headers
    assert headers["Accept"] == "application/vnd.github+json"
    assert headers["X-Github-Api-Version"] == "2022-11-28"
    assert headers["User-Agent"].startswith("handrail/")


def test_an_enterprise_server_has_its_api_further_down(clock: CountingClock) -> None:
    with serving("/api/v3") as server:
        server.reviews = [payloads.review()] * 101
        github = GitHub(server.url + "/", REPOSITORY, TOKEN, clock)
        assert github.pull_request(5).number == 5
        assert len(github.reviews(5)) == 101
        assert [asked.path.partition("?")[0] for asked in server.seen] == [
            f"/api/v3/{PULL}",
            f"/api/v3/{PULL}/reviews",
            "/api/v3/repositories/1296269/pulls/5/reviews",
        ]


# Comments


def test_only_a_comment_of_the_bot_is_mine(server: GitHubServer, github: GitHub) -> None:
    imitation = payloads.user(BOT) | {"type": "User"}
    server.comments = [
        payloads.comment(1, "ada", "<!-- handrail -->"),
        payloads.comment(2, BOT, "<!-- handrail --> verdict"),
        payloads.comment(3, "dependabot[bot]", "bump"),
        payloads.comment(4, user=imitation, body="not the bot"),
        payloads.comment(5, user=None, body=None),
    ]
    assert github.comments(5) == (
        Comment(1, "<!-- handrail -->", mine=False),
        Comment(2, "<!-- handrail --> verdict", mine=True),
        Comment(3, "bump", mine=False),
        Comment(4, "not the bot", mine=False),
        Comment(5, "", mine=False),
    )


def test_another_token_writes_as_another_bot(server: GitHubServer, clock: CountingClock) -> None:
    server.comments = [payloads.comment(1, BOT), payloads.comment(2, "our-app[bot]")]
    github = GitHub(server.url, REPOSITORY, TOKEN, clock, account="our-app[bot]")
    assert [comment.mine for comment in github.comments(5)] == [False, True]


def test_a_comment_is_written_and_then_changed(github: GitHub) -> None:
    github.write_comment(5, "first \u65e5 `$(x)`", None)
    assert github.comments(5) == (Comment(1, "first \u65e5 `$(x)`", mine=True),)
    github.write_comment(5, "second", 1)
    assert github.comments(5) == (Comment(1, "second", mine=True),)


@pytest.mark.parametrize(
    "theirs",
    [
        payloads.comment(7, "ada"),
        payloads.comment(7, "dependabot[bot]"),
        payloads.comment(7, user=None),
        payloads.comment(7, BOT, issue_url=f"{payloads.API}/repos/{REPOSITORY}/issues/15"),
    ],
)
def test_no_other_comment_is_overwritten(server: GitHubServer, github: GitHub, theirs: payloads.Json) -> None:
    server.comments = [theirs]
    with pytest.raises(HandrailError, match="comment 7 is not one that Handrail wrote to pull request 5"):
        github.write_comment(5, "verdict", 7)
    assert [asked.method for asked in server.seen] == ["GET"]


def test_a_comment_that_is_too_long_says_so(github: GitHub) -> None:
    with pytest.raises(HandrailError, match=r"answered 422 \(Validation Failed: body is too long"):
        github.write_comment(5, "x" * 65_537, None)


# Waiting and asking again


@pytest.mark.parametrize(
    ("troubles", "slept"),
    [
        ([bad_gateway()] * 2, [1, 2]),
        ([error("Server Error", 500)] * 3, [1, 2, 4]),
        ([error("Service unavailable", 503, Retry_After="9")], [9]),
        ([Reply(0)], [1]),
        ([reply(payloads.pull_request())._replace(lost=10)], [1]),
        ([too_many("7")], [7]),
        ([too_many("0")] * 2, [1, 2]),
        ([too_many("soon")], [60]),
        ([secondary_limit(Retry_After="30")], [30]),
        ([secondary_limit()], [60]),
        ([error("Forbidden", 403, Retry_After="3")], [3]),
        ([spent(40)], [41]),
        ([spent(-5)], [1]),
        ([too_many("50"), bad_gateway(), too_many("60")], [50, 2, 60]),
    ],
)
def test_what_passes_is_waited_for(
    server: GitHubServer, github: GitHub, clock: CountingClock, troubles: list[Reply], slept: list[float]
) -> None:
    server.troubles = list(troubles)
    assert github.pull_request(5).number == 5
    assert clock.slept == slept


@pytest.mark.parametrize(
    ("troubles", "asked", "message", "hint"),
    [
        ([bad_gateway()] * 5, 4, "GitHub answered 502", "githubstatus"),
        ([Reply(0)] * 5, 4, "GitHub gave no whole answer", "githubstatus"),
        ([reply({})._replace(lost=1)] * 5, 4, "GitHub gave no whole answer", "githubstatus"),
        ([too_many("3600")], 1, "answered 429", "rate limit"),
        ([too_many("70")] * 2, 2, "answered 429", "rate limit"),
        ([secondary_limit()] * 5, 3, "answered 403", "rate limit"),
        ([spent(2400)], 1, "answered 403 (API rate limit exceeded for installation", "rate limit"),
    ],
)
def test_what_does_not_pass_is_an_error(
    server: GitHubServer, clock: CountingClock, github: GitHub,
    troubles: list[Reply], asked: int, message: str, hint: str,
) -> None:  # fmt: skip
    server.troubles = list(troubles)
    error = failure(github)
    assert message in str(error)
    assert hint in error.hint
    assert len(server.seen) == asked
    assert sum(clock.slept) <= LONGEST


def test_a_slow_answer_is_not_waited_for(server: GitHubServer, clock: CountingClock) -> None:
    server.troubles = [reply(payloads.pull_request())._replace(late=0.5)]
    assert GitHub(server.url, REPOSITORY, TOKEN, clock, timeout=0.1).pull_request(5).number == 5
    assert clock.slept == [1]


def closed_port() -> int:
    """Return a port where nobody listens."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        return int(unused.getsockname()[1])


def test_nobody_at_the_address(clock: CountingClock) -> None:
    github = GitHub(f"http://127.0.0.1:{closed_port()}", REPOSITORY, TOKEN, clock)
    assert "refused" in str(failure(github))
    with pytest.raises(HandrailError, match="refused"):
        github.write_comment(5, "verdict", None)
    assert clock.slept == [1, 2, 4] * 2


@pytest.mark.parametrize("trouble", [Reply(0, done=True), bad_gateway()._replace(done=True)])
def test_what_adds_a_comment_is_not_asked_twice(
    server: GitHubServer, github: GitHub, clock: CountingClock, trouble: Reply
) -> None:
    server.troubles = [trouble]
    with pytest.raises(HandrailError, match="POST"):
        github.write_comment(5, "verdict", None)
    assert (len(server.seen), len(server.comments), clock.slept) == (1, 1, [])


def test_it_says_when_it_does_not_know_whether_a_comment_is_there(
    server: GitHubServer, github: GitHub
) -> None:
    server.troubles = [Reply(0, done=True)]
    with pytest.raises(HandrailError, match="whether it was done is not known"):
        github.write_comment(5, "verdict", None)


def test_what_was_refused_for_the_rate_is_asked_again(server: GitHubServer, github: GitHub) -> None:
    server.troubles = [secondary_limit(), too_many("5")]
    github.write_comment(5, "verdict", None)
    assert [comment["body"] for comment in server.comments] == ["verdict"]


def test_a_change_may_be_asked_twice(server: GitHubServer, github: GitHub) -> None:
    server.comments = [payloads.comment(1, BOT)]
    server.troubles = [bad_gateway(), bad_gateway(), reply(server.comments[0]), bad_gateway()]
    github.write_comment(5, "verdict", 1)
    assert [asked.method for asked in server.seen] == ["GET", "GET", "GET", "PATCH", "PATCH"]
    assert server.comments[0]["body"] == "verdict"


# Answers that are none


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"<html>sign in to the proxy</html>", "is not JSON"),
        (b"", "is not JSON"),
        (b'{"number": 5', "is not JSON"),
        (b"\xff\xfe", "is not JSON"),
        (b"[" * 100_000, "is not JSON"),
        (b"[]", "is not an object"),
        (b"null", "is not an object"),
        (b"{}", "has no user"),
    ],
)
def test_an_answer_of_another_kind(server: GitHubServer, github: GitHub, body: bytes, said: str) -> None:
    server.troubles = [Reply(200, body)]
    assert str(failure(github)) == f"GitHub's answer to GET {PULL} {said}"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"user": "ada"}, "user in {} is not an object"),
        ({"user": {"type": "User"}}, "{} has no user.login"),
        ({"title": None}, "title in {} is not text"),
        ({"body": 5}, "body in {} is not text"),
        ({"number": "5"}, "number in {} is not a number above 0"),
        ({"number": True}, "number in {} is not a number above 0"),
        ({"head": {"sha": "--upload-pack=x"}}, "head.sha in {} is not a commit"),
        ({"head": {"sha": HEAD[:39]}}, "head.sha in {} is not a commit"),
        ({"base": {"sha": BASE}}, "{} has no base.ref"),
        ({"draft": "no"}, "draft in {} is not true or false"),
        ({"labels": {}}, "labels in {} is not a list"),
        ({"labels": [payloads.label("a"), {"name": None}]}, "labels[1].name in {} is not text"),
    ],
)
def test_a_field_of_another_kind(
    server: GitHubServer, github: GitHub, changed: dict[str, Any], said: str
) -> None:
    server.pull_request |= changed
    assert str(failure(github)) == said.format(f"GitHub's answer to GET {PULL}")


def test_a_list_that_is_none(server: GitHubServer, github: GitHub) -> None:
    server.troubles = [reply({"reviews": []})]
    with pytest.raises(HandrailError, match="pulls/5/reviews is not a list"):
        github.reviews(5)


def test_an_answer_without_measure_is_not_kept(server: GitHubServer, github: GitHub) -> None:
    server.troubles = [Reply(200, b" " * (LARGEST + 1))]
    assert f"has more than {LARGEST} bytes" in str(failure(github))
    assert len(server.seen) == 1


# Refusals


@pytest.mark.parametrize(
    ("trouble", "message", "hint"),
    [
        (error("Bad credentials", 401), "answered 401 (Bad credentials)", "${{ github.token }}"),
        (error("Resource not accessible by integration", 403), "(Resource not", "pull-requests: read"),
        (error("Not Found", 404), "answered 404 (Not Found)", "pull-requests: read"),
        (Reply(404, b"<html>"), f"GET {PULL}: GitHub answered 404", "pull-requests: read"),
        (Reply(400, b"[" * 100_000), f"GET {PULL}: GitHub answered 400", "report"),
        (Reply(410, b'{"message": 5}'), f"GET {PULL}: GitHub answered 410", "report"),
        (error("one\n::error::two\x1b[31m", 400), "(one ::error::two [31m)", "report"),
        (error("x" * 5000, 400), "(" + "x" * 200 + ")", "report"),
    ],
)
def test_a_refusal_says_what_to_do(
    server: GitHubServer, github: GitHub, trouble: Reply, message: str, hint: str
) -> None:
    server.troubles = [trouble]
    error = failure(github)
    assert message in str(error)
    assert hint in error.hint
    assert len(server.seen) == 1


def test_writing_takes_another_permission(server: GitHubServer, github: GitHub) -> None:
    server.troubles = [error("Resource not accessible by integration", 403)]
    with pytest.raises(HandrailError) as caught:
        github.write_comment(5, "verdict", None)
    assert "pull-requests: write" in caught.value.hint
    assert "fork" in caught.value.hint


def test_an_answer_that_repeats_the_token_is_quoted_without_it(server: GitHubServer, github: GitHub) -> None:
    server.troubles = [error(f"no such token: {TOKEN}", 401)]
    assert "(no such token: ***)" in str(failure(github))


def test_the_wrong_token(server: GitHubServer, clock: CountingClock) -> None:
    with pytest.raises(HandrailError, match="answered 401"):
        GitHub(server.url, REPOSITORY, "another", clock).pull_request(5)


# Other addresses


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_renamed_repository_is_found(server: GitHubServer, github: GitHub, status: int) -> None:
    server.troubles = [moved(f"{server.url}/repositories/1296269/pulls/5", status)]
    assert github.pull_request(5).number == 5
    assert server.seen[1].path == "/repositories/1296269/pulls/5"


def test_moving_without_end(server: GitHubServer, github: GitHub) -> None:
    server.troubles = [moved(f"{server.url}/{PULL}")] * 9
    assert "without end" in str(failure(github))
    assert len(server.seen) == 4


def test_what_writes_is_not_sent_on(server: GitHubServer, github: GitHub) -> None:
    server.troubles = [moved(f"{server.url}/repositories/1296269/issues/5/comments", 307)]
    with pytest.raises(HandrailError, match="answered 307") as caught:
        github.write_comment(5, "verdict", None)
    assert "GITHUB_REPOSITORY" in caught.value.hint
    assert len(server.seen) == 1


@pytest.fixture
def stranger() -> Iterator[GitHubServer]:
    with serving() as stranger:
        yield stranger


def test_a_redirect_does_not_carry_the_token_away(
    server: GitHubServer, stranger: GitHubServer, github: GitHub
) -> None:
    server.troubles = [moved(f"{stranger.url}/{PULL}")]
    assert "sends on to another host" in str(failure(github))
    assert stranger.seen == []


def test_the_next_page_is_not_on_another_host(
    server: GitHubServer, stranger: GitHubServer, github: GitHub
) -> None:
    away = {"Link": f'<{stranger.url}/{PULL}/reviews?page=2>; rel="next"'}
    server.troubles = [reply([payloads.review()], away)]
    with pytest.raises(HandrailError, match="another host"):
        github.reviews(5)
    assert stranger.seen == []


def test_a_proxy_does_not_see_the_token(
    stranger: GitHubServer, clock: CountingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("https_proxy", stranger.url)
    monkeypatch.delenv("no_proxy", raising=False)
    failure(GitHub("https://github.example.org/api/v3", REPOSITORY, TOKEN, clock))
    assert {(asked.method, asked.path) for asked in stranger.seen} == {("CONNECT", "github.example.org:443")}
    assert not any(TOKEN in str(asked) for asked in stranger.seen)


def test_what_is_on_this_machine_is_asked_without_a_proxy(
    server: GitHubServer, stranger: GitHubServer, clock: CountingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", stranger.url)
    monkeypatch.delenv("no_proxy", raising=False)
    assert GitHub(server.url, REPOSITORY, TOKEN, clock).pull_request(5).number == 5
    assert stranger.seen == []


@pytest.mark.parametrize(
    "address",
    [
        "https://127.0.0.1:{port}/x",
        "http://127.0.0.1:{port}@example.org/x",
        "http://ada@127.0.0.1:{port}/x",
        "//example.org/x",
        "file:///etc/hostname",
        "",
        "http://[",
        "http://127.0.0.1:{port}\\@example.org/",
    ],
)
def test_addresses_that_only_look_alike(server: GitHubServer, github: GitHub, address: str) -> None:
    server.troubles = [moved(address.format(port=server.address.rpartition(":")[2]))]
    failure(github)
    assert len(server.seen) == 1


# What it is given


@pytest.mark.parametrize(
    "url",
    [
        "",
        "api.github.com",
        "http://api.github.com",
        "ftp://api.github.com",
        "https://",
        "https://ada@example.org",
        "https://example.org/?x=",
        "https://example.org/\n",
        "https://[",
    ],
)
def test_an_address_that_would_show_the_token_is_refused(clock: CountingClock, url: str) -> None:
    with pytest.raises(HandrailError, match="GITHUB_API_URL is not the https address"):
        GitHub(url, REPOSITORY, TOKEN, clock)


@pytest.mark.parametrize("url", ["https://api.github.com", "https://example.org/api/v3/", "http://[::1]:80"])
def test_an_address_that_is_fine(clock: CountingClock, url: str) -> None:
    GitHub(url, REPOSITORY, TOKEN, clock)


@pytest.mark.parametrize(
    ("token", "said"), [("", "is not set"), (" ", "is not set"), ("secret\nX: y", "has")]
)
def test_a_token_that_is_none_is_not_shown(clock: CountingClock, token: str, said: str) -> None:
    with pytest.raises(HandrailError, match=f"GITHUB_TOKEN {said}") as caught:
        GitHub("https://api.github.com", REPOSITORY, token, clock)
    assert "secret" not in str(caught.value) + caught.value.hint


@pytest.mark.parametrize("repository", ["", "owner", "owner/", "/name", "../name", "a/b/c", "a/b?x", "a/b\n"])
def test_a_repository_that_is_none(clock: CountingClock, repository: str) -> None:
    with pytest.raises(HandrailError, match="GITHUB_REPOSITORY is not owner/name"):
        GitHub("https://api.github.com", repository, TOKEN, clock)
