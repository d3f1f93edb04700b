"""Each command with the adapters that it needs. Imports stay with their command."""

from __future__ import annotations

import os
import sys

from handrail.adapters.disk import Disk, read_anywhere
from handrail.adapters.resources import Resources
from handrail.core.errors import HandrailError
from handrail.wiring_shared import FINE, colour, remembered_histories, show, show_own

TYPE_CHECKING = False  # typing's constant of that name, without loading typing
if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping

    from handrail.adapters.actions import Actions
    from handrail.adapters.asked import Asked
    from handrail.adapters.git import Git
    from handrail.adapters.github import GitHub
    from handrail.commands.outcome import Outcome


def run_command(options: argparse.Namespace, disk: Disk) -> int:
    """Run the chosen command in the repository of ``disk``; return the exit code."""
    return _COMMANDS[options.command](options, disk)


def _validate(options: argparse.Namespace, disk: Disk) -> int:
    from handrail.commands.validate import validate

    return show(validate(disk), options.format)


def _render(options: argparse.Namespace, disk: Disk) -> int:
    from handrail.adapters.remembered import Remembered
    from handrail.adapters.scratch import open_scratch
    from handrail.commands.render import RenderOptions, render

    if options.watch:
        return _watch(disk, options.format)
    chosen = RenderOptions(only=options.only, dry_run=options.dry_run, overwrite=tuple(options.overwrite))
    with Remembered(disk) as memory:
        outcome = render(disk, Resources(), chosen, memory, open_scratch)
    return show(outcome, options.format)


def _watch(disk: Disk, form: str) -> int:
    from handrail.adapters.clock import SystemClock
    from handrail.adapters.scratch import open_scratch
    from handrail.commands.watch import watch

    def told(outcome: Outcome) -> None:
        show(outcome, form)
        sys.stdout.flush()

    watch(disk, disk, Resources(), SystemClock(), told, open_scratch)
    return FINE


def _check(options: argparse.Namespace, disk: Disk) -> int:
    from handrail.commands.outcome import Outcome
    from handrail.commands.unchanged import UNCHANGED, is_unchanged

    if not options.full and is_unchanged(disk, Resources()):
        return show(Outcome(code=FINE, text=UNCHANGED), options.format)
    from handrail.adapters.remembered import Remembered
    from handrail.adapters.scratch import open_scratch
    from handrail.commands.check import check

    with Remembered(disk) as memory:
        outcome = check(disk, Resources(), whole_diff=options.diff, memory=memory, scratch=open_scratch)
    return show(outcome, options.format)


def _diff(options: argparse.Namespace, disk: Disk) -> int:
    from handrail.adapters.git import Git
    from handrail.commands.diff import diff

    return show(diff(disk, Git(disk.root), options.old, options.new, options.format))


def _explain(options: argparse.Namespace, disk: Disk) -> int:
    from handrail.adapters.remembered import Remembered
    from handrail.commands.explain import explain, list_ids

    if options.list is not None:
        return show(list_ids(disk, Resources(), options.list))
    if not options.id:
        raise HandrailError("explain what?", "Name an id, or list them: handrail explain --list")
    memory = Remembered(disk).memory  # not kept: a render remembers more than this looks up
    return show(explain(disk, Resources(), options.id, options.format, memory))


def _classify(options: argparse.Namespace, disk: Disk) -> int:
    from handrail.commands.classify import ClassifyOptions, classify

    if options.stdin and (options.paths or options.base):
        raise HandrailError("--stdin reads one script, and takes no path and no --base", "Leave one out.")
    chosen = ClassifyOptions(
        paths=tuple(map(disk.inside, options.paths)),
        base=options.base,
        script=_standard_input() if options.stdin else None,
        dialect=options.dialect,
        fail_on=options.fail_on,
        form=options.format,
    )
    with remembered_histories(disk) as (world, snapshots):
        outcome = classify(world, chosen, snapshots, colour=colour())
    return show_own(outcome, options.format)


def _review(options: argparse.Namespace, disk: Disk) -> int:
    from handrail.adapters.actions import Actions
    from handrail.adapters.git import Git
    from handrail.commands.outcome import Outcome
    from handrail.commands.review import code_of, review
    from handrail.commands.review_shown import show_review

    actions, git = Actions(os.environ), Git(disk.root)
    told = not (options.base or options.body) and actions.is_running()
    asked = _asked_by_event(actions, git) if told else _asked_by_files(options, git)
    if asked is None:
        return show(Outcome(code=FINE, text="This event has no pull request: there is nothing to review.\n"))
    with remembered_histories(disk, "policy") as (world, snapshots):
        decision = review(world, git, asked.pull_request, asked.reviews, asked.base, snapshots)
    if told:
        actions.write_summary(show_review(decision, "markdown").text)
    if options.comment:
        _comment(actions, asked.pull_request.number, show_review(decision, "markdown").text)
    shown = show_review(decision, options.format, colour=colour())
    outcome = Outcome(code=code_of(decision), text=shown.text, findings=shown.findings)
    return show_own(outcome, options.format)


