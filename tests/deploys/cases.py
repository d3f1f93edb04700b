"""Reads the folders of tests/cases/deploy: each is a deploy, and what the gate says of it.

A case holds

- ``case.yaml``: what it ``shows``; the shared ``changes`` of tests/pull_requests that the release has;
  ``gone``, the paths that it lacks; ``edits`` of files; ``backup``, whether one was verified today (it was);
  ``applied``, what ``_prisma_migrations`` holds, one line each: name, ``done``, ``failed`` or
  ``rolled-back``, and ``edited`` or ``crlf`` where the script was another one, or had other line ends;
  ``database``: ``prisma``, ``empty``, ``none``, or ``tables``, which ``tables.sql`` makes; ``engine`` and
  ``version`` of a server in place of SQLite; ``names``, ``base`` (the release before), ``later`` and ``now``
  as on the command line;
- ``head/``: whole files that are added or take the place of others;
- ``expected.txt`` and ``expected.json``: what ``handrail deploy-check`` prints. Where it refuses to answer
  there is no JSON, and the text is the error.

``make golden`` writes the last two. Read them before you commit them.
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from handrail.adapters.clock import local_time
from handrail.adapters.sqlite import SqliteScratch
from handrail.commands.classify import World
from handrail.commands.deploy_check import DeployOptions, DeployWorld, deploy_check
from handrail.commands.deploy_shown import show_deploy
from handrail.commands.runner_history import Live
from handrail.core.errors import HandrailError
from handrail.migrations.quotes import Dialect
from handrail.migrations.snapshots import Snapshots
from handrail.review.case import Decision
from tests.fakes import CHECKOUT, FixedClock, MemoryCache, MemoryFiles, MemoryRepository
from tests.minimal.builder import edited, read_plain
from tests.pull_requests.cases import HERE as SHARED
from tests.pull_requests.cases import Files, below, world

ROOT = CHECKOUT / "tests" / "cases" / "deploy"
CASES = sorted(path for path in ROOT.iterdir() if path.is_dir())

NOW = "2026-11-24T09:30:00Z"
"""A Tuesday, half past ten in Berlin."""

APPLIED = ("20251006_080000_create_users_and_recipes done", "20251013_090000_create_drafts done")
PRISMA = """
CREATE TABLE _prisma_migrations (id TEXT PRIMARY KEY, checksum TEXT NOT NULL, finished_at DATETIME,
  migration_name TEXT NOT NULL, logs TEXT, rolled_back_at DATETIME, started_at DATETIME NOT NULL,
  applied_steps_count INTEGER NOT NULL DEFAULT 0)
"""
_ENGINES: dict[str, Dialect] = {"sqlite": "sqlite", "postgresql": "postgresql", "mysql": "mysql"}
_KEYS = frozenset(
    ("shows", "changes", "gone", "edits", "backup", "applied", "database", "engine", "version", "names",
     "base", "later", "now")
)  # fmt: skip


class MemoryDatabase:
    """``ports.Database`` over SQLite in memory. ``answers`` takes the place of what only a server says."""

    def __init__(self, script: str, answers: dict[str, Sequence[tuple[Any, ...]]] | None = None) -> None:
        self.answers = answers or {}
        self._connection = sqlite3.connect(":memory:")
        self._connection.executescript(script)

    def rows(self, query: str) -> Sequence[tuple[Any, ...]]:
        """Return the rows of a query."""
        known = next((rows for start, rows in self.answers.items() if query.startswith(start)), None)
        return self._connection.execute(query).fetchall() if known is None else known


def prisma_table(files: Files, lines: Iterable[str]) -> str:
    """Return a script that makes ``_prisma_migrations`` with a row for each line of ``applied``."""
    rows = []
    for number, line in enumerate(lines):
        name, state, *words = line.split()
        raw = files.get(f"prisma/migrations/{name}/migration.sql", b"gone")
        raw = b"another" if "edited" in words else raw.replace(b"\n", b"\r\n") if "crlf" in words else raw
        checksum = sha256(raw).hexdigest()
        finished, back = ("'2025'" if state == each else "NULL" for each in ("done", "rolled-back"))
        values = f"'{number}', '{checksum}', {finished}, '{name}', '', {back}, '2025-10-{number + 10}', 1"
        rows.append(f"INSERT INTO _prisma_migrations VALUES ({values});")  # noqa: S608  # texts of our own
    return f"{PRISMA};\n" + "\n".join(rows)


def _live(folder: Path, told: dict[str, Any], files: Files) -> Live | None:
    kind = told.get("database", "prisma")
    if kind == "none":
        return None
    script = prisma_table(files, told.get("applied", APPLIED)) if kind == "prisma" else ""
    if kind == "tables":
        script = (folder / "tables.sql").read_text("utf-8")
    engine = _ENGINES[told.get("engine", "sqlite")]
    if engine == "sqlite":
        return Live(engine, MemoryDatabase(script))
    database = MemoryDatabase(script)
    tables = database.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
    database.answers = {
        "SHOW server_version": [(told["version"],)],
        "SELECT table_name FROM information_schema.tables": tables,
    }
    return Live(engine, database)


def judged(folder: Path) -> Decision:
    """Return what the gate says of a case. Raises ``HandrailError`` as the gate does."""
    told: dict[str, Any] = read_plain((folder / "case.yaml").read_bytes())
    assert told.keys() <= _KEYS, f"{folder.name}: {told.keys() - _KEYS}"
    before = dict(world())
    files = dict(before)
    for name in told.get("changes", ()):
        files |= below(SHARED / "changes" / name)
    if told.get("backup", True):
        files["migration-evidence/production.backup.json"] = json.dumps(BACKUP).encode()
    files |= below(folder / "head")
    live = _live(folder, told, files)
    for path in told.get("gone", ()):
        del files[path]
    for edit in told.get("edits", ()):
        files = edited(files, edit["path"], edit["old"], edit["new"])
    repository = MemoryRepository({"before": before})
    ports = World(
        MemoryFiles(files), repository, FixedClock(told.get("now", NOW)), SqliteScratch, MemoryCache()
    )
    options = DeployOptions(tuple(told.get("names", ())), told.get("base", ""), tuple(told.get("later", ())))
    return deploy_check(DeployWorld(ports, live, local_time), options, Snapshots())


BACKUP = {
    "version": 1,
    "kind": "backup",
    "migrations": [],
    "verdict": "passed",
    "finished_at": "2026-11-24T09:20:00Z",
    "source": {"what": "app.db", "taken_at": "2026-11-24T09:15:00Z", "data": "production"},
    "engine": {"name": "sqlite", "version": "3.46.1"},
}
"""A backup of the whole database, verified a few minutes before the deploy."""


def said(folder: Path) -> dict[str, str]:
    """Return file name -> text of what is expected of a case, as it is now."""
    try:
        decision = judged(folder)
    except HandrailError as error:
        return {"expected.txt": f"handrail: {error}\n{error.hint}\n"}
    forms = {"expected.txt": "text", "expected.json": "json"}
    return {name: show_deploy(decision, form).text for name, form in forms.items()}
