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
    from collections.abc import Sequence

FINE, UNUSABLE, BUG, INTERRUPTED = 0, 2, 3, 130


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
    from handrail.commands.unchanged import UNCHANGED, is_unchanged

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
    """Run the chosen command."""
    from handrail.arguments import build_parser
    from handrail.wiring import run_command

    options = build_parser().parse_args(arguments)
    root = os.path.abspath(options.root)
    if not os.path.isdir(root):
        raise HandrailError(f"{options.root} is not a folder", "Point --root at the repository.")
    if options.command not in ("init", "schema"):
        _refuse_below(root)
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
