"""What GitHub Actions tells a step, and what a step tells GitHub Actions.

Source: docs.github.com/actions/reference/workflows-and-actions/variables, and
the payloads of docs.github.com/webhooks/webhook-events-and-payloads
"""

import os
import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from handrail.adapters.json_fields import Fields, parse_json
from handrail.core.errors import HandrailError

SUMMARY: Final = 1024 * 1024
"""Bytes of a step's summary; GitHub shows nothing of a longer one."""
CUT: Final = "\n\nThe summary is cut here: GitHub shows 1 MiB at most. The log has all of it.\n"
LARGEST: Final = 32 * 1024 * 1024
"""Bytes of an event; GitHub sends 25 MB at most."""

_HINT: Final = "Run it as a step of a workflow. Elsewhere say what to compare with: --base and --body."


class Event(NamedTuple):
    """Why a workflow runs.

    ``name`` is such as pull_request, ``action`` such as edited; ``number`` is
    that of the pull request, None where the event has none, and then the rest
    is ''. ``head`` and ``base`` are commits, ``branch`` is the branch that it
    goes to, ``actor`` the login of who caused the event.
    """

    name: str
    action: str = ""
    number: int | None = None
    head: str = ""
    base: str = ""
    branch: str = ""
    actor: str = ""


class Actions:
    """The run of a workflow that ``environment`` tells of. Every method may raise ``HandrailError``."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment

    def is_running(self) -> bool:
        """Tell whether a workflow runs us."""
        return self._environment.get("GITHUB_ACTIONS") == "true"

    def repository(self) -> str:
        """Return owner/name of the repository."""
        return self._value("GITHUB_REPOSITORY")

    def api_url(self) -> str:
        """Return the address of GitHub's REST API."""
        return self._environment.get("GITHUB_API_URL") or "https://api.github.com"

    def token(self) -> str:
        """Return the token of the job, '' where the step was given none."""
        return self._environment.get("GITHUB_TOKEN", "")

    def event(self) -> Event:
        """Return why the workflow runs."""
        name = self._value("GITHUB_EVENT_NAME")
        if name == "pull_request_target":
            hint = "It has secrets and a token that writes, beside code that anybody sent: use pull_request."
            raise HandrailError("a pull request is not reviewed on the event pull_request_target", hint)
        payload = parse_json(f"the event {name}", self._payload())
        if name in ("pull_request", "pull_request_review"):
            return _of_pull_request(name, payload)
        if name == "merge_group":
            return _of_merge_group(name, payload)
        return Event(name)

    def write_summary(self, text: str) -> None:
        """Append to the step's summary, as much as it holds, with a line that says where it was cut."""
        path = self._value("GITHUB_STEP_SUMMARY")
        taken = os.path.getsize(path) if os.path.exists(path) else 0
        _append(path, _cut(text.encode("utf-8", "replace"), SUMMARY - taken))

    def _value(self, name: str) -> str:
        value = self._environment.get(name, "")
        if not value:
            raise HandrailError(f"{name} is not set", _HINT)
        return value

    def _payload(self) -> bytes:
        path = self._value("GITHUB_EVENT_PATH")
        try:
            with open(path, "rb") as file:
                raw = file.read(LARGEST + 1)
        except OSError as error:
            raise HandrailError(f"the event cannot be read ({error.strerror}): {path}", _HINT) from None
        if len(raw) > LARGEST:
            raise HandrailError(f"the event has more than {LARGEST} bytes: {path}")
        return raw


def _of_pull_request(name: str, payload: Fields) -> Event:
    """Return the event of a pull request; that of a review has fewer fields, and all of these."""
    pull_request = payload["pull_request"]
    return Event(
        name=name,
        action=payload["action"].text(),
        number=pull_request["number"].number(),
        head=pull_request["head"]["sha"].commit(),
        base=pull_request["base"]["sha"].commit(),
        branch=pull_request["base"]["ref"].text(),
        actor=_actor(payload),
    )


def _of_merge_group(name: str, payload: Fields) -> Event:
    """Return the event of a merge queue, which names the pull request only in its branch.

    A group holds one pull request; its base is the group before it, or the branch itself.
    """
    group = payload["merge_group"]
    branch = group["base_ref"].text().removeprefix("refs/heads/")
    queue = re.escape(f"refs/heads/gh-readonly-queue/{branch}/")
    named = re.fullmatch(rf"{queue}pr-([1-9][0-9]{{0,8}})-[0-9a-f]{{40,64}}", group["head_ref"].text())
    if named is None:
        raise HandrailError("merge_group.head_ref in the event merge_group names no pull request")
    return Event(
        name=name,
        action=payload["action"].text(),
        number=int(named[1]),
        head=group["head_sha"].commit(),
        base=group["base_sha"].commit(),
        branch=branch,
        actor=_actor(payload),
    )


def _actor(payload: Fields) -> str:
    sender = payload.get("sender")
    return "" if sender.is_null() else sender["login"].text()


def _cut(raw: bytes, room: int) -> bytes:
    """Return as many whole lines of UTF-8 as fit, or whole characters of a line that is too long."""
    if len(raw) <= room:
        return raw
    if room < len(CUT):
        return b""
    start = raw[: room - len(CUT)].decode("utf-8", "ignore")
    whole = start[: start.rfind("\n") + 1] or start
    return (whole + CUT).encode()


def _append(path: str, raw: bytes) -> None:
    try:
        with open(path, "ab") as file:
            file.write(raw)
    except OSError as error:
        raise HandrailError(f"{path} cannot be written ({error.strerror})") from None
