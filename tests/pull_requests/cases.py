"""Reads the folders of tests/cases/review: each is a pull request, and what the gate says of it.

A case holds

- ``case.yaml``: what it ``shows``; the shared ``changes`` of this folder that its head has; ``gone``, the
  paths that its head lacks; ``edits`` of files, each ``in`` base, head or main (the branch that it goes to,
  where that moved on meanwhile); ``author`` and what else GitHub says of a pull request; ``now``;
  ``first_policy`` where the base has none (``start``: had none when the branch left it);
  ``reviews``, one line each: login, state, and words such as ``earlier`` (before the last push) and ``bot``;
- ``body.md``, its body, and if it likes ``reviews.json``, as GitHub's REST API has them;
- ``base/``, ``head/`` and ``main/``: whole files that are added or take the place of others;
- ``expected.txt`` and ``expected.json``: what ``handrail review`` prints. Where it refuses to answer
  there is no JSON, and the text is the error.

``make golden`` writes the last two. Read them before you commit them.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from handrail.adapters.asked import read_saved
from handrail.adapters.sqlite import SqliteScratch
from handrail.commands.classify import World
from handrail.commands.review import review
from handrail.core.errors import HandrailError
from handrail.core.pull_request import PullRequest, Review, ReviewState
from handrail.migrations.snapshots import Snapshots
from handrail.review.case import Decision
from tests.fakes import CHECKOUT, FixedClock, MemoryBranch, MemoryCache, MemoryFiles
from tests.minimal.builder import edited, read_plain

HERE = Path(__file__).resolve().parent
ROOT = CHECKOUT / "tests" / "cases" / "review"
CASES = sorted(path for path in ROOT.iterdir() if path.is_dir())

HEAD, EARLIER, BASE = "a" * 40, "b" * 40, "c" * 40
NOW = "2026-11-24T12:00:00Z"
"""A Tuesday."""

Files = dict[str, bytes]
_STATES: tuple[ReviewState, ...] = ("approved", "changes_requested", "commented", "dismissed", "pending")
_KEYS = frozenset(
    ("shows", "changes", "gone", "edits", "author", "author_is_bot", "title", "labels", "draft", "reviews",
     "now", "opened", "first_policy")
)  # fmt: skip


class PullRequestCase(NamedTuple):
    """A folder, read: files as the branch left them, as it has them, and as main has them now."""

    base: Files
    head: Files
    main: Files
    pull_request: PullRequest
    reviews: tuple[Review, ...]
    now: str


@cache
def below(folder: Path) -> Mapping[str, bytes]:
    """Return the files below a folder."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


@cache
def world() -> Mapping[str, bytes]:
    """Return the small application with the shipped policy, its paths set."""
    policies = {path: raw for path, raw in below(CHECKOUT / "policies").items() if path.endswith(".yaml")}
    files = {f"policies/{path}": raw for path, raw in policies.items()} | dict(below(HERE / "base"))
    database = files["policies/database.yaml"].replace(b": backend/prisma", b": prisma")
    return files | {"policies/database.yaml": database}


def read_case(folder: Path) -> PullRequestCase:
    """Return the pull request of a folder."""
    told: dict[str, Any] = read_plain((folder / "case.yaml").read_bytes())
    assert told.keys() <= _KEYS, f"{folder.name}: {told.keys() - _KEYS}"
    base = _edited(dict(world()) | dict(below(folder / "base")), told, "base")
    head = dict(base)
    for name in told.get("changes", ()):
        head |= below(HERE / "changes" / name)
    head = _edited(head | dict(below(folder / "head")), told, "head")
    for path in told.get("gone", ()):
        del head[path]
    main = _edited(dict(base) | dict(below(folder / "main")), told, "main")
    if told.get("first_policy"):
        base = _without_policy(base)
        main = main if told["first_policy"] == "start" else _without_policy(main)
    body = (folder / "body.md").read_bytes().decode("utf-8", "replace")
    saved = (folder / "reviews.json").read_bytes() if (folder / "reviews.json").exists() else None
    asked = read_saved(body, saved, told.get("author", "developer-1"), HEAD, BASE)
    pull_request = asked.pull_request._replace(
        number=7,
        title=told.get("title", "A change"),
        author_is_bot=told.get("author_is_bot", False),
        draft=told.get("draft", False),
        labels=tuple(told.get("labels", ())),
        opened=told.get("opened", "2026-11-23T08:00:00Z"),
        branch="main",
    )
    reviews = (*asked.reviews, *_reviews(told.get("reviews", ())))
    return PullRequestCase(base, head, main, pull_request, reviews, told.get("now", NOW))


def _without_policy(files: Files) -> Files:
    return {path: raw for path, raw in files.items() if not path.startswith("policies/")}


def _edited(files: Files, told: Mapping[str, Any], place: str) -> Files:
    for edit in told.get("edits", ()):
        if edit["in"] == place:
            files = edited(files, edit["path"], edit["old"], edit["new"])
    return files


def _reviews(lines: Iterable[str]) -> Iterator[Review]:
    for minute, line in enumerate(lines):
        login, state, *words = line.split()
        assert set(words) <= {"earlier", "bot"}, line
        commit = EARLIER if "earlier" in words else HEAD
        known = next(each for each in _STATES if each == state)
        login = "" if login == "nobody" else login
        yield Review(login, known, commit, f"2026-11-24T10:{minute:02}:00Z", "bot" in words)


def judged(case: PullRequestCase) -> Decision:
    """Return what the gate says of it. Raises ``HandrailError`` as the gate does."""
    branch = MemoryBranch({BASE: case.base, "main": case.main}, start=BASE, head=HEAD, files=case.head)
    ports = World(MemoryFiles(case.head), branch, FixedClock(case.now), SqliteScratch, MemoryCache())
    return review(ports, branch, case.pull_request, case.reviews, "main", Snapshots())


def said(folder: Path) -> dict[str, str]:
    """Return file name -> text of what is expected of a case, as it is now."""
    from handrail.commands.review_shown import show_review

    try:
        decision = judged(read_case(folder))
    except HandrailError as error:
        return {"expected.txt": f"handrail: {error}\n{error.hint}\n"}
    forms = {"expected.txt": "text", "expected.json": "json"}
    return {name: show_review(decision, form).text for name, form in forms.items()}
