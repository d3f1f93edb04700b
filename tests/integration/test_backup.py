"""Backups of real SQLite files: each fault is found and named, and its clean twin is not refused."""

import json
import os
import random
import shutil
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import jsonschema
import pytest

from handrail.cli import run
from tests.integration.backups import (
    Project,
    add_rows,
    change_note,
    cut,
    digests,
    flip,
    holding,
    make_rows,
    started,
    verdict,
)
from tests.minimal.builder import lay_down, minimal_files

CHECKOUT = Path(__file__).parents[2]
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a folder with a database in it, and no policy."""
    made = Project(tmp_path)
    make_rows(made.database)
    return made


def valid(name: str, data: object) -> None:
    jsonschema.validate(data, json.loads((CHECKOUT / f"docs/schemas/{name}.schema.json").read_text()))


def test_a_backup_is_private_noted_and_verified(project: Project, capsys: Capture) -> None:
    before = digests(project.database)
    path = project.take()
    assert [stat.S_IMODE(each.stat().st_mode) for each in (path, Path(f"{path}.json"))] == [0o600, 0o600]
    valid("backup", json.loads(Path(f"{path}.json").read_text()))
    for words, compared in (((), ["note"]), (("--database", str(project.database)), ["note", "database"])):
        found = verdict(capsys, path, *words)
        assert (found.code, found.errors, found.data["compared_with"]) == (0, set(), compared)
        valid("backup-verify", found.data)
    assert digests(project.database) == before


def test_what_take_prints_fits_its_schema(project: Project, capsys: Capture) -> None:
    words = ["--database", str(project.database), "--root", str(project.root), "--format", "json"]
    assert run(["backup", "take", *words]) == 0
    data = json.loads(capsys.readouterr().out)
    valid("backup-take", data)
    path = Path(data["path"])
    assert path.parent.resolve() == (project.root / "backups").resolve()
    assert path.name.startswith("app-20")
    assert path.name.endswith("Z.backup.db")
    assert (path.parent / ".gitignore").read_text().splitlines()[-1] == "*"


def test_nothing_is_written_over(project: Project, capsys: Capture) -> None:
    path = project.root / "there.db"
    path.write_bytes(b"mine")
    words = ["--database", str(project.database), "--output", str(path), "--root", str(project.root)]
    assert run(["backup", "take", *words]) == 2
    assert "is there already" in capsys.readouterr().err
    assert path.read_bytes() == b"mine"
    assert sorted(os.listdir(project.root)) == ["app.db", "there.db"]


@pytest.mark.parametrize("database", ["", "missing.db", "mysql://root@localhost/app", "no-database.txt"])
def test_what_cannot_be_backed_up_says_so_and_leaves_nothing(project: Project, database: str) -> None:
    (project.root / "no-database.txt").write_text("hello " * 100)
    before = sorted(os.listdir(project.root))
    given = str(project.root / database) if database and "://" not in database else database
    words = ["--database", given, "--output", str(project.root / "out.db"), "--root", str(project.root)]
    assert run(["backup", "take", *words]) == 2
    assert sorted(os.listdir(project.root)) == before


def wal_rows_missing(project: Project) -> Path:
    """Copy the main file only."""
    return Path(shutil.copy(project.database, project.root / "copied.db"))


def test_cp_of_a_wal_database_is_refused(tmp_path: Path, capsys: Capture) -> None:
    project = Project(tmp_path)
    make_rows(project.database, wal=True)
    with holding(project.database, "PRAGMA wal_autocheckpoint=0") as application:
        add_rows(application, 20, 5000)
        before = digests(project.database)
        copied, good = wal_rows_missing(project), project.take()
        with closing(sqlite3.connect(f"file:{copied}?immutable=1", uri=True)) as check:
            assert check.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        found = verdict(capsys, copied, "--database", str(project.database))
        assert (found.code, "copy-without-log" in found.errors) == (1, True)
        assert "recipes: 20 rows more" in found.messages
        assert "without its -wal" in found.messages
        assert verdict(capsys, good, "--database", str(project.database)).code == 0
        assert digests(project.database) == before


def test_cp_of_a_wal_database_is_refused_after_a_checkpoint(tmp_path: Path, capsys: Capture) -> None:
    project = Project(tmp_path)
    make_rows(project.database, wal=True)
    with holding(project.database, "PRAGMA wal_autocheckpoint=0") as application:
        add_rows(application, 20, 5000)
        copied = wal_rows_missing(project)
        application.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        found = verdict(capsys, copied, "--database", str(project.database))
    assert "copy-without-log" in found.errors
    assert "This looks like a copy" in found.messages


def test_a_copy_of_file_and_log_is_refused(tmp_path: Path, capsys: Capture) -> None:
    project = Project(tmp_path)
    make_rows(project.database, wal=True)
    with holding(project.database, "PRAGMA wal_autocheckpoint=0") as application:
        add_rows(application, 20, 5000)
        copied = wal_rows_missing(project)
        shutil.copy(f"{project.database}-wal", f"{copied}-wal")
        found = verdict(capsys, copied, "--database", str(project.database))
    assert found.errors == {"log-beside"}


def test_a_backup_that_was_copied_over_a_database_with_its_old_log_is_refused(
    project: Project, capsys: Capture
) -> None:
    good, restored = project.take(), project.root / "restored.db"
    shutil.copy(good, restored)
    shutil.copy(f"{good}.json", f"{restored}.json")
    assert verdict(capsys, restored).code == 0
    Path(f"{restored}-wal").write_bytes(b"\x37\x7f\x06\x82" + bytes(60))
    assert verdict(capsys, restored).errors == {"log-beside"}


@pytest.mark.parametrize("noted", [True, False], ids=["noted", "against the database"])
def test_truncated(project: Project, capsys: Capture, noted: bool) -> None:
    good = project.take()
    if not noted:
        os.remove(f"{good}.json")
    words = () if noted else ("--database", str(project.database))
    assert verdict(capsys, good, *words).code == 0
    cut(good, 0.6)
    found = verdict(capsys, good, *words)
    assert (found.code, found.errors) == (1, {"truncated"})


def place_of(path: Path, text: bytes) -> int:
    place = path.read_bytes().find(text)
    assert place > 0
    return place


def in_a_value(path: Path) -> int:
    return place_of(path, b"Title 7 and some") + 8


def in_the_header(_: Path) -> int:
    return 3


def in_a_page(path: Path) -> int:
    return place_of(path, b"CREATE TABLE users") + 1


@pytest.mark.parametrize(
    ("place", "errors"),
    [(in_a_value, {"values-differ"}), (in_the_header, {"not-a-backup"}), (in_a_page, {"not-restored"})],
)
def test_a_flipped_byte(project: Project, capsys: Capture, place: object, errors: set[str]) -> None:
    good = project.take()
    flip(good, place(good))  # type: ignore[operator]  # pytest types parameters as object
    found = verdict(capsys, good)
    assert found.code == 1
    assert errors <= found.errors
    os.remove(f"{good}.json")
    assert verdict(capsys, good, "--database", str(project.database)).code == 1


def test_a_flipped_byte_of_a_value_passes_the_check_of_the_file(project: Project) -> None:
    good = project.take()
    flip(good, in_a_value(good))
    with closing(sqlite3.connect(good)) as check:
        assert check.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_flipped_byte_in_free_space(project: Project, capsys: Capture) -> None:
    with closing(sqlite3.connect(project.database)) as connection:
        connection.executescript("CREATE TABLE gone AS SELECT * FROM recipes; DROP TABLE gone")
    good = project.take()
    assert verdict(capsys, good).code == 0
    free = int.from_bytes(good.read_bytes()[32:36], "big")  # the first page of the list of free pages
    flip(good, free * 4096 - 5)
    found = verdict(capsys, good)
    assert (found.code, found.errors) == (1, {"damaged"})
    os.remove(f"{good}.json")
    assert verdict(capsys, good, "--database", str(project.database)).code == 0


@pytest.mark.parametrize(("taken", "code"), [("2020-01-01T00:00:00Z", 1), ("", 0)])
def test_stale(tmp_path: Path, capsys: Capture, taken: str, code: int) -> None:
    lay_down(tmp_path, minimal_files())
    project = Project(tmp_path)
    make_rows(project.database)
    good = project.take()
    if taken:
        change_note(good, taken_at=taken)
    found = verdict(capsys, good)
    assert (found.code, found.errors) == (code, {"stale"} if code else set())
    data = json.loads((tmp_path / found.data["evidence"][0]).read_text())
    valid("evidence", data)
    assert (data["kind"], data["verdict"]) == ("backup", "failed" if code else "passed")
    assert data["source"]["sha256"] == found.data["sha256"]


def test_without_a_note_a_backup_is_as_old_as_its_file(tmp_path: Path, capsys: Capture) -> None:
    lay_down(tmp_path, minimal_files())
    project = Project(tmp_path)
    make_rows(project.database)
    good = project.take()
    os.remove(f"{good}.json")
    assert verdict(capsys, good, "--database", str(project.database)).code == 0
    os.utime(good, (0, 1_000_000_000))
    assert verdict(capsys, good, "--database", str(project.database)).errors == {"stale"}


def test_rows_that_came_since_are_no_damage(project: Project, capsys: Capture) -> None:
    good = project.take()
    with closing(sqlite3.connect(project.database)) as application:
        add_rows(application, 5, 9000)
    found = verdict(capsys, good, "--database", str(project.database))
    assert found.code == 0
    assert "The database moved on since: users: 5 rows more; recipes: 5 rows more" in found.messages


def test_without_a_note_rows_that_came_since_are_not_told_from_lost_ones(
    project: Project, capsys: Capture
) -> None:
    good = project.take()
    os.remove(f"{good}.json")
    with closing(sqlite3.connect(project.database)) as application:
        add_rows(application, 5, 9000)
    found = verdict(capsys, good, "--database", str(project.database))
    assert (found.code, found.errors) == (1, {"differs", "counter-behind"})


@pytest.mark.parametrize("noted", [True, False], ids=["noted", "against the database"])
@pytest.mark.parametrize(
    ("tables", "first"),
    [(("CREATE TABLE users (id INTEGER PRIMARY KEY, email); CREATE TABLE recipes (id, user, title)"
      "; CREATE TABLE a (x); CREATE TABLE b (x); CREATE TABLE c (x)"), 1), ("", 70000)],
    ids=["another schema", "other rows"],
)  # fmt: skip
def test_another_database(project: Project, capsys: Capture, noted: bool, tables: str, first: int) -> None:
    other = project.root / "other.db"
    make_rows(other, first=first, **({"tables": tables} if tables else {}))  # type: ignore[arg-type]
    path = project.take("strange.db", database=str(other))
    if not noted:
        os.remove(f"{path}.json")
    assert verdict(capsys, path, "--database", str(project.database)).errors == {"another-database"}
    assert verdict(capsys, path, "--database", str(other)).code == 0


def test_an_application_id_tells_databases_apart(project: Project, capsys: Capture) -> None:
    good = project.take()
    os.rename(project.database, moved := project.root / "moved.db")
    assert verdict(capsys, good, "--database", str(moved)).code == 0
    with holding(moved, "PRAGMA application_id=7"):
        pass
    assert verdict(capsys, good, "--database", str(moved)).errors == {"another-database"}


HISTORY = """
CREATE TABLE _prisma_migrations (
    migration_name TEXT, checksum TEXT, started_at TEXT, finished_at TEXT, rolled_back_at TEXT);
