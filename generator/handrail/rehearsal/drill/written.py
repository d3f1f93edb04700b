"""A judged drill -> its evidence."""

from handrail.core.database import Origin
from handrail.policy.runbook_digest import runbook_digest
from handrail.rehearsal.drill.faults import title_of
from handrail.rehearsal.drill.judge import Judgement
from handrail.rehearsal.evidence import Evidence, Ran, RunbookRun


def drill_evidence(
    judged: Judgement,
    origin: Origin,
    engine: tuple[str, str],
    now: str,
    policy_sha256: str,
    migrations: tuple[Ran, ...] = (),
) -> Evidence:
    """Return the evidence of a drill. ``engine`` is its name and its version, ``now`` when it ended in UTC.

    ``migrations`` are those for which it was done; it counts for no other.

    It has no value of a row: what commands printed is not in it.
    """
    drill = judged.drill
    followed = RunbookRun(
        drill.runbook.id,
        runbook_digest(drill.runbook),
        drill.fault,
        drill.minutes,
        tuple(step.as_run() for step in judged.steps),
    )
    return Evidence(
        "drill",
        migrations,
        judged.passed,
        now,
        judged.seconds,
        origin,
        *engine,
        policy_sha256,
        reason="; ".join(judged.reasons),
        tables=judged.tables,
        schema_restored=judged.schema_restored,
        data_restored=judged.data_restored,
        lost=judged.lost,
        runbook=followed,
        details={"fault": title_of(drill.fault)},
    )
