"""Readings of migrations and the policy -> risk levels."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from handrail.core.finding import sorted_findings
from handrail.migrations.fold import Reading, Undo
from handrail.migrations.operations import Operation
from handrail.policy.references import plain_text
from handrail.policy.rulebook import Rules
from handrail.risk.levels import Decision, Levels
from handrail.risk.verdict import REBUILD, Judged, MigrationRisk, Verdict
from handrail.risk.waivers import Waiver, find_stale, find_waiver, inline_waivers, policy_waivers

NO_ROLLBACK = "history.no_rollback"

_NO_WAY_BACK = {
    "missing": "There is no down script, and the migration is not declared irreversible.",
    "empty": "The down script changes nothing.",
    "not undone": "After the up and the down script the schema is not what it was.",
    "not checked": "The down script could not be read as a whole.",
}


class Classifier:
    """The policy's judgement of operations on one day."""

    def __init__(self, policy: Rules, today: str) -> None:
        self._levels = Levels(policy)
        self._policy_waivers = policy_waivers(policy)
        self._today = today
        self._owners = frozenset(each.login for role in policy.roles.roles for each in role.members)
        self._operations = frozenset(each.id for each in policy.operations.operations)
        self._inline: list[Waiver] = []
        self._used: list[Waiver] = []

    def classify(
        self, readings: Iterable[Reading], extra: Mapping[str, Sequence[Operation]], *, whole: bool
    ) -> Verdict:
        """Return the verdict on migrations.

        ``extra`` are operations that only the history tells (edited, out of
        order), by path. ``whole`` tells that all migrations were read, so that
        a waiver which none needed is a finding.
        """
        migrations = tuple(self._migration(each, extra.get(each.migration.path, ())) for each in readings)
        level = self._levels.highest(each.level for each in migrations)
        waivers = (*self._inline, *(self._policy_waivers if whole else ()))
        return Verdict(level, migrations, sorted_findings(find_stale(waivers, self._used, self._today)))

    def _migration(self, reading: Reading, extra: Sequence[Operation]) -> MigrationRisk:
        migration = reading.migration
        inline, findings = inline_waivers(
            migration.path, migration.up.text, migration.name, self._owners, self._operations
        )
        self._inline += inline
        waivers = (*inline, *self._policy_waivers)
        operations = [*extra, *reading.operations]
        judged = [self._judge(each, migration.name, waivers) for each in operations]
        judged += self._without_a_way_back(reading.undo, migration.name, waivers, judged)
        judged = [self._net_effect(each, judged) for each in judged]
        level = self._levels.highest(each.level for each in judged if not each.waiver)
        return MigrationRisk(
            migration.name,
            migration.path,
            migration.dialect,
            level,
            tuple(judged),
            findings,
            reading.unread,
            reading.undo,
        )

    def _judge(self, operation: Operation, name: str, waivers: Sequence[Waiver]) -> Judged:
        waiver = find_waiver(waivers, operation, name, self._today)
        if waiver is not None and waiver not in self._used:
            self._used.append(waiver)
        return _judged(operation, self._levels.decide(operation), waiver)

    def _net_effect(self, judged: Judged, others: Sequence[Judged]) -> Judged:
        """Return a rebuild with the level of what it changes."""
        operation = judged.operation
        if operation.kind != REBUILD:
            return judged
        effect = self._levels.highest(
            each.level for each in others if each.operation.table == operation.table and not each.waiver
        )
        proven = operation._replace(proven=frozenset({f"net-effect-{effect.lower()}"}))
        return _judged(proven, self._levels.decide(proven), judged.waiver)

    def _without_a_way_back(
        self, undo: Undo, name: str, waivers: Sequence[Waiver], judged: Sequence[Judged]
    ) -> Iterator[Judged]:
        """Yield the missing rollback of a migration above the lowest level."""
        fact = _NO_WAY_BACK.get(undo.way)
        level = self._levels.highest(each.level for each in judged)
        if fact is None or level == self._levels.order[0]:
            return
        told = "; ".join(undo.differences[:3])
        facts = (fact, f"What differs: {told}.") if told else (fact,)
        operation = Operation(NO_ROLLBACK, facts=facts, proven=frozenset({"medium-or-above"}))
        yield self._judge(operation, name, waivers)


def _judged(operation: Operation, decision: Decision, waiver: Waiver | None) -> Judged:
    entry = decision.entry
    if entry is None:
        why = "The policy does not name this operation: it counts as a statement that nobody read."
        return Judged(operation, decision.level, why, waiver=waiver)
    raised = next((each.when for each in entry.raised if each.condition == decision.condition), "")
    return Judged(
        operation,
        decision.level,
        plain_text(entry.why or ""),
        plain_text(entry.safer or ""),
        raised,
        waiver,
    )
