"""The files of ``policies/`` -> one Policy, or the reasons why not."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from handrail.core.finding import Finding, has_errors, sorted_findings
from handrail.core.location import Location
from handrail.core.record import record
from handrail.core.suggest import with_guess
from handrail.policy.consistency import find_inconsistencies
from handrail.policy.decode import decode_file
from handrail.policy.forms import forms_of
from handrail.policy.index import Index
from handrail.policy.model import FILES, Policy
from handrail.policy.shape import Node
from handrail.policy.stack import left_out, stack_of
from handrail.policy.validate import find_shape_problems
from handrail.source.yaml_nodes import Document, parse_yaml

FOLDER = "policies"

_TODO = re.compile(r"(?<!\S)# TODO\b")


@record
class Loaded:
    """A policy with its index, and what was found. ``policy`` is None when its shape is wrong."""

    policy: Policy | None
    index: Index
    findings: tuple[Finding, ...]

    @property
    def usable(self) -> bool:
        """Tell whether artefacts may be made from it."""
        return self.policy is not None and not has_errors(self.findings)


def load_policy(
    files: Mapping[str, bytes], builtin: Mapping[str, Iterable[str]], before: Iterable[Finding] = ()
) -> Loaded:
    """Return the policy of ``files`` (path from the repository root -> bytes).

    ``builtin`` maps kinds that the code defines (``check``, ``artefact``) to
    their ids; ``before`` are findings about files that could not be read.
    Findings: those of ``parse_yaml``, ``find_shape_problems`` and
    ``find_inconsistencies``, and ``policy.unknown-file``,
    ``policy.missing-file``, ``policy.cannot-split``. Note: ``policy.todo``.
    """
    index = Index()
    documents, found = _valid_documents(files)
    findings = [*before, *found]
    parts = _decoded(documents, index)
    if not has_errors(findings):
        findings.extend(_missing_files(parts))
    if has_errors(findings):
        return Loaded(policy=None, index=index, findings=_with_source(findings, files))
    roots: dict[str, Any] = {stem.replace("-", "_"): _joined(stem, parts.get(stem, [])) for stem in FILES}
    policy = Policy(**roots)
    findings.extend(find_inconsistencies(policy, index, builtin))
    findings.extend(_unfinished(files))
    return Loaded(policy=policy, index=index, findings=_with_source(findings, files))


def _valid_documents(files: Mapping[str, bytes]) -> tuple[list[tuple[str, Document]], list[Finding]]:
    """Return (stem, document) of the files whose shape is right, and what is wrong with the others."""
    documents: list[tuple[str, Document]] = []
    findings: list[Finding] = []
    for path in sorted(files):
        stem, folder = _stem(path)
        problem = _placement_problem(path, stem, folder)
        if problem:
            findings.append(problem)
            continue
        document = parse_yaml(path, files[path])
        found = document.findings or find_shape_problems(stem, document)
        findings.extend(found)
        if not found:
            documents.append((stem, document))
    return documents, findings


def _decoded(documents: list[tuple[str, Document]], index: Index) -> dict[str, list[Node]]:
    """Return the records of each stem, without the entries that do not count for the team's stack."""
    stack = next((stack_of(document.data) for stem, document in documents if stem == "database"), None)
    if stack:
        index.left_out = left_out(((FILES[stem], document.data) for stem, document in documents), stack)
    parts: dict[str, list[Node]] = {}
    for stem, document in documents:
        parts.setdefault(stem, []).append(decode_file(stem, FILES[stem], document, index, stack))
    return parts


def stem_of(path: str) -> str:
    """Return the stem that a policy file belongs to, also as a part in a folder."""
    return _stem(path)[0]


def _stem(path: str) -> tuple[str, bool]:
    """Return the stem that a path belongs to, and whether it is a part in a folder."""
    names = path.removeprefix(FOLDER + "/").split("/")
    return (names[0], True) if len(names) == 2 else (names[0].removesuffix(".yaml"), False)


def _placement_problem(path: str, stem: str, folder: bool) -> Finding | None:
    where = Location(path)
    if stem in FILES and path.count("/") > 2:
        hint = f"Move it up, to {FOLDER}/{stem}/."
        return Finding("policy.unknown-file", "policy files lie no deeper than one folder", where, hint=hint)
    if stem.removesuffix(".yml") in FILES and not folder and stem not in FILES:
        hint = f"Rename it to {path.removesuffix('.yml')}.yaml."
        return Finding("policy.unknown-file", "the file's name ends in .yml", where, hint=hint)
    if stem not in FILES:
        hint = f"Move it out of {FOLDER}/, or give it one of these names: {', '.join(FILES)}."
        message = with_guess(f"no policy file has the name '{stem}'", stem, FILES)
        return Finding("policy.unknown-file", message, where, hint=hint)
    if folder and not splits(stem):
        message = f"{stem} cannot be split into a folder"
        hint = f"Keep it in {FOLDER}/{stem}.yaml; only files that hold nothing but lists can be split."
        return Finding("policy.cannot-split", message, where, hint=hint)
    return None


def splits(stem: str) -> bool:
    """Tell whether the file may be split or left out: it holds nothing but lists."""
    return all(field.form.kind == "list" for field in forms_of(FILES[stem]).values())


def _missing_files(parts: Mapping[str, list[Node]]) -> Iterable[Finding]:
    for stem in FILES:
        if stem not in parts and not splits(stem):
            path = f"{FOLDER}/{stem}.yaml"
            hint = "Run: handrail init (it adds what is missing and overwrites nothing)"
            yield Finding("policy.missing-file", f"{path} is missing", Location(path), hint=hint)


def _joined(stem: str, parts: list[Node]) -> Node:
    """Return the parts of a file as one record, their lists joined in the order of the paths."""
    if len(parts) == 1:
        return parts[0]
    cls = FILES[stem]
    values: dict[str, Any] = {
        name: tuple(entry for part in parts for entry in getattr(part, name)) for name in forms_of(cls)
    }
    where = parts[0].location if parts else Location(f"{FOLDER}/{stem}.yaml")
    return cls(location=where, **values)


def _unfinished(files: Mapping[str, bytes]) -> Iterable[Finding]:
    """Yield a note for each line that somebody marked as still to do."""
    for path, raw in files.items():
        if b"# TODO" not in raw:
            continue
        for number, line in enumerate(raw.decode("utf-8-sig", "replace").splitlines(), 1):
            found = _TODO.search(line)
            if found:
                where = Location(path, number, found.start() + 1)
                hint = "Write what is true of your team, and remove the mark."
                yield Finding("policy.todo", "this line is still to be filled in", where, "note", hint)


def _with_source(findings: Iterable[Finding], files: Mapping[str, bytes]) -> tuple[Finding, ...]:
    """Return the findings in order, each with the line of the file that it points at."""
    lines: dict[str, list[str]] = {}
    result = []
    for finding in sorted_findings(findings):
        path = finding.location.path
        if path in files and path not in lines:
            lines[path] = files[path].decode("utf-8-sig", "replace").splitlines()
        here = lines.get(path, [])
        line = finding.location.line
        source = here[line - 1][:400] if 0 < line <= len(here) else ""
        result.append(finding._replace(source=source))
    return tuple(result)
