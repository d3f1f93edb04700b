"""What ``handrail backup`` prints as JSON. ``docs/schemas/backup-take.schema.json`` and ``backup-verify``."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from handrail.core.finding import Finding
from handrail.rehearsal.backup_note import Note

VERSION = 1


def render_taken_json(path: str, note: Note, findings: Sequence[Finding]) -> str:
    """Return what was taken."""
    data = {
        "version": VERSION,
        "path": path,
        "note": f"{path}.json",
        "sha256": note.backup.sha256,
        "bytes": note.backup.bytes,
        "taken_at": note.origin.taken_at,
        "seconds": round(note.seconds, 3),
        "source": {"what": note.origin.what, "data": note.origin.data},
        "engine": {"name": note.engine, "version": note.engine_version},
        "tables": [{"name": name, "rows": each.rows} for name, each in sorted(note.look.content.items())],
        "findings": list(map(_finding, findings)),
    }
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def render_verified_json(
    about: Mapping[str, Any], findings: Sequence[Finding], evidence: Sequence[str]
) -> str:
    """Return what was verified. ``about`` are the facts of it, in the form of the schema."""
    data = {
        "version": VERSION,
        **about,
        "findings": list(map(_finding, findings)),
        "evidence": list(evidence),
    }
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _finding(finding: Finding) -> dict[str, str]:
    return {
        "code": finding.code,
        "severity": finding.severity,
        "message": finding.message,
        "hint": finding.hint,
    }
