"""What ``handrail rehearse`` prints and writes."""

from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256

from handrail.commands.outcome import FINE, FOUND, Outcome
from handrail.commands.rehearse import Rehearsal
from handrail.commands.validate import usable_policy
from handrail.core.database import Origin
from handrail.policy.model import Policy
from handrail.policy.rulebook import FOLDER
from handrail.ports import Files
from handrail.rehearsal.written import About, evidence_files
from handrail.source.evidence import utc

FORMATS = ("text", "json", "github", "sarif", "markdown")
DEFAULT_HOURS = 168
"""How long a rehearsal counts where no requirement says so."""


def policy_sha256(files: Files) -> str:
    """Return the SHA-256 of all files of the policy, with their paths."""
    total = sha256()
    for path in files.find(FOLDER, (".yaml", ".yml")):
        raw = files.read(path)
        total.update(f"{path} {len(raw)}\n".encode("utf-8", "surrogateescape") + raw)
    return total.hexdigest()


def hours_of(policy: Policy, check: str) -> float:
    """Return how many hours evidence counts for the requirement that a check serves."""
    found = (each.max_age_hours for each in policy.risk_matrix.requirements if each.check == check)
    return next((each for each in found if each), DEFAULT_HOURS)


def later(now: str, hours: float) -> str:
    """Return the time so many hours after ``now``, both as 2026-11-24T09:00:00Z."""
    moment = utc(now)
    return (moment + timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M:%SZ") if moment else now


def write_evidence(files: Files, rehearsal: Rehearsal, origin: Origin, now: str) -> tuple[str, ...]:
    """Write the evidence files of a rehearsal, and return their paths."""
    policy = usable_policy(files)
    about = About(
        origin,
        rehearsal.engine,
        rehearsal.version,
        policy_sha256(files),
        now,
        later(now, hours_of(policy, "review-rehearsal")),
    )
    folder = policy.database.paths.evidence
    written = []
    for trial in rehearsal.trials:
        for file in evidence_files(trial, about):
            path = f"{folder}/{file.name}"
            files.write(path, file.text.encode())
            written.append(path)
    return tuple(written)


def show_rehearsal(
    rehearsal: Rehearsal, origin: Origin, written: Sequence[str], form: str, *, colour: bool = False
) -> Outcome:
    """Return the outcome in a format. Exit code 1 when a rehearsal failed."""
    code = FINE if all(each.passed for each in rehearsal.trials) else FOUND
    pairs = tuple(zip(rehearsal.trials, rehearsal.levels, strict=True))
    if form == "json":
        from handrail.reporters.rehearsal_json import render_rehearsal_json

        about = {
            "engine": rehearsal.engine,
            "version": rehearsal.version,
            "what": origin.what,
            "taken_at": origin.taken_at,
            "data": origin.data,
        }
        return Outcome(code=code, text=render_rehearsal_json(pairs, about, rehearsal.findings, written))
    head = f"{rehearsal.engine} {rehearsal.version} on {origin.what}"
    if form == "markdown":
        from handrail.reporters.rehearsal_markdown import render_rehearsal_markdown

        return Outcome(code=code, text=render_rehearsal_markdown(pairs, head, rehearsal.findings))
    if form == "text":
        from handrail.reporters.rehearsal_text import render_rehearsal_text

        text = render_rehearsal_text(pairs, head, rehearsal.findings, colour=colour)
        text += "".join(f"evidence  {path}\n" for path in written)
        return Outcome(code=code, text=text)
    findings = [finding for each in rehearsal.trials for finding in each.findings]
    return Outcome(code=code, findings=(*rehearsal.findings, *findings))
