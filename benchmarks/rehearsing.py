"""P15: handrail rehearse beside plainly copying a SQLite database and applying the script to the copy."""

import os
import sqlite3
import sys
from contextlib import closing

import workloads
from measure import Job, exponent, run, side_by_side

Line = tuple[str, str, str, str, str]
SIZES = (10_000, 100_000, 1_000_000)
GIGABYTE = 1 << 30
WIDE = 2000
"""Letters of a row's text in the large database."""

HOME = "backend/prisma/migrations"
_TABLE = """CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL, nickname TEXT, score INTEGER);
CREATE INDEX users_email ON users (email);
"""
_CHANGE = (
    "ALTER TABLE users ADD COLUMN bio TEXT;\nUPDATE users SET nickname = 'none' WHERE nickname IS NULL;\n"
)
_DOWN = "ALTER TABLE users DROP COLUMN bio;\n"
_PLAIN = """import sqlite3, sys
source, copy = sqlite3.connect(sys.argv[1]), sqlite3.connect(sys.argv[2], isolation_level=None)
source.backup(copy)
copy.execute("PRAGMA synchronous=OFF")
copy.executescript(open(sys.argv[3]).read())
"""


def cost(folder: str) -> list[Line]:
    """Return what a rehearsal costs as rows grow, and what memory it takes for a database of 1 GB."""
    place = _repository(folder)
    lines, seconds = [], []
    for size in SIZES:
        source = os.path.join(folder, f"{size}.db")
        _fill(source, size, 40)
        found = side_by_side([_plain(place, source), _rehearse(place, source)], rounds=5)
        seconds.append(found["rehearse"].cpu)
        ratio = f"{found['rehearse'].cpu / found['plain'].cpu:.1f}"
        lines.append(("P15", f"`rehearse`, SQLite, {size:,} rows", "copying and applying it", "3", ratio))
    lines.append(
        (
            "P15",
            "`rehearse`, growth from 100,000 to 1,000,000 rows",
            "exponent",
            "1.05",
            f"{exponent(SIZES, seconds):.2f}",
        )
    )
    return lines + large(folder, place)


def large(folder: str, place: str) -> list[Line]:
    """Return the cost for one database of 1 GB, run once."""
    source = os.path.join(folder, "large.db")
    _fill(source, GIGABYTE // (WIDE + 60), WIDE)
    plain, ours = run(_plain(place, source)), run(_rehearse(place, source))
    what = f"`rehearse`, SQLite, {os.path.getsize(source) / GIGABYTE:.1f} GB"
    return [
        ("P15", what, "copying and applying it (one run)", "3", f"{ours.cpu / plain.cpu:.1f}"),
        ("P15", f"peak memory, {what}", "MiB", "200", f"{ours.memory:.0f}"),
    ]


def _repository(folder: str) -> str:
    place = os.path.join(folder, "work")
    for name in sorted(os.listdir(os.path.join(workloads.CHECKOUT, "policies"))):
        path = os.path.join(workloads.CHECKOUT, "policies", name)
        if os.path.isfile(path):
            with open(path, encoding="utf-8") as file:
                workloads.write(os.path.join(place, "policies", name), file.read())
    workloads.write(os.path.join(place, HOME, "20260101_users", "migration.sql"), _TABLE)
    workloads.write(os.path.join(place, HOME, "20260102_bio", "migration.sql"), _CHANGE)
    workloads.write(os.path.join(place, HOME, "20260102_bio", "down.sql"), _DOWN)
    return place


def _fill(path: str, rows: int, width: int) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as base:
        base.execute("PRAGMA synchronous=OFF")
        base.executescript(_TABLE)
        base.execute("BEGIN")
        made = (
            (n, f"u{n}@example.test", None if n % 50 == 0 else f"{n:0{width}d}", n % 97) for n in range(rows)
        )
        base.executemany("INSERT INTO users VALUES (?, ?, ?, ?)", made)
        base.execute("COMMIT")


def _plain(place: str, source: str) -> Job:
    copy = f"{source}.copy"
    script = os.path.join(place, HOME, "20260102_bio", "migration.sql")
    command = [sys.executable, "-c", _PLAIN, source, copy, script]
    return Job("plain", command, place, before=lambda: os.path.exists(copy) and os.remove(copy))


def _rehearse(place: str, source: str) -> Job:
    words = ("rehearse", f"{HOME}/20260102_bio", "--database", source, "--no-evidence")
    return Job("rehearse", workloads.handrail(*words), place, codes=(0, 1))
