"""Policy and templates -> every artefact, in memory."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from handrail import __version__
from handrail.artefacts.catalogue import ARTEFACTS, ArtefactSpec
from handrail.artefacts.comments import with_comment
from handrail.artefacts.homes import Homes, own_pages
from handrail.artefacts.layout import tidy
from handrail.artefacts.memory import Memory
from handrail.artefacts.model import Artefact
from handrail.artefacts.schema_page import SchemaReport, report_on
from handrail.artefacts.template import (
    Spell,
    TemplateFailed,
    Templates,
    spell_for,
    spell_yaml,
    template_name,
)
from handrail.artefacts.writer import Writer
from handrail.core.address import percent_encoded
from handrail.core.finding import Finding
from handrail.core.location import Location
from handrail.migrations.schema_facts import Facts
from handrail.policy import projection
from handrail.policy.checks import CHECKS
from handrail.policy.forms import id_field
from handrail.policy.index import Index
from handrail.policy.model import FILES, Policy
from handrail.policy.schema import schema_of
from handrail.policy.shape import Node, plain_title
from handrail.rules import RULES
from handrail.rules.examples import NO_RECORD, Record


class Built(NamedTuple):
    """The artefacts, in the order of the catalogue, and why some could not be made."""

    artefacts: tuple[Artefact, ...]
    findings: tuple[Finding, ...]


class _Job(NamedTuple):
    """One file or block to make. ``entry`` is the entry it is about, for one of many."""

    id: str
    spec: ArtefactSpec
    path: str
    title: str
    template: str
    entry: Any
    where: Location


def build_artefacts(
    policy: Policy,
    index: Index,
    templates: Mapping[str, str],
    memory: Memory | None = None,
    facts: Facts | None = None,
    record: Record = NO_RECORD,
) -> Built:
    """Return every artefact of ``policy``.

    ``templates`` maps names below ``templates/`` to text, the team's own over
    those that are shipped; ``facts`` are those of the application's schema, ``record`` holds the
    examples of operations. Findings: ``template.failed``,
    ``artefact.unsafe-path``, ``artefact.collision``.
    """
    jobs = tuple(_jobs(policy))
    findings = [*_unsafe(jobs), *_collisions(jobs)]
    builder = _Builder(policy, index, templates, jobs, memory or Memory(), facts, record)
    artefacts: list[Artefact] = []
    for job in jobs:
        try:
            artefacts.append(builder.make(job))
        except TemplateFailed as failed:
            findings.append(failed.finding)
    return Built(tuple(artefacts), tuple(findings))


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


def _jobs(policy: Policy) -> Iterator[_Job]:
    nowhere = Location("policies/artefacts.yaml")
    for spec in ARTEFACTS:
        if spec.id in policy.artefacts.skip:
            continue
        if spec.kind == "schema":
            for stem in FILES:
                path = spec.path.replace("{id}", stem)
                yield _Job(f"{spec.id}/{stem}", spec, path, "", "", stem, nowhere)
            continue
        name = template_name(f"{spec.path}.{spec.id}" if spec.kind == "block" else spec.path)
        yield from _expanded(policy, spec, name, nowhere)
    for own in policy.artefacts.artefacts:
        kind = "page" if own.path.endswith(".md") and own.path.startswith("docs/") else "github"
        section = "More" if kind == "page" else ""
        spec = ArtefactSpec(own.id, own.path, own.title, section, kind, own.each or "")  # type: ignore[arg-type]  # kind is one of the two words above
        yield from _expanded(policy, spec, own.template, own.location)


def _expanded(policy: Policy, spec: ArtefactSpec, name: str, where: Location) -> Iterator[_Job]:
    if not spec.each:
        yield _Job(spec.id, spec, spec.path, spec.title, name, None, where)
        return
    for entry in entries_of(policy, spec.each):
        path = spec.path.replace("{id}", entry.id)
        yield _Job(f"{spec.id}/{entry.id}", spec, path, plain_title(entry), name, entry, where)


def _unsafe(jobs: Sequence[_Job]) -> Iterator[Finding]:
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


def _collisions(jobs: Sequence[_Job]) -> Iterator[Finding]:
    """Yield artefacts that claim the same file. Case counts for nothing: some disks ignore it."""
    taken: dict[str, _Job] = {}
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


class _Builder:
    def __init__(
        self,
        policy: Policy,
        index: Index,
        templates: Mapping[str, str],
        jobs: Sequence[_Job],
        memory: Memory,
        facts: Facts | None,
        record: Record,
    ) -> None:
        self.policy = policy
        self.report = report_on(facts, policy) if facts else None
        self.uses_schema = False
        self.read: set[str] = set()
        self.shows: set[tuple[str, str]] = set()
        self.scoped = {
            definition.node.location: key
            for known in index.definitions.values()
            for key, definition in known.items()
            if definition.scope
        }
        self.templates = Templates(templates, self._seen, memory)
        pages = {job.id: (job.path, job.title) for job in jobs if job.spec.kind != "schema"}
        checks = {check.id: check.title for check in CHECKS}
        self.homes = Homes(index, pages, checks, own_pages(policy))
        self.values = {
            "policy": policy,
            "projection": projection,
            "checks": CHECKS,
            "jobs": [job for job in jobs if job.spec.kind != "schema"],
            "navigation": _navigation(jobs),
            "index": index,
            "schema": self._schema,
            "rules": {rule.code: rule for rule in RULES},
            "record": record,
            "version": __version__,
        }

    def _seen(self, node: Node) -> None:
        self.read.add(node.location.path)
        names = id_field(type(node))
        if names:
            key = getattr(node, names[0])
            self.shows.add((names[1].kind, self.scoped.get(node.location, key)))

    def _schema(self) -> SchemaReport | None:
        """Return the report on the schema, None when there is none; the artefact was made from it then."""
        self.uses_schema = True
        self.read.update(self.report.facts["files"] if self.report else ())
        return self.report

    def make(self, job: _Job) -> Artefact:
        """Return one artefact. Raises ``TemplateFailed``."""
        self.read, self.shows, self.uses_schema = set(), set(), False
        text = _schema_text(job.entry) if job.spec.kind == "schema" else self._rendered(job)
        block = job.spec.id if job.spec.kind == "block" else ""
        return Artefact(
            id=job.id,
            path=job.path,
            text=text,
            title=job.title,
            section=job.spec.section,
            block=block,
            template=job.template,
            schema=self.uses_schema,
            read=tuple(sorted(self.read)),
            shows=frozenset(self.shows),
        )

    def _rendered(self, job: _Job) -> str:
        markdown = job.path.endswith(".md")
        absolute = not job.path.startswith("docs/")
        writer = Writer(self.policy, self.homes, job.path, self._seen, absolute=absolute)
        self.templates.use(writer)
        spell: Spell = writer.inline if markdown else spell_for(job.path)
        body = self.templates.render(job.template, spell, artefact=job, entry=job.entry, **self.values)
        return _framed(job, body, tuple(sorted(self.read)), writer)


def _navigation(jobs: Sequence[_Job]) -> list[tuple[str, list[_Job]]]:
    """Return the pages by section, in the order of the catalogue."""
    sections: dict[str, list[_Job]] = {}
    for job in jobs:
        if job.spec.kind == "page" and job.spec.listed:
            sections.setdefault(job.spec.section, []).append(job)
    return list(sections.items())


def _schema_text(stem: str) -> str:
    note = f"Generated by Handrail {__version__} from its policy model. Do not edit."
    schema = schema_of(stem)
    head = {"$schema": schema["$schema"], "$comment": note}
    return json.dumps({**head, **schema}, indent=2, ensure_ascii=False) + "\n"


def _framed(job: _Job, body: str, read: Sequence[str], writer: Writer) -> str:
    """Return the body with the comment that says where it comes from and how to change it."""
    sources = ", ".join(read) or "no policy file"
    note = (
        f"Generated by Handrail from {sources} with templates/{job.template}. "
        "Do not edit: change those and run handrail render."
    )
    if not job.path.endswith(".md"):
        return with_comment(job.path, body.strip("\n"), note) + ("" if job.spec.kind == "block" else "\n")
    if job.spec.kind == "block":
        return "\n" + tidy(f"<!-- {note} -->\n\n{body}")
    if body.startswith("---\n"):
        return tidy(f"---\n# {note}\n{body[4:]}")
    if job.spec.kind == "page":
        head = [
            f"# {note}",
            f"title: {spell_yaml(writer.plain(job.title))}",
            "source_url:",
        ]
        head += [f"  - {writer.base}/{percent_encoded(path)}" for path in read]
        return tidy("---\n" + "\n".join(head) + f"\n---\n\n{body}")
    return tidy(f"<!-- {note} -->\n\n{body}")
