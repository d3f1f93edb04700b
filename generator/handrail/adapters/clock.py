"""Time."""

import time


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
