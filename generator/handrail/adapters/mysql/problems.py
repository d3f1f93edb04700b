"""What is wrong in a MySQL database whatever its rows are, and what numbers its new rows."""

from collections.abc import Iterator

from handrail.adapters.mysql.catalog_queries import KEYS, VIEWS
from handrail.adapters.mysql.session import Refused, Session, quoted
from handrail.core.database import Counter, Problem

_COUNTERS = """
SELECT t.table_name, t.auto_increment, c.column_name FROM information_schema.tables t
JOIN information_schema.columns c USING (table_schema, table_name)
WHERE t.table_schema = DATABASE() AND t.auto_increment IS NOT NULL AND c.extra LIKE '%auto_increment%'
ORDER BY t.table_name"""


def find_problems(session: Session) -> Iterator[Problem]:
    """Yield orphans, which are there where keys were not checked, and views that cannot be read."""
    for table, columns, other, others, _, _ in session.rows(KEYS):
        pairs = list(zip(columns.split("\n"), others.split("\n"), strict=True))
        number = int(session.value(_orphans(table, other, pairs)))
        if number:
            name = f"{table}({', '.join(own for own, _ in pairs)})"
            rows = "row" if number == 1 else "rows"
            yield Problem("foreign-key", name, f"{number} {rows} of {table} point at no row of {other}.")
    for view, _ in session.rows(VIEWS):
        try:
            session.rows(f"SELECT * FROM {quoted(view)} LIMIT 0")
        except Refused as error:
            yield Problem("view-broken", view, f"The view {view} cannot be read: {error}")


def read_counters(session: Session) -> list[Counter]:
    """Return the next number of each AUTO_INCREMENT column."""
    found = []
    for table, following, column in session.rows(_COUNTERS):
        highest = session.value(f"SELECT MAX({quoted(column)}) FROM {quoted(table)}")
        found.append(Counter(table, int(following), int(float(highest or 0)), table, column))
    return found


def _orphans(child: str, parent: str, pairs: list[tuple[str, str]]) -> str:
    full = " AND ".join(f"c.{quoted(own)} IS NOT NULL" for own, _ in pairs)
    same = " AND ".join(f"p.{quoted(other)} = c.{quoted(own)}" for own, other in pairs)
    return (
        f"SELECT COUNT(*) FROM {quoted(child)} c WHERE {full} "
        f"AND NOT EXISTS (SELECT 1 FROM {quoted(parent)} p WHERE {same})"
    )
