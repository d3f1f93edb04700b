"""A backup file, seen from outside."""

from typing import NamedTuple

from handrail.core.finding import Finding, Severity
from handrail.core.location import Location

HEAD = 512
"""Bytes of a file that tell what it is."""


class Seen(NamedTuple):
    """A backup file as it lies there.

    ``beside`` are the names of SQLite's own files next to it. ``is_source`` tells that it is the
    database itself, ``is_copy`` that its bytes are those of the database's main file, whose log
    (``-wal``) holds more when ``source_log``.
    """

    path: str
    head: bytes
    bytes: int
    sha256: str
    changed_at: str
    beside: tuple[str, ...] = ()
    is_source: bool = False
    is_copy: bool = False
    source_log: bool = False

    def finding(self, code: str, message: str, hint: str = "", severity: Severity = "error") -> Finding:
        """Return a finding about the file; its code begins with ``backup.``."""
        return Finding(f"backup.{code}", message, Location(self.path), severity, hint)

    @property
    def in_wal_mode(self) -> bool:
        """Tell whether it is a SQLite file whose latest commits belong in a file beside it."""
        return self.head.startswith(b"SQLite format 3\x00") and self.head[18:19] == b"\x02"
