"""What ``handrail backup`` prints and writes."""

from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Any

from handrail.commands.backup_take import Taken
from handrail.commands.backup_verify import Verified
from handrail.commands.backup_world import policy_of
from handrail.commands.classify import World
from handrail.commands.outcome import FINE, FOUND, Outcome
from handrail.commands.rehearsal_base import choose, read_history
from handrail.commands.rehearse_shown import later, policy_sha256
from handrail.core.errors import HandrailError
from handrail.core.finding import has_errors
from handrail.migrations.applied import compare_applied
from handrail.policy.model import Policy
from handrail.rehearsal.evidence import BackupFile, Counted, Evidence, Ran, dump_evidence, name_of
from handrail.rehearsal.trial import errors_of
from handrail.rehearsal.written import digest_of


def show_taken(taken: Taken, form: str, *, colour: bool = False) -> Outcome:
    """Return the outcome in a format. Exit code 1 when what was backed up is damaged."""
    code = FOUND if has_errors(taken.findings) else FINE
    if form == "json":
        from handrail.reporters.backup_json import render_taken_json

        return Outcome(code=code, text=render_taken_json(taken.path, taken.note, taken.findings))
    if form == "text":
        from handrail.reporters.backup_text import render_taken_text

        text = render_taken_text(taken.path, taken.note, taken.findings, colour=colour)
        return Outcome(code=code, text=text)
    return Outcome(code=code, findings=taken.findings)


def write_backup_evidence(
    world: World, verified: Verified, asked: Sequence[str], now: str
) -> tuple[str, ...]:
    """Write the evidence file, and return its path; () without a policy.

    It is about the migrations ``asked`` for, else about those that the backup does not have yet.
    """
    policy = policy_of(world.files)
    if policy is None:
        return ()
    ran = _migrations(world, policy, verified, asked)
    about = (ran[0].name,) if len(ran) == 1 else (verified.origin.what.rpartition("/")[2],)
    path = f"{policy.database.paths.evidence}/{name_of('backup', about)}"
    evidence = _evidence(verified, ran, policy_sha256(world.files), policy, now)
    world.files.write(path, dump_evidence(evidence).encode())
    return (path,)


def _migrations(world: World, policy: Policy, verified: Verified, asked: Sequence[str]) -> tuple[Ran, ...]:
    applied = verified.restored.applied if verified.restored else None
    if not asked and applied is None:
        return ()
    try:
        history = read_history(world, policy, asked)
    except HandrailError:
        if asked:
            raise
        return ()
    pending = None
    if not asked and applied is not None:
        standing = compare_applied(applied, history, world.files.read)
        pending = [each.name for each in standing.pending]
    wanted = [history[place] for place in choose(history, asked, pending).wanted]
    return tuple(Ran(each.name, sha256(world.files.read(each.path)).hexdigest()) for each in wanted)


def _evidence(
    verified: Verified, ran: tuple[Ran, ...], policy_sha256: str, policy: Policy, now: str
) -> Evidence:
    origin, seen = verified.origin, verified.seen
    return Evidence(
        "backup",
        ran,
        verified.passed,
        now,
        verified.seconds,
        origin,
        verified.engine,
        verified.version,
        policy_sha256,
        errors_of(verified.findings),
        later(origin.taken_at, policy.database.backup.rpo_minutes / 60),
        BackupFile(seen.sha256, seen.bytes),
        tuple(_counted(verified)),
        details={
            "compared_with": list(verified.compared),
            "findings": [
                {"code": each.code, "severity": each.severity, "message": each.message}
                for each in verified.findings
            ],
        },
    )


def _counted(verified: Verified) -> Iterator[Counted]:
    """Yield each table as it was noted, or without a note as it is in the database, and as restored."""
    restored = verified.restored.look if verified.restored else None
    before = verified.note.look if verified.note else verified.reference.look if verified.reference else None
    if before is None or restored is None:
        return
    for name in sorted({*before.content, *restored.content}):
        pair = (digest_of(look.content.get(name)) for look in (before, restored))
        yield Counted(name, before.rows(name), restored.rows(name), *pair)


def show_verified(verified: Verified, evidence: Sequence[str], form: str, *, colour: bool = False) -> Outcome:
    """Return the outcome in a format. Exit code 1 when the backup is refused."""
    code = FINE if verified.passed else FOUND
    if form == "json":
        from handrail.reporters.backup_json import render_verified_json

        return Outcome(code=code, text=render_verified_json(_facts(verified), verified.findings, evidence))
    if form == "text":
        from handrail.reporters.backup_text import render_verified_text

        lines = [*_lines(verified), *(("evidence", path) for path in evidence)]
        text = render_verified_text(verified.seen.path, lines, verified.findings, colour=colour)
        return Outcome(code=code, text=text)
    return Outcome(code=code, findings=verified.findings)


def _facts(verified: Verified) -> dict[str, Any]:
    content = verified.restored.look.content if verified.restored else {}
    return {
        "path": verified.seen.path,
        "verified": verified.passed,
        "sha256": verified.seen.sha256,
        "bytes": verified.seen.bytes,
        "source": {
            "what": verified.origin.what,
            "taken_at": verified.origin.taken_at,
            "data": verified.origin.data,
        },
        "engine": {"name": verified.engine, "version": verified.version},
        "compared_with": list(verified.compared),
        "restored": verified.restored is not None,
        "seconds": round(verified.seconds, 3),
        "tables": [{"name": name, "rows": each.rows} for name, each in sorted(content.items())],
    }


def _lines(verified: Verified) -> Iterator[tuple[str, str]]:
    origin = verified.origin
    of = f"of {origin.what}, " if origin.what else ""
    yield "taken", f"{of}{origin.taken_at}, {origin.data} data"
    if verified.restored:
        content = verified.restored.look.content
        rows = sum(each.rows for each in content.values())
        where = f"{verified.engine} {verified.version}, {verified.seconds:.2f} s"
        yield "restored", f"{len(content)} tables, {rows} rows, on {where}"
    if verified.compared:
        words = {"note": "what was noted when it was taken", "database": "the database as it is"}
        yield "compared", f"with {' and '.join(words[each] for each in verified.compared)}"
