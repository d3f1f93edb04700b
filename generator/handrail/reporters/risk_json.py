"""Risk levels as JSON, version 1: ``docs/schemas/classify.schema.json`` describes it."""

import json
from typing import Any

from handrail.core.finding import Finding
from handrail.risk.verdict import Judged, MigrationRisk, Verdict


def render_risk_json(verdict: Verdict) -> str:
    """Return the verdict as JSON, in ASCII: a terminal may know no other letters."""
    value = {
        "version": 1,
        "level": verdict.level,
        "migrations": [_migration(each) for each in verdict.migrations],
        "findings": [_finding(each) for each in verdict.findings],
    }
    return json.dumps(value, indent=2) + "\n"


def _migration(risk: MigrationRisk) -> dict[str, Any]:
    return {
        "path": risk.path,
        "name": risk.name,
        "dialect": risk.dialect,
        "level": risk.level,
        "rollback": risk.undo.way,
        "operations": [_operation(each) for each in risk.operations],
        "findings": [_finding(each) for each in risk.findings],
        "not_checked": [each._asdict() for each in risk.not_checked],
    }


def _operation(judged: Judged) -> dict[str, Any]:
    operation = judged.operation
    waiver = judged.waiver
    return {
        "kind": operation.kind,
        "table": operation.table,
        "column": operation.column,
        "from": operation.old,
        "to": operation.new,
        "line": operation.line,
        "level": judged.level,
        "facts": list(operation.facts),
        "why": judged.why,
        "safer": judged.safer,
        "raised": judged.raised,
        "waiver": None
        if waiver is None
        else {"reason": waiver.reason, "owner": waiver.owner, "expires": waiver.expires},
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
