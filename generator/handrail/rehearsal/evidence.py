"""What was run and what came out -> an evidence file. ``docs/schemas/evidence.schema.json`` is its form."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple

from handrail import __version__
from handrail.core.database import Origin

Kind = Literal["rehearsal", "rollback", "backup", "drill"]

VERSION = 1


class Ran(NamedTuple):
    """A migration that was run: its name, and the SHA-256 of its script's bytes."""

    name: str
    sha256: str


class Counted(NamedTuple):
    """One table before and after: rows and a hash of the content, None where it is not there."""

    name: str
    rows_before: int | None
    rows_after: int | None
    content_before: str | None
    content_after: str | None


class Lost(NamedTuple):
    """What did not come back: ``rows`` of a table, or of one column of it lost their values."""

    table: str
    column: str
    rows: int


class BackupFile(NamedTuple):
    """The backup that was restored: its SHA-256 and size in bytes."""

    sha256: str
    bytes: int


class StepRun(NamedTuple):
    """One step of a runbook. ``outcome``: ``as promised``, ``different`` or ``not run``, with the reason."""

    id: str
    outcome: Literal["as promised", "different", "not run"]
    seconds: float
    reason: str = ""


class RunbookRun(NamedTuple):
    """A runbook that was followed: SHA-256 of its words, the fault it met, how long it may take."""

    id: str
    sha256: str
    fault: str
    target_minutes: int
    steps: tuple[StepRun, ...]


class Evidence(NamedTuple):
    """One evidence file. Times are UTC (``2026-11-24T09:00:00Z``); '' or None leaves a key out."""

    kind: Kind
    migrations: tuple[Ran, ...]
    passed: bool
    finished_at: str
    seconds: float
    origin: Origin
    engine: str
    engine_version: str
    policy_sha256: str
    reason: str = ""
    expires_at: str = ""
    backup: BackupFile | None = None
    tables: tuple[Counted, ...] = ()
    schema_restored: bool | None = None
    data_restored: bool | None = None
    lost: tuple[Lost, ...] = ()
    runbook: RunbookRun | None = None
    details: Mapping[str, Any] = {}


def dump_evidence(evidence: Evidence) -> str:
    """Return the text of the file: the same value gives the same bytes."""
    data = {key: value for key, value in _values(evidence).items() if value not in (None, "", [], {})}
    data.setdefault("migrations", [])
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _values(evidence: Evidence) -> dict[str, Any]:
    return {
        "version": VERSION,
        "kind": evidence.kind,
        "migrations": [each._asdict() for each in evidence.migrations],
        "verdict": "passed" if evidence.passed else "failed",
        "reason": evidence.reason,
        "finished_at": evidence.finished_at,
        "expires_at": evidence.expires_at,
        "seconds": round(evidence.seconds, 3),
        "source": _source(evidence.origin, evidence.backup),
        "policy_sha256": evidence.policy_sha256,
        "engine": {"name": evidence.engine, "version": evidence.engine_version},
        "tables": [each._asdict() for each in evidence.tables],
        "schema_restored": evidence.schema_restored,
        "data_restored": evidence.data_restored,
        "lost": [_lost(each) for each in evidence.lost],
        "runbook": _runbook(evidence.runbook) if evidence.runbook else None,
        "made_by": {"tool": "handrail", "version": __version__},
        "details": dict(evidence.details),
    }


def _source(origin: Origin, backup: BackupFile | None) -> dict[str, Any]:
    source: dict[str, Any] = {"what": origin.what, "taken_at": origin.taken_at, "data": origin.data}
    return {**source, **backup._asdict()} if backup else source


def _lost(lost: Lost) -> dict[str, Any]:
    column = {"column": lost.column} if lost.column else {}
    return {"table": lost.table, **column, "rows": lost.rows}


def _runbook(run: RunbookRun) -> dict[str, Any]:
    return {
        "id": run.id,
        "sha256": run.sha256,
        **({"fault": run.fault} if run.fault else {}),
        "target_minutes": run.target_minutes,
        "steps": [_step(each) for each in run.steps],
    }


def _step(step: StepRun) -> dict[str, Any]:
    reason = {"reason": step.reason} if step.reason else {}
    return {"id": step.id, "outcome": step.outcome, "seconds": round(step.seconds, 3), **reason}


def name_of(kind: Kind, about: Sequence[str], engine: str = "") -> str:
    """Return the file name of evidence: a later run of the same thing takes the place of the earlier one."""
    parts = [*about, engine, kind] if engine else [*about, kind]
    return "-".join(_plain(part) for part in parts if part) + ".json"


def _plain(text: str) -> str:
    return "".join(letter if letter.isalnum() or letter in "._-" else "-" for letter in text)
