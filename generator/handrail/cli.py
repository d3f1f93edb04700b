"""Arguments -> one command -> exit code. Builds the adapters; the one error handler."""

import argparse
import os
import sys
from collections.abc import Sequence

from handrail import __version__
from handrail.adapters.disk import Disk
from handrail.arguments import build_parser
from handrail.commands.outcome import FINE, UNUSABLE, Outcome
from handrail.core.errors import HandrailError

BUG, INTERRUPTED = 3, 130


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code.

    0 fine, 1 findings or drift, 2 unusable input or usage, 3 a bug of ours,
    130 interrupted.
    """
    try:
        options = build_parser().parse_args(arguments)
        return _dispatch(options)
    except HandrailError as error:
        return _fail(str(error), error.hint)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of a pipe (head, less) went away: no error of ours.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    except RecursionError:
        return _fail("the input is nested too deeply")
    except Exception:
        return _bug()


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


def _dispatch(options: argparse.Namespace) -> int:
    """Run the chosen command with the adapters it needs. Imports stay with their command."""
    root = os.path.abspath(options.root)
    if not os.path.isdir(root):
        raise HandrailError(f"{options.root} is not a folder", "Point --root at the repository.")
    run_command = _COMMANDS[options.command]
    return run_command(options, Disk(root))


def _validate(options: argparse.Namespace, disk: Disk) -> int:
    from handrail.commands.validate import validate

    return _show(validate(disk), options.format)


def _render(options: argparse.Namespace, disk: Disk) -> int:
    from handrail.adapters.resources import Resources
    from handrail.commands.render import RenderOptions, render

    if options.watch:
        return _watch(disk, options.format)
    chosen = RenderOptions(only=options.only, dry_run=options.dry_run, overwrite=tuple(options.overwrite))
    return _show(render(disk, Resources(), chosen), options.format)


def _watch(disk: Disk, form: str) -> int:
    from handrail.adapters.clock import SystemClock
    from handrail.adapters.resources import Resources
    from handrail.commands.watch import watch

    def show(outcome: Outcome) -> None:
        _show(outcome, form)
        sys.stdout.flush()

    watch(disk, disk, Resources(), SystemClock(), show)
    return FINE


def _check(options: argparse.Namespace, disk: Disk) -> int:
    from handrail.commands.unchanged import is_unchanged

    if not options.full and is_unchanged(disk):
        print("Nothing changed since the last render. Everything agrees with the policy.")
        return FINE
    from handrail.adapters.resources import Resources
    from handrail.commands.check import check

    return _show(check(disk, Resources(), whole_diff=options.diff), options.format)


def _diff(options: argparse.Namespace, disk: Disk) -> int:
    from handrail.adapters.git import Git
    from handrail.commands.diff import diff

    return _show(diff(disk, Git(disk.root), options.old, options.new, options.format))


def _explain(options: argparse.Namespace, disk: Disk) -> int:
    from handrail.adapters.resources import Resources
    from handrail.commands.explain import explain, list_ids

    if options.list is not None:
        return _show(list_ids(disk, Resources(), options.list))
    if not options.id:
        raise HandrailError("explain what?", "Name an id, or list them: handrail explain --list")
    return _show(explain(disk, Resources(), options.id, options.format))


def _schema(options: argparse.Namespace, _: Disk) -> int:
    from handrail.commands.schema import schema

    return _show(schema(options.name))


def _init(options: argparse.Namespace, disk: Disk) -> int:
    from handrail.adapters.git import Git
    from handrail.adapters.resources import Resources
    from handrail.commands.init import init

    place = os.path.join(disk.root, options.dir)
    os.makedirs(place, exist_ok=True)
    return _show(init(Disk(place), Git(place), Resources()))


_COMMANDS = {
    "check": _check,
    "diff": _diff,
    "explain": _explain,
    "init": _init,
    "render": _render,
    "schema": _schema,
    "validate": _validate,
}


def _show(outcome: Outcome, form: str = "text") -> int:
    """Print an outcome: findings in the format asked for, the rest only for people."""
    if outcome.text and form in ("text", "markdown", "json") and not (outcome.findings and form == "json"):
        sys.stdout.write(outcome.text)
    if outcome.findings or form in ("github", "sarif"):
        from handrail.reporters import report

        sys.stdout.write(report(outcome.findings, form, colour=_colour()))
    return outcome.code


def _colour() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
