"""A trial -> its evidence files."""

from collections.abc import Iterator
from hashlib import blake2b
from typing import Any, NamedTuple

from handrail.core.database import Origin, StatementRun, TableContent
from handrail.rehearsal.evidence import Counted, Evidence, Kind, Ran, dump_evidence, name_of
from handrail.rehearsal.look import Look
from handrail.rehearsal.trial import Back, Trial, errors_of


class About(NamedTuple):
    """What all evidence of one run says: rows, engine, policy, when it ended and until when it counts."""

    origin: Origin
    engine: str
    version: str
    policy_sha256: str
    finished_at: str
    expires_at: str


class File(NamedTuple):
    """A file to write: its name in the folder of evidence, and its text."""

    name: str
    text: str


def evidence_files(trial: Trial, about: About) -> Iterator[File]:
    """Yield the evidence of a rehearsal, and that of its way back."""
    yield _file(_forward(trial, about), trial)
    if trial.back and not trial.applied.failed:
        yield _file(_backward(trial, trial.back, about), trial)


def _file(evidence: Evidence, trial: Trial) -> File:
    return File(name_of(evidence.kind, (trial.tried.name,)), dump_evidence(evidence))


def _common(trial: Trial, about: About, kind: Kind, passed: bool, seconds: float, reason: str) -> Evidence:
    return Evidence(
        kind,
        (Ran(trial.tried.name, trial.tried.sha256),),
        passed,
        about.finished_at,
        seconds,
        about.origin,
        about.engine,
        about.version,
        about.policy_sha256,
        reason,
        about.expires_at,
        tables=tuple(_counted(trial.before, trial.after)),
    )


def _forward(trial: Trial, about: About) -> Evidence:
    reason = errors_of(trial.findings)
    seconds = trial.applied.milliseconds / 1000
    return _common(trial, about, "rehearsal", trial.passed, seconds, reason)._replace(
        details={
            "transaction": trial.applied.transaction,
            "statements": [_statement(each) for each in trial.applied.statements],
            "problems": [each.text for each in trial.after.problems],
            "findings": [
                {"code": each.code, "severity": each.severity, "message": each.message}
                for each in trial.findings
            ],
        }
    )


def _statement(ran: StatementRun) -> dict[str, Any]:
    told: dict[str, Any] = {"line": ran.line, "milliseconds": round(ran.milliseconds, 3)}
    if ran.lock:
        told |= {"lock": ran.lock, "tables": list(ran.locked), "blocks_writes": ran.blocks_writes}
    if ran.rewritten:
        told["rewritten"] = list(ran.rewritten)
    return told | ({"error": ran.error} if ran.error else {})


def _backward(trial: Trial, back: Back, about: About) -> Evidence:
    reason = back.error or "; ".join(back.schema)
    details: dict[str, Any] = {"way": back.way}
    if trial.restore:
        restore = trial.restore
        details["restore"] = {
            "seconds": round(restore.seconds, 3),
            "schema_restored": restore.schema_restored,
            "data_restored": restore.data_restored,
        }
    return _common(trial, about, "rollback", back.schema_restored, back.seconds, reason)._replace(
        schema_restored=back.schema_restored,
        data_restored=back.data_restored,
        lost=back.lost,
        details=details,
    )


def _counted(before: Look, after: Look) -> Iterator[Counted]:
    for name in sorted({*before.content, *after.content}):
        yield Counted(name, before.rows(name), after.rows(name), _digest(before, name), _digest(after, name))


def _digest(look: Look, table: str) -> str | None:
    return digest_of(look.content.get(table))


def digest_of(content: TableContent | None) -> str | None:
    """Return one hash of a table's content, whatever the order of its columns; None for no table."""
    if content is None:
        return None
    total = blake2b(digest_size=16)
    for name, column in sorted(content.columns.items()):
        total.update(f"{name}\0{column.digest}\0".encode("utf-8", "surrogateescape"))
    return total.hexdigest()
