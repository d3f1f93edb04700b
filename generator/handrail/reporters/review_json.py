"""The gate's answer as JSON, version 1: ``docs/schemas/review.schema.json`` describes it."""

import json
from typing import Any

from handrail.review.case import Decision, Part, Result


def render_review_json(decision: Decision) -> str:
    """Return the answer as JSON."""
    value = {
        "version": 1,
        "passed": decision.passed,
        "level": decision.level,
        "computed": decision.computed,
        "declared": decision.declared,
        "requirements": [_result(each) for each in decision.results],
        "approvals": [each._asdict() for each in decision.seats],
        "migrations": [
            {
                "name": risk.name,
                "path": risk.path,
                "level": risk.level,
                "raised_by": [
                    {
                        "kind": each.operation.kind,
                        "table": each.operation.table,
                        "column": each.operation.column,
                        "line": each.operation.line,
                    }
                    for each in risk.raising
                ],
            }
            for risk in decision.verdict.migrations
        ],
        "notes": list(decision.notes),
    }
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def _result(result: Result) -> dict[str, Any]:
    return {
        "id": result.id,
        "title": result.title,
        "state": result.state,
        "policy": {"path": result.policy.path, "line": result.policy.line},
        "page": result.page,
        "parts": [_part(each) for each in result.parts],
    }


def _part(part: Part) -> dict[str, Any]:
    return part._asdict()
