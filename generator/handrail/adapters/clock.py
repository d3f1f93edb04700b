"""Time."""

import time


class SystemClock:
    """``ports.Clock``."""

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)

    def today(self) -> str:
        """Return the day, in UTC, as YYYY-MM-DD."""
        return time.strftime("%Y-%m-%d", time.gmtime())

    def now(self) -> str:
        """Return the time, in UTC, as YYYYMMDDHHMMSS."""
        return time.strftime("%Y%m%d%H%M%S", time.gmtime())
