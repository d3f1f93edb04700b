"""What is there against what should be there: one change for each file."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from handrail import __version__
from handrail.artefacts.ledger import Ledger, changed_inputs, digest
from handrail.artefacts.model import Artefact
from handrail.core.finding import Finding
from handrail.core.location import Location
from handrail.source.blocks import (
    Block,
    HtmlLines,
    checksum,
    fill,
    find_blocks,
    marker_lines,
    new_file,
)

LISTED = 3
"""Paths that a reason names before it counts the rest."""

Action = Literal["write", "keep", "remove", "refuse"]
Read = Callable[[str], "bytes | None"]


class Change(NamedTuple):
    """What becomes of one file.

    ``code`` says what happened to it (``drift.missing``, ``drift.stale-policy``,
    ``drift.stale-schema``, ``drift.stale-evidence``, ``drift.stale-template``,
    ``drift.stale-version``, ``drift.edited``, ``drift.foreign``,
    ``drift.orphan``, or '' when it is as it should be).
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
    """What the artefacts were made from now: digests like those of the ledger.

    ``html_lines`` stands in for the Markdown parser, see ``find_blocks``.
    """

    now: Mapping[tuple[str, str], str]
    ledger: Ledger
    html_lines: HtmlLines | None = None


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
    findings.extend(_orphan_blocks({artefact.path for artefact in artefacts}, read, inputs.ledger))
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
    if known and digest(found) in known:
        return Change(path, "write", *_cause(artefact, inputs), before, after, outputs=outputs)
    code, reason, line = "drift.foreign", "it was not written by Handrail", 1
    if known:
        code, reason, line = "drift.edited", "it was edited by hand", _line(before, after)
    if path in overwrite:
        return Change(path, "write", code, f"as asked: {reason}", before, after, line, outputs)
    kept = ((path, known[-1]),) if known else ()
    return Change(path, "refuse", code, reason, before, after, line, kept)


def _cause(artefact: Artefact, inputs: Inputs) -> tuple[str, str]:
    """Return (code, reason) for an artefact that is as it was written, but no longer right."""
    policies = set(changed_inputs(inputs.ledger, inputs.now, "policy"))
    named = sorted(policies & set(artefact.read)) or sorted(policies)
    if named:
        return "drift.stale-policy", f"the policy changed ({_listed(named)}) and was not rendered"
    schemas = changed_inputs(inputs.ledger, inputs.now, "schema")
    if schemas and artefact.schema:
        return "drift.stale-schema", f"the schema changed ({_listed(schemas)}) and was not rendered"
    for kind in ("evidence", "migrations"):
        proofs = changed_inputs(inputs.ledger, inputs.now, kind)
        if proofs and artefact.evidence:
            return "drift.stale-evidence", f"the {kind} changed ({_listed(proofs)}) and was not rendered"
    templates = changed_inputs(inputs.ledger, inputs.now, "template")
    own = [name for name in templates if name == artefact.template or name.startswith("_partials/")]
    version = inputs.ledger.version or "unknown"
    if version == __version__ and changed_inputs(inputs.ledger, inputs.now, "record"):
        return "drift.stale-template", "the record of the examples changed and was not rendered"
    if own or (templates and version == __version__):
        names = ", ".join(own or templates)
        return "drift.stale-template", f"the template changed ({names}) and was not rendered"
    if version == __version__:
        return "drift.stale-policy", "it was rendered from another state of the policy"
    reason = f"it was rendered by another Handrail ({version}; this is {__version__})"
    return "drift.stale-version", reason


def _listed(paths: Sequence[str]) -> str:
    more = [f"{len(paths) - LISTED} more"] if len(paths) > LISTED + 1 else []
    return ", ".join([*paths[: LISTED if more else None], *more])


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
    there = find_blocks(path, before, known, inputs.html_lines)
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
        reason = f"block '{block.id}' was edited by hand"
        if _edited(block, inputs.ledger.outputs.get(f"{path}#{block.id}")) and block.inside != artefact.text:
            if path not in overwrite:
                whole = fill(before, block, artefact.text)
                line, kept = block.begin + 1, _known_blocks(path, inputs.ledger)
                return Change(path, "refuse", "drift.edited", reason, before, whole, line, kept)
            cause = ("drift.edited", f"as asked: {reason}")
        else:
            cause = _cause(artefact, inputs) if block.checksum else ("drift.missing", "a block is new")
        after = fill(after, block, artefact.text)
    action: Action = "write" if after != before else "keep"
    return Change(path, action, *cause, before, after, outputs=tuple(outputs))


def _known_blocks(path: str, ledger: Ledger) -> tuple[tuple[str, str], ...]:
    return tuple((key, totals[-1]) for key, totals in ledger.outputs.items() if key.startswith(f"{path}#"))


def _edited(block: Block, known: tuple[str, ...] | None) -> bool:
    """Tell whether a hand changed a block. One that lost its checksum is compared with the ledger."""
    if block.checksum or not known or not block.inside.strip():
        return block.edited
    return checksum(block.inside) not in known


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


def _orphan_blocks(made: Collection[str], read: Read, ledger: Ledger) -> Iterator[Finding]:
    """Yield the blocks that are left in files which no artefact has blocks in any more."""
    hosts = dict.fromkeys(path.partition("#")[0] for path in ledger.outputs if "#" in path)
    for path in hosts:
        found = None if path in made else read(path)
        if found is not None:
            yield from find_blocks(path, found.decode("utf-8", "replace"), frozenset()).findings


def _line(before: str, after: str) -> int:
    """Return the first line in which two texts differ."""
    pairs = zip(before.splitlines(), after.splitlines(), strict=False)
    same = 0
    for old, new in pairs:
        if old != new:
            break
        same += 1
    return same + 1
