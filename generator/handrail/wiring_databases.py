"""The commands that run something on a database, with the adapters that they need."""

from __future__ import annotations

import os
import signal
import time
from contextlib import contextmanager

from handrail.adapters.clock import SystemClock
from handrail.wiring_shared import colour, remembered_histories, show_own

TYPE_CHECKING = False  # typing's constant of that name, without loading typing
if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from handrail.adapters.disk import Disk
    from handrail.commands.backup_world import BackupWorld

DATABASE = "HANDRAIL_DATABASE_URL"


def run_rehearse(options: argparse.Namespace, disk: Disk) -> int:
    """Run ``handrail rehearse``."""
    from handrail.adapters.progress import Progress
    from handrail.adapters.workshops import open_workshop
    from handrail.commands.rehearse import RehearsalWorld, RehearseOptions, rehearse
    from handrail.commands.rehearse_shown import show_rehearsal, write_evidence

    progress, clock = Progress(), SystemClock()
    asked = tuple(_inside(disk, each) for each in options.migrations)
    chosen = RehearseOptions(
        asked, options.database or os.environ.get(DATABASE, ""), options.seed, options.rows
    )
    with interruptible(), remembered_histories(disk, "policy") as (world, snapshots):
        tools = RehearsalWorld(
            world,
            lambda dialect, database: open_workshop(dialect, database, progress),
            progress,
            time.perf_counter,
        )
        try:
            rehearsal = rehearse(tools, chosen, snapshots)
        finally:
            progress.end()
    origin = rehearsal.origin
    if chosen.database:
        origin = origin._replace(data=options.data, taken_at=options.taken or origin.taken_at)
    written = () if options.no_evidence else write_evidence(disk, rehearsal, origin, clock.now())
    return show_own(
        show_rehearsal(rehearsal, origin, written, options.format, colour=colour()), options.format
    )


def run_backup_take(options: argparse.Namespace, disk: Disk) -> int:
    """Run ``handrail backup take``."""
    from handrail.commands.backup_shown import show_taken
    from handrail.commands.backup_take import FOLDER, TakeOptions, take

    database = options.database or os.environ.get(DATABASE, "")
    folder = os.path.relpath(os.path.join(disk.root, FOLDER))
    with interruptible(), _backups(disk) as world:
        taken = take(world, TakeOptions(database, options.output, folder, options.data or "seeded"))
    return show_own(show_taken(taken, options.format, colour=colour()), options.format)


def run_backup_verify(options: argparse.Namespace, disk: Disk) -> int:
    """Run ``handrail backup verify``."""
    from handrail.commands.backup_shown import show_verified, write_backup_evidence
    from handrail.commands.backup_verify import VerifyOptions, verify

    database = options.database or os.environ.get(DATABASE, "")
    asked = tuple(_inside(disk, each) for each in options.migrations)
    with interruptible(), _backups(disk) as world, remembered_histories(disk) as (reading, _):
        verified = verify(world, VerifyOptions(options.file, database, options.data))
        written: tuple[str, ...] = ()
        if not options.no_evidence:
            written = write_backup_evidence(reading, verified, asked, world.clock.now())
    return show_own(show_verified(verified, written, options.format, colour=colour()), options.format)


@contextmanager
def _backups(disk: Disk) -> Iterator[BackupWorld]:
    from handrail.adapters.backup_files import DiskBackups
    from handrail.adapters.progress import Progress
    from handrail.adapters.workshops import open_workshop
    from handrail.commands.backup_world import BackupWorld

    progress = Progress()
    try:
        yield BackupWorld(
            disk,
            DiskBackups(progress),
            lambda dialect, database: open_workshop(dialect, database, progress),
            progress,
            SystemClock(),
            time.perf_counter,
        )
    finally:
        progress.end()


@contextmanager
def interruptible() -> Iterator[None]:
    """Let the end that others bring about (SIGTERM, a closed terminal) clean up as Ctrl-C does."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    signals = [each for each in (getattr(signal, "SIGTERM", None), getattr(signal, "SIGHUP", None)) if each]
    before = [(each, signal.signal(each, interrupt)) for each in signals]
    try:
        yield
    finally:
        for each, handler in before:
            signal.signal(each, handler)


def _inside(disk: Disk, text: str) -> str:
    """Return a path as the repository names it; a name stays a name."""
    return disk.inside(text) if os.path.exists(text) else text
