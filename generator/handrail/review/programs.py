"""Programs among the migrations: nobody reads what they do to the database, and that is said."""

import re
from collections.abc import Mapping

from handrail.migrations.fold import Undo
from handrail.migrations.operations import opaque
from handrail.policy.model import Policy
from handrail.policy.references import plain_text
from handrail.risk.levels import Levels
from handrail.risk.verdict import Judged, MigrationRisk

_PROGRAM = re.compile(
    r".*\.(?:php|py|rb|js|mjs|cjs|ts|mts|exs?|go|cs|java|kts?|scala|pl|sh|psql|xml)", re.IGNORECASE
)
_REASON = "It is a program, and nobody reads what it does to the database"


def program_risks(policy: Policy, changed: Mapping[str, str]) -> tuple[MigrationRisk, ...]:
    """Return a risk for each program that came or changed below the folder of migrations.

    Each counts as a statement that nobody could read.
    """
    home = f"{policy.database.paths.migrations}/"
    found = (path for path, how in sorted(changed.items()) if path.startswith(home) and how != "D")
    return tuple(_risk(policy, path) for path in found if _PROGRAM.fullmatch(path))


def _risk(policy: Policy, path: str) -> MigrationRisk:
    name = path.rpartition("/")[2]
    unread, operation = opaque(name, 1, _REASON)
    decision = Levels(policy).decide(operation)
    entry = decision.entry
    why, safer = (plain_text(entry.why or ""), plain_text(entry.safer or "")) if entry else ("", "")
    engine = policy.database.databases[0].engine if policy.database.databases else ""
    judged = Judged(operation, decision.level, why, safer)
    return MigrationRisk(name, path, engine, decision.level, (judged,), (), (unread,), Undo("not checked"))
