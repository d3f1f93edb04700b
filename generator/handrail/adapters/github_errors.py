"""What GitHub's refusals mean, in words that say what to do."""

import json
from email.message import Message

from handrail.core.errors import HandrailError

_QUOTED = 200


def is_limited(status: int, headers: Message, body: bytes) -> bool:
    """Tell whether GitHub said no only because it was asked too often."""
    if status == 429:
        return True
    spent = headers.get("X-RateLimit-Remaining") == "0"
    return status == 403 and (spent or "Retry-After" in headers or "secondary rate" in _said(body).lower())


def refusal(name: str, needs: str, status: int, headers: Message, body: bytes) -> HandrailError:
    """Return the error for an answer that is no success.

    ``name`` is what was asked, ``needs`` the permission that it takes.
    """
    said = _said(body)
    message = f"{name}: GitHub answered {status}" + (f" ({said})" if said else "")
    if is_limited(status, headers, body):
        return HandrailError(message, "GitHub's rate limit is reached. Run the job again later.")
    return HandrailError(message, _hint(status, needs))


def _hint(status: int, needs: str) -> str:
    if status == 401:
        return "The token is not valid. Give it to the step: env: GITHUB_TOKEN: ${{ github.token }}"
    if status in (403, 404):
        hint = f"Give the job the permission {needs}"
        if needs.endswith("write"):
            return f"{hint}. A pull request from a fork never has it: its verdict stands in the summary."
        return f"{hint}, and look whether number and repository are right."
    if status in (301, 302, 307, 308):
        return "The repository has another name now: look at GITHUB_REPOSITORY."
    if status >= 500:
        return "GitHub has a problem: https://www.githubstatus.com. Run the job again."
    return "Run the job again. When it stays so, report it."


def _said(body: bytes) -> str:
    """Return GitHub's own message as one short line of characters that can be shown, or ''."""
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    said = answer.get("message") if isinstance(answer, dict) else None
    if not isinstance(said, str):
        return ""
    line = "".join(each if each.isprintable() else " " for each in said)
    return " ".join(line.split())[:_QUOTED]
