"""The queries of the application that have to work on a migrated and on a restored database."""

from collections.abc import Iterator, Mapping, Sequence

from handrail.core.errors import HandrailError
from handrail.core.finding import Finding
from handrail.ports import DatabaseCopy
from handrail.rehearsal.losses import Script


def smoke_failures(database: DatabaseCopy, queries: Sequence[str]) -> Mapping[str, str]:
    """Run queries; return those that failed, with what the engine said."""
    failed = {}
    for query in queries:
        try:
            database.query(query)
        except HandrailError as error:
            failed[query] = str(error)
    return failed


def find_smoke(
    script: Script, before: DatabaseCopy, after: DatabaseCopy, queries: Sequence[str]
) -> Iterator[Finding]:
    """Yield ``rehearsal.smoke`` for each query that worked before a migration and fails after it."""
    failed = smoke_failures(after, queries)
    known = smoke_failures(before, tuple(failed))
    for query, error in failed.items():
        if query not in known:
            message = f"A smoke query of the policy fails afterwards: {error}"
            hint = f"The application reads so: {query}"
            yield script.finding("rehearsal.smoke", message, "error", 1, hint)
