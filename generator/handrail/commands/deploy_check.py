"""handrail deploy-check: may the pending migrations be deployed now?"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import NamedTuple

from handrail.artefacts.catalogue import ARTEFACTS
from handrail.commands.classify import ClassifyOptions, World, judge
from handrail.commands.evidence_files import read_evidence_files
from handrail.commands.runner_history import Live, read_applied
from handrail.commands.since import compare_with_base
from handrail.commands.validate import usable_policy
from handrail.core.errors import HandrailError
from handrail.core.suggest import did_you_mean
from handrail.migrations.applied import Standing, compare_applied
from handrail.migrations.histories import Histories, Migration, read_migrations
from handrail.migrations.layouts import SUFFIXES
from handrail.migrations.operations import Operation
from handrail.migrations.snapshots import Snapshots
from handrail.policy.model import Policy
from handrail.policy.projection import files_address
from handrail.review.case import Decision
from handrail.review.deploy import Asked, decide_deploy, known_items
from handrail.review.deploy_case import Deployment, Held
from handrail.review.windows import window_of
from handrail.risk.levels import Levels
from handrail.risk.verdict import Verdict


class DeployOptions(NamedTuple):
    """What is to be deployed: ``names`` of migrations, or what is new since ``base``; else what is pending.

    ``later`` are ids of items that are not asked now.
    """

    names: tuple[str, ...] = ()
    base: str = ""
    later: tuple[str, ...] = ()


class DeployWorld(NamedTuple):
    """The ports of the command. ``world`` has the clock of the deploy.

    ``live`` is the database, None where none was named; ``local_time`` turns a
    UTC time into that of a time zone (2026-11-24T10:30), '' for an unknown zone.
    """

    world: World
    live: Live | None
    local_time: Callable[[str, str], str]


def deploy_check(ports: DeployWorld, options: DeployOptions, snapshots: Snapshots) -> Decision:
    """Return the gate's answer on a deploy of the work tree. The database is only read.

    Raises ``HandrailError`` when something cannot be read, or when nobody says
    what is to be deployed: no answer is no green light.
    """
    policy = usable_policy(ports.world.files)
    unknown = [each for each in options.later if each not in known_items(policy)]
    if unknown:
        known = tuple(known_items(policy))
        hint = did_you_mean(unknown[0], known) or f"There are {', '.join(known)}."
        raise HandrailError(f"no checklist of a deploy has an item '{unknown[0]}'", hint)
    if ports.live is None and not (options.names or options.base):
        hint = (
            "Name the database (--database), the migrations (--migrations), or what production has (--base)."
        )
        raise HandrailError("which migrations are to be deployed?", hint)
    deployment = _read(ports, policy, options, snapshots)
    return decide_deploy(deployment, _pages(policy), options.later)


class _Chosen(NamedTuple):
    """What a deploy brings, and how that is known."""

    migrations: tuple[Migration, ...]
    pending: tuple[str, ...]
    named: tuple[str, ...] | None
    changed_past: tuple[str, ...]
    held: Held | None
    rolled_back: tuple[str, ...]


def _read(ports: DeployWorld, policy: Policy, options: DeployOptions, snapshots: Snapshots) -> Deployment:
    world = ports.world
    histories = _histories(world, policy)
    chosen = _choose(ports, policy, options, histories)
    verdict = _verdict(world, policy, chosen.migrations, snapshots)
    level = verdict.level if chosen.migrations else ""
    now = world.clock.now()
    booked = window_of(policy, level) if level else None
    return Deployment(
        policy=policy,
        verdict=verdict,
        level=level,
        digests={each.name: sha256(world.files.read(each.path)).hexdigest() for each in chosen.migrations},
        evidence=read_evidence_files(world.files, policy.database.paths.evidence),
        now=now,
        here=ports.local_time(now, booked.time_zone) if booked else "",
        held=chosen.held,
        pending=chosen.pending,
        named=chosen.named,
        changed_past=chosen.changed_past,
        rolled_back=chosen.rolled_back,
    )


def _histories(world: World, policy: Policy) -> Histories:
    """Return the migrations that the policy's first engine runs, in their order."""
    engine = policy.database.databases[0].engine if policy.database.databases else None
    home = policy.database.paths.migrations
    there = world.files.find(home, SUFFIXES) if world.files.is_folder(home) else ()
    return read_migrations(there, world.files.read, None, engine)


