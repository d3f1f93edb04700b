"""Evidence files, read: what was run on a copy, and what came out. ``docs/schemas/evidence.schema.json``."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Literal, NamedTuple

Kind = Literal["rehearsal", "rollback", "backup", "restore", "drill"]

KINDS: tuple[Kind, ...] = ("rehearsal", "rollback", "backup", "restore", "drill")

_SHA256 = re.compile("[0-9a-f]{64}")
_TIME = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_OF_NONE = ("backup", "drill")
"""Kinds that may name no migration."""


class Followed(NamedTuple):
    """The runbook that a drill followed: the digest of what it said, the fault ('' for none), the target."""

    id: str
    sha256: str
    fault: str = ""
    target_minutes: int = 0


class Lost(NamedTuple):
    """What did not come back: rows of a table, or the values of a column of it ('' for the whole table)."""

    table: str
    column: str
    rows: int


class EvidenceFile(NamedTuple):
    """One file: what it shows, or in ``problem`` why it shows nothing.

    ``migrations`` maps names to the SHA-256 of the script that was run;
    ``finished`` and ``taken`` (of a backup, and of the copy that a rehearsal
    ran on) are UTC times; ``expires`` is one, or ''. ``schema_restored`` and
    ``data_restored`` are None where the file does not say; ``seconds`` is None
    where nobody measured.
    """

    path: str
    kind: str = ""
    migrations: Mapping[str, str] = {}
    passed: bool = False
    finished: str = ""
    taken: str = ""
    expires: str = ""
    reason: str = ""
    seeded: bool = False
    engine: str = ""
    version: str = ""
    seconds: float | None = None
    schema_restored: bool | None = None
    data_restored: bool | None = None
    lost: tuple[Lost, ...] = ()
    runbook: Followed | None = None
    problem: str = ""


def read_evidence(path: str, raw: bytes) -> EvidenceFile:
    """Return what a file shows. One that is no evidence says why in ``problem``, and shows nothing."""
    try:
        data = json.loads(raw.decode("utf-8"), parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        return EvidenceFile(path, problem=f"it is not JSON: {str(error) or 'nested too deeply'}")
    problem = _problem(data)
    if problem:
        return EvidenceFile(path, problem=problem)
    return EvidenceFile(
        path,
        data["kind"],
        {each["name"]: each["sha256"] for each in data["migrations"]},
        data["verdict"] == "passed",
        data["finished_at"],
        data["source"]["taken_at"],
        data.get("expires_at", ""),
        data.get("reason", ""),
        data["source"]["data"] == "seeded",
        data.get("engine", {}).get("name", ""),
        data.get("engine", {}).get("version", ""),
        data.get("seconds"),
        data.get("schema_restored"),
        data.get("data_restored"),
        tuple(Lost(each["table"], each.get("column", ""), each["rows"]) for each in data.get("lost", ())),
        _followed(data["runbook"]) if "runbook" in data else None,
    )


def _followed(data: Mapping[str, Any]) -> Followed:
    return Followed(data["id"], data["sha256"], data.get("fault", ""), data["target_minutes"])


def _refuse(word: str) -> None:
    raise ValueError(f"{word} is no number")


def _problem(data: Any) -> str:
    """Say what is wrong with the shape, or ''. The published schema says the same, and more."""
    if not isinstance(data, dict):
        return "it is no object"
    if data.get("version") != 1:
        return f"its version is {json.dumps(data.get('version'))}, and this Handrail reads 1"
    problems = (problem for part in (_shape_problems, _detail_problems) for problem in part(data))
    return next((problem for problem in problems if problem), "")


def _shape_problems(data: Mapping[str, Any]) -> Iterator[str]:
    for name in ("kind", "verdict", "finished_at"):
        yield "" if isinstance(data.get(name), str) else f"'{name}' is missing or no text"
    yield "" if data["kind"] in KINDS else f"its kind is not one of {', '.join(KINDS)}"
    yield "" if data["verdict"] in ("passed", "failed") else "its verdict is neither passed nor failed"
    yield _migrations_problem(data.get("migrations"), data["kind"])
    source = data.get("source")
    taken = source.get("taken_at") if isinstance(source, dict) else None
    times = {"finished_at": data["finished_at"], "source.taken_at": taken}
    times["expires_at"] = data.get("expires_at", data["finished_at"])
    for name, value in times.items():
        yield "" if utc(value) else f"'{name}' is no UTC time such as 2026-11-24T09:00:00Z"
    kept = source.get("data") if isinstance(source, dict) else None
    yield "" if kept in ("production", "seeded") else "'source.data' is neither production nor seeded"
    yield "" if isinstance(data.get("reason", ""), str) else "'reason' is no text"


def _detail_problems(data: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong with what only some kinds have."""
    engine = data.get("engine", {"name": "", "version": ""})
    known = isinstance(engine, dict) and all(isinstance(engine.get(key), str) for key in ("name", "version"))
    yield "" if known else "'engine' needs a 'name' and a 'version'"
    yield "" if _is_number(data.get("seconds", 0)) else "'seconds' is no number of 0 or more"
    for name in ("schema_restored", "data_restored"):
        yield "" if isinstance(data.get(name, True), bool) else f"'{name}' is neither true nor false"
    yield _lost_problem(data.get("lost", []))
    if "runbook" in data or data["kind"] == "drill":
        yield _runbook_problem(data.get("runbook"))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < float("inf")


def _is_count(value: Any) -> bool:
    """Tell whether this is a whole number of 0 or more; JSON knows 1.0 as one."""
    return _is_number(value) and value % 1 == 0


def _is_digest(value: Any) -> bool:
    return isinstance(value, str) and _SHA256.fullmatch(value) is not None


def _lost_problem(value: Any) -> str:
    good = isinstance(value, list) and all(
        isinstance(each, dict)
        and isinstance(each.get("table"), str)
        and isinstance(each.get("column", ""), str)
        and _is_count(each.get("rows"))
        for each in value
    )
    return "" if good else "each of 'lost' needs a 'table' and the number of 'rows'"


def _runbook_problem(value: Any) -> str:
    good = (
        isinstance(value, dict)
        and isinstance(value.get("id"), str)
        and _is_digest(value.get("sha256"))
        and isinstance(value.get("fault", ""), str)
        and _is_count(value.get("target_minutes"))
    )
    return "" if good else "'runbook' needs 'id', 'sha256' and 'target_minutes'"


def _migrations_problem(value: Any, kind: str) -> str:
    if not isinstance(value, list) or (not value and kind not in _OF_NONE):
        return "'migrations' is missing or empty"
    good = all(
        isinstance(each, dict) and isinstance(each.get("name"), str) and _is_digest(each.get("sha256"))
        for each in value
    )
    return "" if good else "each of 'migrations' needs a 'name' and a 'sha256' of 64 small hexadecimal digits"


def utc(value: Any) -> datetime | None:
    """Return a time written as 2026-11-24T09:00:00Z, None for anything else."""
    if not isinstance(value, str) or not _TIME.fullmatch(value):
        return None  # strptime also takes 2026-1-4, which sorts elsewhere
    try:
        return datetime.strptime(value, "%Y-%m-%dT%H:%M:%SZ")  # noqa: DTZ007  # both sides are UTC
    except ValueError:
        return None
