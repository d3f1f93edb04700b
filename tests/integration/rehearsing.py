"""Pairs of migrations on a real database: one with a fault in it, and its clean twin.

A case is a folder ``tests/cases/rehearsal/ENGINE/NAME`` with ``history.sql`` (the schema before),
``rows.sql``, ``fault.sql``, ``clean.sql``, and ``expected.txt`` with lines like these:

- ``fault CODE NAME``: a finding of that code says NAME when the fault is rehearsed;
- ``clean CODE``: what the clean twin may be warned of. It may never have an error, nor a code of ``fault``;
- ``runner transaction``: the policy says that the runner opens one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from handrail.adapters.scratch import open_scratch
from handrail.commands.classify import World
from handrail.commands.rehearse import Rehearsal, RehearsalWorld, RehearseOptions, rehearse
from handrail.core.finding import Finding
from handrail.migrations.quotes import Dialect
from handrail.migrations.snapshots import Snapshots
from handrail.ports import Workshop
from tests.fakes import CHECKOUT, MemoryCache, MemoryFiles, MemoryRepository, StoppingClock

CASES = CHECKOUT / "tests" / "cases"
HOME = "backend/prisma/migrations"
CHANGE = "20260102000000_change"
ENGINES: tuple[Dialect, ...] = ("sqlite", "postgresql")
_POLICY = {
    path.relative_to(CHECKOUT).as_posix(): path.read_bytes()
    for path in (CHECKOUT / "policies").rglob("*.yaml")
}
_DATABASE = "policies/database.yaml"
_OF_THE_WAY_BACK = ("no-way-back", "schema-not-restored", "data-not-restored", "data-left-over")


class Silent:
    """``ports.Progress`` that tells nobody."""

    def say(self, what: str, done: int = 0, of: int = 0) -> None:
        """Say nothing."""


class Quick:
    """A workshop whose backups come back as they were: what pg_dump costs is no matter of a pair."""

    def __init__(self, workshop: Workshop) -> None:
        self._workshop = workshop
        self.engine, self.version = workshop.engine, workshop.version

    def __getattr__(self, name: str) -> Any:
        """Return what the workshop has."""
        return getattr(self._workshop, name)

    def take_backup(self, path: str, of: Any = None) -> None:
        """Take none."""

    def restore(self, _: str) -> Any:
        """Return what stands for a backup that came back whole."""
        return Restored()


class Restored:
    """A backup that came back, byte for byte: real ones are compared in the tests of backups."""

    def is_twin_of(self, _: object) -> bool:
        """Tell that it is the same."""
        return True

    def remove(self) -> None:
        """Remove nothing."""


class Case(NamedTuple):
    """A folder of ``tests/cases/rehearsal`` or ``tests/cases/rollback``."""

    engine: Dialect
    folder: Path

    def text(self, name: str) -> str:
        """Return one of its files, '' where it has none."""
        path = self.folder / name
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def lines(self, word: str) -> list[str]:
        """Return what stands behind a word in ``expected.txt``."""
        found = [line.split(" ", 1) for line in self.text("expected.txt").splitlines()]
        return [rest for first, rest in found if first == word]

    @property
    def faults(self) -> list[tuple[str, str]]:
        """Return (code, name) of what has to be found."""
        return [(code, name) for code, _, name in (each.partition(" ") for each in self.lines("fault"))]


def cases(kind: str, engine: Dialect) -> list[str]:
    """Return the names of the cases of a kind."""
    return sorted(path.name for path in (CASES / kind / engine).iterdir())


def case_of(kind: str, engine: Dialect, name: str) -> Case:
    """Return a case."""
    return Case(engine, CASES / kind / engine / name)


def tried(case: Case, script: str, workshop: Workshop, *, backups: bool = False) -> Rehearsal:
    """Rehearse one script of a case, on the rows of the case; without ``backups`` none is taken."""
    files = {
        **_POLICY,
        _DATABASE: _policy(case),
        f"{HOME}/20260101000000_history/migration.sql": case.text("history.sql").encode(),
        f"{HOME}/{CHANGE}/migration.sql": case.text(script).encode(),
        "rows.sql": case.text("rows.sql").encode(),
    }
    if case.text("down.sql"):
        files[f"{HOME}/{CHANGE}/down.sql"] = case.text("down.sql").encode()
    world = World(MemoryFiles(files), MemoryRepository({}), StoppingClock(()), open_scratch, MemoryCache())

    @contextmanager
    def lend(*_: str) -> Iterator[Workshop]:
        yield workshop if backups else Quick(workshop)

    tools = RehearsalWorld(world, lend, Silent(), lambda: 0.0)
    return rehearse(tools, RehearseOptions(seed="rows.sql"), Snapshots())


def _policy(case: Case) -> bytes:
    """Return a policy whose first database is of the case's engine."""
    raw = _POLICY[_DATABASE]
    if case.engine == "postgresql":
        for one, other in ((b"engine: sqlite", b"engine: postgresql"), (b'"3.40"', b'"15"')):
            raw = raw.replace(one, b"\0").replace(other, one).replace(b"\0", other)
    if "transaction" in case.lines("runner"):
        raw = raw.replace(b"transaction: false", b"transaction: true", 1)
    return raw


def findings(rehearsal: Rehearsal) -> list[Finding]:
    """Return what is said of the one migration, apart from its way back."""
    (trial,) = rehearsal.trials
    ways = [f"rehearsal.{each}" for each in _OF_THE_WAY_BACK]
    return [each for each in trial.findings if each.code not in ways]


def shown(some: list[Finding]) -> str:
    """Return findings for people to read."""
    return "".join(f"{each.severity} {each.code}: {each.message}\n" for each in some)
