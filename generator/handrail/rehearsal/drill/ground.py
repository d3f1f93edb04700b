"""What a drill needs of the world: a database in production's place, and a terminal beside it."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from handrail.core.database import Origin
from handrail.core.printed import Printed
from handrail.ports import DatabaseCopy


class Terminal(Protocol):
    """A terminal in a folder of ours that stays open: what one command sets, the next one knows."""

    def run(self, command: str, seconds: float) -> Printed:
        """Run a command of bash, for so long at the most."""
        ...

    def run_sql(self, script: str, seconds: float) -> Printed:
        """Give SQL to the client of the engine, which stops at the first error."""
        ...


class Ground(Protocol):
    """A database in production's place, with nobody connected to it, in a folder in the place of the clone.

    Paths are relative to the folder. Every method may raise ``HandrailError``.
    """

    address: Mapping[str, str]
    """What a person types to reach it: ``DATABASE FILE`` or ``POSTGRESQL ADDRESS``."""

    def lay(self, path: str, data: bytes) -> None:
        """Write a file."""
        ...

    def look(self) -> DatabaseCopy:
        """Return a copy of the database to look at."""
        ...

    def run(self, statements: Sequence[str]) -> str:
        """Run statements one by one, each on its own, and return '' or why one of them was refused."""
        ...

    def run_unseen(self, statements: Sequence[str]) -> str:
        """Do the same so that what they did lies in the write-ahead log alone, as after a crash."""
        ...

    def take_backup(self, path: str) -> str:
        """Write a backup to a new file, and return the hash of the content that is noted with it."""
        ...

    def damage(self, table: str) -> None:
        """Make the file of a table unreadable."""
        ...

    def damage_backup(self, path: str) -> None:
        """Make a backup one that cannot be trusted."""
        ...

    def terminal(self) -> Terminal:
        """Return a new terminal, open until the ground is left."""
        ...


class Grounds(Protocol):
    """Where databases of one engine are drilled on. Leaving it removes everything."""

    engine: str
    version: str

    def origin(self) -> Origin | None:
        """Return what the database is that was asked for, None where there is none."""
        ...

    def base(self) -> DatabaseCopy:
        """Return a copy of that database, or an empty one: what every drill begins with."""
        ...

    def open(self, base: DatabaseCopy) -> AbstractContextManager[Ground]:
        """Open a new ground with what is in ``base``."""
        ...
