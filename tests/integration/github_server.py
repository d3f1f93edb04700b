"""A small GitHub on this machine: a real server, with one pull request, that can be told to misbehave.

``Reply`` values that are put into ``troubles`` are answered first, one for each
request; then the server behaves. ``seen`` says what it was asked.
"""

import json
import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

from tests.integration import github_payloads as payloads
from tests.integration.github_payloads import BOT, REPOSITORY, Json

TOKEN = "ghs_TheTokenOfThisJob"  # noqa: S105  # of no account
NOW = 1_795_542_000
"""The time on GitHub's clock, in seconds since 1970."""
ROUTE = re.compile(rf"(?:repos/{REPOSITORY}|repositories/1296269)/(.+)")


class Reply(NamedTuple):
    """An answer. ``late`` is in seconds; ``lost`` bytes at its end are promised and never sent."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = {}
    late: float = 0
    lost: int = 0
    done: bool = False
    """Whether what was asked is done all the same."""


class Asked(NamedTuple):
    """A request that came in."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


class GitHubServer:
    """The server and what it holds."""

    def __init__(self, base: str = "") -> None:
        self.base = base
        self.pull_request: Json = payloads.pull_request()
        self.reviews: list[Json] = []
        self.comments: list[Json] = []
        self.troubles: list[Reply] = []
        self.seen: list[Asked] = []
        self.address = ""

    @property
    def url(self) -> str:
        """Return the address of its API."""
        return self.address + self.base

    def answer(self, asked: Asked) -> Reply:
        """Return what to answer, after doing what was asked."""
        self.seen.append(asked)
        trouble = self.troubles.pop(0) if self.troubles else None
        if trouble is not None and not trouble.done:
            return trouble
        fine = self._behave(asked)
        return trouble or fine

    def _behave(self, asked: Asked) -> Reply:
        if asked.headers.get("Authorization") != f"Bearer {TOKEN}":
            return error("Bad credentials", 401)
        path = urlsplit(asked.path).path.removeprefix(self.base).lstrip("/")
        route = ROUTE.fullmatch(path) if asked.path.startswith(self.base) else None
        found = re.fullmatch(r"([a-z/]+)/(\d+)(/[a-z]+)?", route[1]) if route else None
        if found is None:
            return error("Not Found", 404)
        match asked.method, found[1], int(found[2]), found[3]:
            case "GET", "pulls", 5, None:
                return reply(self.pull_request)
            case "GET", "pulls", 5, "/reviews":
                return self._page(asked, self.reviews)
            case "GET", "issues", 5, "/comments":
                return self._page(asked, self.comments)
            case "POST", "issues", 5, "/comments":
                return self._write(asked, None)
            case "GET" | "PATCH", "issues/comments", number, None:
                return self._write(asked, number)
            case _:
                return error("Not Found", 404)

    def _page(self, asked: Asked, entries: list[Json]) -> Reply:
        query = parse_qs(urlsplit(asked.path).query)
        size, page = int(query.get("per_page", ["30"])[0]), int(query.get("page", ["1"])[0])
        last = -(-len(entries) // size)
        place = (
            f"{self.url}/repositories/1296269/{ROUTE.findall(urlsplit(asked.path).path)[0]}?per_page={size}"
        )
        near = {"prev": page - 1, "next": page + 1, "last": last, "first": 1}
        useful = {"next", "last"} if page < last else set()
        useful |= {"prev", "first"} if page > 1 else set()
        links = [f'<{place}&page={at}>; rel="{name}"' for name, at in near.items() if name in useful]
        return reply(entries[(page - 1) * size : page * size], {"Link": ", ".join(links)} if links else {})

    def _write(self, asked: Asked, number: int | None) -> Reply:
        if number is None:
            text = json.loads(asked.body)["body"]
            if len(text) > 65_536:
                return error("Validation Failed: body is too long (maximum is 65536 characters)", 422)
            self.comments.append(payloads.comment(len(self.comments) + 1, BOT, text))
            return reply(self.comments[-1], status=201)
        at = next((at for at, each in enumerate(self.comments) if each["id"] == number), None)
        if at is None:
            return error("Not Found", 404)
        if asked.method == "PATCH":
            self.comments[at] = self.comments[at] | {"body": json.loads(asked.body)["body"]}
        return reply(self.comments[at])


def reply(value: object, headers: Mapping[str, str] | None = None, status: int = 200) -> Reply:
    """Return an answer in JSON."""
    return Reply(status, json.dumps(value).encode(), headers or {})


def error(message: str, status: int, **headers: str) -> Reply:
    """Return GitHub's way to say no; ``headers`` with _ for -."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return reply(payloads.error(message, status), named, status)


def bad_gateway() -> Reply:
    """Return the page that GitHub shows when it is down."""
    return Reply(502, b"<html><title>Unicorn! \xc2\xb7 GitHub</title></html>", {"Content-Type": "text/html"})


def too_many(seconds: str) -> Reply:
    """Return the answer to requests that came too fast."""
    return error("You have exceeded a secondary rate limit", 429, Retry_After=seconds)


def secondary_limit(**headers: str) -> Reply:
    """Return the older way to say the same."""
    message = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."
    return error(message, 403, **headers)


def spent(seconds: int) -> Reply:
    """Return the answer when the hour's requests are used up, for ``seconds`` more."""
    limits = {"X_RateLimit_Remaining": "0", "X_RateLimit_Reset": str(NOW + seconds)}
    return error("API rate limit exceeded for installation ID 1.", 403, **limits)


def moved(address: str, status: int = 301) -> Reply:
    """Return the way to another address."""
    return reply({"message": "Moved Permanently", "url": address}, {"Location": address}, status)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    github: GitHubServer

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        asked = Asked(self.command, self.path, dict(self.headers), body)
        answer = self.github.answer(asked)
        time.sleep(answer.late)
        if answer.status == 0:  # hangs up
            self.close_connection = True
            return
        self.send_response_only(answer.status)
        length = {"Content-Length": str(len(answer.body))}
        usual = {"Date": formatdate(NOW, usegmt=True), "Content-Type": "application/json; charset=utf-8"}
        for name, value in (usual | length | dict(answer.headers)).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.body[: len(answer.body) - answer.lost])
        self.close_connection = True

    do_POST = do_PATCH = do_CONNECT = do_GET

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    def handle_error(self, *_: Any) -> None:
        """Say nothing of a client that did not wait for the end."""


@contextmanager
def serving(base: str = "") -> Iterator[GitHubServer]:
    """Yield a running server; ``base`` is the path of its API, /api/v3 for GitHub Enterprise."""
    github = GitHubServer(base)
    server = _Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"github": github}))
    github.address = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield github
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
