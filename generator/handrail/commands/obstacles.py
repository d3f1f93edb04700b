"""What of the team's own stands in the way of a render, and how to clear it."""

from collections.abc import Iterator, Sequence

from handrail.artefacts.model import Artefact
from handrail.commands.project import compare_project, read_project
from handrail.policy.load import FOLDER
from handrail.ports import Files, Shipped
from handrail.source.blocks import find_blocks, marker_lines

GITHUB_ONLY = ".github/"
"""Folder that GitHub reads at the root of a repository only."""

_TEMPLATE_FOLDERS = ("", "docs/", ".github/")
_TEMPLATE = ".github/PULL_REQUEST_TEMPLATE.md"
_PLACES = {
    ".github/CODEOWNERS": "at its end, as the last line that matches counts",
    "mkdocs.yml": "among the entries of 'nav:', which begin with two spaces and a hyphen",
}
"""Where in a file of the team's a block goes."""

_HEAD = "In the way, to be done by hand (Handrail changes no file that it did not write):"


def find_obstacles(files: Files, shipped: Shipped) -> Sequence[str]:
    """Return lines that say what to do by hand before ``handrail render``; none when there is nothing."""
    lines = [*_render_obstacles(files, shipped), *_template_obstacles(files), *_codeowners_obstacles(files)]
    return ["", _HEAD, *lines] if lines else []


def other_codeowners(files: Files) -> tuple[str, ...]:
    """Return the team's CODEOWNERS in a place that GitHub looks at after .github/."""
    if files.exists(".github/CODEOWNERS"):
        return ()
    return tuple(path for path in ("CODEOWNERS", "docs/CODEOWNERS") if files.exists(path))


def _render_obstacles(files: Files, shipped: Shipped) -> Iterator[str]:
    project = read_project(files, shipped)
    if not project.usable:
        yield "  The policy that was there has problems: handrail validate"
        return
    comparison, problems = compare_project(files, project)
    ids = {each.path: each.id.partition("/")[0] for each in project.built.artefacts}
    for change in comparison.changes:
        if change.action == "refuse":
            yield (
                f"  {change.path} is yours. Move it away; or, to keep it, write '{ids[change.path]}' into "
                f"'skip:' of {FOLDER}/artefacts.yaml."
            )
    for finding in problems:
        if finding.code != "block.absent":
            yield f"  {finding.location}: {finding.message}. {finding.hint}"
    for artefact in project.built.artefacts:
        yield from _absent_block(files, artefact)


def _absent_block(files: Files, artefact: Artefact) -> Iterator[str]:
    """Yield the two lines to add to a file of the team's that has no place for the block."""
    raw = files.read_or_none(artefact.path) if artefact.block else None
    if raw is None:
        return
    there = find_blocks(artefact.path, raw.decode("utf-8", "replace"), frozenset({artefact.block}))
    if artefact.block not in {block.id for block in there.blocks}:
        place = _PLACES.get(artefact.path, f"where '{artefact.block}' belongs")
        yield f"  {artefact.path} is yours. Add these two lines {place}:"
        for line in marker_lines(artefact.path, artefact.block):
            yield f"      {line}"


def _template_obstacles(files: Files) -> Iterator[str]:
    """Yield other pull-request templates: GitHub shows one, and does not say which wins."""
    for path in files.find(".", (".md", ".txt")):
        folder, _, name = path.rpartition("/")
        place = f"{folder}/" if folder else ""
        named = name.lower().startswith("pull_request_template.")
        if named and place in _TEMPLATE_FOLDERS and path != _TEMPLATE:
            yield (
                f"  {path} is a pull-request template as well, and GitHub shows one. Keep its text in a "
                f"template of your own, templates/{_TEMPLATE}.j2, and delete it."
            )


def _codeowners_obstacles(files: Files) -> Iterator[str]:
    for path in other_codeowners(files):
        yield (
            f"  {path} is yours, and GitHub reads .github/CODEOWNERS first: none is made. Move yours there, "
            f"take 'codeowners' out of 'skip:' in {FOLDER}/artefacts.yaml, and add these lines at its end:"
        )
        for line in marker_lines("CODEOWNERS", "codeowners"):
            yield f"      {line}"
