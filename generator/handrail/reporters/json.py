"""Findings for programs."""

import json
from collections.abc import Sequence

from handrail.core.finding import Finding


def render_json(findings: Sequence[Finding]) -> str:
    """Return ``{"version": 1, "findings": [...]}`` in ASCII; lines and columns start at 1.

    ``hint`` may be empty; ``diff`` is there when there is a difference to show.
    """
    rows = [
        {
            "code": finding.code,
            "severity": finding.severity,
            "message": finding.message,
            "hint": finding.hint,
            "path": finding.location.path,
            "line": finding.location.line,
            "column": finding.location.column,
            **({"diff": finding.diff} if finding.diff else {}),
        }
        for finding in findings
    ]
    return json.dumps({"version": 1, "findings": rows}, indent=2) + "\n"