def _pr_body(options: argparse.Namespace, disk: Disk) -> int:
    from handrail.adapters.git import Git
    from handrail.commands.pr_body import pr_body

    git = Git(disk.root)
    with remembered_histories(disk, "policy") as (world, snapshots):
        return show(pr_body(world, git, options.base or git.upstream(), snapshots))


def _asked_by_event(actions: Actions, git: Git) -> Asked | None:
    from handrail.adapters.asked import read_event

    event = actions.event()
    return read_event(event, event.number, _github(actions), git.head()) if event.number else None


def _asked_by_files(options: argparse.Namespace, git: Git) -> Asked:
    from handrail.adapters.asked import read_saved

    body = read_anywhere(options.body).decode("utf-8-sig", "replace") if options.body else ""
    reviews = read_anywhere(options.reviews) if options.reviews else None
    return read_saved(body, reviews, options.author, git.head(), options.base or git.upstream())


def _github(actions: Actions) -> GitHub:
    from handrail.adapters.clock import SystemClock
    from handrail.adapters.github import GitHub

    return GitHub(actions.api_url(), actions.repository(), actions.token(), SystemClock())


def _comment(actions: Actions, number: int, text: str) -> None:
    """Keep one comment up to date. A token that may not write is told, and changes no verdict."""
    from handrail.commands.review_shown import write_comment

    try:
        write_comment(_github(actions), number, text)
    except HandrailError as error:
        print(f"handrail: the comment was not written: {error}", file=sys.stderr)


def _standard_input() -> str:
    return sys.stdin.buffer.read().decode("utf-8-sig", "replace")


def _new(options: argparse.Namespace, disk: Disk) -> int:
    from handrail.adapters.clock import SystemClock
    from handrail.adapters.git import Git
    from handrail.adapters.scratch import open_scratch
    from handrail.commands.down_draft import DraftWorld
    from handrail.commands.new_migration import World, new_migration

    if bool(options.name) == bool(options.path):
        hint = "For example: handrail new add_notes"
        raise HandrailError("new takes a name, or --for and a migration", hint)
    world = World(DraftWorld(disk, open_scratch), Git(disk.root), SystemClock())
    path = disk.inside(options.path) if options.path else ""
    return show(new_migration(world, options.name, path))


def _schema(options: argparse.Namespace, _: Disk) -> int:
    from handrail.commands.schema import schema

    return show(schema(Resources(), options.name))


def _schema_report(options: argparse.Namespace, disk: Disk) -> int:
    from handrail.adapters.scratch import open_scratch
    from handrail.adapters.sqlite_file import SqliteFile
    from handrail.commands.schema_report import Openers, schema_report

    def opened(path: str) -> SqliteFile:
        return SqliteFile(os.path.join(disk.root, path))

    return show(schema_report(disk, Openers(opened, open_scratch), options.path, options.format))


def _init(options: argparse.Namespace, disk: Disk) -> int:
    from handrail.adapters.git import Git
    from handrail.commands.init import init

    place = os.path.join(disk.root, options.dir)
    try:
        os.makedirs(place, exist_ok=True)
    except OSError as error:
        raise HandrailError(
            f"{options.dir}: {(error.strerror or str(error)).lower()}", "Name another folder."
        ) from None
    return show(init(Disk(place), Git(place), Resources()))


def _drill(options: argparse.Namespace, disk: Disk) -> int:
    from handrail.wiring_databases import run_drill

    return run_drill(options, disk)


def _rehearse(options: argparse.Namespace, disk: Disk) -> int:
    from handrail.wiring_databases import run_rehearse

    return run_rehearse(options, disk)


def _deploy_check(options: argparse.Namespace, disk: Disk) -> int:
    from handrail.wiring_databases import run_deploy_check

    return run_deploy_check(options, disk)


def _backup_take(options: argparse.Namespace, disk: Disk) -> int:
    from handrail.wiring_databases import run_backup_take

    return run_backup_take(options, disk)


def _backup_verify(options: argparse.Namespace, disk: Disk) -> int:
    from handrail.wiring_databases import run_backup_verify

    return run_backup_verify(options, disk)


_COMMANDS: Mapping[str, Callable[[argparse.Namespace, Disk], int]] = {
    "backup take": _backup_take,
    "backup verify": _backup_verify,
    "check": _check,
    "classify": _classify,
    "deploy-check": _deploy_check,
    "diff": _diff,
    "drill": _drill,
    "explain": _explain,
    "init": _init,
    "new": _new,
    "pr-body": _pr_body,
    "rehearse": _rehearse,
    "render": _render,
    "review": _review,
    "schema": _schema,
    "schema-report": _schema_report,
    "validate": _validate,
}
