"""Time."""

import time
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


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
        return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())


class ClockAt(SystemClock):
    """``ports.Clock`` that shows another time: ``moment``, in UTC (2026-11-24T09:30:00Z)."""

    def __init__(self, moment: str) -> None:
        self.moment = moment

    def now(self) -> str:
        """Return that time."""
        return self.moment


def local_time(moment: str, zone: str) -> str:
    """Return a UTC time (2026-11-24T09:30:00Z) as it is in an IANA time zone (2026-11-24T10:30), '' for none."""
    try:
        there = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ""
    time_there = datetime.strptime(moment, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC).astimezone(there)
    return f"{time_there:%Y-%m-%dT%H:%M}"