def _verdict(world: World, policy: Policy, chosen: Sequence[Migration], snapshots: Snapshots) -> Verdict:
    if not chosen:
        return Verdict(Levels(policy).order[0], ())
    return judge(world, policy, ClassifyOptions(paths=tuple(each.path for each in chosen)), snapshots)


def _choose(ports: DeployWorld, policy: Policy, options: DeployOptions, histories: Histories) -> _Chosen:
    named, past = _named(ports.world, policy, options, histories)
    if ports.live is None:
        return _Chosen(named or (), (), _names(named), past, None, ())
    standing, held = _standing(ports.world, ports.live, histories)
    both = {each.path for each in (*standing.pending, *(named or ()))}
    brought = tuple(each for each in histories.migrations if each.path in both)
    pending = tuple(each.name for each in standing.pending)
    return _Chosen(brought, pending, _names(named), past, held, standing.rolled_back)


def _names(migrations: Sequence[Migration] | None) -> tuple[str, ...] | None:
    return None if migrations is None else tuple(each.name for each in migrations)


def _named(
    world: World, policy: Policy, options: DeployOptions, histories: Histories
) -> tuple[tuple[Migration, ...] | None, tuple[str, ...]]:
    """Return the migrations that somebody asked for (None: nobody did), and what was done to older ones."""
    if not (options.names or options.base):
        return None, ()
    here = {each.name: each for each in histories.migrations}
    for name in options.names:
        if name not in here:
            hint = did_you_mean(name, here) or f"They lie in {policy.database.paths.migrations}."
            raise HandrailError(f"there is no migration '{name}'", hint)
    wanted = {here[name].path for name in options.names}
    past: tuple[str, ...] = ()
    if options.base:
        paths = [each.path for each in histories.migrations]
        home = policy.database.paths.migrations
        since = compare_with_base(world.repository, options.base, histories, paths, home=home)
        wanted |= since.new
        past = tuple(_in_words(since.operations))
    return tuple(each for each in histories.migrations if each.path in wanted), past


def _in_words(operations: Mapping[str, Sequence[Operation]]) -> Iterator[str]:
    """Yield what was done to migrations that were there before."""
    for found in operations.values():
        yield from (" ".join(each.facts) for each in found)


def _standing(world: World, live: Live, histories: Histories) -> tuple[Standing, Held]:
    """Return where a database stands, and what it says of itself."""
    seen = read_applied(live)
    mine = [each for each in histories.migrations if each.dialect == live.engine]
    if histories.migrations and not mine:
        return Standing((), ()), Held(live.engine, seen.version, "", (), "of another engine")
    if seen.ledger is None:
        trouble = Held(live.engine, seen.version, "", (), "" if seen.is_empty else "no history")
        return Standing(tuple(mine) if seen.is_empty else (), ()), trouble
    standing = compare_applied(seen.ledger, mine, world.files.read)
    return standing, Held(live.engine, seen.version, seen.ledger.table, standing.differences)


def _pages(policy: Policy) -> Callable[[Asked], str]:
    """Return what finds the handbook's place of an item."""
    path = next(each.path for each in ARTEFACTS if each.id == "checklist")
    skipped = "checklist" in policy.artefacts.skip
    address = files_address(policy)

    def page(asked: Asked) -> str:
        return "" if skipped else f"{address}/{path.format(id=asked.checklist.id)}#{asked.item.id}"

    return page
