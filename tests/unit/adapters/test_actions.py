"""What GitHub Actions tells a step, from files as it writes them."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from handrail.adapters.actions import CUT, LARGEST, SUMMARY, Actions, Event
from handrail.core.errors import HandrailError
from tests.integration import github_payloads as payloads
from tests.integration.github_payloads import BASE, HEAD


def event(folder: Path, name: str, payload: object) -> Event:
    """Return an event as it is read from a file with ``payload``."""
    path = folder / "event.json"
    path.write_bytes(payload if isinstance(payload, bytes) else json.dumps(payload).encode())
    return Actions({"GITHUB_EVENT_NAME": name, "GITHUB_EVENT_PATH": str(path)}).event()


READ = [
    ("pull_request", payloads.pull_request_event(), "synchronize", "ada"),
    ("pull_request", payloads.pull_request_event("edited"), "edited", "ada"),
    ("pull_request_review", payloads.review_event(), "submitted", "grace"),
    ("merge_group", payloads.merge_group_event(), "checks_requested", "github-merge-queue[bot]"),
]


@pytest.mark.parametrize(("name", "payload", "action", "actor"), READ)
def test_an_event_names_the_pull_request_and_its_commits(
    tmp_path: Path, name: str, payload: dict[str, Any], action: str, actor: str
) -> None:
    assert event(tmp_path, name, payload) == Event(name, action, 5, HEAD, BASE, "main", actor)


@pytest.mark.parametrize("branch", ["release/1.x", "pr-7-x", f"pr-9-{HEAD}"])
def test_a_queue_for_a_branch_with_a_name_of_its_own(tmp_path: Path, branch: str) -> None:
    read = event(tmp_path, "merge_group", payloads.merge_group_event(branch))
    assert (read.number, read.branch) == (5, branch)


@pytest.mark.parametrize(
    "ref",
    [
        "refs/heads/main",
        "refs/heads/gh-readonly-queue/main/pr-5",
        f"refs/heads/gh-readonly-queue/main/pr-0-{BASE}",
        f"refs/heads/gh-readonly-queue/main/pr-5-{BASE}\n",
        f"refs/heads/mine/gh-readonly-queue/main/pr-5-{BASE}",
        f"refs/heads/gh-readonly-queue/other/pr-5-{BASE}",
        f"refs/heads/gh-readonly-queue/main/pr-4-{HEAD}/pr-5-{BASE}",
        f"pr-5-{BASE}",
        f"refs/heads/gh-readonly-queue/main/pr-5-{BASE}x",
    ],
)
def test_a_queue_that_names_no_pull_request(tmp_path: Path, ref: str) -> None:
    with pytest.raises(HandrailError, match=r"merge_group\.head_ref .* names no pull request"):
        event(tmp_path, "merge_group", payloads.merge_group_event(head_ref=ref))


@pytest.mark.parametrize("name", ["push", "schedule", "workflow_dispatch", "workflow_run", "issue_comment"])
def test_other_events_have_no_pull_request(tmp_path: Path, name: str) -> None:
    assert event(tmp_path, name, payloads.push_event()) == Event(name)


def test_the_event_that_lends_secrets_to_strangers_is_refused(tmp_path: Path) -> None:
    with pytest.raises(HandrailError, match="not reviewed on the event pull_request_target") as caught:
        event(tmp_path, "pull_request_target", payloads.pull_request_event())
    assert "use pull_request" in caught.value.hint


def test_who_caused_it_may_be_nobody(tmp_path: Path) -> None:
    payload = payloads.pull_request_event()
    assert event(tmp_path, "pull_request", payload | {"sender": None}).actor == ""
    del payload["sender"]
    assert event(tmp_path, "pull_request", payload).actor == ""


@pytest.mark.parametrize(
    ("payload", "said"),
    [
        (b"", "the event pull_request is not JSON"),
        (b"{", "the event pull_request is not JSON"),
        (b"\xff", "the event pull_request is not JSON"),
        (b"[" * 100_000, "the event pull_request is not JSON"),
        ([], "the event pull_request is not an object"),
        ({}, "the event pull_request has no pull_request"),
        (
            {"pull_request": None, "action": "edited"},
            "pull_request in the event pull_request is not an object",
        ),
        ({"pull_request": {}}, "the event pull_request has no action"),
        ({"pull_request": {}, "action": "edited"}, "the event pull_request has no pull_request.number"),
        (
            payloads.pull_request_event(pull_request=payloads.pull_request(number=-5)),
            "pull_request.number in the event pull_request is not a number above 0",
        ),
        (
            payloads.pull_request_event(pull_request=payloads.pull_request(head={"sha": "-x"})),
            "pull_request.head.sha in the event pull_request is not a commit",
        ),
        (payloads.pull_request_event(sender={}), "the event pull_request has no sender.login"),
    ],
)
def test_a_broken_event_says_where(tmp_path: Path, payload: object, said: str) -> None:
    with pytest.raises(HandrailError) as caught:
        event(tmp_path, "pull_request", payload)
    assert str(caught.value) == said
    assert caught.value.hint


def test_an_event_with_a_mark_of_its_encoding(tmp_path: Path) -> None:
    raw = b"\xef\xbb\xbf" + json.dumps(payloads.pull_request_event()).encode()
    assert event(tmp_path, "pull_request", raw).number == 5


def test_an_event_without_measure(tmp_path: Path) -> None:
    with pytest.raises(HandrailError, match=f"more than {LARGEST} bytes"):
        event(tmp_path, "pull_request", b" " * (LARGEST + 1))


def test_an_event_that_is_not_there(tmp_path: Path) -> None:
    environment = {"GITHUB_EVENT_NAME": "pull_request", "GITHUB_EVENT_PATH": str(tmp_path / "none.json")}
    with pytest.raises(HandrailError, match=r"cannot be read \(No such file or directory\)") as caught:
        Actions(environment).event()
    assert "--base and --body" in caught.value.hint


def test_what_is_not_set_is_named() -> None:
    outside = Actions({})
    asks: dict[str, Callable[[], object]] = {
        "GITHUB_EVENT_NAME": outside.event,
        "GITHUB_EVENT_PATH": Actions({"GITHUB_EVENT_NAME": "push"}).event,
        "GITHUB_REPOSITORY": outside.repository,
        "GITHUB_STEP_SUMMARY": lambda: outside.write_summary("text"),
    }
    for name, ask in asks.items():
        with pytest.raises(HandrailError, match=f"^{name} is not set$"):
            ask()


def test_what_is_set_is_told() -> None:
    enterprise = {
        "GITHUB_ACTIONS": "true",
        "GITHUB_REPOSITORY": "octo-kitchen/meal-planner",
        "GITHUB_API_URL": "https://example.org/api/v3",
        "GITHUB_TOKEN": "secret",
    }
    inside, outside = Actions(enterprise), Actions({})
    assert (inside.is_running(), outside.is_running()) == (True, False)
    assert (inside.api_url(), outside.api_url()) == ("https://example.org/api/v3", "https://api.github.com")
    assert (inside.token(), outside.token()) == ("secret", "")
    assert inside.repository() == "octo-kitchen/meal-planner"


# The summary


def summary(path: Path, *texts: str) -> bytes:
    """Return the file of a summary after ``texts`` were written to it."""
    for text in texts:
        Actions({"GITHUB_STEP_SUMMARY": str(path)}).write_summary(text)
    return path.read_bytes()


def test_a_summary_is_added_to_what_is_there(tmp_path: Path) -> None:
    assert summary(tmp_path / "summary", "# one\n", "two \u65e5\n") == "# one\ntwo \u65e5\n".encode()


def test_a_summary_that_just_fits_is_whole(tmp_path: Path) -> None:
    assert summary(tmp_path / "summary", "x" * SUMMARY) == b"x" * SUMMARY


def test_a_long_summary_is_cut_between_lines_and_says_so(tmp_path: Path) -> None:
    raw = summary(tmp_path / "summary", "a line\n" * SUMMARY)
    assert SUMMARY - len("a line\n") < len(raw) <= SUMMARY
    assert raw.decode().removesuffix(CUT).replace("a line\n", "") == ""
    assert raw.decode().endswith("a line\n" + CUT)


@pytest.mark.parametrize("start", ["", "x", "xx", "xxx"])
def test_a_long_line_is_cut_between_characters(tmp_path: Path, start: str) -> None:
    raw = summary(tmp_path / "summary", start + "\U0001f680" * SUMMARY)
    assert SUMMARY - 4 < len(raw) <= SUMMARY
    assert raw.decode().removesuffix(CUT).strip("\U0001f680") == start


def test_a_summary_counts_what_is_there(tmp_path: Path) -> None:
    raw = summary(tmp_path / "summary", "x" * (SUMMARY - 200), "y" * 500)
    assert len(raw) == SUMMARY
    assert raw.decode().endswith("y" + CUT)


@pytest.mark.parametrize("room", [0, 1, 40])
def test_a_summary_that_is_full_stays_as_it_is(tmp_path: Path, room: int) -> None:
    raw = summary(tmp_path / "summary", "x" * (SUMMARY - room), "y" * 500)
    assert raw == b"x" * (SUMMARY - room)


def test_half_a_character_does_not_stop_a_summary(tmp_path: Path) -> None:
    assert summary(tmp_path / "summary", "a\ud83db") == b"a?b"


def test_a_summary_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(HandrailError, match="cannot be written"):
        summary(tmp_path, "text")
