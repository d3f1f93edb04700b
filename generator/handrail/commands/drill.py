"""handrail drill: the policy's runbooks are followed on a scratch database that was broken on purpose."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import NamedTuple

from handrail.commands.classify import World
from handrail.commands.drill_base import Base, make_base
from handrail.commands.drill_run import Setting, run_drill
from handrail.commands.validate import usable_policy
from handrail.core.database import Origin
from handrail.core.errors import HandrailError
from handrail.migrations.snapshots import Snapshots
from handrail.policy.model import Policy
from handrail.ports import Files, Progress
from handrail.rehearsal.drill.ground import Grounds
from handrail.rehearsal.drill.judge import Judgement
from handrail.rehearsal.drill.plan import Drill, plan_drills

ENGINES = ("sqlite", "postgresql")
SECONDS = 300
"""How long one command of a runbook may take."""


class DrillOptions(NamedTuple):
    """What to drill. ``runbook`` '' for all; ``fault`` '' for all of its faults.

    ``engine`` is '' for that of production; ``database`` a file or an address to copy, '' for rows
    of our own; ``seconds`` is how long one command may take.
    """

    runbook: str = ""
    fault: str = ""
    engine: str = ""
    database: str = ""
    seconds: float = SECONDS


class DrillWorld(NamedTuple):
    """The ports of the command.

    ``open_grounds`` takes an engine, the database to copy or '', and the version of production or ''.
    """

    reading: World
    progress: Progress
    open_grounds: Callable[[str, str, str], AbstractContextManager[Grounds]]


class Drilled(NamedTuple):
    """What came out: judgements in order, and what they were made on."""

    judgements: tuple[Judgement, ...]
    origin: Origin
    engine: str
    version: str

    @property
    def passed(self) -> bool:
        """Tell whether every runbook is right."""
        return all(each.passed for each in self.judgements)


def drill(world: DrillWorld, options: DrillOptions, snapshots: Snapshots) -> Drilled:
    """Drill runbooks. Raises ``HandrailError`` when there is no such runbook, engine or database."""
    policy = usable_policy(world.reading.files)
    engine = options.engine or _engine(policy, options.database)
    if engine not in ENGINES:
        raise HandrailError(f"no drill on {engine}", f"Drills run on: {', '.join(ENGINES)} (--engine).")
    drills = plan_drills(policy, options.runbook, options.fault, engine)
    version = next((each.version for each in policy.database.databases if each.engine == engine), "")
    with world.open_grounds(engine, options.database, version) as grounds:
        world.progress.say("making the database of the drill")
        base = make_base(grounds, world.reading, policy, snapshots)
        setting = _setting(world, policy, options, engine)
        judged = tuple(_drill(each, grounds, base, setting) for each in drills)
        return Drilled(judged, base.origin, grounds.engine, grounds.version)


def _engine(policy: Policy, database: str) -> str:
    if "://" in database:
        return "postgresql" if database.startswith("postgres") else database.partition(":")[0]
    if database:
        return "sqlite"
    return policy.database.databases[0].engine if policy.database.databases else "sqlite"


def _setting(world: DrillWorld, policy: Policy, options: DrillOptions, engine: str) -> Setting:
    paths, files = policy.database.paths, world.reading.files
    digits = "".join(filter(str.isdecimal, world.reading.clock.now()))
    return Setting(
        engine=engine,
        orm=policy.database.orm,
        folder=paths.migrations,
        up=paths.up.replace("*", "migration"),
        down=paths.down.replace("*", "migration"),
        suspect=f"{digits}_drill",
        files={path: files.read(path) for path in _laid(files)},
        seconds=options.seconds,
        tell=world.progress.say,
    )


def _laid(files: Files) -> Iterator[str]:
    """Yield the files that lie where a runbook is followed: a policy for ``handrail render`` to read."""
    yield from files.find("policies", (".yaml", ".yml"))
    yield from files.find("templates", (".j2",))
    if files.exists("mkdocs.yml"):
        yield "mkdocs.yml"


def _drill(drill: Drill, grounds: Grounds, base: Base, setting: Setting) -> Judgement:
    """Do one drill; a fault that cannot be made is a drill that is not passed."""
    setting.tell(drill.name)
    try:
        with grounds.open(base.database) as ground:
            return run_drill(ground, drill, setting)
    except HandrailError as error:
        return Judgement(drill, (), 0, (str(error),))
