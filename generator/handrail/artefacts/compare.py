"""What is there against what should be there: one change for each file."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from handrail import __version__
from handrail.artefacts.ledger import Ledger, changed_inputs, digest
from handrail.artefacts.model import Artefact
from handrail.core.finding import Finding
from handrail.core.location import Location
from handrail.source.blocks import Block, checksum, fill, find_blocks, marker_lines, new_file

Action = Literal["write", "keep", "remove", "refuse"]
Read = Callable[[str], "bytes | None"]


class Change(NamedTuple):
    """What becomes of one file.

    ``code`` says what happened to it (``drift.missing``, ``drift.stale-policy``,
    ``drift.stale-template``, ``drift.stale-version``, ``drift.edited``,
    ``drift.foreign``, ``drift.orphan``, or '' when it is as it should be).
    ``before`` and ``after`` are its text; ``outputs`` the ledger's keys and
    digests for it after the change.
    """

    path: str
    action: Action
    code: str = ""
    reason: str = ""
    before: str = ""
    after: str = ""
    line: int = 1
    outputs: tuple[tuple[str, str], ...] = ()


class Comparison(NamedTuple):
    """Every file's change, and what is wrong with the markers of blocks."""

    changes: tuple[Change, ...]
    findings: tuple[Finding, ...]


class Inputs(NamedTuple):
    """What the artefacts were made from now: digests like those of the ledger."""

    now: Mapping[tuple[str, str], str]
    ledger: Ledger


def compare_artefacts(
    artefacts: Sequence[Artefact], read: Read, inputs: Inputs, *, overwrite: Collection[str] = ()
) -> Comparison:
    """Return what a render would do. ``read`` returns a file's bytes or None.

    Files in ``overwrite`` are written even when a hand edited them or
    something else made them. Findings: ``block.*``.
    """
    changes: list[Change] = []
    findings: list[Finding] = []
    hosts: dict[str, list[Artefact]] = {}
    for artefact in artefacts:
        if artefact.block:
            hosts.setdefault(artefact.path, []).append(artefact)
        else:
            changes.append(_file_change(artefact, read(artefact.path), inputs, overwrite))
    for path, blocks in hosts.items():
        change, found = _host_change(path, blocks, read(path), inputs, overwrite)
        findings.extend(found)
        if change:
            changes.append(change)
    changes.extend(_orphans(artefacts, read, inputs.ledger))
    return Comparison(tuple(changes), tuple(findings))


def _file_change(
    artefact: Artefact, found: bytes | None, inputs: Inputs, overwrite: Collection[str]
) -> Change:
    path, after = artefact.path, artefact.text
    wanted = after.encode()
    outputs = ((path, digest(wanted)),)
    if found is None:
        return Change(path, "write", "drift.missing", "it is missing", "", after, outputs=outputs)
    if found == wanted:
        return Change(path, "keep", after=after, outputs=outputs)
    before = found.decode("utf-8", "replace")
    known = inputs.ledger.outputs.get(path)
    if path in overwrite or (known and digest(found) in known):
        code, reason = _cause(artefact, inputs)
        return Change(path, "write", code, reason, before, after, outputs=outputs)
    if known is None:
        reason = "it was not written by Handrail"
        return Change(path, "refuse", "drift.foreign", reason, before, after)
    reason = "it was edited by hand"
    kept = ((path, known[-1]),)
    return Change(path, "refuse", "drift.edited", reason, before, after, _line(before, after), kept)


def _cause(artefact: Artefact, inputs: Inputs) -> tuple[str, str]:
    """Return (code, reason) for an artefact that is as it was written, but no longer right."""
    policies = set(changed_inputs(inputs.ledger, inputs.now, "policy"))
    named = sorted(policies & set(artefact.read)) or sorted(policies)
    if named:
        return "drift.stale-policy", f"the policy changed ({', '.join(named)}) and was not rendered"
    templates = changed_inputs(inputs.ledger, inputs.now, "template")
    own = [name for name in templates if name == artefact.template or name.startswith("_partials/")]
    if own:
        return "drift.stale-template", f"the template changed ({', '.join(own)}) and was not rendered"
    version = inputs.ledger.version or "unknown"
    reason = f"it was rendered by another Handrail ({version}; this is {__version__})"
    return "drift.stale-version", reason


