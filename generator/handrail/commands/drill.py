"""handrail drill: the policy's runbooks are followed on a scratch database that was broken on purpose."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from hashlib import sha256
from typing import NamedTuple

from handrail.commands.drill_base import Base, make_base
from handrail.commands.drill_run import Setting, run_drill
from handrail.commands.validate import policy_paths, read_policy
from handrail.core.database import Origin
from handrail.core.errors import HandrailError
from handrail.policy.model import Policy
from handrail.policy.runbook_digest import runbook_digest
from handrail.ports import Clock, Files, Progress
from handrail.rehearsal.drill_judge import Judgement
from handrail.rehearsal.drill_plan import Drill, evidence_about, plan_drills
from handrail.rehearsal.evidence import Evidence, RunbookRun, dump_evidence, name_of
from handrail.rehearsal.faults import title_of
from handrail.rehearsal.ground import Grounds

ENGINES = ("sqlite", "postgresql")
SECONDS = 300
"""How long one command of a runbook may take."""


class DrillOptions(NamedTuple):
    """What to drill. ``runbook`` '' for all; ``fault`` '' for all of its faults.

    ``engine`` is '' for that of production; ``database`` a file or an address to copy, '' for own rows.
    """

    runbook: str = ""
    fault: str = ""
    engine: str = ""
    database: str = ""
    evidence: bool = True
    seconds: float = SECONDS


class DrillWorld(NamedTuple):
    """The ports of the command. ``grounds`` takes an engine, and the database to copy or ''."""

    files: Files
    clock: Clock
    progress: Progress
    grounds: Callable[[str, str], AbstractContextManager[Grounds]]


class Drilled(NamedTuple):
    """What came out: judgements in order, each with the path of its evidence, '' where none was written."""

    judgements: tuple[Judgement, ...]
    evidence: tuple[str, ...]
    origin: Origin
    engine: str
    version: str

    @property
    def passed(self) -> bool:
        """Tell whether every runbook is right."""
        return all(each.passed for each in self.judgements)


def drill(world: DrillWorld, options: DrillOptions) -> Drilled:
    """Drill runbooks, and write evidence of each drill.

    Raises ``HandrailError`` when the policy cannot be read, or there is no such runbook, engine or database.
    """
    policy = read_policy(world.files).policy
    if policy is None:
        raise HandrailError("the policy cannot be read", "Look at it with: handrail validate")
    engine = options.engine or _engine(policy, options.database)
    if engine not in ENGINES:
        raise HandrailError(f"no drill on {engine}", f"Drills run on: {', '.join(ENGINES)} (--engine).")
    drills = plan_drills(policy, options.runbook, options.fault, engine)
    with world.grounds(engine, options.database) as grounds:
        base = make_base(grounds, world.files, world.clock, policy)
        setting = _setting(world, policy, options, engine)
        judged = tuple(_drill(world, each, grounds, base, setting) for each in drills)
        told = Drilled(judged, ("",) * len(judged), base.origin, grounds.engine, grounds.version)
    return told._replace(evidence=tuple(_write(world, policy, told))) if options.evidence else told


def _engine(policy: Policy, database: str) -> str:
    if "://" in database:
        return "postgresql" if database.startswith("postgres") else database.partition(":")[0]
    if database:
        return "sqlite"
    return policy.database.databases[0].engine if policy.database.databases else "sqlite"


def _setting(world: DrillWorld, policy: Policy, options: DrillOptions, engine: str) -> Setting:
    paths = policy.database.paths
    digits = "".join(filter(str.isdecimal, world.clock.now()))
    return Setting(
        engine=engine,
        orm=policy.database.orm,
        folder=paths.migrations,
        up=paths.up.replace("*", "migration"),
        down=paths.down.replace("*", "migration"),
        suspect=f"{digits}_drill",
        files={path: world.files.read(path) for path in _laid(world.files)},
        seconds=options.seconds,
        tell=world.progress.say,
    )


def _laid(files: Files) -> Iterator[str]:
    """Yield the files that lie where a runbook is followed: a policy for ``handrail render`` to read."""
    yield from files.find("policies", (".yaml",))
    yield from files.find("templates", (".j2",))
    if files.exists("mkdocs.yml"):
        yield "mkdocs.yml"


def _drill(world: DrillWorld, drill: Drill, grounds: Grounds, base: Base, setting: Setting) -> Judgement:
    world.progress.say(drill.name)
    try:
        with grounds.open(base.database) as ground:
            return run_drill(ground, drill, setting)
    except HandrailError as error:
        return Judgement(drill, (), 0, (str(error),))


def _write(world: DrillWorld, policy: Policy, drilled: Drilled) -> Iterator[str]:
    """Write the evidence of each drill that was followed, and yield its path."""
    now, digest = world.clock.now(), _digest(world.files)
    for judged in drilled.judgements:
        if not judged.steps:
            yield ""
            continue
        name = name_of("drill", evidence_about(judged.drill), drilled.engine)
        path = f"{policy.database.paths.evidence}/{name}"
        with world.files.locked():
            world.files.write(path, dump_evidence(_evidence(judged, drilled, now, digest)).encode())
        yield path


def _evidence(judged: Judgement, drilled: Drilled, now: str, digest: str) -> Evidence:
    runbook = judged.drill.runbook
    followed = RunbookRun(
        runbook.id,
        runbook_digest(runbook),
        judged.drill.fault,
        judged.drill.minutes,
        tuple(step.as_run() for step in judged.steps),
    )
    return Evidence(
        "drill",
        (),
        judged.passed,
        now,
        judged.seconds,
        drilled.origin,
        drilled.engine,
        drilled.version,
        digest,
        reason=_sentence(judged.reasons),
        tables=judged.tables,
        schema_restored=judged.schema_restored,
        data_restored=judged.data_restored,
        lost=judged.lost,
        runbook=followed,
        details={"fault": title_of(judged.drill.fault)},
    )


def _sentence(reasons: Sequence[str]) -> str:
    return "; ".join(reasons)


def _digest(files: Files) -> str:
    """Return one hash of all files of the policy."""
    total = sha256()
    for path in policy_paths(files):
        total.update(f"{path}\0".encode() + sha256(files.read(path)).digest())
    return total.hexdigest()
