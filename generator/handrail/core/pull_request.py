"""What GitHub knows of a pull request: values only, as the rim read them."""

from typing import Literal, NamedTuple

ReviewState = Literal["approved", "changes_requested", "commented", "dismissed", "pending"]


class PullRequest(NamedTuple):
    """One pull request.

    ``author`` is a login, '' for a deleted account; ``head`` and ``base`` are
    commits, ``branch`` is the branch that it goes to; ``body`` is '' where
    GitHub has null; ``opened`` is a UTC time such as 2026-11-24T17:41:29Z.
    """

    number: int
    title: str = ""
    body: str = ""
    author: str = ""
    author_is_bot: bool = False
    head: str = ""
    base: str = ""
    branch: str = ""
    draft: bool = False
    labels: tuple[str, ...] = ()
    opened: str = ""


class Review(NamedTuple):
    """One review, as it was submitted.

    ``login`` is '' for a deleted account; ``commit`` is the head that was
    looked at; ``submitted`` is a UTC time such as 2026-11-24T17:41:29Z.
    """

    login: str
    state: ReviewState
    commit: str = ""
    submitted: str = ""
    is_bot: bool = False


class Comment(NamedTuple):
    """A comment in the conversation; ``mine`` when the token's own account wrote it."""

    id: int
    body: str
    mine: bool = False
