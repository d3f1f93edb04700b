"""A schema report as JSON, version 1: ``schemas/schema-report.schema.json`` describes it."""

import json
from collections.abc import Sequence

from handrail.migrations.schema_facts import Facts
from handrail.policy.references import plain_text
from handrail.risk.schema_risks import Grade


def render_schema_json(facts: Facts, grades: Sequence[Grade]) -> str:
    """Return the facts, and the policy's grades of them, in ASCII."""
    value = {
        "version": 1,
        **facts,
        "risks": [
            {
                "id": each.id,
                "title": each.title,
                "severity": each.severity or None,
                "found": each.found,
                "recommendation": plain_text(each.risk.recommendation) if each.risk else None,
                "patterns": list(each.risk.patterns) if each.risk else [],
            }
            for each in grades
        ],
    }
    return json.dumps(value, indent=2) + "\n"
