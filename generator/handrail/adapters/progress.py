"""A line on standard error that says what goes on, where a person looks at it."""

import os
import sys
import time

_EVERY = 0.1


class Progress:
    """``ports.Progress``: one line that is written over. Silent where standard error is no terminal."""

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._last, self._what = 0.0, ""

    def say(self, what: str, done: int = 0, of: int = 0) -> None:
        """Say what is going on now, and how far it is where that is known."""
        now = time.monotonic()
        if not self._shown or (what == self._what and now - self._last < _EVERY):
            return
        self._last, self._what = now, what
        share = f" {done * 100 // of} %" if of else ""
        room = max(20, min(os.get_terminal_size(sys.stderr.fileno()).columns, 120) - 1)
        sys.stderr.write(f"\r\x1b[K{(what + share + ' …')[:room]}")
        sys.stderr.flush()

    def end(self) -> None:
        """Remove the line."""
        if self._shown and self._what:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
