"""Protocols for everything outside. ``adapters`` implements them, ``tests/fakes.py`` too."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from handrail.core.database import Counter, Origin, Problem, Schema, Shape, StatementRun, TableContent
from handrail.core.pull_request import Comment, PullRequest, Review


class Files(Protocol):
    """The files of one repository. Paths are relative to its root, with ``/``.

    Every method may raise ``HandrailError`` that names the path and the reason.
    """

    def find(self, folder: str, suffixes: tuple[str, ...]) -> tuple[str, ...]:
        """Return the files below ``folder`` with one of the suffixes, sorted."""
        ...

    def top(self) -> tuple[str, ...]:
        """Return the names of the files that lie in the root itself, sorted."""
        ...

    def read(self, path: str, limit: int | None = None) -> bytes:
        """Return the bytes of a file, at most ``limit`` of them."""
        ...

    def read_or_none(self, path: str) -> bytes | None:
        """Return the bytes of a file, or None when there is no such file."""
        ...

    def exists(self, path: str) -> bool:
        """Tell whether a file or folder is there."""
        ...

    def is_folder(self, path: str) -> bool:
        """Tell whether a folder is there."""
        ...

    def is_link(self, path: str) -> bool:
        """Tell whether ``path`` itself is a symbolic link."""
        ...

    def problem_with(self, path: str) -> str:
        """Say why ``path`` is no safe place to write to, or ''."""
        ...

    def may_write(self, path: str) -> bool:
        """Tell whether the system lets us write and remove where ``path`` is."""
        ...

    def write(self, path: str, data: bytes) -> None:
        """Write a file as a whole: readers see the old bytes or the new, never a part."""
        ...

    def remove(self, path: str) -> None:
        """Remove a file, and the folders that this leaves empty."""
        ...

    def locked(self) -> AbstractContextManager[None]:
        """Hold the repository's lock: one writer at a time."""
        ...


class Repository(Protocol):
    """The git history of the repository."""

    def files_at(self, revision: str, folder: str) -> Mapping[str, bytes]:
        """Return the files below ``folder`` as they were at ``revision``."""
        ...

    def origin(self) -> tuple[str, str]:
        """Return (web address or '', default branch) of the remote."""
        ...

    def folder(self) -> str:
        """Return the folder of the repository that is worked in, '' for its root."""
        ...


class Branch(Repository, Protocol):
    """The branch that is checked out, beside others."""

    def merge_base(self, revision: str) -> str:
        """Return the commit where the work tree's history left that of ``revision``."""
        ...

    def head(self) -> str:
        """Return the commit that is checked out."""
        ...

    def changed(self, revision: str) -> Mapping[str, str]:
        """Return path -> A, M, D or T of what differs between ``revision`` and the work tree.

        A renamed file is one that went and one that came; untracked files count as added.
        """
        ...


class PullRequests(Protocol):
    """The pull requests of one repository on GitHub.

    Every method raises ``HandrailError`` when GitHub cannot be asked or says no.
    """

    def pull_request(self, number: int) -> PullRequest:
        """Return a pull request as it is now."""
        ...

    def reviews(self, number: int) -> Sequence[Review]:
        """Return all its reviews, the oldest first."""
        ...

    def comments(self, number: int) -> Sequence[Comment]:
        """Return all comments of its conversation, the oldest first."""
        ...

    def write_comment(self, number: int, body: str, comment: int | None) -> None:
        """Write a comment: anew, or in place of ``comment``."""
        ...


class Shipped(Protocol):
    """Files that come with Handrail: templates and the starter policy."""

    def find(self, folder: str) -> tuple[str, ...]:
        """Return the shipped files below ``folder`` (``templates`` or ``policies``), sorted."""
        ...

    def read(self, path: str) -> bytes:
        """Return the bytes of a shipped file."""
        ...


class Scratch(Protocol):
    """A database in memory that is thrown away: it says what a statement does."""

    def run(self, statement: str) -> str:
        """Run one statement; return '' or why the engine refused it."""
        ...

    def rows(self, query: str, values: Sequence[object] = ()) -> Sequence[tuple[Any, ...]]:
        """Return the rows of a query of ours."""
        ...

    def image(self) -> bytes:
        """Return the whole database."""
        ...

    def load(self, image: bytes) -> None:
        """Become the database of an image; b'' is an empty one."""
        ...


