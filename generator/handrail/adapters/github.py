"""GitHub's pull requests, over REST."""

import json
import re
from collections.abc import Iterator
from typing import Final

from handrail.adapters.github_http import Api, Call
from handrail.adapters.github_values import read_comment, read_pull_request, read_review
from handrail.adapters.json_fields import Fields, parse_json
from handrail.core.errors import HandrailError
from handrail.core.pull_request import Comment, PullRequest, Review
from handrail.ports import Clock

ACCOUNT: Final = "github-actions[bot]"
"""Who writes with a workflow's GITHUB_TOKEN. A person's name cannot have a bracket."""
PAGES: Final = 100
"""Pages of a hundred that are read at most."""
READ: Final = "pull-requests: read"
WRITE: Final = "pull-requests: write"


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
        return read_pull_request(self._get(f"pulls/{number}"))

    def reviews(self, number: int) -> tuple[Review, ...]:
        """Return all its reviews, the oldest first."""
        return tuple(map(read_review, self._list(f"pulls/{number}/reviews")))

    def comments(self, number: int) -> tuple[Comment, ...]:
        """Return all comments of its conversation, the oldest first."""
        return tuple(read_comment(each, self._account) for each in self._list(f"issues/{number}/comments"))

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
        if not there or not read_comment(found, self._account).mine:
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


def _next_page(headers: list[str]) -> str:
    """Return the address with rel="next" of Link headers (RFC 8288), or ''."""
    for address, parameters in re.findall(r"<([^<>]*)>([^<]*)", ",".join(headers)):
        if re.search(r';\s*rel="?(?:[\w-]+ )*next\b', parameters):
            return str(address)
    return ""
