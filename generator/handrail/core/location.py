"""Where something stands in a file."""

from typing import NamedTuple


class Location(NamedTuple):
    """A place in a text file.

    ``path`` is relative to the repository root, with ``/``; ``line`` and
    ``column`` start at 1. It points at the offending key or value itself.
    """

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"
