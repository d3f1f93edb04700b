"""Which pull request is asked about, from events and from saved files."""

import json

import pytest

from handrail.adapters.actions import Event
from handrail.adapters.asked import read_event, read_saved
from handrail.core.errors import HandrailError
from handrail.core.pull_request import PullRequest, Review
from tests.fakes import MemoryPullRequests
from tests.integration import github_payloads as payloads

NEWER, HEAD, BASE, TIP = "1" * 40, "a" * 40, "b" * 40, "c" * 40


def github() -> MemoryPullRequests:
    """Return a GitHub with one pull request at ``HEAD`` that rita approved."""
    approved = Review("rita", "approved", HEAD, payloads.TIME, False)
    return MemoryPullRequests(
        PullRequest(number=5, body="", author="ann", head=HEAD, base=BASE), reviews={5: [approved]}
    )


@pytest.mark.parametrize("name", ["pull_request", "pull_request_review"])
def test_a_pull_request_is_read_as_it_is_now(name: str) -> None:
    asked = read_event(Event(name, head=HEAD, base=TIP), 5, github(), HEAD)
    assert (asked.pull_request.head, asked.base) == (HEAD, BASE)
    assert [each.login for each in asked.reviews] == ["rita"]


@pytest.mark.parametrize("name", ["pull_request", "pull_request_review"])
def test_another_commit_than_the_head_is_no_answer(name: str) -> None:
    with pytest.raises(HandrailError, match="1111111 is checked out, and the pull request is at aaaaaaa"):
        read_event(Event(name, head=NEWER), 5, github(), NEWER)


def test_a_queue_asks_about_its_own_commit_against_its_own_base() -> None:
    asked = read_event(Event("merge_group", head=TIP, base=NEWER), 5, github(), TIP)
    assert (asked.pull_request.head, asked.base) == (HEAD, NEWER)


@pytest.mark.parametrize("checked_out", [HEAD, BASE, NEWER])
def test_another_commit_than_the_queues_is_no_answer(checked_out: str) -> None:
    with pytest.raises(HandrailError, match=f"{checked_out[:7]} is checked out, and the merge queue asks"):
        read_event(Event("merge_group", head=TIP, base=BASE), 5, github(), checked_out)


def logins(raw: str) -> list[str]:
    return [each.login for each in read_saved("", raw.encode(), "ann", HEAD, BASE).reviews]


RITA, DAN = json.dumps(payloads.review("rita")), json.dumps(payloads.review("dan"))


@pytest.mark.parametrize(
    "raw",
    [
        f"[{RITA},{DAN}]",
        f"[{RITA}][{DAN}]",
        f"[{RITA}]\r\n \t[{DAN}]\n",
        f"[{RITA}][][{DAN}][]",
        f"[[{RITA}],[{DAN}]]",
        f"[[{RITA},{DAN}],[]]\n",
        f"\ufeff[{RITA},{DAN}]",
    ],
    ids=["one", "concatenated", "spaced", "empty-pages", "slurped", "slurped-empty", "bom"],
)
def test_saved_reviews_in_every_form_that_gh_api_prints(raw: str) -> None:
    assert logins(raw) == ["rita", "dan"]


@pytest.mark.parametrize("raw", ["[]", "[][]", "[[]]"])
def test_no_reviews_are_no_reviews(raw: str) -> None:
    assert logins(raw) == []


def test_no_file_of_reviews_is_no_reviews() -> None:
    asked = read_saved("text", None, "ann", HEAD, "main")
    assert (asked.reviews, asked.pull_request.body, asked.pull_request.author) == ((), "text", "ann")
    assert (asked.pull_request.head, asked.base) == (HEAD, "main")


def test_a_bot_in_saved_reviews_stays_a_bot() -> None:
    raw = json.dumps([payloads.review(payloads.BOT)]).encode()
    assert [each.is_bot for each in read_saved("", raw, "ann", HEAD, BASE).reviews] == [True]


@pytest.mark.parametrize("reviews", [[], [{"author": {"login": "github-actions"}, "state": "APPROVED"}]])
def test_what_does_not_tell_bots_from_people_is_refused(reviews: list[object]) -> None:
    with pytest.raises(HandrailError, match="does not tell bots from people") as refused:
        logins(json.dumps({"headRefOid": HEAD, "reviews": reviews}))
    assert "gh api repos/OWNER/NAME/pulls/N/reviews --paginate" in refused.value.hint


@pytest.mark.parametrize(
    "raw", ["", " \n", "[", f"[{RITA}]]", f"[{RITA}],[{DAN}]", f"[{RITA}]x", "[" * 100_000]
)
def test_what_is_no_json_is_said(raw: str) -> None:
    with pytest.raises(HandrailError, match="the file of reviews is not JSON"):
        logins(raw)


@pytest.mark.parametrize("raw", ['{"message": "Not Found"}', "null", "7", f"[{RITA}] 7", '["x"]', "[[[]]]"])
def test_what_is_no_list_of_reviews_is_said(raw: str) -> None:
    with pytest.raises(HandrailError, match="the file of reviews is not a"):
        logins(raw)
