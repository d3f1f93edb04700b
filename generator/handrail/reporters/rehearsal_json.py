"""Rehearsals as JSON. ``docs/schemas/rehearse.schema.json`` is its form."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from handrail.core.finding import Finding
from handrail.rehearsal.trial import Back, Trial

VERSION = 1


def render_rehearsal_json(
    trials: Sequence[tuple[Trial, str]],
    about: Mapping[str, str],
    findings: Sequence[Finding],
    files: Sequence[str],
) -> str:
    """Return what rehearsals showed. ``about``: on which rows and engine; ``files``: evidence."""
    data = {
        "version": VERSION,
        "passed": all(trial.passed for trial, _ in trials),
        "engine": {"name": about["engine"], "version": about["version"]},
        "source": {"what": about["what"], "taken_at": about["taken_at"], "data": about["data"]},
        "migrations": [_trial(trial, level) for trial, level in trials],
        "findings": [_finding(each) for each in findings],
        "evidence": list(files),
    }
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _trial(trial: Trial, level: str) -> dict[str, Any]:
    return {
        "name": trial.tried.name,
        "path": trial.tried.path,
        "sha256": trial.tried.sha256,
        "level": level,
        "passed": trial.passed,
        "transaction": trial.applied.transaction,
        "milliseconds": round(trial.applied.milliseconds, 3),
        "statements": [
            {
                "line": each.line,
                "milliseconds": round(each.milliseconds, 3),
                "lock": each.lock,
                "tables": list(each.locked),
                "blocks_writes": each.blocks_writes,
                "rewritten": list(each.rewritten),
                "error": each.error,
            }
            for each in trial.applied.statements
        ],
        "tables": [
            {"name": name, "rows_before": trial.before.rows(name), "rows_after": trial.after.rows(name)}
            for name in sorted({*trial.before.content, *trial.after.content})
        ],
        "changes": [
            {
                "table": each.table,
                "now": each.now,
                "lost": each.lost,
                "added": each.added,
                "columns": [dict(column._asdict()) for column in each.columns],
            }
            for each in trial.changes
        ],
        "findings": [_finding(each) for each in trial.findings],
        "rollback": _back(trial.back),
        "restore": _back(trial.restore),
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity,
        "message": finding.message,
        "path": finding.location.path,
        "line": finding.location.line,
        "hint": finding.hint,
    }


def _back(back: Back | None) -> dict[str, Any] | None:
    if back is None:
        return None
    return {
        "way": back.way,
        "seconds": round(back.seconds, 3),
        "schema_restored": back.schema_restored,
        "data_restored": back.data_restored,
        "schema": list(back.schema),
        "lost": [{"table": each.table, "column": each.column, "rows": each.rows} for each in back.lost],
        "extra": back.extra,
        "error": back.error,
    }
