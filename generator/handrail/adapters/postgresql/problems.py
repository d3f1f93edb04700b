"""What is wrong in a PostgreSQL database whatever its rows are, and what numbers its new rows."""

import json
from collections.abc import Iterator
from contextlib import suppress

from handrail.adapters.postgresql import problem_queries as queries
from handrail.adapters.postgresql.catalog import named
from handrail.adapters.postgresql.session import Refused, Session, quoted
from handrail.core.database import Counter, Problem


def find_problems(session: Session, home: str) -> Iterator[Problem]:
    """Yield what is wrong: constraints, indexes, views, functions, triggers, collations."""
    yield from _not_validated(session, home)
    for space, table, index in session.rows(queries.INVALID):
        name = f"{named(space, table, home)}.{index}"
        yield Problem("index-invalid", name, f"The index {name} is not valid: queries do not use it.")
    yield from _views(session, home)
    yield from _functions(session, home)
    for space, table, trigger, internal in session.rows(queries.DISABLED):
        name = f"{named(space, table, home)}.{trigger}"
        what = "A trigger that checks a foreign key" if internal else "The trigger"
        yield Problem("trigger-disabled", name, f"{what} {name} is switched off.")
    yield from _collations(session, home)


def read_counters(session: Session, home: str) -> list[Counter]:
    """Return the sequences that number rows: of identity columns, owned ones, and those in a default."""
    found = []
    for space, name, step, parted, table_space, table, column in session.rows(queries.COUNTERS):
        last, called = session.rows(f"SELECT last_value, is_called FROM {quoted(space, name)}")[0]
        only = "" if parted else "ONLY "
        edge = "max" if step > 0 else "min"
        place = quoted(table_space, table)
        most = session.value(f"SELECT {edge}({quoted(column)})::text FROM {only}{place}")
        following = last + step if called else last
        owner = named(table_space, table, home)
        found.append(Counter(named(space, name, home), following, int(float(most or 0)), owner, column))
    return found


def _not_validated(session: Session, home: str) -> Iterator[Problem]:
    for space, table, constraint, is_key, text, parent_space, parent, own_columns, others in session.rows(
        queries.NOT_VALID
    ):
        name = f"{named(space, table, home)}.{constraint}"
        yield Problem("constraint-not-validated", name, f"{name} was never checked on the rows there: {text}")
        if is_key:
            pairs = list(zip(json.loads(own_columns), json.loads(others), strict=True))
            orphans = session.value(_orphans(quoted(space, table), quoted(parent_space, parent), pairs))
            if orphans:
                ends = (named(space, table, home), named(parent_space, parent, home))
                yield Problem(
                    "foreign-key", name, f"{orphans} rows of {ends[0]} point at no row of {ends[1]}."
                )


def _orphans(child: str, parent: str, pairs: list[tuple[str, str]]) -> str:
    full = " AND ".join(f"c.{quoted(own)} IS NOT NULL" for own, _ in pairs)
    same = " AND ".join(f"p.{quoted(other)} = c.{quoted(own)}" for own, other in pairs)
    return f"SELECT count(*) FROM {child} c WHERE {full} AND NOT EXISTS (SELECT FROM {parent} p WHERE {same})"


def _views(session: Session, home: str) -> Iterator[Problem]:
    for space, view, empty in session.rows(queries.VIEWS):
        name = named(space, view, home)
        if empty:
            yield Problem(
                "view-broken", name, f"The materialized view {name} was never filled: it cannot be read."
            )
            continue
        said = _refusal(session, f"SELECT * FROM {quoted(space, view)} LIMIT 0")
        if said:
            yield Problem("view-broken", name, f"The view {name} cannot be read: {said}")


def _functions(session: Session, home: str) -> Iterator[Problem]:
    """Yield the functions that the server would not take again as they are.

    It checks the whole of SQL bodies; of PL/pgSQL only the grammar and the types of variables.
    """
    session.execute("SET check_function_bodies TO on")
    for space, function, definition in session.rows(queries.FUNCTIONS):
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
    for space, name, made, now in session.rows(queries.COLLATIONS):
        whole = named(space, name, home) if space != "pg_catalog" else name
        text = f"The collation {whole} is {now} here; indexes were made as of {made} and may be out of order."
        yield Problem("collation-version", whole, text)
    with suppress(Refused):  # servers before 15 do not keep it
        for made, now in session.rows(queries.DATABASE):
            text = (
                f"The database sorts as of version {made} of its collation, which is {now} here: reindex it."
            )
            yield Problem("collation-version", "database", text)
