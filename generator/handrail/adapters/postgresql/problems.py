"""What is wrong in a PostgreSQL database whatever its rows are, and what numbers its new rows."""

import json
from collections.abc import Iterator
from contextlib import suppress

from handrail.adapters.postgresql.catalog import named
from handrail.adapters.postgresql.catalog_queries import own
from handrail.adapters.postgresql.session import Refused, Session, quoted
from handrail.core.database import Counter, Problem

_TABLE = "pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
_OWN = own("pg_class", "c.oid")
_NOT_VALID = f"""
SELECT n.nspname, c.relname, k.conname, k.contype = 'f', pg_get_constraintdef(k.oid), p.nspname, f.relname,
  {{own}}, {{other}}
FROM pg_constraint k JOIN {_TABLE} ON c.oid = k.conrelid
LEFT JOIN pg_class f ON f.oid = k.confrelid LEFT JOIN pg_namespace p ON p.oid = f.relnamespace
WHERE NOT k.convalidated AND {_OWN} ORDER BY 1, 2, 3""".format(
    own="(SELECT json_agg(a.attname ORDER BY u.place)::text FROM unnest(k.conkey) WITH ORDINALITY u(number, place) "
    "JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.number)",
    other="(SELECT json_agg(a.attname ORDER BY u.place)::text FROM unnest(k.confkey) WITH ORDINALITY u(number, place) "
    "JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.number)",
)
_INVALID = f"""
SELECT n.nspname, c.relname, i.relname FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
JOIN {_TABLE} ON c.oid = x.indrelid WHERE NOT (x.indisvalid AND x.indisready) AND {_OWN} ORDER BY 1, 2, 3"""
_VIEWS = f"SELECT n.nspname, c.relname, c.relkind = 'm' AND NOT c.relispopulated FROM {_TABLE} WHERE c.relkind IN ('v', 'm') AND {_OWN} ORDER BY 1, 2"
_FUNCTIONS = f"""
SELECT n.nspname, p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')', pg_get_functiondef(p.oid)
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang
WHERE p.prokind IN ('f', 'p') AND l.lanname IN ('sql', 'plpgsql') AND {own("pg_proc", "p.oid")} ORDER BY 1, 2"""
_DISABLED = f"""
SELECT n.nspname, c.relname, t.tgname, t.tgisinternal FROM pg_trigger t JOIN {_TABLE} ON c.oid = t.tgrelid
WHERE t.tgenabled = 'D' AND {_OWN} ORDER BY 1, 2, 3"""
_COLLATIONS = """
SELECT n.nspname, o.collname, o.collversion, pg_collation_actual_version(o.oid) FROM pg_collation o
JOIN pg_namespace n ON n.oid = o.collnamespace
WHERE o.collversion IS NOT NULL AND o.collversion <> pg_collation_actual_version(o.oid)
AND EXISTS (SELECT FROM pg_depend d WHERE d.refclassid = 'pg_collation'::regclass AND d.refobjid = o.oid)"""
_DATABASE = """
SELECT datcollversion, pg_database_collation_actual_version(oid) FROM pg_database
WHERE datname = current_database() AND datcollversion <> pg_database_collation_actual_version(oid)"""
_COUNTERS = f"""
SELECT DISTINCT n.nspname, c.relname, s.seqincrement, t.relkind = 'p', tn.nspname, t.relname, a.attname
FROM pg_sequence s JOIN {_TABLE} ON c.oid = s.seqrelid
JOIN (
  SELECT objid AS sequence, refobjid AS owner, refobjsubid AS number FROM pg_depend
  WHERE classid = 'pg_class'::regclass AND refclassid = 'pg_class'::regclass AND refobjsubid > 0
    AND deptype IN ('a', 'i')
  UNION
  SELECT e.refobjid, d.adrelid, d.adnum FROM pg_depend e JOIN pg_attrdef d ON d.oid = e.objid
  WHERE e.classid = 'pg_attrdef'::regclass AND e.refclassid = 'pg_class'::regclass AND e.deptype = 'n'
) u ON u.sequence = c.oid
JOIN pg_class t ON t.oid = u.owner JOIN pg_namespace tn ON tn.oid = t.relnamespace
JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = u.number JOIN pg_type y ON y.oid = a.atttypid
WHERE NOT t.relispartition AND y.typcategory = 'N' AND {_OWN} ORDER BY 1, 2, 5, 6, 7"""


