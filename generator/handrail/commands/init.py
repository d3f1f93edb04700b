"""handrail init: a starter policy for the stack that is found."""

import re
from collections.abc import Iterator, Mapping, Sequence

from handrail.artefacts.catalogue import ARTEFACTS
from handrail.commands.obstacles import GITHUB_ONLY, find_obstacles, other_codeowners
from handrail.commands.outcome import FINE, Outcome
from handrail.core.errors import HandrailError
from handrail.policy.found import SUFFIXES, Found, find_stack
from handrail.policy.load import FOLDER, stem_of
from handrail.policy.starter import MARK, Place, starter_files
from handrail.policy.team import BRANCH
from handrail.ports import Files, Repository, Shipped

EXTRA = ("docs/GITHUB_WORKFLOW.md", "docs/assets/handbook.css", "mkdocs.yml")
"""Files beside the policy that artefacts need: they hold generated blocks, or pages use them."""


def init(files: Files, repository: Repository, shipped: Shipped) -> Outcome:
    """Lay down what is missing, overwrite nothing, and say what was done and what comes next.

    The starter is the shipped policy, without what is true of its example
    application only. Lines that the team has to look at end in ``# TODO``.
    """
    found = find_stack(files.find(".", SUFFIXES), files.read)
    url, branch = repository.origin()
    if not re.fullmatch(BRANCH, branch):
        branch = "main"  # a name that a shell would have to quote is for the team to write
    place = Place(url=url, branch=branch, folder=repository.folder())
    drafts = {path: shipped.read(path).decode() for path in shipped.find(FOLDER) if path.endswith(".yaml")}
    drafts |= {path: shipped.read(path).decode() for path in EXTRA}
    starter = starter_files(drafts, found, place, _left_out(files, place))
    missing = {path: starter[path] for path in _missing(files, starter)}
    _refuse_unsafe(files, missing)
    for path, text in missing.items():
        files.write(path, text.encode())
    lines = [*_about(found, place)]
    lines += [f"{'written' if path in missing else 'kept':<9}  {path}" for path in starter]
    lines += [*find_obstacles(files, shipped), *_to_do(missing), *_next(missing)]
    return Outcome(code=FINE, text="".join(f"{line}\n" for line in lines))


def _left_out(files: Files, place: Place) -> tuple[str, ...]:
    """Return the artefacts to skip: those that GitHub would not see, or that would hide the team's own."""
    if place.folder:
        return tuple(spec.id for spec in ARTEFACTS if spec.path.startswith(GITHUB_ONLY))
    return ("codeowners",) if other_codeowners(files) else ()


def _missing(files: Files, starter: Mapping[str, str]) -> Iterator[str]:
    """Yield the files to lay down. Of a policy file that is there, in one piece or in parts, nothing is."""
    there = {stem_of(path) for path in files.find(FOLDER, (".yaml", ".yml"))}
    for path in starter:
        ours = path.startswith(FOLDER + "/")
        if not files.exists(path) and not (ours and stem_of(path) in there):
            yield path


def _refuse_unsafe(files: Files, paths: Mapping[str, str]) -> None:
    """Raise ``HandrailError`` before anything is written where a path is no safe place."""
    for path in paths:
        problem = files.problem_with(path)
        if problem:
            raise HandrailError(f"{path} cannot be written: {problem}", "Move what stands there.")


def _about(found: Found, place: Place) -> Iterator[str]:
    yield f"Found: {found.because}."
    if found.others:
        yield f"Not taken, as one policy guards one database: {', '.join(found.others)}."
    if not found.engine:
        yield "Nothing shows the engine of the database: look at policies/database.yaml."
    if not place.url:
        yield "There is no git remote 'origin' on a server: write the address into policies/team.yaml."
    if place.folder:
        yield (
            f"This is the folder {place.folder} of a repository. GitHub reads {GITHUB_ONLY} at its root, so "
            "templates, CODEOWNERS and workflow are left out. For them run handrail init at the root."
        )


def _to_do(written: Mapping[str, str]) -> Sequence[str]:
    """Return the lines that the team has to fill in, each with its place."""
    lines = [
        f"  {path}:{number}: {line.strip()}"
        for path, text in written.items()
        for number, line in enumerate(text.splitlines(), 1)
        if MARK in line
    ]
    return (
        ["", f"To fill in (remove {MARK} then; handrail validate lists what is left):", *lines]
        if lines
        else []
    )


def _next(written: Mapping[str, str]) -> Sequence[str]:
    if not written:
        return ["", "Nothing was missing. Next: handrail render"]
    return ["", "Next: handrail validate, then handrail render, then commit all of it with .handrail/ledger."]
