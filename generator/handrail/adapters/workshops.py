"""Which workshop a database needs."""

from collections.abc import Iterator
from contextlib import contextmanager

from handrail.adapters.sqlite_workshop import SqliteWorkshop
from handrail.adapters.workplace import open_workplace
from handrail.core.errors import HandrailError
from handrail.migrations.quotes import Dialect
from handrail.ports import Progress, Workshop


@contextmanager
def open_workshop(dialect: Dialect, database: str, progress: Progress) -> Iterator[Workshop]:
    """Yield a place for copies. ``database`` is the address or file of the source, '' for none."""
    if dialect != "sqlite":
        raise HandrailError(f"not rehearsed: there is no {dialect} here", "Name a server with --database.")
    with open_workplace() as folder:
        yield SqliteWorkshop(folder, database, progress)
