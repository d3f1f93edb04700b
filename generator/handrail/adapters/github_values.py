"""What GitHub answers, as values of ours. No network here: saved answers are read with it, too.

Every function raises ``HandrailError`` that names the field that is not as GitHub's schemas have it.
"""

from typing import Final

from handrail.adapters.json_fields import Fields
from handrail.core.errors import HandrailError
from handrail.core.pull_request import Comment, PullRequest, Review, ReviewState

_STATES: Final[dict[str, ReviewState]] = {
    "approved": "approved",
    "changes_requested": "changes_requested",
    "commented": "commented",
    "dismissed": "dismissed",
    "pending": "pending",
}
_DELETED: Final = "ghost"
"""The account that GitHub shows in place of a deleted one."""


def read_pull_request(node: Fields) -> PullRequest:
    """Return a pull request as the REST API has it."""
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


def read_comment(node: Fields, account: str) -> Comment:
    """Return a comment as the REST API has it; it is ours when the bot ``account`` wrote it."""
    user = node["user"]
    mine = not user.is_null() and user["login"].text() == account and user["type"].text() == "Bot"
    return Comment(node["id"].number(), node.get("body").text_or_empty(), mine)


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
