"""Scripts for the tests of PostgreSQL's front end."""

from handrail.migrations.operations import Script, Step
from handrail.migrations.postgresql.front_end import PostgresFrontEnd
from handrail.migrations.tables import Catalog, Column, Table


def read(*scripts: str) -> tuple[Catalog, Step]:
    """Apply scripts, and return the catalog after the last of them, and its step."""
    front_end = PostgresFrontEnd()
    steps = [front_end.apply(Script("x.sql", script)) for script in scripts]
    return front_end.catalog, steps[-1]


def table(sql: str, name: str = "t") -> Table:
    """Return one table after a script, in which every statement was read."""
    catalog, step = read(sql)
    assert step.unread == ()
    return catalog.tables[name]


def column(sql: str, name: str = "c", of: str = "t") -> Column:
    """Return one column after a script."""
    found = table(sql, of).column(name)
    assert found is not None
    return found


def kinds(sql: str) -> list[str]:
    """Return the operations of a script as words: kind, table, column."""
    return [" ".join(filter(None, (each.kind, each.table, each.column))) for each in read(sql)[1].operations]
