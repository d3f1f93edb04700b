"""The level of an operation, by the policy alone."""

from typing import NamedTuple

from handrail.migrations.operations import Operation
from handrail.policy.operations import Operation as Entry
from handrail.policy.rulebook import Rules

OPAQUE = "statement.opaque"


class Decision(NamedTuple):
    """A level, the condition of the policy that raised it ('' for none), and the entry that decided."""

    level: str
    condition: str = ""
    entry: Entry | None = None


class Levels:
    """The levels of a policy in their order, and what it says of operations."""

    def __init__(self, policy: Rules) -> None:
        self.order = tuple(each.id for each in policy.risk_matrix.levels)
        self._entries = {each.id: each for each in policy.operations.operations}

    def highest(self, levels: object) -> str:
        """Return the highest of some levels, the lowest there is for none."""
        return max(levels, key=self.order.index, default=self.order[0])  # type: ignore[call-overload, no-any-return]  # any iterable of str

    def at_least(self, level: str, other: str) -> bool:
        """Tell whether ``level`` is ``other`` or higher."""
        return self.order.index(level) >= self.order.index(other)

    def entry(self, kind: str) -> Entry | None:
        """Return what the policy says of a kind of operation, None when it does not name it."""
        return self._entries.get(kind)

    def decide(self, operation: Operation) -> Decision:
        """Return the level of an operation.

        One that the policy does not name is as bad as a statement that nobody
        read, and the highest level when the policy does not name that either.
        """
        entry = self._entries.get(operation.kind)
        if entry is None:
            opaque = self._entries.get(OPAQUE)
            return Decision(opaque.level if opaque else self.order[-1])
        best = Decision(entry.level, "", entry)
        for each in entry.raised:
            if each.condition in operation.proven and self.at_least(each.level, best.level):
                best = Decision(each.level, each.condition, entry)
        return best
