"""Which workshop a database needs: the one of its engine, loaded only then."""

from collections.abc import Iterator
from contextlib import contextmanager

from handrail.adapters.processes import end_groups
from handrail.adapters.workplace import open_workplace
from handrail.core.database_address import DatabaseAddress, parse_address
from handrail.core.errors import HandrailError
from handrail.migrations.quotes import Dialect
from handrail.ports import Progress, Workshop


@contextmanager
def open_workshop(
    dialect: Dialect, database: str, progress: Progress, version: str = ""
) -> Iterator[Workshop]:
    """Yield a place for copies of a database; what is made there is gone at the end.

    ``database`` is the address or file of the source, '' for none. ``version`` is
    what production runs on: a server of that major version is taken where there
    is a choice. Raises ``HandrailError`` that says "not rehearsed" where no
    server can be had.
    """
    source = parse_address(database) if database else None
    if source is not None and source.dialect != dialect:
        raise HandrailError(
            f"the migrations are written for {dialect}, and {source.shown()} is one of {source.dialect}",
            "Name a database that the migrations are for.",
        )
    with open_workplace(stop_left_behind) as folder:
        if dialect == "sqlite":
            from handrail.adapters.sqlite_workshop import SqliteWorkshop

            yield SqliteWorkshop(folder, source.database if source else "", progress)
        elif dialect == "postgresql":
            with _postgresql(source, folder, version) as workshop:
                yield workshop
        else:
            with _mysql(source, folder) as workshop:
                yield workshop


@contextmanager
def _postgresql(source: DatabaseAddress | None, folder: str, version: str) -> Iterator[Workshop]:
    with driver("psycopg", "postgres"):
        from handrail.adapters.postgresql.workshop import open_postgresql
    major = version.strip().partition(".")[0]
    with open_postgresql(source, folder, int(major) if major.isdigit() else 0) as workshop:
        yield workshop


@contextmanager
def _mysql(source: DatabaseAddress | None, folder: str) -> Iterator[Workshop]:
    if source is None:
        hint = "Name a server on which databases can be made: --database mysql://USER@HOST/"
        raise HandrailError("not rehearsed: there is no MySQL server to make copies on", hint)
    with driver("pymysql", "mysql"):
        from handrail.adapters.mysql.workshop import open_mysql
    with open_mysql(source, folder) as workshop:
        yield workshop


def stop_left_behind(folder: str) -> None:
    """End what still runs in the folder of a run that is over: commands of runbooks, and servers."""
    from handrail.adapters.postgresql.server import stop_servers

    end_groups(folder)
    stop_servers(folder)


@contextmanager
def driver(name: str, extra: str) -> Iterator[None]:
    """Say what to install where a driver is missing."""
    try:
        yield
    except ImportError as error:
        raise HandrailError(
            f"not rehearsed: the driver {name} cannot be loaded: {error}", f"pip install 'handrail[{extra}]'"
        ) from None
