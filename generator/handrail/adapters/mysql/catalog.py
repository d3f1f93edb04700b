"""The schema of a MySQL database, from its catalog."""

import re
from collections.abc import Iterator

from handrail.adapters.mysql import catalog_queries as queries
from handrail.adapters.mysql.session import Session, quoted
from handrail.core.database import Link, Schema, Shape

_SPLIT = "\n"

Item = tuple[tuple[str, str], str]


def read_schema(session: Session) -> Schema:
    """Return the schema as the catalog shows it."""
    items = dict(_items(session))
    return Schema(items, _shapes(session))


def _items(session: Session) -> Iterator[Item]:
    own = re.compile(re.escape(quoted(str(session.value("SELECT DATABASE()")))) + r"\.")
    for table, text in session.rows(queries.TABLES):
        yield ("table", table), text
    for table, name, *words in session.rows(queries.COLUMNS):
        yield ("column", f"{table}.{name}"), _column(*words)
    yield from _indexes(session)
    yield from _keys(session)
    yield from _routines(session)
    for name, text in session.rows(queries.VIEWS):
        yield ("view", name), own.sub("", text)
    for charset, collation in session.rows(queries.DATABASE):
        yield ("option", "database.collation"), f"{charset} {collation}"


def _keys(session: Session) -> Iterator[Item]:
    for table, columns, other, others, deleted, updated in session.rows(queries.KEYS):
        text = f"{other}({_listed(others)}) ON DELETE {deleted} ON UPDATE {updated}"
        yield ("foreign key", f"{table}({_listed(columns)})"), text
    for table, clause in _checks(session):
        yield ("check", f"{table}: {clause}"), "check"


def _routines(session: Session) -> Iterator[Item]:
    for table, name, text in session.rows(queries.TRIGGERS):
        yield ("trigger", f"{table}.{name}"), text
    for name, kind, gives, text, *words in session.rows(queries.ROUTINES):
        facts = " ".join(str(each) for each in (kind, gives, *words) if each)
        yield ("function", f"{name}()"), f"{facts} {text}"
    for name, text in session.rows(queries.EVENTS):
        yield ("event", name), text


def _column(kind: str, nullable: str, default: str | None, extra: str, computed: str, collation: str) -> str:
    words = [kind, collation, "NULL" if nullable == "YES" else "NOT NULL"]
    if default is not None and default != "NULL":
        words.append(f"DEFAULT {default}")
    words += [extra, f"AS ({computed})" if computed else ""]
    return " ".join(word for word in words if word)


def _indexes(session: Session) -> Iterator[Item]:
    for table, name, repeats, kind, columns, lengths, _ in session.rows(queries.INDEXES):
        parts = zip(columns.split(_SPLIT), lengths.split(_SPLIT), strict=True)
        text = ", ".join(f"{column}({length})" if length else column for column, length in parts)
        if name == "PRIMARY":
            yield ("primary key", table), text
        else:
            unique = "" if int(repeats) else "UNIQUE "
            yield ("index", f"{table}.{name}"), f"{unique}{kind} ({text})"


def _checks(session: Session) -> list[tuple[str, str]]:
    query = queries.MARIADB_CHECKS if is_mariadb(session) else queries.MYSQL_CHECKS
    return [(str(table), str(clause)) for table, clause in session.rows(query)]


def is_mariadb(session: Session) -> bool:
    """Tell whether the server is MariaDB."""
    return "mariadb" in str(session.value("SELECT VERSION()")).lower()


def _listed(names: str) -> str:
    return ", ".join(names.split(_SPLIT))


def _shapes(session: Session) -> dict[str, Shape]:
    columns: dict[str, dict[str, str]] = {}
    generated: dict[str, set[str]] = {}
    for table, name, kind, _, _, _, computed, _ in session.rows(queries.COLUMNS):
        columns.setdefault(table, {})[name] = kind
        if computed:
            generated.setdefault(table, set()).add(name)
    links: dict[str, list[Link]] = {}
    for table, own, other, _, deleted, _ in session.rows(queries.KEYS):
        links.setdefault(table, []).append(Link(tuple(own.split(_SPLIT)), other, deleted))
    keys = _row_keys(session)
    return {
        table: Shape(
            table,
            kinds,
            keys.get(table, ()),
            tuple(links.get(table, ())),
            frozenset(generated.get(table, ())),
        )
        for table, kinds in columns.items()
    }


def _row_keys(session: Session) -> dict[str, tuple[str, ...]]:
    """Return by table the columns that tell rows apart: the primary key, else a unique set without NULLs."""
    keys: dict[str, tuple[str, ...]] = {}
    found = session.rows(queries.INDEXES)
    for table, _, repeats, _, columns, lengths, nullable in sorted(
        found, key=lambda each: each[1] != "PRIMARY"
    ):
        names = tuple(columns.split(_SPLIT))
        if not int(repeats) and not int(nullable) and not lengths.strip() and all(names):
            keys.setdefault(table, names)
    return keys
