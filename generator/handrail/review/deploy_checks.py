"""The checks of a deploy: one function for each check that an item of a checklist may name."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from handrail.policy.matrix import Requirement
from handrail.policy.projection import requirements_at
from handrail.review.case import Part, met, missing
from handrail.review.deploy_case import Deployment
from handrail.review.engines import engine_problem
from handrail.review.proof import PROOFS, evidence_parts
from handrail.review.windows import closed, next_opening, told, window_of
from handrail.rules.examples import NAMES

Check = Callable[[Deployment], Iterable[Part]]

_WRONG = {
    "failed": (
        "It failed in the database, and its row is still open.",
        "Look what of it is there, and put that right: runbook detect. Do not deploy before.",
    ),
    "edited": (
        "Its script is not the one that was applied.",
        "Bring the script back as it was, and write a new migration.",
    ),
    "unknown": (
        "The database has it, and the repository does not.",
        "Deploy a release that holds it, or find out who applied it.",
    ),
    "overtaken": (
        "It is pending, and sorts before one that was applied.",
        "Give it a name that sorts last: runners skip it, or run it in an order that nobody tried.",
    ),
}


def history(deployment: Deployment) -> Iterator[Part]:
    """Yield what is wrong between database and repository, and what is pending without being asked for."""
    for said in deployment.changed_past:
        then = "Leave what was applied as it was, and let what is new sort last."
        yield missing(f"past:{said}", "The past is as it was", said, then)
    held = deployment.held
    if held is None:
        return
    if held.trouble:
        yield _unreadable(deployment, held.trouble)
        return
    for each in held.differences:
        said, then = _WRONG[each.code]
        yield missing(f"{each.code}:{each.name}", each.name, said, then)
    yield from _unasked(deployment)


def _unreadable(deployment: Deployment, trouble: str) -> Part:
    if trouble == "no history":
        said = "It holds tables, and none in which a runner keeps what it applied."
        then = "Name the database that the runner migrates, or let the runner take it over first."
    else:
        engine = deployment.policy.database.databases[0].engine
        said = f"The folder holds no migration for it: production is {NAMES[engine]}."
        then = "Name production's database, or correct policies/database.yaml."
    return missing("history", "The database says what was applied", said, then)


def _unasked(deployment: Deployment) -> Iterator[Part]:
    """Yield where the database waits for others than those that were named."""
    if deployment.named is None:
        yield met("pending", "What is pending", ", ".join(deployment.pending) or "nothing")
        return
    for name in deployment.pending:
        if name not in deployment.named:
            said = "It is pending in the database, and was not named: the runner applies it as well."
            yield missing(f"pending:{name}", name, said, "Review it with the others, or take it out.")
    for name in deployment.named:
        if name not in deployment.pending:
            said = "It was named, and is not pending in the database."
            yield missing(f"named:{name}", name, said, "Name those that are pending, and no others.")


def engine(deployment: Deployment) -> Iterator[Part]:
    """Yield where the database, or the evidence that counts, is of another engine than the policy says."""
    databases = deployment.policy.database.databases
    if not databases:
        return
    held = deployment.held
    if held is not None:
        said = engine_problem(databases[0], held.engine, held.version)
        if said:
            then = "Name production's database, or correct the version in policies/database.yaml."
            yield missing("engine", "The database", f"It is {said}.", then)
    files = {each.path: each for each in deployment.evidence}
    for path in dict.fromkeys(each.said for each in _all_evidence(deployment) if each.state == "met"):
        said = engine_problem(databases[0], files[path].engine, files[path].version)
        if said:
            then = "Run it again on the engine of production."
            yield missing(f"engine:{path}", path, f"It was run on {said}.", then)


def _all_evidence(deployment: Deployment) -> Iterator[Part]:
    for check in ("deploy-backup", "deploy-way-back", "deploy-rehearsal"):
        yield from CHECKS[check](deployment)


def backup(deployment: Deployment) -> Iterator[Part]:
    """Yield whether a backup was restored and compared, and is younger than the recovery point objective."""
    proof = PROOFS["review-backup"]
    return evidence_parts(proof, deployment, None, deployment.digests)


def way_back(deployment: Deployment) -> Iterator[Part]:
    """Yield the evidence of the rollback, and of the restore, as far as the level asks for it."""
    yield from _asked(deployment, "review-rollback-rehearsed")
    yield from _asked(deployment, "review-restore")


def rehearsal(deployment: Deployment) -> Iterator[Part]:
    """Yield the evidence of the rehearsal, as far as the level asks for it."""
    return _asked(deployment, "review-rehearsal")


def _asked(deployment: Deployment, check: str) -> Iterator[Part]:
    for requirement in _requirements(deployment, check):
        yield from evidence_parts(PROOFS[check], deployment, requirement, deployment.digests)


def _requirements(deployment: Deployment, check: str) -> Iterator[Requirement]:
    if deployment.level:
        asked = requirements_at(deployment.policy, deployment.level)
        yield from (each for each in asked if each.check == check)


def window(deployment: Deployment) -> Iterator[Part]:
    """Yield whether the window of the level is open at the time of the deploy."""
    booked = window_of(deployment.policy, deployment.level) if deployment.level else None
    if booked is None:
        return
    if not deployment.here:
        said = f"This machine does not know the time zone {booked.time_zone}."
        then = "Correct it in policies/team.yaml, or install the time zones: pip install tzdata"
        yield missing("window", booked.title, said, then)
        return
    day, _, time = deployment.here.partition("T")
    said = closed(booked, day, time)
    if said:
        then = f"Wait for {next_opening(booked, day, time)} {booked.time_zone}: it is {told(booked)}."
        yield missing("window", booked.title, said, then)
    else:
        yield met("window", booked.title, f"{day} {time} {booked.time_zone}, until {booked.to_time}")


CHECKS: Mapping[str, Check] = {
    "deploy-history": history,
    "deploy-engine": engine,
    "deploy-backup": backup,
    "deploy-way-back": way_back,
    "deploy-rehearsal": rehearsal,
    "deploy-window": window,
}
"""Id of a check -> the function that makes its parts. ``policy.checks`` lists the same ids."""
