"""Policy and templates -> every artefact, in memory."""

import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from handrail import __version__
from handrail.artefacts.comments import with_comment
from handrail.artefacts.drills import Drilled
from handrail.artefacts.homes import Homes, own_pages
from handrail.artefacts.jobs import Job, find_collisions, find_unsafe, jobs_of
from handrail.artefacts.layout import tidy
from handrail.artefacts.measures import Measure
from handrail.artefacts.memory import Memory
from handrail.artefacts.model import Artefact
from handrail.artefacts.proven import NOTHING, Proven
from handrail.artefacts.schema_page import SchemaReport, report_on
from handrail.artefacts.template import (
    Spell,
    TemplateFailed,
    Templates,
    spell_for,
    spell_yaml,
)
from handrail.artefacts.writer import Writer
from handrail.core.address import percent_encoded
from handrail.core.finding import Finding
from handrail.migrations.schema_facts import Facts
from handrail.policy import projection
from handrail.policy.checks import CHECKS
from handrail.policy.forms import id_field
from handrail.policy.index import Index
from handrail.policy.model import Policy
from handrail.policy.schema import schema_of
from handrail.policy.shape import Node
from handrail.rules import RULES
from handrail.rules.examples import NO_RECORD, Record


class Built(NamedTuple):
    """The artefacts, in the order of the catalogue, and why some could not be made."""

    artefacts: tuple[Artefact, ...]
    findings: tuple[Finding, ...]


class Sources(NamedTuple):
    """What artefacts are made from besides policy and templates."""

    facts: Facts | None
    record: Record
    proven: Proven


def build_artefacts(
    policy: Policy,
    index: Index,
    templates: Mapping[str, str],
    memory: Memory | None = None,
    facts: Facts | None = None,
    record: Record = NO_RECORD,
    proven: Proven = NOTHING,
) -> Built:
    """Return every artefact of ``policy``.

    ``templates`` maps names below ``templates/`` to text, the team's own over
    those that are shipped; ``facts`` are those of the application's schema, ``record`` holds the
    examples of operations, ``proven`` what evidence shows. Findings: ``template.failed``,
    ``artefact.unsafe-path``, ``artefact.collision``.
    """
    jobs = tuple(jobs_of(policy))
    findings = [*find_unsafe(jobs), *find_collisions(jobs)]
    builder = _Builder(policy, index, templates, jobs, memory or Memory(), Sources(facts, record, proven))
    artefacts: list[Artefact] = []
    for job in jobs:
        try:
            artefacts.append(builder.make(job))
        except TemplateFailed as failed:
            findings.append(failed.finding)
    return Built(tuple(artefacts), tuple(findings))


class _Builder:
    def __init__(
        self,
        policy: Policy,
        index: Index,
        templates: Mapping[str, str],
        jobs: Sequence[Job],
        memory: Memory,
        sources: Sources,
    ) -> None:
        self.policy = policy
        self.proven = sources.proven
        self.report = report_on(sources.facts, policy) if sources.facts else None
        self.uses_schema = self.uses_evidence = False
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
            "record": sources.record,
            "drilled": self._drilled,
            "measured": self._measured,
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

    def _drilled(self, runbook: str) -> Drilled:
        """Return when a runbook was drilled last; the artefact was made from that evidence then."""
        self.uses_evidence = True
        found = self.proven.drills.get(runbook, Drilled(()))
        self.read.update(each.path for each in found.drills)
        return found

    def _measured(self, metric: str) -> Measure | None:
        """Return what was counted for a metric, None where nothing is; the artefact was made from it then."""
        self.uses_evidence = True
        return self.proven.measures.get(metric)

    def make(self, job: Job) -> Artefact:
        """Return one artefact. Raises ``TemplateFailed``."""
        self.read, self.shows = set(), set()
        self.uses_schema = self.uses_evidence = False
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
            evidence=self.uses_evidence,
            read=tuple(sorted(self.read)),
            shows=frozenset(self.shows),
        )

    def _rendered(self, job: Job) -> str:
        markdown = job.path.endswith(".md")
        absolute = not job.path.startswith("docs/")
        writer = Writer(self.policy, self.homes, job.path, self._seen, absolute=absolute)
        self.templates.use(writer)
        spell: Spell = writer.inline if markdown else spell_for(job.path)
        body = self.templates.render(job.template, spell, artefact=job, entry=job.entry, **self.values)
        return _framed(job, body, tuple(sorted(self.read)), writer)


def _navigation(jobs: Sequence[Job]) -> list[tuple[str, list[Job]]]:
    """Return the pages by section, in the order of the catalogue."""
    sections: dict[str, list[Job]] = {}
    for job in jobs:
        if job.spec.kind == "page" and job.spec.listed:
            sections.setdefault(job.spec.section, []).append(job)
    return list(sections.items())


def _schema_text(stem: str) -> str:
    note = f"Generated by Handrail {__version__} from its policy model. Do not edit."
    schema = schema_of(stem)
    head = {"$schema": schema["$schema"], "$comment": note}
    return json.dumps({**head, **schema}, indent=2, ensure_ascii=False) + "\n"


def _framed(job: Job, body: str, read: Sequence[str], writer: Writer) -> str:
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
