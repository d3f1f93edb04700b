"""The handbook as a whole: what its pages hold, and what is wrong between them."""

from collections.abc import Mapping

from handrail.artefacts.handbook import find_handbook_problems
from handrail.artefacts.ledger import digest
from handrail.commands.project import Project
from handrail.core.finding import Finding
from handrail.policy.projection import base_address
from handrail.ports import Files

FOLDER = "docs"
SITE = "mkdocs.yml"


def check_handbook(files: Files, project: Project) -> tuple[Finding, ...]:
    """Return broken links, anchors, images and navigation, over generated and hand-written pages.

    The pages are those below ``docs/`` and the Markdown files at the top.
    """
    everything = files.find(".", ("",))
    named = [path for path in everything if path.endswith(".md")]
    paths = [path for path in named if path.startswith(FOLDER + "/") or "/" not in path]
    pages = {path: files.read(path).decode("utf-8", "replace") for path in paths}
    site = files.read_or_none(SITE)
    policy = project.loaded.policy
    assert policy is not None
    return find_handbook_problems(
        pages,
        frozenset(everything) - pages.keys(),
        site.decode("utf-8", "replace") if site is not None else None,
        _line_counts(files, everything),
        base_address(policy),
    )


def _line_counts(files: Files, paths: tuple[str, ...]) -> dict[str, int]:
    """Return how many lines the policy files have: pages link to single lines of them."""
    policies = (path for path in paths if path.startswith("policies/"))
    return {path: files.read(path).count(b"\n") + 1 for path in policies}


def page_digests(files: Files, outputs: Mapping[str, object]) -> dict[tuple[str, str], str]:
    """Return the digests of the hand-written files of the handbook, and of those that hold blocks."""
    hosts = {path.partition("#")[0] for path in outputs if "#" in path}
    pages = {path for path in files.find(FOLDER, ("",)) if path not in outputs}
    found = {path: files.read_or_none(path) for path in sorted({*pages, *hosts, SITE})}
    return {("page", path): digest(raw) for path, raw in found.items() if raw is not None}
