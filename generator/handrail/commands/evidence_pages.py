"""What the pages say of evidence: when runbooks were drilled, and what is counted for the metrics."""

from collections.abc import Callable, Mapping, Sequence

from handrail.artefacts.drills import last_drills
from handrail.artefacts.ledger import digest
from handrail.artefacts.measures import MEASURES
from handrail.artefacts.memory import Memory
from handrail.artefacts.proven import Proven
from handrail.commands.evidence_files import folder_digest, read_evidence_files
from handrail.commands.ways_back import find_ways_back
from handrail.core.finding import Finding
from handrail.core.location import Location
from handrail.policy.model import Policy
from handrail.ports import Files, Scratch
from handrail.source.evidence import EvidenceFile

BROKEN = "evidence.broken"


def read_proven(
    files: Files,
    policy: Policy,
    memory: Memory,
    scratch: Callable[[], Scratch] | None,
    policies: Mapping[tuple[str, str], str],
) -> tuple[Proven, tuple[Finding, ...]]:
    """Return what pages may say of evidence, and ``evidence.broken`` for each file that is none.

    ``policies`` are the digests of what else pages are made from. Without
    ``scratch`` no migration is classified, and what needs it is not counted.
    """
    evidence = read_evidence_files(files, policy.database.paths.evidence)
    good = tuple(each for each in evidence if not each.problem)
    counted = {each.id: each.counted for each in policy.metrics.metrics if each.counted}
    ways = None
    if scratch and "ways-back" in counted.values():
        state = digest("\n".join(sorted(policies.values())).encode())
        ways = find_ways_back(files, policy, memory, scratch, state)
    proven = Proven(
        {each.id: last_drills(each, good) for each in policy.runbooks.runbooks},
        {key: MEASURES[kind](good, ways) for key, kind in counted.items()},
    )
    return proven, tuple(_broken(evidence))


def proof_digests(files: Files, policy: Policy) -> dict[tuple[str, str], str]:
    """Return the ledger's keys and digests of the folders that pages are made from: evidence, migrations."""
    folder = policy.database.paths.evidence
    found = {("evidence", folder): folder_digest(files, folder)}
    if any(each.counted == "ways-back" for each in policy.metrics.metrics):
        home = policy.database.paths.migrations
        found["migrations", home] = folder_digest(files, home)
    return found


def _broken(evidence: Sequence[EvidenceFile]) -> list[Finding]:
    hint = "Mend it, or remove it. What it should be: handrail schema evidence"
    return [
        Finding(BROKEN, f"this is no evidence: {each.problem}", Location(each.path), hint=hint)
        for each in evidence
        if each.problem
    ]