def find_problems(session: Session, home: str) -> Iterator[Problem]:
    """Yield what is wrong: constraints, indexes, views, functions, triggers, counters, collations."""
    yield from _not_validated(session, home)
    for space, table, index in session.rows(_INVALID):
        name = f"{named(space, table, home)}.{index}"
        yield Problem("index-invalid", name, f"The index {name} is not valid: queries do not use it.")
    yield from _views(session, home)
    yield from _functions(session, home)
    for space, table, trigger, internal in session.rows(_DISABLED):
        name = f"{named(space, table, home)}.{trigger}"
        what = "A trigger that checks a foreign key" if internal else "The trigger"
        yield Problem("trigger-disabled", name, f"{what} {name} is switched off.")
    for counter in read_counters(session, home):
        if counter.next <= counter.highest and counter.next > 0:
            where = f"{counter.table}.{counter.column}"
            text = f"The next number of {counter.name} is {counter.next}, and {where} has {counter.highest} already."
            yield Problem("counter-behind", counter.name, text)
    yield from _collations(session, home)


def read_counters(session: Session, home: str) -> list[Counter]:
    """Return the sequences that number rows: those of identity columns, those owned, and those in a default."""
    found = []
    for space, name, step, parted, table_space, table, column in session.rows(_COUNTERS):
        last, called = session.rows(f"SELECT last_value, is_called FROM {quoted(space, name)}")[0]  # noqa: S608
        only = "" if parted else "ONLY "
        edge = "max" if step > 0 else "min"
        place = quoted(table_space, table)
        most = session.value(f"SELECT {edge}({quoted(column)})::text FROM {only}{place}")  # noqa: S608
        following = last + step if called else last
        owner = named(table_space, table, home)
        found.append(Counter(named(space, name, home), following, int(float(most or 0)), owner, column))
    return found


def _not_validated(session: Session, home: str) -> Iterator[Problem]:
    for space, table, constraint, is_key, text, parent_space, parent, own_columns, others in session.rows(
        _NOT_VALID
    ):
        name = f"{named(space, table, home)}.{constraint}"
        yield Problem("constraint-not-validated", name, f"{name} was never checked on the rows there: {text}")
        if is_key:
            pairs = list(zip(json.loads(own_columns), json.loads(others), strict=True))
            orphans = session.value(_orphans(quoted(space, table), quoted(parent_space, parent), pairs))
            if orphans:
                text = f"{orphans} rows of {named(space, table, home)} point at no row of {named(parent_space, parent, home)}."
                yield Problem("foreign-key", name, text)


def _orphans(child: str, parent: str, pairs: list[tuple[str, str]]) -> str:
    full = " AND ".join(f"c.{quoted(own)} IS NOT NULL" for own, _ in pairs)
    same = " AND ".join(f"p.{quoted(other)} = c.{quoted(own)}" for own, other in pairs)
    return f"SELECT count(*) FROM {child} c WHERE {full} AND NOT EXISTS (SELECT FROM {parent} p WHERE {same})"  # noqa: S608


def _views(session: Session, home: str) -> Iterator[Problem]:
    for space, view, empty in session.rows(_VIEWS):
        name = named(space, view, home)
        if empty:
            yield Problem(
                "view-broken", name, f"The materialized view {name} was never filled: it cannot be read."
            )
            continue
        said = _refusal(session, f"SELECT * FROM {quoted(space, view)} LIMIT 0")  # noqa: S608
        if said:
            yield Problem("view-broken", name, f"The view {name} cannot be read: {said}")


def _functions(session: Session, home: str) -> Iterator[Problem]:
    """Yield the functions that the server would not take again as they are.

    It checks the whole of SQL bodies; of PL/pgSQL only the grammar and the types of variables.
    """
    session.execute("SET check_function_bodies TO on")
    for space, function, definition in session.rows(_FUNCTIONS):
        said = _refusal(session, definition)
        if said:
            name = named(space, function, home)
            yield Problem("function-broken", name, f"The function {name} no longer compiles: {said}")


def _refusal(session: Session, statement: str) -> str:
    """Return why a statement would be refused, '' if not. Nothing of it stays."""
    session.execute("BEGIN")
    try:
        session.execute(statement)
    except Refused as error:
        return str(error)
    finally:
        session.execute("ROLLBACK")
    return ""


def _collations(session: Session, home: str) -> Iterator[Problem]:
    for space, name, made, now in session.rows(_COLLATIONS):
        whole = named(space, name, home) if space != "pg_catalog" else name
        text = f"The collation {whole} was {made} when indexes were made, and is {now}: they may be out of order."
        yield Problem("collation-version", whole, text)
    with suppress(Refused):  # servers before 15 do not keep it
        for made, now in session.rows(_DATABASE):
            text = (
                f"The database sorts as of version {made} of its collation, which is {now} here: reindex it."
            )
            yield Problem("collation-version", "database", text)
