"""GitHub's pull requests, over REST."""

import json
import re
from collections.abc import Iterator
from typing import Final

from handrail.adapters.github_http import Api, Call
from handrail.adapters.json_fields import Fields, parse_json
from handrail.core.errors import HandrailError
from handrail.core.pull_request import Comment, PullRequest, Review, ReviewState
from handrail.ports import Clock

ACCOUNT: Final = "github-actions[bot]"
"""Who writes with a workflow's GITHUB_TOKEN. A person's name cannot have a bracket."""
PAGES: Final = 100
"""Pages of a hundred that are read at most."""
READ: Final = "pull-requests: read"
WRITE: Final = "pull-requests: write"

_STATES: Final[dict[str, ReviewState]] = {
    "approved": "approved",
    "changes_requested": "changes_requested",
    "commented": "commented",
    "dismissed": "dismissed",
    "pending": "pending",
}
_DELETED: Final = "ghost"
"""The account that GitHub shows in place of a deleted one."""


class GitHub:
    """``ports.PullRequests`` of one ``repository``, owner/name.

    A workflow's token cannot ask who it is. So a comment is ``mine`` when the
    bot ``account`` wrote it, which nobody can sign up as. Other workflows of
    the same repository write as the same bot: look for a marker of your own,
    too, and trust no more of the text than that.
    """

    def __init__(
        self,
        api_url: str,
        repository: str,
        token: str,
        clock: Clock,
        *,
        account: str = ACCOUNT,
        timeout: float = 20,
    ) -> None:
        owner, _, name = repository.partition("/")
        if not all(re.fullmatch(r"(?!\.+$)[A-Za-z0-9_.-]+", word) for word in (owner, name)):
            raise HandrailError("GITHUB_REPOSITORY is not owner/name")
        self._api = Api(api_url, token, clock, timeout)
        self._repository = f"repos/{repository}"
        self._account = account

    def pull_request(self, number: int) -> PullRequest:
        """Return a pull request as it is now."""
        return _pull_request(self._get(f"pulls/{number}"))

    def reviews(self, number: int) -> tuple[Review, ...]:
        """Return all its reviews, the oldest first."""
        return tuple(map(read_review, self._list(f"pulls/{number}/reviews")))

    def comments(self, number: int) -> tuple[Comment, ...]:
        """Return all comments of its conversation, the oldest first."""
        return tuple(map(self._comment, self._list(f"issues/{number}/comments")))

    def write_comment(self, number: int, body: str, comment: int | None) -> None:
        """Write a comment: anew, or in place of ``comment``, which must be ours and stand there."""
        payload = json.dumps({"body": body}).encode()
        if comment is None:
            path, method = f"issues/{number}/comments", "POST"
        else:
            path, method = f"issues/comments/{comment}", "PATCH"
            self._refuse_foreign(number, self._get(path), comment)
        self._api.send(Call(method, f"{self._repository}/{path}", WRITE, payload))

    def _refuse_foreign(self, number: int, found: Fields, comment: int) -> None:
        there = found["issue_url"].text().endswith(f"/issues/{number}")
        if not there or not self._comment(found).mine:
            raise HandrailError(f"comment {comment} is not one that Handrail wrote to pull request {number}")

    def _get(self, path: str) -> Fields:
        call = Call("GET", f"{self._repository}/{path}", READ)
        return parse_json(f"GitHub's answer to {call.name}", self._api.send(call).body)

    def _list(self, path: str) -> Iterator[Fields]:
        """Yield the entries of all pages."""
        call = Call("GET", f"{self._repository}/{path}", READ)
        source, address = f"GitHub's answer to {call.name}", f"{call.path}?per_page=100"
        for _ in range(PAGES):
            call = call._replace(path=address)
            answer = self._api.send(call)
            yield from parse_json(source, answer.body)
            link = _next_page(answer.headers.get_all("Link", []))
            if not link:
                return
            address = self._api.on_same_host(call, link)
        raise HandrailError(f"{source} has more than {PAGES} pages")

    def _comment(self, node: Fields) -> Comment:
        user = node["user"]
        mine = not user.is_null() and user["login"].text() == self._account and user["type"].text() == "Bot"
        return Comment(node["id"].number(), node.get("body").text_or_empty(), mine)


def _pull_request(node: Fields) -> PullRequest:
    author, is_bot = _account(node["user"])
    draft = node.get("draft")
    return PullRequest(
        number=node["number"].number(),
        title=node["title"].text(),
        body=node["body"].text_or_empty(),
        author=author,
        author_is_bot=is_bot,
        head=node["head"]["sha"].commit(),
        base=node["base"]["sha"].commit(),
        branch=node["base"]["ref"].text(),
        draft=not draft.is_null() and draft.flag(),
        labels=tuple(label["name"].text() for label in node["labels"]),
        opened=node["created_at"].text(),
    )


def read_review(node: Fields) -> Review:
    """Return a review as the REST API has it. A state that nobody knows is an error."""
    said = node["state"].text()
    state = _STATES.get(said.lower())
    if state is None:
        raise HandrailError(f"{node.source} has a review of an unknown state, {said[:40]!r}")
    login, is_bot = _account(node["user"])
    commit, submitted = node["commit_id"], node.get("submitted_at")
    return Review(
        login=login,
        state=state,
        commit="" if commit.is_null() else commit.commit(),
        submitted=submitted.text_or_empty(),
        is_bot=is_bot,
    )


def _account(user: Fields) -> tuple[str, bool]:
    """Return (login, whether it is no person); a deleted account is nobody.

    Besides bots GitHub knows organisations and mannequins, which stand for
    people of another host: none of them is a person who can be asked.
    """
    if user.is_null():
        return "", False
    login = user["login"].text()
    is_bot = user["type"].text() != "User" or login.endswith("[bot]")
    return ("", False) if login == _DELETED else (login, is_bot)


def _next_page(headers: list[str]) -> str:
    """Return the address with rel="next" of Link headers (RFC 8288), or ''."""
    for address, parameters in re.findall(r"<([^<>]*)>([^<]*)", ",".join(headers)):
        if re.search(r';\s*rel="?(?:[\w-]+ )*next\b', parameters):
            return str(address)
    return ""
