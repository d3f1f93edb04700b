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
