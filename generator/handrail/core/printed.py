"""What came out of a command that was typed into a terminal."""

from typing import NamedTuple


class Printed(NamedTuple):
    """What one command printed, and how it ended.

    ``text`` is what a person would see; ``stopped`` is '' or why it was ended before it
    had finished; ``kept_in`` are the commands (program, then its arguments) that
    were not run, since they would reach out of the scratch; ``missing`` the
    programs that this machine lacks.
    """

    text: str
    seconds: float
    stopped: str = ""
    kept_in: tuple[tuple[str, ...], ...] = ()
    missing: tuple[str, ...] = ()