def _host_change(
    path: str,
    blocks: Sequence[Artefact],
    found: bytes | None,
    inputs: Inputs,
    overwrite: Collection[str],
) -> tuple[Change | None, tuple[Finding, ...]]:
    """Return the change of a file that holds blocks."""
    known = frozenset(artefact.block for artefact in blocks)
    if found is None:
        return _new_host(path, blocks)
    try:
        before = found.decode()
    except UnicodeDecodeError as error:
        where = Location(path, found.count(b"\n", 0, error.start) + 1)
        hint = "Save the file as UTF-8."
        return None, (Finding("block.not-utf8", f"{path} is not UTF-8", where, hint=hint),)
    there = find_blocks(path, before, known)
    if there.findings:
        return None, there.findings
    by_id = {block.id: block for block in there.blocks}
    absent = tuple(_absent(artefact) for artefact in blocks if artefact.block not in by_id)
    if absent:
        return None, absent
    return _filled(path, before, blocks, by_id, inputs, overwrite), ()


def _new_host(path: str, blocks: Sequence[Artefact]) -> tuple[Change | None, tuple[Finding, ...]]:
    if path.endswith("CODEOWNERS"):
        (artefact,) = blocks
        after = new_file(artefact.block, artefact.text)
        outputs = ((f"{path}#{artefact.block}", checksum(artefact.text)),)
        return Change(path, "write", "drift.missing", "it is missing", "", after, outputs=outputs), ()
    names = ", ".join(artefact.block for artefact in blocks)
    hint = f"Run handrail init to lay it down, or list {names} under 'skip:' in policies/artefacts.yaml."
    message = f"{path} is missing; it holds the generated blocks {names}"
    return None, (Finding("block.no-file", message, Location(path), hint=hint),)


def _absent(artefact: Artefact) -> Finding:
    lines = " and ".join(f"'{line}'" for line in marker_lines(artefact.path, artefact.block))
    message = f"{artefact.path} has no block '{artefact.block}'"
    hint = f"Add the lines {lines} where it belongs."
    return Finding("block.absent", message, Location(artefact.path), hint=hint)


def _filled(
    path: str,
    before: str,
    blocks: Sequence[Artefact],
    there: Mapping[str, Block],
    inputs: Inputs,
    overwrite: Collection[str],
) -> Change:
    """Return the host with its blocks filled, the lowest first so that line numbers hold."""
    after, outputs, cause = before, [], ("", "")
    for artefact in sorted(blocks, key=lambda each: -there[each.block].begin):
        block = there[artefact.block]
        outputs.append((f"{path}#{block.id}", checksum(artefact.text)))
        if block.inside == artefact.text and not block.edited and block.checksum:
            continue
        if block.edited and block.inside != artefact.text and path not in overwrite:
            reason = f"block '{block.id}' was edited by hand"
            whole = fill(before, block, artefact.text)
            return Change(path, "refuse", "drift.edited", reason, before, whole, block.begin + 1)
        cause = _cause(artefact, inputs) if block.checksum else ("drift.missing", "a block is new")
        after = fill(after, block, artefact.text)
    action: Action = "write" if after != before else "keep"
    return Change(path, action, *cause, before, after, outputs=tuple(outputs))


def _orphans(artefacts: Sequence[Artefact], read: Read, ledger: Ledger) -> Iterator[Change]:
    """Yield files of artefacts that no longer exist. An edited one stays, and is told."""
    made = {artefact.path for artefact in artefacts}
    for path, totals in ledger.outputs.items():
        if path in made or "#" in path:
            continue
        found = read(path)
        if found is None:
            continue
        before = found.decode("utf-8", "replace")
        if digest(found) in totals:
            yield Change(path, "remove", "drift.orphan", "no artefact makes it any more", before)
        else:
            reason = "no artefact makes it any more, and it was edited by hand"
            kept = ((path, totals[-1]),)
            yield Change(path, "refuse", "drift.orphan", reason, before, outputs=kept)


def _line(before: str, after: str) -> int:
    """Return the first line in which two texts differ."""
    pairs = zip(before.splitlines(), after.splitlines(), strict=False)
    same = 0
    for old, new in pairs:
        if old != new:
            break
        same += 1
    return same + 1
