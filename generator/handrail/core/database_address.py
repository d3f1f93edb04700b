"""The address of a database, as users write it: a URL or the path of a SQLite file."""

import re
from typing import NamedTuple

from handrail.core.errors import HandrailError

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):(//)?")
_DIALECTS = {
    "postgresql": "postgresql",
    "postgres": "postgresql",
    "mysql": "mysql",
    "mariadb": "mysql",
    "sqlite": "sqlite",
    "sqlite3": "sqlite",
    "file": "sqlite",
}
_HINT = "Write postgresql://USER@HOST/NAME, mysql://USER@HOST/NAME or the path of a SQLite file."
_ESCAPE = re.compile(rb"%([0-9A-Fa-f]{2})")
_HIDDEN = "***"
_LEAST = 3
"""A password of fewer letters is no secret, and hiding it would leave no message to read."""

_CREDENTIALS = re.compile(
    r"(\b[A-Za-z][A-Za-z0-9+.-]*://)[^\s/?#@]*:[^\s/?#]*@|\bpassword=\S+", re.IGNORECASE
)

LIBPQ = frozenset(
    (
        "hostaddr", "passfile", "channel_binding", "connect_timeout", "client_encoding", "options", "service",
        "application_name", "keepalives", "keepalives_idle", "keepalives_interval", "keepalives_count",
        "tcp_user_timeout", "gssencmode", "gsslib", "krbsrvname", "requirepeer", "require_auth", "sslmode",
        "sslcompression", "sslcert", "sslkey", "sslpassword", "sslcertmode", "sslrootcert", "sslcrl",
        "sslsni",
        "sslcrldir", "sslnegotiation", "ssl_min_protocol_version", "ssl_max_protocol_version",
        "target_session_attrs", "load_balance_hosts",
    )
)  # fmt: skip
"""What libpq takes besides user, password, host, port and dbname. It refuses others: those of Prisma."""


class DatabaseAddress(NamedTuple):
    """Where a database is. What the address does not say is ''.

    ``database`` is its name, or the path of a SQLite file. ``schema`` is where
    PostgreSQL looks up names that have none. ``options`` are further words of
    the URL, those that libpq does not know left out.
    """

    dialect: str
    database: str
    user: str = ""
    password: str = ""
    host: str = ""
    port: str = ""
    schema: str = ""
    options: tuple[tuple[str, str], ...] = ()

    def shown(self) -> str:
        """Return the address for messages and evidence. Who asks, how, and by which socket is left out."""
        if self.dialect == "sqlite":
            return self.database
        host = "localhost" if self.host.startswith("/") else self.host
        port = f":{self.port}" if self.port else ""
        return f"{self.dialect}://{host}{port}/{self.database}"

    def hide(self, text: str) -> str:
        """Return a text of others without the credentials that may be in it."""
        secrets = {self.password, dict(self.options).get("sslpassword", "")}
        for secret in sorted(secrets, key=len, reverse=True):
            if len(secret) >= _LEAST:
                text = text.replace(secret, _HIDDEN)
        return _CREDENTIALS.sub(lambda found: (found[1] or "password=") + _HIDDEN, text)


def parse_address(text: str) -> DatabaseAddress:
    """Return what an address says. Raises ``HandrailError``, which never quotes it, when it is none."""
    scheme = _SCHEME.match(text)
    if scheme is None or (scheme[2] is None and scheme[1].lower() not in _DIALECTS):
        return DatabaseAddress("sqlite", _file(text))
    dialect = _DIALECTS.get(scheme[1].lower().partition("+")[0])
    if dialect is None or scheme[1].lower().startswith("prisma"):
        raise HandrailError(f"'{scheme[1]}://' is no database that can be rehearsed", _HINT)
    rest = text[scheme.end() :]
    if dialect == "sqlite":
        # sqlite:///app.db is a path below this folder, sqlite:////app.db one from the root.
        own = scheme[2] and scheme[1].lower() != "file" and rest.startswith("/")
        return DatabaseAddress("sqlite", _file(_decoded(rest[1:] if own else rest).partition("?")[0]))
    if scheme[2] is None:
        raise HandrailError(f"the address of the database lacks '//' after '{scheme[1]}:'", _HINT)
    return _server(dialect, rest)


def _file(path: str) -> str:
    if not path or "\0" in path:
        raise HandrailError("the address of the database is empty", _HINT)
    return path


def _server(dialect: str, rest: str) -> DatabaseAddress:
    rest, _, query = rest.partition("?")
    place, _, path = rest.partition("/")
    who, _, hosts = place.rpartition("@")
    user, _, password = who.partition(":")
    words = dict(_words(query))
    host, port = _hosts(hosts, words)
    return DatabaseAddress(
        dialect=dialect,
        database=_decoded(path) or words.pop("dbname", ""),
        user=_decoded(user) or words.pop("user", ""),
        password=_decoded(password) or words.pop("password", ""),
        host=host,
        port=port,
        schema=words.get("schema", ""),
        options=tuple((key, value) for key, value in words.items() if dialect == "mysql" or key in LIBPQ),
    )


def _hosts(text: str, words: dict[str, str]) -> tuple[str, str]:
    """Return the hosts and the ports of an address, each as libpq takes them: joined by commas."""
    hosts, ports = [], []
    for each in text.split(","):
        found = re.fullmatch(r"(?:\[([^\]]*)\]|([^:]*))(?::(\d*))?", each)
        if found is None:
            raise HandrailError("the address of the database has no host that can be read", _HINT)
        hosts.append(_decoded(found[1] or found[2] or ""))
        ports.append(found[3] or "")
    host, port = words.pop("host", ""), words.pop("port", "")
    return host or ",".join(hosts), port or (",".join(ports) if any(ports) else "")


def _words(query: str) -> list[tuple[str, str]]:
    pairs = (each.partition("=") for each in query.split("&") if each)
    return [(_decoded(key), _decoded(value)) for key, _, value in pairs]


def _decoded(text: str) -> str:
    """Return a part of a URL with its percent signs resolved; bytes that are no UTF-8 are kept aside."""
    raw = text.encode("utf-8", "surrogateescape")
    return _ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), raw).decode("utf-8", "surrogateescape")