INSERT INTO _prisma_migrations VALUES ('20260101000000_first', '', 'x', 'x', NULL);
"""


def test_an_older_and_a_newer_schema(project: Project, capsys: Capture) -> None:
    with closing(sqlite3.connect(project.database)) as application:
        application.executescript(HISTORY)
    old = project.take("old.db")
    assert verdict(capsys, old, "--database", str(project.database)).code == 0
    with closing(sqlite3.connect(project.database)) as application:
        application.executescript(
            "ALTER TABLE recipes ADD COLUMN notes TEXT;"
            "INSERT INTO _prisma_migrations VALUES ('20260202000000_notes', '', 'x', 'x', NULL)"
        )
    found = verdict(capsys, old, "--database", str(project.database))
    assert found.errors == {"older-schema"}
    assert "20260202000000_notes" in found.messages
    new = project.take("new.db")
    shutil.copy(old, project.database)
    assert verdict(capsys, new, "--database", str(project.database)).errors == {"newer-schema"}


@pytest.mark.parametrize("wal", [True, False], ids=["wal", "journal"])
def test_a_backup_taken_while_a_writer_commits(tmp_path: Path, capsys: Capture, wal: bool) -> None:
    project, begun, done = Project(tmp_path), threading.Event(), threading.Event()
    make_rows(project.database, rows=3000, wal=wal)

    def write() -> None:
        with closing(sqlite3.connect(project.database, timeout=30)) as writer:
            number = 10_000
            while not done.is_set():
                add_rows(writer, 3, number)
                begun.set()
                number += 3
                time.sleep(0.02)

    thread = threading.Thread(target=write)
    thread.start()
    try:
        assert begun.wait(30)
        paths = [project.take(f"good-{number}.db") for number in range(3)]
        found = [verdict(capsys, path, "--database", str(project.database)) for path in paths]
    finally:
        done.set()
        thread.join()
    assert [each.code for each in found] == [0, 0, 0]
    for path in paths:
        with closing(sqlite3.connect(path)) as check:
            query = "SELECT (SELECT count(*) FROM users), (SELECT count(*) FROM recipes)"
            users, recipes = check.execute(query).fetchone()
        assert users == recipes > 3000


HOLD = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
for each in sys.argv[2:]:
    connection.execute(each).fetchall()
print("held", flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize("mode", ["DELETE", "WAL"])
def test_a_database_that_a_process_has_for_itself(project: Project, capsys: Capture, mode: str) -> None:
    good = project.take()
    words = ("PRAGMA locking_mode=EXCLUSIVE", f"PRAGMA journal_mode={mode}", "BEGIN EXCLUSIVE")
    statements = (*words, "INSERT INTO users (email) VALUES ('late')")
    hold = [sys.executable, "-c", HOLD, str(project.database), *statements]
    with subprocess.Popen(hold, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        before, listed = digests(project.database), sorted(os.listdir(project.root))
        given = ("--database", str(project.database), "--root", str(project.root))
        code = run(["backup", "take", *given, "--output", str(project.root / "late.db")])
        said = capsys.readouterr().err
        found = verdict(capsys, good, "--database", str(project.database))
        after = digests(project.database)
        assert process.stdin is not None
        process.stdin.close()
    assert (code, "locked" in said, found.code, "locked" in found.messages) == (2, True, 2, True)
    assert after == before
    assert [each for each in sorted(os.listdir(project.root)) if "late" in each] == []
    assert set(listed) >= {"app.db", "good.db"}


def test_a_huge_log_is_in_the_backup(tmp_path: Path, capsys: Capture) -> None:
    project = Project(tmp_path)
    make_rows(project.database, rows=10, wal=True)
    with holding(project.database, "PRAGMA wal_autocheckpoint=0") as application:
        for number in range(20):
            application.execute("BEGIN")
            add_rows(application, 500, 1000 + number * 500)
        assert Path(f"{project.database}-wal").stat().st_size > 20 * project.database.stat().st_size
        before = digests(project.database)
        good = project.take()
        found = verdict(capsys, good, "--database", str(project.database))
        assert digests(project.database) == before
    assert found.code == 0
    assert {each["name"]: each["rows"] for each in found.data["tables"]} == {
        "users": 10_010,
        "recipes": 10_010,
    }


def test_a_database_that_a_crash_left_with_its_log(tmp_path: Path, capsys: Capture) -> None:
    project, away = Project(tmp_path), tmp_path / "away"
    make_rows(project.database, wal=True)
    away.mkdir()
    with holding(project.database, "PRAGMA wal_autocheckpoint=0") as application:
        add_rows(application, 20, 5000)
        for suffix in ("", "-wal"):
            shutil.copy(f"{project.database}{suffix}", away / f"app.db{suffix}")
    link = tmp_path / "link.db"
    link.symlink_to(away / "app.db")
    before, listed = digests(away / "app.db"), sorted(os.listdir(away))
    for number, source in enumerate((away / "app.db", link)):
        good = project.take(f"good-{number}.db", database=str(source))
        found = verdict(capsys, good, "--database", str(source))
        assert (found.code, found.data["tables"][0]["rows"]) == (0, 320)
    assert (digests(away / "app.db"), sorted(os.listdir(away))) == (before, listed)


def test_a_database_that_a_crash_left_with_a_half_written_transaction(
    tmp_path: Path, capsys: Capture
) -> None:
    project, away = Project(tmp_path), tmp_path / "away"
    make_rows(project.database)
    away.mkdir()
    with holding(project.database, "PRAGMA cache_size=1", "PRAGMA cache_spill=ON", "BEGIN") as application:
        application.execute("UPDATE recipes SET title = 'half'")
        for suffix in ("", "-journal"):
            shutil.copy(f"{project.database}{suffix}", away / f"app.db{suffix}")
        application.execute("ROLLBACK")
    before, listed = digests(away / "app.db"), sorted(os.listdir(away))
    good = project.take(database=str(away / "app.db"))
    with closing(sqlite3.connect(good)) as check:
        assert check.execute("SELECT count(*) FROM recipes WHERE title = 'half'").fetchone() == (0,)
    assert verdict(capsys, good, "--database", str(project.database)).code == 0
    assert (digests(away / "app.db"), sorted(os.listdir(away))) == (before, listed)


def test_files_that_are_no_backup(project: Project, capsys: Capture) -> None:
    source = ("--database", str(project.database))
    cases = {
        "empty.db": (b"", "empty"),
        "text.db": (b"hello" * 100, "not-a-backup"),
        "plain.sql": (b"--\n-- PostgreSQL database dump\n--\n", "plain-dump"),
        "pg.dump": (b"PGDMP" + bytes(600), "wrong-engine"),
        "packed.gz": (b"\x1f\x8b" + bytes(600), "packed"),
    }
    for name, (raw, _) in cases.items():
        (project.root / name).write_bytes(raw)
    found = {name: verdict(capsys, project.root / name, *source).errors for name in cases}
    assert found == {name: {code} for name, (_, code) in cases.items()}
    assert verdict(capsys, project.database, *source).errors == {"is-the-database"}
    assert verdict(capsys, project.root / "missing.db", *source).code == 2
    assert verdict(capsys, project.root / "text.db").code == 2


def test_what_is_wrong_in_the_database_is_no_fault_of_the_backup(project: Project, capsys: Capture) -> None:
    with closing(sqlite3.connect(project.database)) as application:
        application.execute("INSERT INTO recipes (user, title) VALUES (99999, 'orphan')")
        application.commit()
    found = verdict(capsys, project.take(), "--database", str(project.database))
    assert (found.code, found.errors) == (0, set())
    assert "1 row of recipes point at no row of users" in found.messages


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        ("DELETE FROM recipes WHERE id = 5", "rows-differ"),
        ("UPDATE users SET note = NULL WHERE id = 5", "values-differ"),
        ("DROP TRIGGER shout", "schema-differs"),
        ("DROP INDEX recipes_user", "schema-differs"),
        ("UPDATE sqlite_sequence SET seq = 5", "counter-behind"),
        ("PRAGMA foreign_keys=OFF; UPDATE recipes SET user = 99999 WHERE id = 5", "foreign-key"),
    ],
)
def test_a_backup_that_somebody_worked_on(project: Project, capsys: Capture, damage: str, code: str) -> None:
    good = project.take()
    with closing(sqlite3.connect(good)) as connection:
        connection.executescript(damage)
    found = verdict(capsys, good)
    assert {"damaged", code} <= found.errors
    os.remove(f"{good}.json")
    assert verdict(capsys, good, "--database", str(project.database)).code == 1


@pytest.mark.parametrize("words", ["{", '{"version": 2}', "[]", '{"version": 1, "hashes": 2}'])
def test_a_note_that_cannot_be_read(project: Project, capsys: Capture, words: str) -> None:
    good = project.take()
    Path(f"{good}.json").write_text(words)
    found = verdict(capsys, good)
    assert (found.code, "good.db.json" in found.messages) == (2, True)


@pytest.mark.parametrize("moments", [8, pytest.param(200, marks=pytest.mark.slow)])
@pytest.mark.parametrize("what", ["take", "verify"])
def test_kill_9_at_random_moments(project: Project, what: str, moments: int) -> None:
    temporary = project.root / "tmp"
    temporary.mkdir()
    env, chance = {"TMPDIR": str(temporary), "PYTHONPATH": str(CHECKOUT / "generator")}, random.Random(5)  # noqa: S311  # moments, no secrets
    project.take()
    before, out = digests(project.database), project.root / "out.db"
    words = {
        "take": ("take", "--database", "app.db", "--output", "out.db"),
        "verify": ("verify", "good.db", "--database", "app.db"),
    }[what]
    begin = time.monotonic()
    assert started("backup", *words, cwd=project.root, env=env).wait() == 0
    whole = time.monotonic() - begin
    for _ in range(moments):
        for path in (out, Path(f"{out}.json")):
            path.unlink(missing_ok=True)
        process = started("backup", *words, cwd=project.root, env=env)
        time.sleep(chance.uniform(0.2, 1.0) * whole)
        process.kill()
        process.wait()
        assert digests(project.database) == before
        if out.exists():
            with closing(sqlite3.connect(f"file:{out}?mode=ro", uri=True)) as check:
                assert check.execute("SELECT count(*) FROM recipes").fetchone() == (300,)
    for path in (out, Path(f"{out}.json")):
        path.unlink(missing_ok=True)
    assert started("backup", *words, cwd=project.root, env=env).wait() == 0
    left = sorted(each for each in os.listdir(project.root) if each not in ("out.db", "out.db.json"))
    assert left == ["app.db", "good.db", "good.db.json", "tmp"]
    assert [each for home in temporary.iterdir() for each in home.iterdir()] == []
