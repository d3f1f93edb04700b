"""Which migrations of the repository have a way back, for the metrics."""

from collections.abc import Callable

from handrail.artefacts.measures import Way
from handrail.artefacts.memory import Memory
from handrail.commands.evidence_files import below, folder_digest
from handrail.core.errors import HandrailError
from handrail.migrations.layouts import SUFFIXES
from handrail.policy.model import Policy
from handrail.ports import Files, Scratch

_ASKS = "review-rollback"
"""The check of the requirement that a way back is written down."""


def find_ways_back(
    files: Files, policy: Policy, memory: Memory, scratch: Callable[[], Scratch], policies: str
) -> tuple[Way, ...] | None:
    """Return the migrations from the level on that asks for a way back, None where they cannot be read.

    They are classified once for each state of their folder and of the policy,
    of which ``policies`` is a digest.
    """
    key = f"{policies} {folder_digest(files, policy.database.paths.migrations)}"

    def work_out(_: str) -> tuple[tuple[str, str, bool], ...] | str:
        try:
            return tuple((each.name, each.path, each.has_way) for each in _ways(files, policy, scratch))
        except HandrailError as error:
            return str(error)

    found = memory.recall("ways", key, work_out)
    return None if isinstance(found, str) else tuple(Way(*each) for each in found)


def _ways(files: Files, policy: Policy, scratch: Callable[[], Scratch]) -> tuple[Way, ...]:
    there = below(files, policy.database.paths.migrations, SUFFIXES)
    if not there:
        return ()
    from handrail.artefacts.measures import ways_of
    from handrail.migrations.fold import Opened, read_histories  # these load parsers
    from handrail.migrations.front_end import Runner
    from handrail.migrations.front_ends import front_end
    from handrail.migrations.histories import Migration, read_migrations
    from handrail.migrations.snapshots import Snapshots
    from handrail.risk.classify import Classifier
    from handrail.risk.levels import Levels

    runners = {each.engine: each.runner for each in policy.database.databases}

    def opened(first: Migration) -> Opened:
        known = runners.get(first.dialect)
        applied = Runner(transaction=bool(known and known.transaction))
        return Opened(front_end(first.dialect, applied, scratch), applied)

    histories = read_migrations(there, files.read, None, next(iter(runners), None))
    readings = read_histories(histories.migrations, opened, lambda _: True, Snapshots())
    verdict = Classifier(policy, "").classify(readings, {}, whole=False)
    levels = Levels(policy)
    asked = (each.from_level for each in policy.risk_matrix.requirements if each.check == _ASKS)
    return ways_of(verdict.migrations, levels, next(asked, levels.order[0]))
