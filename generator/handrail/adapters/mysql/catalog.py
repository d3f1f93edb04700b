"""The schema of a MySQL database, from its catalog."""

import re
from collections.abc import Iterator

from handrail.adapters.mysql.session import Session, quoted
from handrail.core.database import Link, Schema, Shape

_HERE = "table_schema = DATABASE()"
_SPLIT = "\n"
_TABLES = f"""
SELECT table_name, CONCAT_WS(' ', engine, table_collation, NULLIF(create_options, '')) FROM information_schema.tables
WHERE {_HERE} AND table_type IN ('BASE TABLE', 'SYSTEM VERSIONED')"""
_COLUMNS = f"""
SELECT c.table_name, c.column_name, c.column_type, c.is_nullable, c.column_default, c.extra,
  COALESCE(c.generation_expression, ''), CONCAT_WS(' ', c.character_set_name, c.collation_name)
FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
WHERE c.{_HERE} AND t.table_type IN ('BASE TABLE', 'SYSTEM VERSIONED') ORDER BY c.table_name, c.ordinal_position"""
_INDEXES = f"""
SELECT table_name, index_name, non_unique, index_type,
  GROUP_CONCAT(COALESCE(column_name, '') ORDER BY seq_in_index SEPARATOR '\\n'),
  GROUP_CONCAT(COALESCE(sub_part, '') ORDER BY seq_in_index SEPARATOR '\\n'), MAX(nullable = 'YES')
FROM information_schema.statistics WHERE {_HERE} GROUP BY table_name, index_name, non_unique, index_type
ORDER BY table_name, index_name"""
KEYS = """
SELECT k.table_name, GROUP_CONCAT(k.column_name ORDER BY k.ordinal_position SEPARATOR '\\n'),
  k.referenced_table_name, GROUP_CONCAT(k.referenced_column_name ORDER BY k.ordinal_position SEPARATOR '\\n'),
  r.delete_rule, r.update_rule
FROM information_schema.key_column_usage k JOIN information_schema.referential_constraints r
  ON r.constraint_schema = k.constraint_schema AND r.constraint_name = k.constraint_name
  AND r.table_name = k.table_name
WHERE k.table_schema = DATABASE() AND k.referenced_table_schema = DATABASE()
GROUP BY k.table_name, k.constraint_name, k.referenced_table_name, r.delete_rule, r.update_rule
ORDER BY k.table_name, k.constraint_name"""
_MARIADB_CHECKS = """
SELECT table_name, check_clause FROM information_schema.check_constraints WHERE constraint_schema = DATABASE()"""
_MYSQL_CHECKS = """
SELECT t.table_name, c.check_clause FROM information_schema.check_constraints c
JOIN information_schema.table_constraints t USING (constraint_schema, constraint_name)
WHERE c.constraint_schema = DATABASE()"""
_TRIGGERS = """
SELECT event_object_table, trigger_name, CONCAT_WS(' ', action_timing, event_manipulation, action_statement)
FROM information_schema.triggers WHERE trigger_schema = DATABASE()"""
VIEWS = f"SELECT table_name, view_definition FROM information_schema.views WHERE {_HERE} ORDER BY table_name"
_ROUTINES = """
SELECT routine_name, routine_type, dtd_identifier, routine_definition, is_deterministic, sql_data_access,
  (SELECT GROUP_CONCAT(CONCAT_WS(' ', p.parameter_mode, p.parameter_name, p.dtd_identifier)
    ORDER BY p.ordinal_position SEPARATOR ', ') FROM information_schema.parameters p
    WHERE p.specific_schema = r.routine_schema AND p.specific_name = r.specific_name AND p.ordinal_position > 0)
FROM information_schema.routines r WHERE routine_schema = DATABASE()"""
_EVENTS = """
SELECT event_name, CONCAT_WS(' ', event_type, execute_at, interval_value, interval_field, event_definition)
FROM information_schema.events WHERE event_schema = DATABASE()"""
_DATABASE = """
SELECT default_character_set_name, default_collation_name FROM information_schema.schemata
WHERE schema_name = DATABASE()"""

