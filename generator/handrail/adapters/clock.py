"""Time."""

import time

from handrail.core.errors import HandrailError

_FORM = "%Y-%m-%dT%H:%M:%SZ"


class SystemClock:
    """``ports.Clock``."""

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)

    def today(self) -> str:
        """Return the day, in UTC, as YYYY-MM-DD."""
        return self.now()[:10]

    def now(self) -> str:
        """Return the time, in UTC, as YYYY-MM-DDTHH:MM:SSZ."""
        return time.strftime(_FORM, time.gmtime())


class ClockAt(SystemClock):
    """``ports.Clock`` that shows another time."""

    def __init__(self, moment: str) -> None:
        self.moment = moment

    def now(self) -> str:
        """Return that time."""
        return self.moment


def clock_at(moment: str) -> ClockAt:
    """Return a clock that shows a UTC time (2026-11-24T09:30:00Z). Raises ``HandrailError`` for no time."""
    try:
        shown = time.strftime(_FORM, time.strptime(moment, _FORM))
    except ValueError:
        hint = "Write it in UTC: 2026-11-24T09:30:00Z"
        raise HandrailError(f"'{moment}' is no time that can be read", hint) from None
    return ClockAt(shown)


def local_time(moment: str, zone: str) -> str:
    """Return a UTC time (2026-11-24T09:30:00Z) as it is in an IANA zone (2026-11-24T10:30), '' for none."""
    from datetime import UTC, datetime
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # loads much, and one command needs it

    try:
        there = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ""
    return f"{datetime.strptime(moment, _FORM).replace(tzinfo=UTC).astimezone(there):%Y-%m-%dT%H:%M}"
