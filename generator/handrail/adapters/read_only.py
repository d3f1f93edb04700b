"""A database of the user's, opened to be read only."""

from collections.abc import Iterator
from contextlib import contextmanager

from handrail.core.database_address import DatabaseAddress, parse_address
from handrail.core.errors import HandrailError
from handrail.migrations.quotes import Dialect
from handrail.ports import Database


@contextmanager
def open_read_only(text: str) -> Iterator[tuple[Dialect, Database]]:
    """Yield the engine of a database and the database, at an address or in a SQLite file.

    A server is told to refuse every write of this connection. Raises
    ``HandrailError`` when it cannot be opened, without the address in it.
    """
    address = parse_address(text)
    if address.dialect == "sqlite":
        yield "sqlite", _sqlite(address.database)
    elif address.dialect == "postgresql":
        yield from _postgresql(address)
    else:
        hint = "Name the migrations (--migrations), or what production has (--base)."
        raise HandrailError(f"databases of {address.dialect} cannot be read yet", hint)


def _sqlite(path: str) -> Database:
    import os

    from handrail.adapters.sqlite_file import SqliteFile

    if not os.path.isfile(path):
        raise HandrailError(f"{path}: there is no such file", "Name the SQLite file of the application.")
    return SqliteFile(path)


def _postgresql(address: DatabaseAddress) -> Iterator[tuple[Dialect, Database]]:
    try:
        from handrail.adapters.postgresql.session import Session, quoted
    except ImportError as error:
        hint = "pip install 'handrail[postgres]'"
        raise HandrailError(f"the driver psycopg cannot be loaded: {error}", hint) from None
    with Session(address) as session:
        session.execute("SET default_transaction_read_only = on")
        if address.schema:
            session.execute(f"SET search_path = {quoted(address.schema)}")
        yield "postgresql", session