Item = tuple[tuple[str, str], str]


def read_schema(session: Session) -> Schema:
    """Return the schema as the catalog shows it."""
    items = dict(_items(session))
    return Schema(items, _shapes(session))


def _items(session: Session) -> Iterator[Item]:
    own = re.compile(re.escape(quoted(str(session.value("SELECT DATABASE()")))) + r"\.")
    for table, text in session.rows(_TABLES):
        yield ("table", table), text
    for table, name, *words in session.rows(_COLUMNS):
        yield ("column", f"{table}.{name}"), _column(*words)
    yield from _indexes(session)
    for table, columns, other, others, deleted, updated in session.rows(KEYS):
        text = f"{other}({_listed(others)}) ON DELETE {deleted} ON UPDATE {updated}"
        yield ("foreign key", f"{table}({_listed(columns)})"), text
    for table, clause in _checks(session):
        yield ("check", f"{table}: {clause}"), "check"
    for table, name, text in session.rows(_TRIGGERS):
        yield ("trigger", f"{table}.{name}"), text
    for name, text in session.rows(VIEWS):
        yield ("view", name), own.sub("", text)
    for name, kind, gives, text, *words in session.rows(_ROUTINES):
        facts = " ".join(str(each) for each in (kind, gives, *words) if each)
        yield ("function", f"{name}()"), f"{facts} {text}"
    for name, text in session.rows(_EVENTS):
        yield ("event", name), text
    for charset, collation in session.rows(_DATABASE):
        yield ("option", "database.collation"), f"{charset} {collation}"


def _column(kind: str, nullable: str, default: str | None, extra: str, computed: str, collation: str) -> str:
    words = [kind, collation, "NULL" if nullable == "YES" else "NOT NULL"]
    if default is not None and default != "NULL":
        words.append(f"DEFAULT {default}")
    words += [extra, f"AS ({computed})" if computed else ""]
    return " ".join(word for word in words if word)


def _indexes(session: Session) -> Iterator[Item]:
    for table, name, repeats, kind, columns, lengths, _ in session.rows(_INDEXES):
        parts = zip(columns.split(_SPLIT), lengths.split(_SPLIT), strict=True)
        text = ", ".join(f"{column}({length})" if length else column for column, length in parts)
        if name == "PRIMARY":
            yield ("primary key", table), text
        else:
            unique = "" if int(repeats) else "UNIQUE "
            yield ("index", f"{table}.{name}"), f"{unique}{kind} ({text})"


def _checks(session: Session) -> list[tuple[str, str]]:
    query = _MARIADB_CHECKS if is_mariadb(session) else _MYSQL_CHECKS
    return [(str(table), str(clause)) for table, clause in session.rows(query)]


def is_mariadb(session: Session) -> bool:
    """Tell whether the server is MariaDB."""
    return "mariadb" in str(session.value("SELECT VERSION()")).lower()


def _listed(names: str) -> str:
    return ", ".join(names.split(_SPLIT))


def _shapes(session: Session) -> dict[str, Shape]:
    columns: dict[str, dict[str, str]] = {}
    generated: dict[str, set[str]] = {}
    for table, name, kind, _, _, _, computed, _ in session.rows(_COLUMNS):
        columns.setdefault(table, {})[name] = kind
        if computed:
            generated.setdefault(table, set()).add(name)
    links: dict[str, list[Link]] = {}
    for table, own, other, _, deleted, _ in session.rows(KEYS):
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
    """Return by table the columns by which a row can be found: the primary key, else a unique set without NULLs."""
    keys: dict[str, tuple[str, ...]] = {}
    found = session.rows(_INDEXES)
    for table, _, repeats, _, columns, lengths, nullable in sorted(
        found, key=lambda each: each[1] != "PRIMARY"
    ):
        names = tuple(columns.split(_SPLIT))
        if not int(repeats) and not int(nullable) and not lengths.strip() and all(names):
            keys.setdefault(table, names)
    return keys
