"""The handbook as a whole: what its pages hold, and what is wrong between them."""

from collections.abc import Mapping

from handrail.artefacts.handbook import Judgement, judge_handbook
from handrail.artefacts.ledger import digest
from handrail.commands.project import Project
from handrail.commands.schema_files import SUFFIX
from handrail.core.finding import Finding
from handrail.policy.projection import files_address
from handrail.ports import Files

FOLDER = "docs"
SITE = "mkdocs.yml"


def check_handbook(files: Files, project: Project) -> tuple[Finding, ...]:
    """Return broken links, anchors, images and navigation, over generated and hand-written pages."""
    return read_handbook(files, project).findings


def read_handbook(files: Files, project: Project) -> Judgement:
    """Return what is wrong with the handbook, and where its links lead.

    The pages are those below ``docs/`` and the Markdown files at the top.
    """
    everything = files.find(".", ("",))
    named = [path for path in everything if path.endswith(".md")]
    paths = [path for path in named if path.startswith(FOLDER + "/") or "/" not in path]
    pages = {path: files.read(path).decode("utf-8", "replace") for path in paths}
    site = files.read_or_none(SITE)
    policy = project.loaded.policy
    assert policy is not None
    return judge_handbook(
        pages,
        frozenset(everything) - pages.keys(),
        site.decode("utf-8", "replace") if site is not None else None,
        _line_counts(files, everything),
        files_address(policy),
        project.memory.page,
    )


def _line_counts(files: Files, paths: tuple[str, ...]) -> dict[str, int]:
    """Return how many lines policy and schema files have: pages link to single lines of them."""
    policies = (path for path in paths if path.startswith("policies/") or path.endswith(SUFFIX))
    return {path: files.read(path).count(b"\n") + 1 for path in policies}


def page_inputs(
    files: Files, project: Project, outputs: Mapping[str, object], reached: frozenset[str]
) -> dict[tuple[str, str], str]:
    """Return the hand-written files of the handbook with their digests, and what its links need.

    These files are those of ``docs/``, the Markdown files at the top and
    those that hold blocks; a path that a link leads to elsewhere has to stay.
    """
    hosts = {path.partition("#")[0] for path in outputs if "#" in path}
    there = {*files.find(FOLDER, ("",)), *(path for path in files.top() if path.endswith(".md"))}
    pages = {path: files.read_or_none(path) for path in sorted({*(there - outputs.keys()), *hosts, SITE})}
    inputs = {("page", path): digest(raw) for path, raw in pages.items() if raw is not None}
    known = {*pages, *outputs, *(path for _, path in project.inputs.now)}
    return inputs | {("link", path): "there" for path in reached - known if files.exists(path)}
