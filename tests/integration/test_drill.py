"""The runbooks of the policy are drilled on real databases, and a runbook that is wrong is found.

The faults are those that the policy names. Where a test changes a runbook, it
does so in the text of the policy, as a team would.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

import pytest

from handrail.adapters.cache import UserCache
from handrail.adapters.grounds import open_grounds
from handrail.adapters.progress import Progress
from handrail.adapters.scratch import open_scratch
from handrail.commands.classify import World
from handrail.commands.drill import Drilled, DrillOptions, DrillWorld, drill
from handrail.commands.drill_shown import show_drills, write_evidence
from handrail.core.errors import HandrailError
from handrail.migrations.snapshots import Snapshots
from handrail.policy.runbook_digest import runbook_digest
from handrail.rehearsal.drill.judge import Judgement
from tests.fakes import FixedClock, MemoryFiles, MemoryRepository
from tests.integration.procedures import ENGINES, POLICIES

ROOT = POLICIES.parent
NOW = "2026-11-24T09:00:00Z"
RUNBOOKS = ("detect", "roll-back", "restore", "communicate", "review")
Change = tuple[str, str, str]
"""A file of the policy, a text in it, and what is written in its place."""

DETECT, ROLL_BACK, RESTORE = (f"runbooks/{name}.yaml" for name in ("1-detect", "2-roll-back", "3-restore"))


@pytest.fixture(autouse=True)
def scratch(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give drills a folder of their own that a server may pass, and see that nothing stays in it."""
    with tempfile.TemporaryDirectory(prefix="drills-") as folder:
        place = Path(folder)
        place.chmod(0o711)
        monkeypatch.setattr("tempfile.tempdir", folder)
        yield place
        assert left_in(place) == []


def left_in(place: Path) -> list[str]:
    return [str(path) for folder in place.glob("handrail-*") for path in folder.iterdir()]


def files(*changes: Change) -> MemoryFiles:
    """Return the policy of this repository, changed."""
    kept = {
        path.relative_to(ROOT).as_posix(): path.read_bytes()
        for pattern in ("policies/**/*.yaml", "templates/**/*.j2")
        for path in ROOT.glob(pattern)
    }
    for name, old, new in changes:
        text = kept[f"policies/{name}"].decode()
        assert old in text, (name, old)
        kept[f"policies/{name}"] = text.replace(old, new).encode()
    return MemoryFiles(kept)


def drilled(
    options: DrillOptions, *changes: Change, there: MemoryFiles | None = None, orm: str = "prisma"
) -> Drilled:
    """Drill in memory's repository."""
    there = there or files(("database.yaml", "\norm: prisma", f"\norm: {orm}"), *changes)
    reading = World(there, MemoryRepository({}), FixedClock(NOW), open_scratch, UserCache("drill"))
    progress = Progress()
    world = DrillWorld(reading, progress, partial(open_grounds, progress=progress))
    try:
        return drill(world, options, Snapshots(b""))
    except HandrailError as error:
        if "there is no PostgreSQL server here" in str(error):
            pytest.skip(str(error))
        raise


def one(runbook: str, fault: str, *changes: Change, engine: str = "sqlite", seconds: float = 60) -> Judgement:
    (judged,) = drilled(DrillOptions(runbook, fault, engine, seconds=seconds), *changes).judgements
    return judged


@pytest.mark.parametrize("orm", ["prisma", "none"])
@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("runbook", RUNBOOKS)
def test_a_runbook_of_the_policy_is_right(runbook: str, engine: str, orm: str) -> None:
    found = drilled(DrillOptions(runbook, engine=engine), orm=orm)
    assert [(each.drill.name, each.reasons) for each in found.judgements if not each.passed] == []
    for judged in found.judgements:
        wanted = True if judged.drill.repairs else None
        assert (judged.schema_restored, judged.data_restored) == (wanted, wanted)


@pytest.mark.parametrize(
    ("fault", "shown"),
    [
        ("none", set()),
        ("half-applied", {"history", "leftovers"}),
        ("dropped-column", {"values"}),
        ("wrong-backfill", {"values"}),
        ("deleted-children", {"counts", "values"}),
    ],
)
@pytest.mark.parametrize("engine", ENGINES)
def test_detect_shows_each_fault_where_it_should(engine: str, fault: str, shown: set[str]) -> None:
    judged = one("detect", fault, engine=engine)
    assert {step.id for step in judged.steps if step.shows} == shown


