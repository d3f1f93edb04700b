"""Findings as SARIF 2.1.0, for code scanning."""

import json
from collections.abc import Sequence
from hashlib import blake2b
from typing import Any

from handrail import __version__
from handrail.core.address import percent_encoded
from handrail.core.finding import Finding
from handrail.core.shown import inert

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

ROOT = "%SRCROOT%"
"""What paths are relative to, in the word of GitHub and of the standard: the repository's root."""


def render_sarif(findings: Sequence[Finding]) -> str:
    """Return one SARIF run; each code of the findings is a rule of the driver."""
    codes = sorted({finding.code for finding in findings})
    driver = {
        "name": "handrail",
        "version": __version__,
        "rules": [_rule(code, findings) for code in codes],
    }
    marks: dict[str, int] = {}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, codes.index(finding.code), marks) for finding in findings],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2) + "\n"


def _rule(code: str, findings: Sequence[Finding]) -> dict[str, Any]:
    first = next(finding for finding in findings if finding.code == code)
    words = code.replace(".", ": ").replace("-", " ")
    hint = first.hint or "See the message."
    return {
        "id": code,
        "shortDescription": {"text": words},
        "fullDescription": {"text": words},
        "help": {"text": hint, "markdown": inert(hint)},
    }


def _result(finding: Finding, rule: int, marks: dict[str, int]) -> dict[str, Any]:
    where = finding.location
    region = {"startLine": where.line, "startColumn": where.column}
    file = {"uri": percent_encoded(where.path), "uriBaseId": ROOT}
    return {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": finding.severity,
        "message": {"text": f"{finding.message}\n{finding.hint}".strip()},
        "locations": [{"physicalLocation": {"artifactLocation": file, "region": region}}],
        "partialFingerprints": {"primaryLocationLineHash": _mark(finding, marks)},
    }


def _mark(finding: Finding, marks: dict[str, int]) -> str:
    """Return what tells a finding from others, whatever its line; the same ones in a file are counted."""
    text = f"{finding.code}\0{finding.location.path}\0{finding.message}"
    mark = blake2b(text.encode("utf-8", "backslashreplace"), digest_size=16).hexdigest()
    marks[mark] = marks.get(mark, 0) + 1
    return f"{mark}:{marks[mark]}"
