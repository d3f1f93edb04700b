"""Which ground a drill needs: the one of its engine, loaded only then."""

from collections.abc import Iterator
from contextlib import contextmanager

from handrail.adapters.workplace import open_workplace
from handrail.adapters.workshops import driver, stop_left_behind
from handrail.core.database_address import DatabaseAddress, parse_address
from handrail.core.errors import HandrailError
from handrail.ports import Progress
from handrail.rehearsal.drill.ground import Grounds


@contextmanager
def open_grounds(engine: str, database: str, version: str, progress: Progress) -> Iterator[Grounds]:
    """Yield a place for drills on ``engine``; what is made there is gone at the end.

    ``database`` is the address or file to copy, '' for none; ``version`` is what production runs on. It is
    never the server of the database: the commands of a runbook make, rename and drop databases.
    """
    source = parse_address(database) if database else None
    if source is not None and source.dialect != engine:
        hint = f"Leave --engine out, or name a database of {engine}."
        raise HandrailError(f"{source.shown()} is a database of {source.dialect}", hint)
    with open_workplace(stop_left_behind) as folder:
        if engine == "sqlite":
            from handrail.adapters.ground_sqlite import SqliteGrounds

            yield SqliteGrounds(folder, source.database if source else "", progress)
        else:
            with _postgresql(source, folder, version) as grounds:
                yield grounds


@contextmanager
def _postgresql(source: DatabaseAddress | None, folder: str, version: str) -> Iterator[Grounds]:
    with driver("psycopg", "postgres"):
        from handrail.adapters.ground_postgresql import PostgresGrounds
        from handrail.adapters.postgresql.workshop import open_own_server
    major = version.strip().partition(".")[0]
    with open_own_server(source, folder, int(major) if major.isdigit() else 0) as workshop:
        yield PostgresGrounds(folder, workshop, source)
