"""One request to GitHub's REST API: how long it waits, when it asks again, whom it tells the token.

urllib's own redirects would carry the token to any host, and its own errors
hide the answer: so only its handlers for HTTP and proxies are used, and every
status comes back as an answer. A proxy sees the token only where it opens TLS
itself: an address without TLS is on this machine, and is asked directly.
"""

import re
from email.message import Message
from email.utils import mktime_tz, parsedate_tz
from http.client import HTTPException, IncompleteRead
from socket import gaierror
from typing import Final, NamedTuple
from urllib.parse import SplitResult, urljoin, urlsplit
from urllib.request import HTTPHandler, HTTPSHandler, OpenerDirector, ProxyHandler, Request, getproxies

from handrail import __version__
from handrail.adapters.github_errors import is_limited, refusal
from handrail.core.errors import HandrailError
from handrail.ports import Clock

PAUSES: Final = (1.0, 2.0, 4.0)
"""Seconds before each further try."""
LONGEST: Final = 120.0
"""Seconds that are waited in all for one answer: a job that hangs is worse than one that fails."""
LIMIT_PAUSE: Final = 60.0
"""Seconds that GitHub asks for where a limit names no time."""
LARGEST: Final = 32 * 1024 * 1024
"""Bytes of an answer: a hundred comments of the longest kind have less."""
MOVES: Final = 3
_MOVED: Final = frozenset({301, 302, 307, 308})
_HERE: Final = frozenset({"localhost", "127.0.0.1", "::1"})


class Call(NamedTuple):
    """What is asked: ``path`` is relative to the API's address, or a whole address on the same host.

    ``needs`` is the permission without which GitHub says no.
    """

    method: str
    path: str
    needs: str
    payload: bytes | None = None

    @property
    def name(self) -> str:
        """Say it in a message, without the query."""
        return f"{self.method} {urlsplit(self.path).path}"


class Answer(NamedTuple):
    """What came back."""

    status: int
    headers: Message
    body: bytes


class _Broken(Exception):
    """No whole answer came. ``sent`` tells whether GitHub may have done what it was asked."""

    def __init__(self, why: str, sent: bool) -> None:
        super().__init__(why)
        self.sent = sent


class Api:
    """The REST API at ``url``, asked with ``token``; ``timeout`` is in seconds of silence."""

    def __init__(self, url: str, token: str, clock: Clock, timeout: float) -> None:
        self.url = _api_address(url)
        self._token = _bare_token(token)
        self._clock = clock
        self._timeout = timeout
        self._opener = OpenerDirector()
        tunnels = {scheme: proxy for scheme, proxy in getproxies().items() if scheme == "https"}
        for handler in (ProxyHandler(tunnels), HTTPHandler(), HTTPSHandler()):
            self._opener.add_handler(handler)

    def send(self, call: Call) -> Answer:
        """Return the answer to a call that went well.

        Asks again after pauses where that is safe: what adds something (POST)
        only when GitHub surely did not do it. Follows a repository that was
        renamed, on the same host, where nothing is changed by it. Raises
        ``HandrailError`` for everything else; no message has the token.
        """
        asked = call
        for _ in range(MOVES + 1):
            answer = self._patient(asked)
            if 200 <= answer.status < 300:
                return answer
            if answer.status not in _MOVED or call.method != "GET":
                raise self._clean(refusal(call.name, call.needs, answer.status, answer.headers, answer.body))
            asked = call._replace(path=self.on_same_host(asked, answer.headers.get("Location", "")))
        raise HandrailError(f"{call.name}: GitHub sends from one address to the next without end")

    def on_same_host(self, call: Call, address: str) -> str:
        """Return the whole address that GitHub named in an answer. The token goes to no other host."""
        named = _split(address).geturl()
        if not named:
            raise HandrailError(f"{call.name}: GitHub sends on to an address that is none")
        whole = urljoin(self._address(call), named)
        if _host(whole) != _host(self.url):
            message = f"{call.name}: GitHub sends on to another host, {urlsplit(whole).hostname}"
            raise HandrailError(message, "The token goes to no other host. Look at GITHUB_API_URL.")
        return whole

    def _address(self, call: Call) -> str:
        return urljoin(self.url, call.path)

    def _patient(self, call: Call) -> Answer:
        """Return an answer that waiting does not better."""
        waited = 0.0
        for usual in (*PAUSES, None):
            try:
                answer = self._once(call)
                pause = _pause(call, answer, usual or 0)
                if usual is None or pause is None or waited + pause > LONGEST:
                    return answer
            except _Broken as broken:
                if usual is None or (broken.sent and call.method == "POST"):
                    raise self._clean(_unreachable(call, broken)) from None
                pause = usual
            waited += pause
            self._clock.sleep(pause)
        raise AssertionError("the last try returns or raises")

    def _once(self, call: Call) -> Answer:
        headers = {
            "Accept": "application/vnd.github+json",
            "Authorization": f"Bearer {self._token}",
            "Content-Type": "application/json",
            "User-Agent": f"handrail/{__version__}",
            "X-GitHub-Api-Version": "2022-11-28",
        }
        # _api_address and on_same_host see to it that the address is http or https.
        address = self._address(call)
        request = Request(address, call.payload, headers, method=call.method)  # noqa: S310  # as said above
        try:
            with self._opener.open(request, timeout=self._timeout) as response:
                body: bytes = response.read(LARGEST + 1)
                if len(body) > LARGEST:
                    raise HandrailError(f"{call.name}: GitHub's answer has more than {LARGEST} bytes")
                if response.length:  # it promised more
                    raise IncompleteRead(body, response.length)
                return Answer(response.status, response.headers, body)
        except (OSError, HTTPException) as error:
            reason = getattr(error, "reason", error)
            raise _Broken(str(reason) or type(reason).__name__, _was_sent(reason)) from None

    def _clean(self, error: HandrailError) -> HandrailError:
        """Return an error without the token, should what it quotes have it."""
        return HandrailError(str(error).replace(self._token, "***"), error.hint)


