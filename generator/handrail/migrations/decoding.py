"""The bytes of a script -> its text."""

from handrail.core.finding import Finding, Severity
from handrail.core.location import Location

BINARY_SHARE = 0.02
"""A file of which more than this share is NUL bytes is no script."""

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def decode_script(path: str, data: bytes) -> tuple[str | None, tuple[Finding, ...]]:
    """Return the text of a script, None for a binary file, and what there is to say about it."""
    if data.startswith(_UTF_16):
        return data.decode("utf-16", "replace"), ()
    zeros = data.count(0)
    if zeros > BINARY_SHARE * len(data):
        return None, (_finding("binary", "This is no text: it is full of NUL bytes", path, "error"),)
    found: tuple[Finding, ...] = ()
    if zeros:
        line = data.count(b"\n", 0, data.index(0)) + 1
        found = (_finding("nul-byte", "There is a NUL byte; SQLite stops reading there", path, line=line),)
    try:
        return data.decode("utf-8-sig"), found
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = "This is not UTF-8; it is read as Latin-1"
        return data.decode("latin-1"), (*found, _finding("encoding", message, path, line=line))


def _finding(code: str, message: str, path: str, severity: Severity = "warning", line: int = 1) -> Finding:
    return Finding(f"migration.{code}", message, Location(path, line), severity, "Save the file as UTF-8.")