@pytest.mark.parametrize("engine", ENGINES)
def test_a_damaged_backup_is_left_for_the_older_one(engine: str) -> None:
    judged = one("restore", "damaged-backup", engine=engine)
    names = [step.id for step in judged.steps]
    shows = names.index(next(step.id for step in judged.steps if step.shows))
    assert names[shows] in ("new", "compare")
    assert names[shows + 1] == "names"


WRONG = {
    "expectation": ("restore", "deleted-children", "new", (RESTORE, "&& echo restored", "&& echo restoring")),
    "command": (
        "roll-back",
        "half-applied",
        "run",
        (ROLL_BACK, 'sqlite3 -bail "$DB" < "$CASE/down.sql"', 'sqlite3 -bail "$DB" < "$CASE/up.sql"'),
    ),
    "hash": (
        "restore",
        "wrong-backfill",
        "compare",
        (RESTORE, "content() { sqlite3", "content() { echo; sqlite3"),
    ),
    "mark": (
        "roll-back",
        "half-applied",
        "start",
        (ROLL_BACK, 'npx prisma migrate resolve --rolled-back "$MIGRATION"', "true"),
    ),
    "rows": (
        "roll-back",
        "half-applied",
        "data",
        (
            ROLL_BACK,
            '"$CASE/down.sql" && echo done',
            '"$CASE/down.sql" && sqlite3 "$DB" "DELETE FROM recipes" && echo done',
        ),
    ),
    "noise": ("detect", "none", "waiting", (DETECT, '&& echo "can write"', '&& echo "can write" && date')),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_step_is_named(case: str) -> None:
    runbook, fault, step, change = WRONG[case]
    judged = one(runbook, fault, change)
    assert f"step '{step}': it printed something else" in judged.reasons


def test_leaving_the_wal_behind_does_not_restore() -> None:
    keep = (RESTORE, 'for file in "$DB" "$DB-wal" "$DB-shm" "$DB-journal"; do', 'for file in "$DB"; do')
    copy = (RESTORE, """sqlite3 "$CASE/restored.db" ".backup '$DB'\"""", 'cp "$CASE/restored.db" "$DB"')
    judged = one("restore", "loss-in-wal", keep, copy)
    assert judged.data_restored is False
    assert "step 'aside': it printed something else" in judged.reasons


def test_a_restore_from_elsewhere_cannot_be_shown() -> None:
    away = (
        RESTORE,
        """sqlite3 "$CASE/restored.db" ".backup '$DB'\"""",
        'aws s3 cp s3://backups/app.db "$DB"',
    )
    judged = one("restore", "deleted-children", away)
    assert judged.data_restored is False
    assert any(reason.startswith("step 'switch' was not run: aws") for reason in judged.reasons)


def test_a_fault_that_nobody_sees_is_told() -> None:
    blind = (DETECT, 'shrank "$CASE/before.txt" "$CASE/now.txt"', "true")
    same = (DETECT, "&& echo same || echo different", "&& echo same || echo same")
    judged = one("detect", "deleted-children", blind, same)
    assert judged.reasons == ("no step shows the fault; it should be seen in: counts, values",)


def test_a_command_that_hangs_is_ended_and_named() -> None:
    judged = one(
        "detect", "none", (DETECT, '&& echo "can write"', '&& sleep 600 && echo "can write"'), seconds=2
    )
    assert judged.reasons == ("step 'waiting': it had not ended after 2 seconds",)
    after = [step for step in judged.steps if step.id == "integrity"]
    assert [(step.outcome, step.reason) for step in after] == [
        ("not run", "a command before it had not ended")
    ]


def test_a_secret_of_the_environment_is_not_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_TOKEN", "s3cr3t")
    monkeypatch.setenv("DATABASE_URL", "postgresql://app:s3cr3t@db.example.test/app")
    spy = (DETECT, '&& echo "can write"', "; env; echo $GITHUB_TOKEN $DATABASE_URL")
    found = drilled(DrillOptions("detect", "none", "sqlite"), spy)
    assert not found.passed
    for form in ("text", "json", "markdown"):
        assert "s3cr3t" not in show_drills(found, (), form).text


def test_a_step_that_is_not_there_makes_the_policy_unusable() -> None:
    with pytest.raises(HandrailError, match="the policy cannot be read"):
        drilled(DrillOptions("detect"), (DETECT, "shown_by: [history, leftovers]", "shown_by: [histroy]"))


def test_too_slow_is_wrong() -> None:
    slow = (DETECT, "time_box_minutes: 20", "time_box_minutes: 1")
    assert one("detect", "none", slow).passed
    minute = ("database.yaml", "rto_minutes: 60", "rto_minutes: 1")
    judged = one("roll-back", "half-applied", minute, (ROLL_BACK, 'cat "$CASE/down.sql"', "sleep 0"))
    assert judged.drill.minutes == 1


def test_evidence_names_the_runbook_as_it_was() -> None:
    there = files()
    found = drilled(DrillOptions("roll-back", engine="sqlite"), there=there)
    (path,) = write_evidence(there, found, NOW)
    assert path == "migration-evidence/roll-back-half-applied-sqlite-drill.json"
    text = there.files[path].decode()
    assert runbook_digest(found.judgements[0].drill.runbook) in text
    assert '"verdict": "passed"' in text


def database(folder: Path, *statements: str) -> Path:
    path = folder / "mine.db"
    subprocess.run(["sqlite3", str(path), "; ".join(statements)], check=True)
    return path


OWN = (
    "CREATE TABLE teams (id INTEGER PRIMARY KEY, name TEXT NOT NULL)",
    "CREATE TABLE people (id INTEGER PRIMARY KEY, team INTEGER REFERENCES teams ON DELETE CASCADE, m TEXT)",
    "INSERT INTO teams VALUES (1, 'a'), (2, 'b')",
    "INSERT INTO people VALUES (1, 1, 'x'), (2, 1, 'y'), (3, 2, NULL)",
)


@pytest.mark.parametrize("runbook", ["detect", "roll-back", "restore"])
def test_a_database_of_the_user_is_copied_and_not_touched(runbook: str, tmp_path: Path) -> None:
    path = database(tmp_path, *OWN)
    before, stamp = path.read_bytes(), path.stat().st_mtime_ns
    found = drilled(DrillOptions(runbook, database=str(path)))
    assert [(each.drill.name, each.reasons) for each in found.judgements if not each.passed] == []
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (before, stamp)
    assert [each.name for each in tmp_path.iterdir()] == ["mine.db"]
    assert found.origin.what == "mine.db"


def test_a_database_without_rows_cannot_be_drilled_on(tmp_path: Path) -> None:
    path = database(tmp_path, OWN[0])
    (judged,) = drilled(DrillOptions("restore", "wrong-backfill", database=str(path))).judgements
    assert not judged.passed
    assert judged.reasons[0].startswith("a backfill wrote wrong values: this database cannot be broken so")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (DrillOptions("repair"), "no runbook 'repair'"),
        (DrillOptions("detect", "flood"), "drilled against 'flood'"),
        (DrillOptions(database="mysql://u@h/d"), "no drill on mysql"),
        (DrillOptions(engine="postgresql", database="dev.db"), "is a database of sqlite"),
        (DrillOptions(database="nowhere.db"), "no such file"),
    ],
)
def test_what_cannot_be_drilled_says_why(options: DrillOptions, said: str) -> None:
    with pytest.raises(HandrailError, match=said):
        drilled(options)


