"""A connection to PostgreSQL. The one door to psycopg."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Self

import psycopg
from psycopg import sql
from psycopg.pq import TransactionStatus
from psycopg.types.string import TextLoader

from handrail.core.database_address import DatabaseAddress
from handrail.core.errors import HandrailError

_CONNECT_SECONDS = 15
_BATCH = 2000
_AS_TEXT = ("date", "timestamp", "timestamptz", "time", "timetz", "interval", "json", "jsonb", "numeric")
"""Types that Python cannot always hold (year 10000, infinity), or would show differently."""

Value = str | int | None


class Refused(HandrailError):
    """What the server said no to. ``code`` is its SQLSTATE, '' where it could not even be asked."""

    def __init__(self, message: str, code: str = "") -> None:
        super().__init__(message)
        self.code = code


class Session:
    """A connection in autocommit mode. Every method raises ``Refused``, never with a password in it."""

    def __init__(self, address: DatabaseAddress) -> None:
        self._address = address
        words: dict[str, Any] = {"connect_timeout": _CONNECT_SECONDS, "client_encoding": "UTF8"}
        words |= {**dict(address.options), **_place(address)}
        with self._said():
            self._connection = psycopg.connect(autocommit=True, prepare_threshold=None, **words)
        for name in _AS_TEXT:
            self._connection.adapters.register_loader(name, TextLoader)

    def rows(
        self, query: str, values: Sequence[Value] | Mapping[str, Value] | None = None
    ) -> list[tuple[Any, ...]]:
        """Return the rows of a query, none for a statement that has none."""
        with self._said(), self._connection.cursor() as cursor:
            cursor.execute(query.encode("utf-8", "replace"), values)
            return cursor.fetchall() if cursor.description else []

    def value(self, query: str, values: Sequence[Value] | None = None) -> Any:
        """Return the first value of the first row of a query, None where there is none."""
        found = self.rows(query, values)
        return found[0][0] if found else None

    def execute(self, statement: str) -> None:
        """Run a statement for what it does; rows that it returns are not fetched one by one."""
        with self._said(), self._connection.cursor() as cursor:
            cursor.execute(statement.encode("utf-8", "surrogateescape"))

    def stream(self, query: str) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a query from a cursor of the server, so that never all are in memory."""
        whole = self._connection.transaction()
        with self._said(), whole, self._connection.cursor(name="handrail") as cursor:
            cursor.itersize = _BATCH
            cursor.execute(query.encode("utf-8"))
            yield from cursor

    @property
    def in_transaction(self) -> bool:
        """Tell whether a transaction is open, a failed one included."""
        return self._connection.info.transaction_status in (
            TransactionStatus.INTRANS,
            TransactionStatus.INERROR,
        )

    @property
    def lost(self) -> bool:
        """Tell whether the connection is of no more use."""
        return bool(self._connection.closed)

    def close(self) -> None:
        """End the connection."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def _said(self) -> Iterator[None]:
        """Turn errors of the driver into ours, without what it keeps of the connection."""
        try:
            yield
        except psycopg.Error as error:
            # The detail is left out: it quotes rows.
            told = " ".join((error.diag.message_primary or str(error) or type(error).__name__).split())
            raise Refused(self._address.hide(told), error.sqlstate or "") from None
        except UnicodeError:
            raise Refused("text that is no UTF-8") from None


def quoted(*names: str) -> str:
    """Return a name of one or several parts as SQL text."""
    return sql.Identifier(*names).as_string()


def literal(value: str) -> str:
    """Return a text as a literal of SQL."""
    return sql.Literal(value).as_string()


def _place(address: DatabaseAddress) -> dict[str, str]:
    words = {
        "host": address.host,
        "port": address.port,
        "user": address.user,
        "password": address.password,
        "dbname": address.database,
    }
    return {key: value for key, value in words.items() if value}
