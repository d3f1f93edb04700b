"""Arguments -> one command -> exit code. Builds the adapters; the one error handler."""

from __future__ import annotations

import os
import sys

from handrail import __version__
from handrail.adapters.disk import Disk
from handrail.adapters.resources import Resources
from handrail.core.errors import HandrailError

TYPE_CHECKING = False  # typing's constant of that name, without loading typing
if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from handrail.commands.outcome import Outcome

FINE, UNUSABLE, BUG, INTERRUPTED = 0, 2, 3, 130
UNCHANGED = "Nothing changed since the last render. Everything agrees with the policy.\n"


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code.

    0 fine, 1 findings or drift, 2 unusable input or usage, 3 a bug of ours,
    130 interrupted.
    """
    try:
        _accept_all_characters()
        code = FINE if _says_unchanged(arguments) else _dispatch(arguments)
        sys.stdout.flush()  # so that a reader who went away is noticed here
        return code
    except HandrailError as error:
        return _fail(str(error), error.hint)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _abandon_output()  # the reader of a pipe (head, less) went away: no error of ours
        return FINE
    except RecursionError:
        return _fail("the input is nested too deeply")
    except OSError as error:
        _abandon_output()  # a full disk, most likely
        return _fail(f"{error.filename or 'output'}: {(error.strerror or str(error)).lower()}")
    except Exception:
        return _bug()


def _abandon_output() -> None:
    """Send what is still to be printed nowhere: Python would fail with it again at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _accept_all_characters() -> None:
    """Show what the terminal's encoding lacks as an escape, instead of failing."""
    if sys.stdout is None:  # closed by who started us
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115  # lives as long as the process
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _says_unchanged(arguments: Sequence[str]) -> bool:
    """Answer a plain ``check`` of an unchanged repository before anything else is loaded."""
    match list(arguments):
        case ["check"]:
            root = "."
        case ["check", "--root", root]:
            pass
        case _:
            return False
    from handrail.commands.unchanged import is_unchanged

    unchanged = is_unchanged(Disk(root), Resources())
    if unchanged:
        sys.stdout.write(UNCHANGED)
    return unchanged


def _fail(message: str, hint: str = "") -> int:
    print(f"handrail: {message}", file=sys.stderr)
    if hint:
        print(f"    hint: {hint}", file=sys.stderr)
    return UNUSABLE


def _bug() -> int:
    import platform
    import traceback

    traceback.print_exc()
    system = f"Python {platform.python_version()} on {platform.system()}"
    print(f"handrail: this is a bug of Handrail {__version__}, {system}.", file=sys.stderr)
    print("    hint: report it with the lines above, and the command you ran.", file=sys.stderr)
    return BUG


def _dispatch(arguments: Sequence[str]) -> int:
    """Run the chosen command with the adapters it needs. Imports stay with their command."""
    from handrail.arguments import build_parser

    options = build_parser().parse_args(arguments)
    root = os.path.abspath(options.root)
    if not os.path.isdir(root):
        raise HandrailError(f"{options.root} is not a folder", "Point --root at the repository.")
    if options.command not in ("init", "schema"):
        _refuse_below(root)
    run_command = _COMMANDS[options.command]
    return run_command(options, Disk(root))


def _refuse_below(root: str) -> None:
    """Stop in a folder of a repository whose policy lies further up: init would lay down a second one."""
    if os.path.isdir(os.path.join(root, "policies")):
        return
    above = root
    while above != os.path.dirname(above):
        above = os.path.dirname(above)
        if os.path.isfile(os.path.join(above, "policies", "risk-matrix.yaml")):
            place = os.path.relpath(above, root)
            raise HandrailError("there is no policy in this folder", f"It lies further up: --root {place}")


def _validate(options: argparse.Namespace, disk: Disk) -> int:
    from handrail.commands.validate import validate

    return _show(validate(disk), options.format)


def _render(options: argparse.Namespace, disk: Disk) -> int:
    from handrail.adapters.remembered import Remembered
    from handrail.adapters.scratch import open_scratch
    from handrail.commands.render import RenderOptions, render

    if options.watch:
        return _watch(disk, options.format)
    chosen = RenderOptions(only=options.only, dry_run=options.dry_run, overwrite=tuple(options.overwrite))
    with Remembered(disk) as memory:
        outcome = render(disk, Resources(), chosen, memory, open_scratch)
    return _show(outcome, options.format)


