"""A SQLite in memory that is loaded only when something has to be run on it."""

from handrail.ports import Scratch


def open_scratch() -> Scratch:
    """Return an empty database."""
    from handrail.adapters.sqlite import SqliteScratch  # loads sqlite3

    return SqliteScratch()