class Database(Protocol):
    """A database that is only read."""

    def rows(self, query: str) -> Sequence[tuple[Any, ...]]:
        """Return the rows of a query. Raises ``HandrailError`` when it cannot be read."""
        ...


class Cache(Protocol):
    """What can be made anew, kept for the next run."""

    def load(self) -> bytes:
        """Return what was saved last, or b"" when there is nothing or it is damaged."""
        ...

    def save(self, data: bytes) -> None:
        """Keep ``data`` in place of what was there. A cache that cannot be written is none."""
        ...


class Clock(Protocol):
    """Time, and waiting."""

    def sleep(self, seconds: float) -> None:
        """Wait."""
        ...

    def today(self) -> str:
        """Return the day, in UTC, as YYYY-MM-DD."""
        ...

    def now(self) -> str:
        """Return the time, in UTC, as YYYY-MM-DDTHH:MM:SSZ."""
        ...


class Watched(Protocol):
    """Tells when files changed."""

    def stamps(self, folders: Iterable[str]) -> Mapping[str, tuple[int, int]]:
        """Return (modification time in ns, size) of every file below ``folders``."""
        ...


class DatabaseCopy(Protocol):
    """A database that is ours alone: a copy, or an empty one. It ends with its ``Workshop``.

    Every method may raise ``HandrailError`` when the database cannot be used.
    """

    def schema(self) -> Schema:
        """Return the schema as the catalog shows it, without the tables of the engine."""
        ...

    def content(self, shapes: Iterable[Shape]) -> Mapping[str, TableContent]:
        """Count and hash what is in tables, in bounded memory; equal values have equal hashes."""
        ...

    def rows(self, shape: Shape, columns: Sequence[str]) -> Iterator[tuple[str | None, ...]]:
        """Yield the key of each row and then ``columns``, as exact text, None for NULL.

        They come in the order of the key's text, NULL first, code point by code point; without
        a key there are only ``columns``, and the order is theirs.
        """
        ...

    def run(self, statements: Iterable[tuple[int, str]], *, transaction: bool) -> Iterator[StatementRun]:
        """Run (line, statement) one by one, and yield how each went; the first error ends it.

        ``transaction``: in one around all of them, which an error rolls back.
        """
        ...

    def query(self, statement: str) -> Sequence[tuple[Any, ...]]:
        """Return the rows of one query. Raises ``HandrailError`` with what the engine said."""
        ...

    def problems(self) -> Sequence[Problem]:
        """Return what is wrong whatever the rows are: orphans, damage, what no longer compiles."""
        ...

    def counters(self) -> Sequence[Counter]:
        """Return what numbers new rows."""
        ...

    def copy(self) -> "DatabaseCopy":
        """Return another database with the same content."""
        ...

    def is_twin_of(self, other: "DatabaseCopy") -> bool:
        """Tell whether both provably hold the same, without reading rows. In doubt they do not."""
        ...

    def address(self) -> Mapping[str, str]:
        """Return the variables by which a command finds it (``DB`` or ``DATABASE_URL``, ``PG…``)."""
        ...

    def remove(self) -> None:
        """Remove it, and what lies beside it."""
        ...


class Workshop(Protocol):
    """A place for copies of one engine: a folder, or a server of ours or of the user's.

    The source, where there is one, is only read. Leaving the context removes every copy.
    """

    engine: str
    version: str

    def copy_source(self) -> DatabaseCopy:
        """Return a copy of the source, consistent even while others write to it."""
        ...

    def empty(self) -> DatabaseCopy:
        """Return an empty database."""
        ...

    def origin(self) -> Origin:
        """Return what the source is, and when it was last written to or, where it is live, now."""
        ...

    def take_backup(self, path: str, of: DatabaseCopy | None = None) -> None:
        """Write a backup of the source, or of a copy, to a new file: as a whole, or not at all."""
        ...

    def spare_file(self) -> str:
        """Return the path of a file that is not there yet, removed with the copies."""
        ...

    def restore(self, path: str) -> DatabaseCopy:
        """Return a database with what is in a backup. Raises ``HandrailError`` when it cannot be restored."""
        ...


class Progress(Protocol):
    """Tells a person that long work goes on."""

    def say(self, what: str, done: int = 0, of: int = 0) -> None:
        """Say what is going on now, and how far it is where that is known."""
        ...
