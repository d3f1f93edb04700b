"""Which evidence shows what a requirement asks, for the pull request and for the deploy alike."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

from handrail.policy.matrix import Requirement
from handrail.policy.model import Policy
from handrail.policy.runbook_digest import runbook_digest
from handrail.review.case import Part, met, missing
from handrail.review.evidence import RESTORE, Wanted, find_objection
from handrail.source.evidence import EvidenceFile, Kind


class Proof(NamedTuple):
    """A kind of evidence, and what a person does to get it."""

    kind: Kind
    make: str


PROOFS: Mapping[str, Proof] = {
    "review-rollback-rehearsed": Proof("rollback", "Try the way back on a copy: handrail rehearse"),
    "review-rehearsal": Proof("rehearsal", "Rehearse it on a production-like copy: handrail rehearse"),
    "review-backup": Proof(
        "backup", "Restore the backup into a scratch database and compare: handrail backup verify"
    ),
    "review-restore": Proof("restore", "Follow the restore runbook on a copy: handrail drill restore"),
}
"""Check of a requirement -> what proves it."""

_FORM = "(form: handrail schema evidence)"


class Shown(Protocol):
    """What there is to look at: the policy, the evidence files, and the time by which they are judged."""

    @property
    def policy(self) -> Policy:
        """The policy in force."""

    @property
    def evidence(self) -> Sequence[EvidenceFile]:
        """The evidence files."""

    @property
    def now(self) -> str:
        """A UTC time."""


def evidence_parts(
    proof: Proof, shown: Shown, requirement: Requirement | None, scripts: Mapping[str, str]
) -> Iterator[Part]:
    """Yield for each script (name -> SHA-256) whether evidence shows what is asked.

    Without a requirement that limits its age, evidence of any age counts; a
    backup counts for as long as the recovery point objective lets it.
    """
    folder = shown.policy.database.paths.evidence
    for name, digest in scripts.items():
        wanted = _wanted(proof.kind, shown.policy, requirement, name, digest)
        path, objection = find_objection(wanted, shown.evidence, shown.now)
        key, title = f"evidence:{proof.kind}:{name}", f"Evidence of the {proof.kind} for {name}"
        if objection:
            said = f"{path}: {objection}." if path else f"In {folder}/ {objection}."
            then = f"{proof.make}, and commit its evidence file below {folder}/ {_FORM}."
            yield missing(key, title, said, then)
        else:
            yield met(key, title, path)


def _wanted(kind: Kind, policy: Policy, requirement: Requirement | None, name: str, digest: str) -> Wanted:
    hours: float | None = requirement.max_age_hours if requirement else None
    if kind == "backup":
        hours = policy.database.backup.rpo_minutes / 60
    runbook = ""
    if kind == "restore":
        books = (each for each in policy.runbooks.runbooks if each.id == RESTORE)
        runbook = next((runbook_digest(each) for each in books), "")
    return Wanted(kind, name, digest, hours, runbook)
