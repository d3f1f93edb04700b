"""What tests of real databases share: a workshop, a script run whole, somebody who listens to no progress."""

from collections.abc import Sequence

from handrail.core.database import Schema, StatementRun
from handrail.migrations.quotes import Dialect
from handrail.migrations.statements import split
from handrail.ports import DatabaseCopy


class Silent:
    """``ports.Progress`` that says nothing."""

    def say(self, what: str, done: int = 0, of: int = 0) -> None:
        pass


def run(
    copy: DatabaseCopy, script: str, *, transaction: bool = False, dialect: Dialect = "postgresql"
) -> Sequence[StatementRun]:
    """Run a script as ``rehearse`` does; return how each statement went."""
    statements = ((each.line, each.text) for each in split(script, dialect))
    return list(copy.run(statements, transaction=transaction))


def prepare(copy: DatabaseCopy, script: str, dialect: Dialect = "postgresql") -> None:
    """Run a script that has to work."""
    assert [each.error for each in run(copy, script, dialect=dialect) if each.error] == []


def item(schema: Schema, kind: str, name: str) -> str:
    """Return the definition of an item, '' where it is not there."""
    return schema.items.get((kind, name), "")
