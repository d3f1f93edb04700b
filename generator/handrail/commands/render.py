"""handrail render: write every artefact that changed."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from fnmatch import fnmatch

from handrail import __version__
from handrail.artefacts.compare import Change
from handrail.artefacts.ledger import PATH, Ledger, render_ledger
from handrail.artefacts.memory import Memory
from handrail.commands.handbook import page_inputs, read_handbook
from handrail.commands.outcome import FOUND, Outcome, judged
from handrail.commands.project import Project, compare_project, new_ledger, read_project
from handrail.core.errors import HandrailError
from handrail.core.finding import Finding, has_errors
from handrail.core.location import Location
from handrail.core.record import record
from handrail.ports import Files, Scratch, Shipped

_WORDS = {"write": "written", "keep": "unchanged", "remove": "removed", "refuse": "refused"}


@record
class RenderOptions:
    """``only``: glob over paths and artefact ids. ``overwrite``: paths that may be replaced."""

    only: str = ""
    dry_run: bool = False
    overwrite: tuple[str, ...] = ()


def render(
    files: Files,
    shipped: Shipped,
    options: RenderOptions,
    memory: Memory | None = None,
    scratch: Callable[[], Scratch] | None = None,
) -> Outcome:
    """Write what changed, and return one line a file. Nothing is written when the policy is wrong.

    ``scratch`` is that of ``read_project``.
    """
    if options.dry_run:
        return _render(files, read_project(files, shipped, memory, scratch), options)
    with files.locked():
        return _render(files, read_project(files, shipped, memory, scratch), options)


def _render(files: Files, project: Project, options: RenderOptions) -> Outcome:
    if not project.usable:
        return Outcome(code=FOUND, text="Nothing was written.\n", findings=project.problems)
    comparison, problems = compare_project(files, project, options.overwrite)
    findings = (*project.problems, *problems)
    if has_errors(problems):
        return Outcome(code=FOUND, text="Nothing was written.\n", findings=findings)
    changes = [change for change in comparison.changes if _chosen(change, project, options.only)]
    if not changes:
        raise HandrailError(
            f"no artefact matches '{options.only}'", "Name a path or an artefact id; * stands for any text."
        )
    barred = () if options.dry_run else tuple(_barred(files, changes))
    if barred:
        return Outcome(code=FOUND, text="Nothing was written.\n", findings=(*findings, *barred))
    refused = tuple(_refusal(change) for change in changes if change.action == "refuse")
    broken = () if options.dry_run else _apply(files, project, changes, partial=bool(options.only))
    text = _lines(changes, dry_run=options.dry_run) + _unfinished(project)
    return judged((*findings, *refused, *broken), text)


def _chosen(change: Change, project: Project, only: str) -> bool:
    if not only:
        return True
    names = [each.id for each in project.built.artefacts if each.path == change.path]
    return any(fnmatch(name, only) for name in (change.path, *names))


def _barred(files: Files, changes: Sequence[Change]) -> Iterator[Finding]:
    """Yield what the system would not let us write, before anything is written."""
    work = [change.path for change in changes if change.action in ("write", "remove")]
    for path in [*work, PATH] if work else []:
        if not files.may_write(path):
            message = f"{path}: there is no right to write in its folder"
            yield Finding("file.unwritable", message, Location(path), hint="Give it to yourself: chmod u+rwx")


def _apply(
    files: Files, project: Project, changes: Sequence[Change], *, partial: bool
) -> tuple[Finding, ...]:
    """Write and remove, and return what is wrong with the handbook then.

    The ledger knows the new digests before the first file has them.
    """
    old = project.inputs.ledger
    new = {path: (total,) for change in changes for path, total in change.outputs}
    both = {path: _merged(old.outputs.get(path, ()), new.get(path, ())) for path in {*old.outputs, *new}}
    work = [change for change in changes if change.action in ("write", "remove")]
    if work:
        _save(files, Ledger(old.version, False, old.inputs, both))
    for change in work:
        if change.action == "write":
            files.write(change.path, change.after.encode())
        else:
            files.remove(change.path)
    book = read_handbook(files, project)
    refused = any(change.action == "refuse" for change in changes)
    judged_well = not has_errors(project.findings)
    clean = judged_well and not refused and all(each.severity == "note" for each in book.findings)
    pages = page_inputs(files, project, new, book.reached)
    _finish(files, project, new, pages, partial=partial, clean=clean)
    return book.findings


def _merged(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*old, *new)))


def _finish(
    files: Files,
    project: Project,
    new: Mapping[str, tuple[str, ...]],
    pages: Mapping[tuple[str, str], str],
    *,
    partial: bool,
    clean: bool,
) -> None:
    """Save the ledger. After a partial render the inputs stay the old ones: the rest is still due."""
    old = project.inputs.ledger
    if partial:
        _save(files, Ledger(old.version or __version__, False, old.inputs, {**old.outputs, **new}))
        return
    _save(files, new_ledger(project, new, pages, clean=clean))


def _save(files: Files, ledger: Ledger) -> None:
    data = render_ledger(ledger).encode("utf-8", "surrogateescape")
    if files.read_or_none(PATH) != data:
        files.write(PATH, data)


def _refusal(change: Change) -> Finding:
    """Return why a file was left alone, and how to go on."""
    from shlex import quote  # slow to import, needed only for a hint

    path = quote(change.path)
    hints = {
        "drift.edited": f"Put the change into the policy, then: handrail render --overwrite {path}",
        "drift.foreign": f"Move it away, or replace it: handrail render --overwrite {path}",
        "drift.orphan": "Remove it yourself when nothing in it is needed.",
    }
    where = Location(change.path, change.line)
    message = f"{change.path} was left as it is: {change.reason}"
    return Finding(change.code, message, where, hint=hints[change.code])


def _lines(changes: Sequence[Change], *, dry_run: bool) -> str:
    lines = []
    counts: dict[str, int] = {}
    for change in changes:
        word = _WORDS[change.action]
        counts[word] = counts.get(word, 0) + 1
        because = f"  ({change.reason})" if change.reason else ""
        lines.append(f"{word:<9}  {change.path}{because}\n")
    total = ", ".join(f"{count} {word}" for word, count in counts.items())
    end = f"{total}. This was a dry run: nothing was written.\n" if dry_run else f"{total}.\n"
    return "".join(lines) + end + _next(changes)


def _unfinished(project: Project) -> str:
    """Say how much of a starter is not the team's own yet (``policy.todo``): its pages look finished."""
    count = sum(finding.code == "policy.todo" for finding in project.findings)
    return f"Still to fill in: {count} lines of the policy. List them: handrail validate\n" if count else ""


def _next(changes: Sequence[Change]) -> str:
    """Say where to look next."""
    written = [change.path for change in changes if change.action == "write"]
    pages = [path for path in written if path.startswith("docs/")]
    if any(change.action == "refuse" for change in changes):
        return ""
    if not written:
        return "Nothing changed. Look at docs/index.md.\n"
    return f"Look at {(pages or written)[0]}, and commit the files with the policy.\n"
