"""A migration that was tried: what was seen, in the order in which it was."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from handrail.core.database import StatementRun
from handrail.core.finding import Finding, has_errors
from handrail.migrations.operations import Operation
from handrail.rehearsal.compare import TableChange
from handrail.rehearsal.evidence import Lost
from handrail.rehearsal.look import Look

Way = Literal["down script", "certain inverse", "restore"]


class Tried(NamedTuple):
    """The script that was run: its ``name`` and ``path``, the SHA-256 of its bytes, what it does."""

    name: str
    path: str
    sha256: str
    operations: tuple[Operation, ...] = ()
    opaque: bool = False


class Applied(NamedTuple):
    """Statements that ran, the last one with an error where one was refused. ``transaction``: in one."""

    statements: tuple[StatementRun, ...]
    transaction: bool

    @property
    def milliseconds(self) -> float:
        """Return how long all of them took."""
        return sum(each.milliseconds for each in self.statements)

    @property
    def failed(self) -> StatementRun | None:
        """Return the statement that was refused."""
        return next((each for each in self.statements if each.error), None)


class Back(NamedTuple):
    """A way back that was tried: two verdicts, and what did not come back.

    ``schema`` are the differences to the schema before, a sentence each;
    ``lost`` what is missing of the data, ``extra`` rows or values too many.
    """

    way: Way
    seconds: float
    schema: tuple[str, ...] = ()
    lost: tuple[Lost, ...] = ()
    extra: int = 0
    error: str = ""

    @property
    def schema_restored(self) -> bool:
        """Tell whether the schema is as before."""
        return not self.schema and not self.error

    @property
    def data_restored(self) -> bool:
        """Tell whether every value is as before."""
        return not self.lost and not self.extra and not self.error


class Trial(NamedTuple):
    """Everything that one rehearsal of one migration showed. ``restore`` is the third comparison."""

    tried: Tried
    applied: Applied
    before: Look
    after: Look
    changes: tuple[TableChange, ...]
    findings: tuple[Finding, ...]
    back: Back | None = None
    restore: Back | None = None

    @property
    def passed(self) -> bool:
        """Tell whether nothing was seen that should not be."""
        return not has_errors(self.findings)


def errors_of(findings: Sequence[Finding]) -> str:
    """Return in one sentence what went wrong, '' when nothing did."""
    errors = [each.message for each in findings if each.severity == "error"]
    more = f" And {len(errors) - 1} more." if len(errors) > 1 else ""
    return f"{errors[0]}{more}" if errors else ""
