"""Time."""

import time


class SystemClock:
    """``ports.Clock``."""

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)
