"""The commands that run something on a database, with the adapters that they need."""

from __future__ import annotations

import os
import signal
import time
from contextlib import contextmanager
from functools import partial

from handrail.adapters.clock import SystemClock, clock_at
from handrail.wiring_shared import colour, remembered_histories, show_own

TYPE_CHECKING = False  # typing's constant of that name, without loading typing
if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from handrail.adapters.disk import Disk
    from handrail.adapters.progress import Progress
    from handrail.commands.backup_world import BackupWorld
    from handrail.commands.classify import World
    from handrail.commands.deploy_check import DeployWorld
    from handrail.core.database import Origin

DATABASE = "HANDRAIL_DATABASE_URL"


def run_rehearse(options: argparse.Namespace, disk: Disk) -> int:
    """Run ``handrail rehearse``."""
    from handrail.adapters.workshops import open_workshop
    from handrail.commands.rehearse import RehearsalWorld, RehearseOptions, rehearse
    from handrail.commands.rehearse_shown import show_rehearsal, write_evidence

    asked = tuple(_inside(disk, each) for each in options.migrations)
    chosen = RehearseOptions(
        asked, options.database or os.environ.get(DATABASE, ""), options.seed, options.rows
    )
    with long_work() as progress, remembered_histories(disk, "policy") as (world, snapshots):
        tools = RehearsalWorld(
            world,
            lambda dialect, database, version: open_workshop(dialect, database, progress, version),
            progress,
            time.perf_counter,
        )
        rehearsal = rehearse(tools, chosen, snapshots)
    origin = _told(options, rehearsal.origin) if chosen.database else rehearsal.origin
    written = () if options.no_evidence else write_evidence(disk, rehearsal, origin, SystemClock().now())
    return show_own(
        show_rehearsal(rehearsal, origin, written, options.format, colour=colour()), options.format
    )


def run_backup_take(options: argparse.Namespace, disk: Disk) -> int:
    """Run ``handrail backup take``."""
    from handrail.commands.backup_shown import show_taken
    from handrail.commands.backup_take import FOLDER, TakeOptions, take

    database = options.database or os.environ.get(DATABASE, "")
    folder = os.path.relpath(os.path.join(disk.root, FOLDER))
    with _backups(disk) as world:
        taken = take(world, TakeOptions(database, options.output, folder, options.data or "seeded"))
    return show_own(show_taken(taken, options.format, colour=colour()), options.format)


def run_backup_verify(options: argparse.Namespace, disk: Disk) -> int:
    """Run ``handrail backup verify``."""
    from handrail.commands.backup_shown import show_verified, write_backup_evidence
    from handrail.commands.backup_verify import VerifyOptions, verify

    database = options.database or os.environ.get(DATABASE, "")
    asked = tuple(_inside(disk, each) for each in options.migrations)
    with _backups(disk) as world, remembered_histories(disk) as (reading, _):
        verified = verify(world, VerifyOptions(options.file, database, options.data))
        written: tuple[str, ...] = ()
        if not options.no_evidence:
            written = write_backup_evidence(reading, verified, asked, world.clock.now())
    return show_own(show_verified(verified, written, options.format, colour=colour()), options.format)


@contextmanager
def _backups(disk: Disk) -> Iterator[BackupWorld]:
    from handrail.adapters.backup_files import DiskBackups
    from handrail.adapters.workshops import open_workshop
    from handrail.commands.backup_world import BackupWorld

    with long_work() as progress:
        yield BackupWorld(
            disk,
            DiskBackups(progress),
            lambda dialect, database: open_workshop(dialect, database, progress),
            progress,
            SystemClock(),
            time.perf_counter,
        )


def run_drill(options: argparse.Namespace, disk: Disk) -> int:
    """Run ``handrail drill``."""
    from handrail.adapters.grounds import open_grounds
    from handrail.commands.drill import DrillOptions, DrillWorld, drill
    from handrail.commands.drill_shown import show_drills, write_evidence
    from handrail.commands.rehearsal_base import ran_of
    from handrail.commands.validate import usable_policy

    chosen = DrillOptions(
        options.runbook, options.fault, options.engine or "", options.database, options.seconds
    )
    with long_work() as progress, remembered_histories(disk, "policy") as (world, snapshots):
        tools = DrillWorld(world, progress, partial(open_grounds, progress=progress))
        asked = tuple(_inside(disk, each) for each in options.migrations)
        migrations = ran_of(world, usable_policy(disk), asked)
        drilled = drill(tools, chosen, snapshots)
    if chosen.database:
        drilled = drilled._replace(origin=_told(options, drilled.origin))
    now = SystemClock().now()
    written = () if options.no_evidence else write_evidence(disk, drilled, now, migrations)
    steps = bool(options.runbook)
    return show_own(
        show_drills(drilled, written, options.format, colour=colour(), steps=steps), options.format
    )


def run_deploy_check(options: argparse.Namespace, disk: Disk) -> int:
    """Run ``handrail deploy-check``."""
    from handrail.adapters.actions import Actions
    from handrail.commands.deploy_check import DeployOptions, deploy_check
    from handrail.commands.deploy_shown import show_deploy
    from handrail.commands.outcome import Outcome
    from handrail.commands.review import code_of

    chosen = DeployOptions(tuple(options.migrations), options.base, tuple(options.later))
    clock = clock_at(options.at) if options.at else SystemClock()
    database = options.database or os.environ.get(DATABASE, "")
    with (
        remembered_histories(disk, "policy") as (world, snapshots),
        _deploy_world(world._replace(clock=clock), database) as ports,
    ):
        decision = deploy_check(ports, chosen, snapshots)
    actions = Actions(os.environ)
    if actions.is_running():
        actions.write_summary(show_deploy(decision, "markdown").text)
    shown = show_deploy(decision, options.format, colour=colour())
    return show_own(Outcome(code=code_of(decision), text=shown.text, findings=shown.findings), options.format)


@contextmanager
def _deploy_world(world: World, database: str) -> Iterator[DeployWorld]:
    """Yield the ports of a deploy; '' is no database."""
    from handrail.adapters.clock import local_time
    from handrail.adapters.read_only import open_read_only
    from handrail.commands.deploy_check import DeployWorld
    from handrail.commands.runner_history import Live

    if not database:
        yield DeployWorld(world, None, local_time)
        return
    with open_read_only(database) as (engine, opened):
        yield DeployWorld(world, Live(engine, opened), local_time)


def _told(options: argparse.Namespace, origin: Origin) -> Origin:
    """Return where rows come from, with what only the user knows: whose they are, and since when."""
    return origin._replace(data=options.data, taken_at=options.taken or origin.taken_at)


@contextmanager
def long_work() -> Iterator[Progress]:
    """Yield what tells how far work is. However it ends, what it made is cleaned up, and the line is gone."""
    from handrail.adapters.progress import Progress

    progress = Progress()
    with interruptible():
        try:
            yield progress
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
