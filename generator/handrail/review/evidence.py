"""Whether an evidence file shows what is asked for: the one judgement of the gates."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from handrail.source.evidence import EvidenceFile, Kind, utc

_OF_PRODUCTION = ("rehearsal", "backup")
"""Kinds that say something about the data of production, and nothing when it was seeded."""

RESTORE = "restore"
"""The runbook whose drill shows what evidence of the kind ``restore`` shows."""


class Wanted(NamedTuple):
    """What must be shown: evidence of a kind, for a script, not older than some hours (None: any age).

    ``runbook`` is the digest of the runbook that brings data back, as the policy has it now, '' for none.
    """

    kind: Kind
    migration: str
    digest: str
    hours: float | None
    runbook: str = ""


def find_objection(wanted: Wanted, files: Sequence[EvidenceFile], now: str) -> tuple[str, str]:
    """Return (path, '') of a file that shows what is wanted, else (path or '', why nothing does).

    Where the last run of this very script failed, an earlier one that passed shows nothing.
    """
    about = [each for each in files if _is_about(each, wanted)]
    if not about:
        broken = next((each for each in files if each.problem), None)
        return (broken.path, broken.problem) if broken else ("", "there is none")
    same = [each for each in about if _digest(each, wanted) == wanted.digest]
    last = _newest_first(same)[:1]
    if last and not last[0].passed:
        about = last
    told = [(each.path, _objection(wanted, each, now)) for each in _newest_first(about)]
    return next((each for each in told if not each[1]), told[0])


def _is_about(file: EvidenceFile, wanted: Wanted) -> bool:
    """Tell whether a file may show what is wanted.

    A backup is one of the whole database. One that names no migration covers
    whatever runs after it, for as long as it is young enough: the scheduled
    verification need not know what is to be deployed.
    """
    of_all = file.kind == "backup" and not file.migrations
    return _shown_by(file) == wanted.kind and (of_all or wanted.migration in file.migrations)


def _shown_by(file: EvidenceFile) -> str:
    """Return the kind of what a file shows: to restore is a runbook, and its drill a restore."""
    is_restore = file.kind == "drill" and file.runbook is not None and file.runbook.id == RESTORE
    return "restore" if is_restore else file.kind


def _digest(file: EvidenceFile, wanted: Wanted) -> str:
    return file.migrations.get(wanted.migration, wanted.digest)


def _newest_first(files: Iterable[EvidenceFile]) -> list[EvidenceFile]:
    return sorted(files, key=lambda each: each.finished, reverse=True)


def _objection(wanted: Wanted, file: EvidenceFile, now: str) -> str:
    """Say why a file shows nothing of what is wanted, or ''."""
    if _digest(file, wanted) != wanted.digest:
        return "it is about another version of the script, which has changed since"
    if not file.passed:
        return f"it says that it failed{': ' + file.reason if file.reason else ''}"
    lacking = _lacking(wanted, file)
    if lacking:
        return lacking
    today = utc(now)
    times = [utc(each) for each in (file.finished, file.taken)]
    if today is None or None in times:
        return "its times cannot be read"
    if any(each is not None and each > today + timedelta(minutes=5) for each in times):
        return "it is from the future"
    if file.expires and file.expires < now:
        return f"it ended on {file.expires}"
    return _age_objection(wanted, times, today)


def _lacking(wanted: Wanted, file: EvidenceFile) -> str:
    """Say what a run that passed does not show, or ''."""
    if wanted.kind in ("rollback", "restore") and file.schema_restored is False:
        return "it says that the schema did not come back"
    if wanted.kind == "restore" and file.data_restored is False:
        return "it says that the data did not come back"
    if file.runbook and wanted.runbook and file.runbook.sha256 != wanted.runbook:
        return "the runbook has changed since"
    if file.seeded and file.kind in _OF_PRODUCTION:
        return "it ran on seeded data, which says nothing about production"
    return ""


def _age_objection(wanted: Wanted, times: Sequence[datetime | None], today: datetime) -> str:
    oldest = min(each for each in times if each is not None)
    age = (today - oldest) / timedelta(hours=1)
    if wanted.hours is not None and age > wanted.hours:
        return f"it is {age:.0f} hours old, and counts for {wanted.hours:g}"
    return ""
