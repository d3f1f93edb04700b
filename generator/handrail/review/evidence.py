"""Evidence files: what was run on a copy, and what came out. ``docs/schemas/evidence.schema.json``."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Literal, NamedTuple

Kind = Literal["rehearsal", "rollback", "backup", "restore"]

_SHA256 = re.compile("[0-9a-f]{64}")
_TIME = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_OF_PRODUCTION = ("rehearsal", "backup")
"""Kinds that say something about the data of production, and nothing when it was seeded."""

KINDS: tuple[Kind, ...] = ("rehearsal", "rollback", "backup", "restore")


class EvidenceFile(NamedTuple):
    """One file: what it shows, or in ``problem`` why it shows nothing.

    ``migrations`` maps names to the SHA-256 of the script that was run;
    ``finished`` and ``taken`` (of a backup, and of the copy that a rehearsal
    ran on) are UTC times; ``expires`` is one, or ''. ``came_back`` is False
    where the file says that a rollback did not restore the schema.
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
    came_back: bool = True
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
        data.get("schema_restored") is not False,
    )


def _refuse(word: str) -> None:
    raise ValueError(f"{word} is no number")


def _problem(data: Any) -> str:
    """Say what is wrong with the shape, or ''. The published schema says the same, and more."""
    if not isinstance(data, dict):
        return "it is no object"
    if data.get("version") != 1:
        return f"its version is {json.dumps(data.get('version'))}, and this Handrail reads 1"
    return next((problem for problem in _shape_problems(data) if problem), "")


def _shape_problems(data: Mapping[str, Any]) -> Iterator[str]:
    for name in ("kind", "verdict", "finished_at"):
        yield "" if isinstance(data.get(name), str) else f"'{name}' is missing or no text"
    yield "" if data["kind"] in KINDS else f"its kind is not one of {', '.join(KINDS)}"
    yield "" if data["verdict"] in ("passed", "failed") else "its verdict is neither passed nor failed"
    yield _migrations_problem(data.get("migrations"))
    source = data.get("source")
    taken = source.get("taken_at") if isinstance(source, dict) else None
    times = {"finished_at": data["finished_at"], "source.taken_at": taken}
    times["expires_at"] = data.get("expires_at", data["finished_at"])
    for name, value in times.items():
        yield "" if utc(value) else f"'{name}' is no UTC time such as 2026-11-24T09:00:00Z"
    kept = source.get("data") if isinstance(source, dict) else None
    yield "" if kept in ("production", "seeded") else "'source.data' is neither production nor seeded"
    yield "" if isinstance(data.get("reason", ""), str) else "'reason' is no text"


def _migrations_problem(value: Any) -> str:
    if not isinstance(value, list) or not value:
        return "'migrations' is missing or empty"
    good = all(
        isinstance(each, dict)
        and isinstance(each.get("name"), str)
        and isinstance(each.get("sha256"), str)
        and _SHA256.fullmatch(each["sha256"])
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


class Wanted(NamedTuple):
    """What must be shown: evidence of a kind, for a script, not older than some hours (None: any age)."""

    kind: Kind
    migration: str
    digest: str
    hours: float | None


def find_objection(wanted: Wanted, files: Sequence[EvidenceFile], now: str) -> tuple[str, str]:
    """Return (path, '') of a file that shows what is wanted, else (path or '', why nothing does).

    Where the last run of this very script failed, an earlier one that passed shows nothing.
    """
    about = [each for each in files if each.kind == wanted.kind and wanted.migration in each.migrations]
    if not about:
        broken = next((each for each in files if each.problem), None)
        return (broken.path, broken.problem) if broken else ("", "there is none")
    same = [each for each in about if each.migrations[wanted.migration] == wanted.digest]
    last = _newest_first(same)[:1]
    if last and not last[0].passed:
        about = last
    told = [(each.path, _objection(wanted, each, now)) for each in _newest_first(about)]
    return next((each for each in told if not each[1]), told[0])


def _newest_first(files: Iterable[EvidenceFile]) -> list[EvidenceFile]:
    return sorted(files, key=lambda each: each.finished, reverse=True)


def _objection(wanted: Wanted, file: EvidenceFile, now: str) -> str:
    """Say why a file shows nothing of what is wanted, or ''."""
    if file.migrations[wanted.migration] != wanted.digest:
        return "it is about another version of the script, which has changed since"
    if not file.passed:
        return f"it says that it failed{': ' + file.reason if file.reason else ''}"
    if file.kind == "rollback" and not file.came_back:
        return "it says that the schema did not come back"
    if file.seeded and file.kind in _OF_PRODUCTION:
        return "it ran on seeded data, which says nothing about production"
    today = utc(now)
    times = [utc(each) for each in (file.finished, file.taken)]
    if today is None or None in times:
        return "its times cannot be read"
    if any(each is not None and each > today + timedelta(minutes=5) for each in times):
        return "it is from the future"
    if file.expires and file.expires < now:
        return f"it ended on {file.expires}"
    return _age_objection(wanted, times, today)


def _age_objection(wanted: Wanted, times: Sequence[datetime | None], today: datetime) -> str:
    oldest = min(each for each in times if each is not None)
    age = (today - oldest) / timedelta(hours=1)
    if wanted.hours is not None and age > wanted.hours:
        return f"it is {age:.0f} hours old, and counts for {wanted.hours:g}"
    return ""
