"""Which ground a drill needs."""

from collections.abc import Iterator
from contextlib import contextmanager

from handrail.adapters.ground_sqlite import SqliteGrounds
from handrail.adapters.processes import end_groups
from handrail.adapters.workplace import open_workplace
from handrail.core.errors import HandrailError
from handrail.ports import Progress
from handrail.rehearsal.ground import Grounds


@contextmanager
def open_grounds(engine: str, database: str, progress: Progress) -> Iterator[Grounds]:
    """Yield a place for drills on ``engine``. ``database`` is the address or file to copy, '' for none."""
    if engine != "sqlite":
        raise HandrailError(f"not drilled: there is no {engine} here", "Drill on SQLite: --engine sqlite")
    with open_workplace(end_groups) as folder:
        yield SqliteGrounds(folder, database, progress)
