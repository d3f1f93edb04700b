"""The repository as the commands see it: policy, templates, artefacts, ledger."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from handrail import __version__
from handrail.artefacts.build import Built, build_artefacts
from handrail.artefacts.compare import Comparison, Inputs, compare_artefacts
from handrail.artefacts.ledger import PATH, Ledger, digest, parse_ledger
from handrail.artefacts.memory import Memory
from handrail.artefacts.model import Artefact
from handrail.commands.evidence_pages import proof_digests, read_proven
from handrail.commands.matrix_examples import find_matrix_problems
from handrail.commands.schema_files import schema_digest
from handrail.commands.schema_source import remembered_facts, schema_path
from handrail.commands.validate import policy_paths, read_policy
from handrail.core.errors import HandrailError
from handrail.core.finding import Finding
from handrail.core.location import Location
from handrail.policy.load import Loaded
from handrail.ports import Files, Scratch, Shipped
from handrail.rules.examples import RECORD, parse_record

TEMPLATES = "templates"


class Project(NamedTuple):
    """Everything that a render or a check works with."""

    loaded: Loaded
    built: Built
    inputs: Inputs
    memory: Memory
    findings: tuple[Finding, ...]

    @property
    def problems(self) -> tuple[Finding, ...]:
        """Return the findings without the notes, which ``handrail validate`` shows."""
        return tuple(finding for finding in self.findings if finding.severity != "note")

    @property
    def usable(self) -> bool:
        """Tell whether artefacts may be written."""
        return self.loaded.usable and not self.built.findings


def read_project(
    files: Files,
    shipped: Shipped,
    memory: Memory | None = None,
    scratch: Callable[[], Scratch] | None = None,
) -> Project:
    """Return the policy, its artefacts, and the ledger. ``memory`` saves work that was done before.

    With ``scratch``, which opens an empty SQLite, the examples of the matrix
    are classified, and a disagreement is among the findings.
    """
    memory = memory or Memory()
    unlike: tuple[Finding, ...] = ()
    broken: tuple[Finding, ...] = ()
    loaded = read_policy(files)
    ledger = read_ledger(files)
    templates = read_templates(files, shipped)
    now: dict[tuple[str, str], str] = {}
    built = Built((), ())
    if loaded.usable and loaded.policy is not None:
        record = shipped.read(RECORD)
        now = {**_digests(files, templates), ("record", RECORD): digest(record)}
        schema = schema_path(loaded.policy)
        now["schema", schema] = schema_digest(files, schema)
        facts = remembered_facts(files, loaded.policy, memory)
        examples = parse_record(record.decode())
        proven, broken = read_proven(files, loaded.policy, memory, scratch, now)
        now |= proof_digests(files, loaded.policy)
        built = build_artefacts(loaded.policy, loaded.index, templates, memory, facts, examples, proven)
        if scratch:
            unlike = tuple(find_matrix_problems(loaded, examples, memory, scratch))
    findings = (*loaded.findings, *built.findings, *unlike, *broken)
    return Project(loaded, built, Inputs(now, ledger, memory.html_lines), memory, findings)


def read_ledger(files: Files) -> Ledger:
    """Return the ledger of the repository, empty when there is none."""
    raw = files.read_or_none(PATH)
    return parse_ledger(raw.decode("utf-8", "surrogateescape")) if raw else Ledger()


def read_templates(files: Files, shipped: Shipped) -> dict[str, str]:
    """Return the templates by name, the repository's own over those that are shipped.

    Raises ``HandrailError`` for one that is not UTF-8.
    """
    texts = {}
    for path in shipped.find(TEMPLATES):
        if not path.endswith(".j2"):
            continue  # in a checkout an editor's own files lie there too
        texts[path.removeprefix(TEMPLATES + "/")] = shipped.read(path).decode()
    for path in files.find(TEMPLATES, (".j2",)):
        texts[path.removeprefix(TEMPLATES + "/")] = _decoded(path, files.read(path))
    return texts


def _decoded(path: str, raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise HandrailError(f"{path}:{line}: not UTF-8", "Save the file as UTF-8.") from None


def _digests(files: Files, templates: Mapping[str, str]) -> dict[tuple[str, str], str]:
    now = {("template", name): digest(text.encode()) for name, text in templates.items()}
    for path in policy_paths(files):
        raw = files.read_or_none(path)
        if raw is not None:
            now["policy", path] = digest(raw)
    return now


def compare_project(
    files: Files, project: Project, overwrite: tuple[str, ...] = ()
) -> tuple[Comparison, tuple[Finding, ...]]:
    """Return what a render would do, and findings about places that are not safe to write to."""
    safe: list[Artefact] = []
    findings: list[Finding] = []
    unsafe: dict[str, str] = {}
    for artefact in project.built.artefacts:
        problem = unsafe[artefact.path] = files.problem_with(artefact.path)
        if problem:
            message = f"artefact '{artefact.id}' cannot be written: {problem}"
            hint = "Move what stands there, or give the artefact another path."
            findings.append(Finding("artefact.unsafe-path", message, Location(artefact.path), hint=hint))
        else:
            safe.append(artefact)

    def read(path: str) -> bytes | None:
        """Return what stands in a place that may be written to; what the ledger names may be none."""
        if path not in unsafe:
            unsafe[path] = files.problem_with(path)
        return None if unsafe[path] else files.read_or_none(path)

    comparison = compare_artefacts(safe, read, project.inputs, overwrite=overwrite)
    return comparison, (*findings, *comparison.findings)


def new_ledger(
    project: Project,
    outputs: Mapping[str, tuple[str, ...]],
    pages: Mapping[tuple[str, str], str],
    *,
    clean: bool,
) -> Ledger:
    """Return the ledger of a finished render."""
    return Ledger(__version__, clean, {**project.inputs.now, **pages}, outputs)
