"""What is noted beside a backup when it is taken. ``docs/schemas/backup.schema.json`` is its form.

Counts, hashes and definitions of the schema only: no value of a row.
"""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, NamedTuple

from handrail import __version__
from handrail.core.database import ColumnContent, Counter, Origin, Problem, Schema, TableContent
from handrail.core.errors import HandrailError
from handrail.rehearsal.evidence import BackupFile
from handrail.rehearsal.look import Look

VERSION = 1
HASHES = 1
"""Goes up with every change of how content is hashed: hashes of two ways are not comparable."""

_HINT = "Compare with the database instead: move that file away and name --database."


class Note(NamedTuple):
    """A backup, and what was in it.

    ``look`` has no shapes of tables: it is compared by names. ``marks`` are numbers that the
    application wrote into the file; ``smoke`` are the smoke queries that worked.
    """

    backup: BackupFile
    origin: Origin
    seconds: float
    engine: str
    engine_version: str
    look: Look
    marks: Mapping[str, int] = {}
    smoke: tuple[str, ...] = ()


def schema_sha256(schema: Schema) -> str:
    """Return one hash of a schema's items."""
    items = sorted((*key, value) for key, value in schema.items.items())
    return sha256(json.dumps(items, ensure_ascii=True).encode()).hexdigest()


def dump_note(note: Note) -> str:
    """Return the text of the file."""
    look = note.look
    data = {
        "version": VERSION,
        "sha256": note.backup.sha256,
        "bytes": note.backup.bytes,
        "taken_at": note.origin.taken_at,
        "seconds": round(note.seconds, 3),
        "source": {
            "what": note.origin.what,
            "data": note.origin.data,
            **({"identity": note.origin.identity} if note.origin.identity else {}),
            **({"marks": dict(note.marks)} if note.marks else {}),
        },
        "engine": {"name": note.engine, "version": note.engine_version},
        "hashes": HASHES,
        "schema_sha256": schema_sha256(look.schema),
        "schema": [[*key, value] for key, value in sorted(look.schema.items.items())],
        "tables": [_table(name, content) for name, content in sorted(look.content.items())],
        "counters": [dict(each._asdict()) for each in look.counters],
        "problems": [dict(each._asdict()) for each in look.problems],
        "smoke": list(note.smoke),
        "made_by": {"tool": "handrail", "version": __version__},
    }
    return json.dumps(data, indent=1, ensure_ascii=True) + "\n"


def _table(name: str, content: TableContent) -> dict[str, Any]:
    columns = {column: dict(each._asdict()) for column, each in sorted(content.columns.items())}
    return {"name": name, "rows": content.rows, "columns": columns}


def parse_note(path: str, raw: bytes) -> Note:
    """Return what stands in such a file. Raises ``HandrailError`` where it cannot be read or compared."""
    try:
        data = json.loads(raw.decode("utf-8"))
        if data["version"] != VERSION or data["hashes"] != HASHES:
            raise HandrailError(f"{path} was written by another version of Handrail", _HINT)
        return _note(data)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise HandrailError(f"{path} is damaged, or is no note of a backup", _HINT) from None


def _note(data: Mapping[str, Any]) -> Note:
    source = data["source"]
    items = {(str(kind), str(name)): str(value) for kind, name, value in data["schema"]}
    content = {str(each["name"]): _content(each) for each in data["tables"]}
    note = Note(
        BackupFile(str(data["sha256"]), int(data["bytes"])),
        Origin(str(source["what"]), str(data["taken_at"]), str(source["data"]), source.get("identity", "")),
        float(data["seconds"]),
        str(data["engine"]["name"]),
        str(data["engine"]["version"]),
        Look(
            Schema(items, {}),
            content,
            tuple(Problem(**each) for each in data["problems"]),
            tuple(Counter(**each) for each in data["counters"]),
        ),
        {str(key): int(value) for key, value in source.get("marks", {}).items()},
        tuple(map(str, data["smoke"])),
    )
    if schema_sha256(note.look.schema) != data["schema_sha256"]:
        raise ValueError("the schema is not the one that was noted")
    return note


def _content(data: Mapping[str, Any]) -> TableContent:
    columns = {str(name): ColumnContent(**each) for name, each in data["columns"].items()}
    return TableContent(int(data["rows"]), columns)
