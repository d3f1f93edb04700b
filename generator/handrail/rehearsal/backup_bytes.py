"""What the bytes of a backup say before it is restored: which program wrote it, and whether it is whole."""

from collections.abc import Iterator
from typing import Literal

from handrail.core.backup import Seen
from handrail.core.finding import Finding
from handrail.rehearsal.backup_note import Note

Wrote = Literal["sqlite", "postgresql", "plain", "archive", ""]

_PLAIN = (b"-- PostgreSQL database dump", b"-- PostgreSQL database cluster dump", b"PRAGMA foreign_keys")
_PACKED = (b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"BZh", b"\xfd7zXZ", b"PK\x03\x04")
_TAKE = "Take a backup: handrail backup take --database URL|FILE"


def wrote(head: bytes) -> Wrote:
    """Return which program wrote a file, by its first bytes. '' is none that is known."""
    if head.startswith(b"SQLite format 3\x00"):
        return "sqlite"
    if head.startswith(b"PGDMP"):
        return "postgresql"
    if any(word in head for word in _PLAIN):
        return "plain"
    packed = head.startswith(_PACKED) or head[257:262] == b"ustar"
    return "archive" if packed else ""


def find_in_bytes(seen: Seen, note: Note | None, engine: str) -> Iterator[Finding]:
    """Yield why a file cannot be a backup of ``engine`` ('': of any), and whether its bytes are as noted.

    ``backup.damaged`` alone leaves something to restore; every other one is the end of it.
    """
    if seen.is_source:
        yield seen.finding("is-the-database", "This is the database itself, and no backup of it.", _TAKE)
    elif not seen.bytes:
        yield seen.finding("empty", "The file is empty.", _TAKE)
    elif seen.beside:
        names = " and ".join(seen.beside)
        message = (
            f"{names} lies beside it: this is a database in use, or a copy of the files of one. "
            "What is in the log and what is in the file need not belong together."
        )
        yield seen.finding("log-beside", message, _TAKE)
    elif note and note.backup.bytes > seen.bytes:
        share = seen.bytes * 100 // note.backup.bytes
        message = f"It is truncated: {seen.bytes} of {note.backup.bytes} bytes are there, {share} %."
        yield seen.finding("truncated", message, "Fetch it again, or take another one.")
    else:
        yield from _by_kind(seen, note, engine)


def _by_kind(seen: Seen, note: Note | None, engine: str) -> Iterator[Finding]:
    kind = wrote(seen.head)
    wanted = engine or (note.engine if note else "")
    if kind == "plain":
        message = "This is a script of SQL: nothing in it tells whether it is whole."
        yield seen.finding("plain-dump", message, "Take it with pg_dump -Fc, or with handrail backup take.")
    elif kind == "archive":
        yield seen.finding("packed", "It is packed.", "Unpack it first, and verify what comes out.")
    elif not kind:
        known = "Its first bytes are damaged, or it" if note else "It"
        message = f"{known} is neither a SQLite database nor a dump of pg_dump -Fc."
        yield seen.finding("not-a-backup", message, _TAKE)
    elif wanted and kind != wanted:
        message = f"It is a backup of {kind}, and the database is one of {wanted}."
        yield seen.finding("wrong-engine", message, "Name the backup of this database.")
    elif kind == "sqlite" and _pages(seen.head) > seen.bytes:
        message = f"It is truncated: {seen.bytes} of {_pages(seen.head)} bytes are there."
        yield seen.finding("truncated", message, "Fetch it again, or take another one.")
    elif note and note.backup.sha256 != seen.sha256:
        pair = f"SHA-256 {seen.sha256[:12]}…, noted {note.backup.sha256[:12]}…"
        message = f"Its bytes are not those that were taken: {pair}."
        yield seen.finding("damaged", message, "Fetch it again, or take another one. Test the disk.")


def _pages(head: bytes) -> int:
    """Return how long a SQLite file says that it is, 0 where it does not: sqlite.org/fileformat2.html."""
    if len(head) < 100 or head[24:28] != head[92:96]:
        return 0
    size = int.from_bytes(head[16:18], "big")
    return (65536 if size == 1 else size) * int.from_bytes(head[28:32], "big")
