"""A connection to MySQL or MariaDB. The one door to PyMySQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Self

import pymysql
from pymysql.converters import encoders
from pymysql.cursors import SSCursor

from handrail.core.database_address import DatabaseAddress
from handrail.core.errors import HandrailError

_CONNECT_SECONDS = 15
_PORT = 3306
_QUOTES_A_ROW = (1062, 1292, 1366)
"""Errors whose text holds a value: a key twice, a value that is no number or date."""


class Refused(HandrailError):
    """What the server said no to."""


class Session:
    """A connection in autocommit mode. Values come as text; errors are ``Refused``, without a password."""

    def __init__(self, address: DatabaseAddress) -> None:
        self._address = address
        options = dict(address.options)
        ways: dict[Any, Any] = dict(encoders)  # the ways in only: what comes back is the text that was sent
        with self._said():
            self._connection = pymysql.connect(
                host=address.host or "localhost",
                port=int(address.port) if address.port.isdigit() else _PORT,
                unix_socket=socket_of(address),
                user=address.user or None,
                password=address.password,
                database=address.database or None,
                charset="utf8mb4",
                autocommit=True,
                connect_timeout=_CONNECT_SECONDS,
                conv=ways,
                ssl_ca=options.get("sslca") or options.get("ssl_ca"),
            )

    def rows(self, query: str, values: tuple[str, ...] | None = None) -> list[tuple[Any, ...]]:
        """Return the rows of a query, none for a statement that has none."""
        with self._said(), self._connection.cursor() as cursor:
            cursor.execute(query, values)
            found = list(cursor.fetchall())
            while cursor.nextset():
                pass
            return found

    def value(self, query: str, values: tuple[str, ...] | None = None) -> Any:
        """Return the first value of the first row of a query, None where there is none."""
        found = self.rows(query, values)
        return found[0][0] if found else None

    def stream(self, query: str) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a query as the server sends them, so that never all are in memory."""
        with self._said(), self._connection.cursor(SSCursor) as cursor:
            cursor.execute(query)
            yield from cursor

    def close(self) -> None:
        """End the connection."""
        if self._connection.open:
            with self._said():
                self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def _said(self) -> Iterator[None]:
        """Turn errors of the driver into ours."""
        try:
            yield
        except pymysql.Error as error:
            raise Refused(self._address.hide(_message(error))) from None
        except (UnicodeError, OSError, RuntimeError, ValueError) as error:
            raise Refused(self._address.hide(f"{type(error).__name__}: {error}")) from None


def quoted(name: str) -> str:
    """Return a name as SQL text."""
    return "`" + name.replace("`", "``") + "`"


def socket_of(address: DatabaseAddress) -> str | None:
    """Return the socket that an address names, None for a host."""
    options = dict(address.options)
    named = options.get("socket") or options.get("unix_socket")
    return named or (address.host if address.host.startswith("/") else None)


def _message(error: pymysql.Error) -> str:
    number = error.args[0] if error.args else 0
    text = " ".join(str(error.args[1] if len(error.args) > 1 else error).split())
    if number in _QUOTES_A_ROW:
        text = _without_values(text)
    return text


def _without_values(text: str) -> str:
    """Return a message without its first quoted part, the value of a row."""
    before, quote, rest = text.partition("'")
    end = rest.rfind("' for ")
    return f"{before}…{rest[end + 1 :]}" if quote and end >= 0 else before.strip() or text
