"""One drill: a fault is made, the runbook is followed, and what came out is judged."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from handrail.core.errors import HandrailError
from handrail.core.printed import Printed
from handrail.policy.runbooks import RunbookStep
from handrail.rehearsal.drill.blocks import Block, blocks_of, fill_blanks
from handrail.rehearsal.drill.faults import FAULTS, Breakage, title_of
from handrail.rehearsal.drill.ground import Ground, Terminal
from handrail.rehearsal.drill.judge import BlockRun, Judgement, StepSeen, judge_drill
from handrail.rehearsal.drill.plan import TAKES_OLDER, Drill
from handrail.rehearsal.drill.prisma_history import attempt, effect_of
from handrail.rehearsal.look import Look, look_at

BACKUP, OLDER, CASE = "before-deploy.backup", "older.backup", "case"
TRIES = 30
"""So many ways to cause a fault are tried."""

REFUSED = "the drill did in its place what it does"
NOT_REACHED = "a command before it had not ended"


class Setting(NamedTuple):
    """What all drills of one run share.

    ``folder`` is that of the migrations, ``up`` and ``down`` their file names,
    ``suspect`` the name of the one that went wrong; ``files`` are laid into the
    folder in which the runbook is followed; ``seconds`` is how long a command may take.
    """

    engine: str
    orm: str
    folder: str
    up: str
    down: str
    suspect: str
    files: Mapping[str, bytes]
    seconds: float
    tell: Callable[[str], None]


def run_drill(ground: Ground, drill: Drill, setting: Setting) -> Judgement:
    """Cause the fault, follow the runbook, and judge. ``HandrailError``: the fault cannot be made."""
    return _Run(ground, drill, setting).judgement()


class _Run:
    def __init__(self, ground: Ground, drill: Drill, setting: Setting) -> None:
        self.ground, self.drill, self.setting = ground, drill, setting
        self.before = _seen(ground)
        for path, data in setting.files.items():
            ground.lay(path, data)
        self.hashes = {path: ground.take_backup(path) for path in self._backups()}

    def _backups(self) -> tuple[str, ...]:
        return (OLDER, BACKUP) if self.drill.fault == TAKES_OLDER else (BACKUP,)

    def judgement(self) -> Judgement:
        """Do it all."""
        broken = self._break()
        given_up: tuple[StepSeen, ...] = ()
        steps = tuple(self._follow(broken, BACKUP, leaving=self.drill.fault == TAKES_OLDER))
        if steps[-1].shows and self.drill.fault == TAKES_OLDER:
            given_up = steps
            steps = tuple(self._follow(broken, OLDER))
        after = _seen_or_none(self.ground) if self.drill.repairs else None
        return judge_drill(self.drill, steps, self.before, after, given_up)

    def _break(self) -> Breakage:
        """Cause the fault in the first way that works, and leave the migration that did it."""
        if not self.drill.fault:
            first = next(FAULTS["damaged-file"].ways(self.before, self.setting.engine), None)
            broken = first or Breakage("sqlite_master", ("name",))
        else:
            broken = self._broken(FAULTS[self.drill.fault].ways(self.before, self.setting.engine))
        for name, statements in ((self.setting.up, broken.up), (self.setting.down, broken.down)):
            text = "\n".join(statements) or "-- Nothing to do."
            self.ground.lay(f"{self.setting.folder}/{self.setting.suspect}/{name}", f"{text}\n".encode())
        if self.drill.fault == TAKES_OLDER:
            self.ground.damage_backup(BACKUP)
        return broken

    def _broken(self, ways: Iterator[Breakage]) -> Breakage:
        said = "it has no table with rows, or no column that can be spoiled"
        for way in islice(ways, TRIES):
            error = self._cause(way)
            if not error:
                return way
            said = error
        raise HandrailError(f"{title_of(self.drill.fault)}: this database cannot be broken so: {said}")

    def _cause(self, way: Breakage) -> str:
        """Cause the fault in one way; return '' or why that did not work."""
        if not way.up:
            self.ground.damage(way.table)
            return ""
        run = self.ground.run_unseen if self.drill.fault == "loss-in-wal" else self.ground.run
        error = run(way.up)
        if bool(error) != way.fails:
            return error or "the engine took it"
        now = _seen(self.ground)
        if now.schema.items == self.before.schema.items and now.content == self.before.content:
            return "it changes nothing"
        return run([attempt(self.setting.suspect, error)]) if self.setting.orm == "prisma" else ""

    def _follow(self, broken: Breakage, backup: str, *, leaving: bool = False) -> Iterator[StepSeen]:
        """Follow the runbook in a new terminal. ``leaving``: leave it at the first step that differs."""
        terminal, blanks = self.ground.terminal(), self._blanks(broken, backup)
        hangs = False
        for step in self.drill.runbook.steps:
            self.setting.tell(f"{self.drill.name}: {step.id}")
            if broken.again:
                self.ground.run_unseen(broken.again)
            blocks = blocks_of(step, self.setting.engine, self.setting.orm)
            if hangs:
                yield StepSeen(
                    step.id, step.title, tuple(BlockRun(each, None, NOT_REACHED) for each in blocks)
                )
                continue
            seen = self._step(step, blocks, terminal, blanks, leaving=leaving)
            yield seen
            hangs = any(each.printed and each.printed.stopped for each in seen.blocks)
            if leaving and seen.differs:
                return

    def _step(
        self,
        step: RunbookStep,
        blocks: Sequence[Block],
        terminal: Terminal,
        blanks: Mapping[str, str],
        *,
        leaving: bool,
    ) -> StepSeen:
        runs = tuple(self._typed(block, terminal, blanks) for block in blocks)
        seen = StepSeen(step.id, step.title, runs)
        may_show = self.drill.finds or leaving
        return seen._replace(shows=may_show and seen.differs and step.id in self.drill.shown_by)

    def _typed(self, block: Block, terminal: Terminal, blanks: Mapping[str, str]) -> BlockRun:
        """Type one command, and do what Prisma would have done where that is not run."""
        text, missing = fill_blanks(block.run, blanks)
        if missing:
            return BlockRun(block, None, f"a drill cannot know {', '.join(missing)}")
        run = terminal.run_sql if block.interpreter == "sql" else terminal.run
        printed: Printed = run(text, self.setting.seconds)
        effects = [effect for words in printed.kept_in if (effect := effect_of(words))]
        if effects:
            self.ground.run(effects)
        return BlockRun(block, printed, f"; {REFUSED}" if effects else "")

    def _blanks(self, broken: Breakage, backup: str) -> dict[str, str]:
        """Return what the person on call types over the words in capitals."""
        return {
            **self.ground.address,
            "BACKUP FILE": backup,
            "CONTENT HASH": self.hashes[backup],
            "MIGRATION": self.setting.suspect,
            "DOWN SCRIPT": f"{self.setting.folder}/{self.setting.suspect}/{self.setting.down}",
            "CASE FOLDER": CASE,
            "TABLE": f'"{broken.table}"',
            "COLUMNS": ", ".join(f'"{name}"' for name in broken.columns),
        }


def _seen(ground: Ground) -> Look:
    database = ground.look()
    try:
        return look_at(database)
    finally:
        database.remove()


def _seen_or_none(ground: Ground) -> Look | None:
    try:
        return _seen(ground)
    except HandrailError:
        return None