def _watch(disk: Disk, form: str) -> int:
    from handrail.adapters.clock import SystemClock
    from handrail.adapters.scratch import open_scratch
    from handrail.commands.watch import watch

    def show(outcome: Outcome) -> None:
        _show(outcome, form)
        sys.stdout.flush()

    watch(disk, disk, Resources(), SystemClock(), show, open_scratch)
    return FINE


def _check(options: argparse.Namespace, disk: Disk) -> int:
    from handrail.commands.outcome import Outcome
    from handrail.commands.unchanged import is_unchanged

    if not options.full and is_unchanged(disk, Resources()):
        return _show(Outcome(code=FINE, text=UNCHANGED), options.format)
    from handrail.adapters.remembered import Remembered
    from handrail.adapters.scratch import open_scratch
    from handrail.commands.check import check

    with Remembered(disk) as memory:
        outcome = check(disk, Resources(), whole_diff=options.diff, memory=memory, scratch=open_scratch)
    return _show(outcome, options.format)


def _diff(options: argparse.Namespace, disk: Disk) -> int:
    from handrail.adapters.git import Git
    from handrail.commands.diff import diff

    return _show(diff(disk, Git(disk.root), options.old, options.new, options.format))


def _explain(options: argparse.Namespace, disk: Disk) -> int:
    from handrail.adapters.remembered import Remembered
    from handrail.commands.explain import explain, list_ids

    if options.list is not None:
        return _show(list_ids(disk, Resources(), options.list))
    if not options.id:
        raise HandrailError("explain what?", "Name an id, or list them: handrail explain --list")
    memory = Remembered(disk).memory  # not kept: a render remembers more than this looks up
    return _show(explain(disk, Resources(), options.id, options.format, memory))


def _classify(options: argparse.Namespace, disk: Disk) -> int:
    from handrail.adapters.cache import UserCache
    from handrail.adapters.clock import SystemClock
    from handrail.adapters.git import Git
    from handrail.adapters.sqlite import SqliteScratch
    from handrail.commands.classify import ClassifyOptions, World, classify
    from handrail.migrations.snapshots import Snapshots

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
    rules = UserCache(f"{disk.root}#rules")
    world = World(disk, Git(disk.root), SystemClock(), SqliteScratch, rules)
    cache = UserCache(f"{disk.root}#histories")
    snapshots = Snapshots(cache.load())
    outcome = classify(world, chosen, snapshots, colour=_colour())
    if snapshots.grown:
        cache.save(snapshots.dump())
    return _show(outcome, "text" if options.format in ("json", "markdown") else options.format)


def _new(options: argparse.Namespace, disk: Disk) -> int:
    from handrail.adapters.clock import SystemClock
    from handrail.adapters.git import Git
    from handrail.adapters.sqlite import SqliteScratch
    from handrail.commands.down_draft import DraftWorld
    from handrail.commands.new_migration import World, new_migration

    if bool(options.name) == bool(options.path):
        raise HandrailError(
            "new takes a name, or --for and a migration", "For example: handrail new add_notes"
        )
    world = World(DraftWorld(disk, SqliteScratch), Git(disk.root), SystemClock())
    path = disk.inside(options.path) if options.path else ""
    return _show(new_migration(world, options.name, path))


def _standard_input() -> str:
    return sys.stdin.buffer.read().decode("utf-8-sig", "replace")


def _schema(options: argparse.Namespace, _: Disk) -> int:
    from handrail.commands.schema import schema

    return _show(schema(Resources(), options.name))


def _schema_report(options: argparse.Namespace, disk: Disk) -> int:
    from handrail.adapters.scratch import open_scratch
    from handrail.adapters.sqlite_file import SqliteFile
    from handrail.commands.schema_report import Openers, schema_report

    def opened(path: str) -> SqliteFile:
        return SqliteFile(os.path.join(disk.root, path))

    return _show(schema_report(disk, Openers(opened, open_scratch), options.path, options.format))


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
    return _show(init(Disk(place), Git(place), Resources()))


_COMMANDS = {
    "check": _check,
    "classify": _classify,
    "diff": _diff,
    "explain": _explain,
    "init": _init,
    "new": _new,
    "render": _render,
    "schema": _schema,
    "schema-report": _schema_report,
    "validate": _validate,
}


def _show(outcome: Outcome, form: str = "text") -> int:
    """Print an outcome: findings in the format asked for, the rest only for people."""
    if form == "text":
        sys.stdout.write(outcome.text)
    if outcome.findings or form != "text":
        from handrail.reporters import report

        sys.stdout.write(report(outcome.findings, form, colour=_colour()))
    return outcome.code


def _colour() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
