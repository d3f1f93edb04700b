"""What every command's wiring needs: how results are printed, what is remembered."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager

TYPE_CHECKING = False  # typing's constant of that name, without loading typing
if TYPE_CHECKING:
    from collections.abc import Iterator

    from handrail.adapters.disk import Disk
    from handrail.commands.classify import World
    from handrail.commands.outcome import Outcome
    from handrail.migrations.snapshots import Snapshots

FINE = 0


@contextmanager
def remembered_histories(disk: Disk, kept: str = "rules") -> Iterator[tuple[World, Snapshots]]:
    """Yield what reads migrations, and the pictures of histories that are kept for the next run.

    ``kept`` says what the command keeps of the policy.
    """
    from handrail.adapters.cache import UserCache
    from handrail.adapters.clock import SystemClock
    from handrail.adapters.git import Git
    from handrail.adapters.scratch import open_scratch
    from handrail.commands.classify import World
    from handrail.migrations.snapshots import Snapshots

    cache = UserCache(f"{disk.root}#histories")
    snapshots = Snapshots(cache.load())
    rules = UserCache(f"{disk.root}#{kept}")
    yield World(disk, Git(disk.root), SystemClock(), open_scratch, rules), snapshots
    if snapshots.grown:
        cache.save(snapshots.dump())


def show(outcome: Outcome, form: str = "text") -> int:
    """Print an outcome: findings in the format asked for, the rest only for people."""
    if form == "text":
        _print(outcome.text)
    if outcome.findings or form != "text":
        from handrail.reporters import report

        _print(report(outcome.findings, form, colour=colour()), form)
    return outcome.code


def show_own(outcome: Outcome, form: str) -> int:
    """Print an outcome whose text is in the format asked for, where that is a text."""
    if form not in ("json", "markdown"):
        return show(outcome, form)
    _print(outcome.text, form)
    return outcome.code


def _print(text: str, form: str = "text") -> None:
    """Print. In a workflow nothing that we quote becomes a command of GitHub Actions."""
    if os.environ.get("GITHUB_ACTIONS") == "true" and form != "github":
        from handrail.core.shown import defused

        text = defused(text, json=form in ("json", "sarif"))
    sys.stdout.write(text)


def colour() -> bool:
    """Tell whether standard output takes colour."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
