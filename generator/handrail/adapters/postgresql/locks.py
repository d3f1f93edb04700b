"""Which locks a statement took, and which tables it wrote anew.

https://www.postgresql.org/docs/current/explicit-locking.html
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from handrail.adapters.postgresql.session import Refused, Session

STRENGTH = (
    "ACCESS SHARE",
    "ROW SHARE",
    "ROW EXCLUSIVE",
    "SHARE UPDATE EXCLUSIVE",
    "SHARE",
    "SHARE ROW EXCLUSIVE",
    "EXCLUSIVE",
    "ACCESS EXCLUSIVE",
)
"""The locks on tables, the weakest first."""

_BLOCKING = frozenset(STRENGTH[STRENGTH.index("SHARE") :])
"""Those that conflict with ROW EXCLUSIVE, which every INSERT, UPDATE and DELETE takes."""

_TABLES = """
SELECT c.oid, n.nspname, c.relname, pg_relation_filenode(c.oid) FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'm') AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'"""
_LOCKS = """
SELECT l.relation, l.mode FROM pg_locks l
WHERE l.pid = pg_backend_pid() AND l.locktype = 'relation' AND l.granted
AND l.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())"""

_ROWS = """
SELECT coalesce(sum(seq_tup_read + coalesce(idx_tup_fetch, 0) + n_tup_ins + n_tup_upd + n_tup_del), 0)::bigint
FROM pg_stat_xact_user_tables"""
"""https://www.postgresql.org/docs/current/monitoring-stats.html: what the open transaction did so far."""

_NAME = r'((?:"(?:[^"]|"")+"|\w+)(?:\.(?:"(?:[^"]|"")+"|\w+))?)'
_KNOWN = tuple(
    (re.compile(pattern, re.IGNORECASE | re.DOTALL), lock)
    for pattern, lock in (
        (
            rf"CREATE\s+(?:UNIQUE\s+)?INDEX\s+CONCURRENTLY\s.*?\bON\s+(?:ONLY\s+)?{_NAME}",
            "SHARE UPDATE EXCLUSIVE",
        ),
        (
            rf"ALTER\s+TABLE\s+(?:IF\s+EXISTS\s+)?(?:ONLY\s+)?{_NAME}\s+DETACH\s.*\bCONCURRENTLY",
            "SHARE UPDATE EXCLUSIVE",
        ),
        (rf"REINDEX\s+(?:\([^)]*\)\s*)?TABLE\s+CONCURRENTLY\s+{_NAME}", "SHARE UPDATE EXCLUSIVE"),
        (
            rf"VACUUM\s+(?:FULL\b|\([^)]*\bFULL\b[^)]*\))\s*(?:(?:FREEZE|VERBOSE|ANALYZE)\s+)*{_NAME}",
            "ACCESS EXCLUSIVE",
        ),
        (rf"VACUUM\s+(?:\([^)]*\)\s*)?(?:(?:FREEZE|VERBOSE|ANALYZE)\s+)*{_NAME}", "SHARE UPDATE EXCLUSIVE"),
    )
)
"""Statements that refuse to run in a transaction, where their locks could be seen, and what is known."""

_EMPTIES = re.compile(r"TRUNCATE\b", re.IGNORECASE)
"""It gives a table a new file, and writes nothing to it."""


class Table(NamedTuple):
    """A table that was there before: its name as Handrail writes it, and the file that it is in."""

    name: str
    file: int | None


class Effect(NamedTuple):
    """What a statement did to tables that others use, see ``StatementRun``."""

    lock: str = ""
    locked: tuple[str, ...] = ()
    blocks_writes: bool = False
    rewritten: tuple[str, ...] = ()
    rows: int = 0


Tables = Mapping[int, Table]
Locks = frozenset[tuple[int, str]]


def read_tables(session: Session, home: str) -> Tables:
    """Return the tables by their oid."""
    return {
        oid: Table(name if space == home else f"{space}.{name}", file)
        for oid, space, name, file in session.rows(_TABLES)
    }


def read_locks(session: Session) -> Locks:
    """Return the locks on tables that the session holds in its transaction."""
    return frozenset((relation, mode) for relation, mode in session.rows(_LOCKS))


def read_rows_touched(session: Session) -> int:
    """Return a count of rows read and written; within a transaction two of them can be compared."""
    return int(session.value(_ROWS))


def effect_of(text: str, before: Tables, after: Tables, taken: Locks) -> Effect:
    """Return what a statement did, from the tables before and after it and the locks that it took."""
    modes: dict[int, str] = {}
    for oid, mode in taken:
        if oid in before:
            modes[oid] = max(modes.get(oid, STRENGTH[0]), _spelled(mode), key=STRENGTH.index)
    strongest = max(modes.values(), key=STRENGTH.index, default="")
    locked = sorted(before[oid].name for oid, mode in modes.items() if mode == strongest)
    return Effect(strongest, tuple(locked), strongest in _BLOCKING, _rewritten(text, before, after))


def known_effect(session: Session, text: str, before: Tables, after: Tables) -> Effect:
    """Return what is known of a statement that cannot be watched, and which files changed."""
    rewritten = _rewritten(text, before, after)
    for pattern, lock in _KNOWN:
        found = pattern.match(text)
        if found:
            return Effect(lock, _found(session, found[1], before), lock in _BLOCKING, rewritten)
    return Effect(rewritten=rewritten)


def _rewritten(text: str, before: Tables, after: Tables) -> tuple[str, ...]:
    if _EMPTIES.match(text):
        return ()
    return tuple(
        sorted(table.name for oid, table in before.items() if oid in after and after[oid].file != table.file)
    )


def _found(session: Session, name: str, before: Tables) -> tuple[str, ...]:
    try:
        oid = session.value("SELECT to_regclass(%s)::oid", [name])
    except Refused:
        return ()
    return (before[oid].name,) if oid in before else ()


def _spelled(mode: str) -> str:
    """Return the name of a lock as SQL spells it: ``AccessExclusiveLock`` is ACCESS EXCLUSIVE."""
    return " ".join(re.findall("[A-Z][a-z]+", mode.removesuffix("Lock"))).upper()