def run_drill(place: Path, *words: str) -> "subprocess.Popen[bytes]":
    environment: Mapping[str, str] = {
        **os.environ,
        "TMPDIR": str(place),
        "PYTHONPATH": str(ROOT / "generator"),
    }
    return subprocess.Popen(
        [sys.executable, "-m", "handrail", "drill", "--no-evidence", "--root", str(ROOT), *words],
        env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def commands_in(place: Path) -> list[str]:
    """Return the processes that know of a terminal below ``place``."""
    found = []
    for each in Path("/proc").glob("[0-9]*"):
        try:
            if f"HANDRAIL_TERMINAL={place}".encode() in (each / "environ").read_bytes():
                found.append(each.name)
        except OSError:
            continue
    return found


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="only Linux tells whose a process is")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("moment", [0.6, 1.3, 2.1])
def test_a_killed_drill_leaves_nothing_after_the_next(
    number: signal.Signals, moment: float, scratch: Path
) -> None:
    process = run_drill(scratch, "--engine", "sqlite")
    time.sleep(moment)
    process.send_signal(number)
    assert process.wait(30) in (130, -number)
    if number == signal.SIGKILL:
        assert run_drill(scratch, "communicate").wait(60) == 0
    assert left_in(scratch) == []
    until = time.monotonic() + 5
    while commands_in(scratch) and time.monotonic() < until:
        time.sleep(0.05)
    assert commands_in(scratch) == []
