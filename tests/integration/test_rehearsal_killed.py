"""``handrail rehearse`` ended at random moments: the source stays as it is, and the next run clears up.

Every moment is a share of how long a whole run takes. The normal run tries a few;
with --slow, a hundred of each engine by kill -9, and twenty by each of Ctrl-C and SIGTERM.
"""

import json
import os
import random
import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from handrail.adapters.postgresql.binaries import find_binaries, for_server
from tests.fakes import CHECKOUT
from tests.minimal.builder import command, environment, lay_down

HOME = "backend/prisma/migrations"
TABLE = "CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);\n"
CHANGE = "ALTER TABLE users ADD COLUMN bio TEXT;\nUPDATE users SET bio = '';\n"
DOWN = "ALTER TABLE users DROP COLUMN bio;\n"
FEW = {signal.SIGKILL: 3, signal.SIGINT: 1, signal.SIGTERM: 1}
MANY = {signal.SIGKILL: 100, signal.SIGINT: 20, signal.SIGTERM: 20}
SECONDS = 120
CASES = [
    pytest.param(engine, number, moments, marks=[pytest.mark.slow] if moments is MANY else [])
    for engine in ("sqlite", "postgresql")
    for moments in (FEW, MANY)
    for number in moments
]


class Place:
    """A repository with one migration, its database, and a folder for what is temporary."""

    def __init__(self, folder: Path, engine: str) -> None:
        self.root, self.temporary, self.engine = folder / "work", folder / "tmp", engine
        self.temporary.mkdir()
        self.temporary.chmod(0o755)
        for above in (folder, *folder.parents[:2]):
            above.chmod(0o755)  # the server's user passes
        policy = {
            path.relative_to(CHECKOUT).as_posix(): path.read_bytes()
            for path in (CHECKOUT / "policies").rglob("*.yaml")
        }
        if engine == "postgresql":
            raw = policy["policies/database.yaml"].replace(b"engine: sqlite", b"engine: \0", 1)
            raw = raw.replace(b"engine: postgresql", b"engine: sqlite", 1)
            policy["policies/database.yaml"] = raw.replace(b"engine: \0", b"engine: postgresql", 1)
        lay_down(self.root, policy)
        for name, text in (("1_users", TABLE), ("2_bio", CHANGE)):
            path = self.root / HOME / f"2026010{name}"
            path.mkdir(parents=True)
            (path / "migration.sql").write_text(text)
        (self.root / HOME / "20260102_bio" / "down.sql").write_text(DOWN)
        self.source = folder / "app.db"

    def start(self) -> subprocess.Popen[bytes]:
        """Start a rehearsal."""
        words = ["rehearse", f"{HOME}/20260102_bio", "--rows", "50"]
        if self.engine == "sqlite":
            words += ["--database", str(self.source), "--data", "production"]
        return subprocess.Popen(
            command(*words),
            cwd=self.root,
            env=environment(TMPDIR=str(self.temporary)),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def whole_run(self) -> float:
        """Rehearse to the end; return the seconds that it took."""
        begin, process = time.monotonic(), self.start()
        said, _ = process.communicate(timeout=SECONDS)
        assert process.returncode in (0, 1), said
        return time.monotonic() - begin

    def evidence(self) -> list[Path]:
        """Return the files of evidence, whole or not, and whatever else lies there."""
        return [each for each in self.root.rglob("*") if each.suffix == ".json"]

    def left(self) -> list[str]:
        """Return what lies below the folder of all runs, and the processes that work there."""
        folders = [path.name for home in self.temporary.iterdir() for path in home.iterdir()]
        return folders + _processes(str(self.temporary))


def _processes(words: str) -> list[str]:
    """Return the command lines that mention a path."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = path.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if words in line and str(os.getpid()) != path.parent.name:
            found.append(line)
    return found


@contextmanager
def written_to(path: Path) -> Iterator[dict[str, bytes]]:
    """Make a database with a log that a writer has open; yield its bytes, of which none may change."""
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("PRAGMA journal_mode=WAL")
        writer.execute("PRAGMA wal_autocheckpoint=0")
        writer.execute(TABLE)
        writer.executemany(
            "INSERT INTO users (email) VALUES (?)", [(f"u{n}@example.test",) for n in range(2000)]
        )
        yield _bytes(path)


def _bytes(path: Path) -> dict[str, bytes]:
    """Return the files of a database, but for the one that holds its locks."""
    return {
        each.name: each.read_bytes() for each in path.parent.glob(f"{path.name}*") if each.suffix != ".db-shm"
    }


@contextmanager
def source_of(place: Place) -> Iterator[dict[str, bytes]]:
    """Yield the source's bytes; rows of PostgreSQL are made by the command itself."""
    if place.engine == "postgresql":
        yield {}
    else:
        with written_to(place.source) as bytes_of_it:
            yield bytes_of_it


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="who is gone is told by /proc")
@pytest.mark.parametrize(("engine", "number", "moments"), CASES)
def test_ended_at_random_moments(
    tmp_path: Path, engine: str, number: signal.Signals, moments: dict[signal.Signals, int]
) -> None:
    if engine == "postgresql" and not for_server(find_binaries(), 0):
        pytest.skip("there is no PostgreSQL server to start")
    place, chance = Place(tmp_path, engine), random.Random(f"{engine} {number}")  # noqa: S311  # not a secret
    with source_of(place) as before:
        whole = max(place.whole_run() for _ in range(2))
        for _ in range(moments[number]):
            for path in place.evidence():
                path.unlink()
            # What Python says to Ctrl-C before it has loaded a line of ours is not ours.
            first = 0 if number == signal.SIGKILL else whole / 5
            process, moment = place.start(), chance.uniform(first, whole)
            try:
                said, _ = process.communicate(timeout=moment)
            except subprocess.TimeoutExpired:
                process.send_signal(number)
                said, _ = process.communicate(timeout=SECONDS)
            about = f"{number.name} after {moment:.3f} of {whole:.3f} s: {said.decode()}"
            assert _bytes(place.source) == before, about
            for path in place.evidence():
                assert json.loads(path.read_text())["version"] == 1, about
            if number != signal.SIGKILL:
                assert process.returncode in (0, 1, 130, -number), about
                assert place.left() == [], about
                assert "Traceback" not in said.decode(), about
        place.whole_run()
        assert place.left() == []
        assert _bytes(place.source) == before
        assert len(place.evidence()) == 2