def _was_sent(reason: object) -> bool:
    """Tell whether a request may have reached GitHub: a refused connection carried nothing."""
    return not isinstance(reason, (ConnectionRefusedError, gaierror))


def _unreachable(call: Call, broken: _Broken) -> HandrailError:
    doubt = ""
    if call.method == "POST" and broken.sent:
        doubt = "; whether it was done is not known"
    hint = (
        "Run it again. Look at https://www.githubstatus.com, or at GITHUB_API_URL for a server of your own."
    )
    return HandrailError(f"{call.name}: GitHub gave no whole answer ({broken}){doubt}", hint)


def _pause(call: Call, answer: Answer, usual: float) -> float | None:
    """Return the seconds to wait before asking again, None where that would not help."""
    if is_limited(answer.status, answer.headers, answer.body):
        return max(_limit_ends(answer.headers), usual)
    if answer.status >= 500 and call.method != "POST":
        after = answer.headers.get("Retry-After", "")
        return max(float(after), usual) if _is_number(after) else usual
    return None


def _limit_ends(headers: Message) -> float:
    """Return the seconds until GitHub's limit ends, by GitHub's own clock.

    Source: docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api
    """
    after, reset = headers.get("Retry-After", ""), headers.get("X-RateLimit-Reset", "")
    if _is_number(after):
        return float(after)
    now = parsedate_tz(headers.get("Date", ""))
    if headers.get("X-RateLimit-Remaining") == "0" and _is_number(reset) and now:
        return max(float(reset) - mktime_tz(now) + 1, 0)
    return LIMIT_PAUSE


def _is_number(text: str) -> bool:
    return re.fullmatch(r"[0-9]{1,12}", text) is not None


def _split(url: str) -> SplitResult:
    """Return the parts of an address, all empty for what is none."""
    try:
        return urlsplit(url if re.fullmatch(r"[!-~]+", url) else "")
    except ValueError:
        return urlsplit("")


def _host(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc.lower()


def _api_address(url: str) -> str:
    """Return the address that paths are relative to. Without TLS the token would be shown to the way."""
    parts = _split(url)
    fine = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _HERE)
    if not fine or not parts.hostname or "@" in parts.netloc or parts.query or parts.fragment:
        hint = "It is https://api.github.com, or https://HOST/api/v3 for GitHub Enterprise Server."
        raise HandrailError("GITHUB_API_URL is not the https address of an API", hint)
    return url.rstrip("/") + "/"


def _bare_token(token: str) -> str:
    """Return the token; one that no header can hold is refused without being shown."""
    token = token.strip()
    if not re.fullmatch(r"[!-~]+", token):
        what = "has characters that no token has" if token else "is not set"
        hint = "Give it to the step: env: GITHUB_TOKEN: ${{ github.token }}"
        raise HandrailError(f"GITHUB_TOKEN {what}", hint)
    return token
