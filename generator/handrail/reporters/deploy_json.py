"""The answer on a deploy as JSON, version 1: ``docs/schemas/deploy-check.schema.json`` describes it."""

import json
from typing import Any

from handrail.review.case import Decision, Result


def render_deploy_json(decision: Decision) -> str:
    """Return the answer as JSON."""
    value = {
        "version": 1,
        "passed": decision.passed,
        "level": decision.level,
        "migrations": [
            {"name": risk.name, "path": risk.path, "level": risk.level}
            for risk in decision.verdict.migrations
        ],
        "items": [_item(each) for each in decision.results],
        "notes": list(decision.notes),
    }
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def _item(result: Result) -> dict[str, Any]:
    return {
        "id": result.id,
        "title": result.title,
        "state": result.state,
        "policy": {"path": result.policy.path, "line": result.policy.line},
        "page": result.page,
        "parts": [
            {"id": part.id, "title": part.title, "state": part.state, "said": part.said, "next": part.next}
            for part in result.parts
        ],
    }
