"""Which files there are to make: those of the catalogue, and the team's own."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from handrail.artefacts.catalogue import ARTEFACTS, ArtefactSpec
from handrail.artefacts.template import template_name
from handrail.core.finding import Finding
from handrail.core.location import Location
from handrail.policy.model import FILES, Policy
from handrail.policy.shape import plain_title


class Job(NamedTuple):
    """One file or block to make. ``entry`` is the entry it is about, for one of many."""

    id: str
    spec: ArtefactSpec
    path: str
    title: str
    template: str
    entry: Any
    where: Location


_NOT_OURS = frozenset({".git", ".handrail", "policies", "templates"})
"""Folders at the top that hold no artefact of a team: what git and Handrail keep, and what is read."""


def entries_of(policy: Policy, kind: str) -> Sequence[Any]:
    """Return the entries that a page for each of ``kind`` is made of."""
    lists: dict[str, Sequence[Any]] = {
        "checklist": policy.checklists.checklists,
        "level": policy.risk_matrix.levels,
        "operation": policy.operations.operations,
        "pattern": policy.patterns.patterns,
        "role": policy.roles.roles,
        "runbook": policy.runbooks.runbooks,
    }
    return lists[kind]


def jobs_of(policy: Policy) -> Iterator[Job]:
    """Yield the files and blocks to make, in the order of the catalogue."""
    nowhere = Location("policies/artefacts.yaml")
    for spec in ARTEFACTS:
        if spec.id in policy.artefacts.skip:
            continue
        if spec.kind == "schema":
            for stem in FILES:
                path = spec.path.replace("{id}", stem)
                yield Job(f"{spec.id}/{stem}", spec, path, "", "", stem, nowhere)
            continue
        name = template_name(f"{spec.path}.{spec.id}" if spec.kind == "block" else spec.path)
        yield from _expanded(policy, spec, name, nowhere)
    for own in policy.artefacts.artefacts:
        kind = "page" if own.path.endswith(".md") and own.path.startswith("docs/") else "github"
        section = "More" if kind == "page" else ""
        spec = ArtefactSpec(own.id, own.path, own.title, section, kind, own.each or "")  # type: ignore[arg-type]  # kind is one of the two words above
        yield from _expanded(policy, spec, own.template, own.location)


def _expanded(policy: Policy, spec: ArtefactSpec, name: str, where: Location) -> Iterator[Job]:
    if not spec.each:
        yield Job(spec.id, spec, spec.path, spec.title, name, None, where)
        return
    for entry in entries_of(policy, spec.each):
        path = spec.path.replace("{id}", entry.id)
        yield Job(f"{spec.id}/{entry.id}", spec, path, plain_title(entry), name, entry, where)


def find_unsafe(jobs: Sequence[Job]) -> Iterator[Finding]:
    """Yield artefacts whose path is no good place: ``artefact.unsafe-path``."""
    for job in jobs:
        parts = job.path.replace("\\", "/").split("/")
        taken = parts[0].casefold() in _NOT_OURS and job.spec.kind != "schema"
        if not job.path.isprintable() or taken or job.path.endswith((" ", "/")):
            message = f"artefact '{job.id}' cannot be written to {job.path!r}"
            hint = f"Write a path of plain words, outside of {', '.join(sorted(_NOT_OURS))}."
            yield Finding("artefact.unsafe-path", message, job.where, hint=hint)
            continue
        if "#" in job.path:
            message = f"artefact '{job.id}' cannot be written to '{job.path}': no link can lead there"
            hint = "Write the path without '#', which begins the anchor of a link."
            yield Finding("artefact.unsafe-path", message, job.where, hint=hint)
            continue
        if job.path.startswith(("/", "\\", "~")) or ":" in parts[0] or {"..", ".", ""} & set(parts):
            message = f"artefact '{job.id}' would be written to '{job.path}', outside the repository"
            hint = "Write a path from the repository root, without '..'."
            yield Finding("artefact.unsafe-path", message, job.where, hint=hint)


def find_collisions(jobs: Sequence[Job]) -> Iterator[Finding]:
    """Yield artefacts that claim the same file: ``artefact.collision``. Case counts for nothing."""
    taken: dict[str, Job] = {}
    for job in jobs:
        other = taken.setdefault(job.path.casefold(), job)
        blocks = other.spec.kind == job.spec.kind == "block"
        if other is not job and not blocks:
            message = f"artefacts '{other.id}' and '{job.id}' would both be written to {job.path}"
            yield Finding("artefact.collision", message, job.where, hint="Give one another path.")
    for job in jobs:
        parts = job.path.casefold().split("/")
        for folder in ("/".join(parts[:count]) for count in range(1, len(parts))):
            if folder in taken:
                message = f"artefact '{job.id}' needs a folder where '{taken[folder].id}' is a file"
                yield Finding("artefact.collision", message, job.where, hint="Give one another path.")
