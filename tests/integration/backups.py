"""Databases and their backups for the tests of ``handrail backup``, and the faults that are put into them."""

import hashlib
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from handrail.cli import run

RUN = [sys.executable, "-m", "handrail"]
TABLES = """
CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT, email TEXT NOT NULL UNIQUE, note TEXT);
CREATE TABLE recipes (
  id INTEGER PRIMARY KEY AUTOINCREMENT, user INTEGER NOT NULL REFERENCES users (id), title TEXT);
CREATE INDEX recipes_user ON recipes (user);
CREATE VIEW titles AS SELECT title FROM recipes;
CREATE TRIGGER shout AFTER INSERT ON recipes BEGIN UPDATE users SET note = 'x' WHERE id = new.user; END;
"""


class Verdict(NamedTuple):
    """What ``backup verify`` said: exit code, codes of errors without ``backup.``, all messages, the JSON."""

    code: int
    errors: set[str]
    messages: str
    data: Mapping[str, Any]


class Project(NamedTuple):
    """A folder with a policy, or none, and the database ``app.db`` in it."""

    root: Path

    @property
    def database(self) -> Path:
        """Return the database file."""
        return self.root / "app.db"

    def take(self, output: str = "good.db", *, database: str = "") -> Path:
        """Take a backup; it must be taken."""
        path = self.root / output
        source = database or str(self.database)
        words = ["backup", "take", "--database", source, "--output", str(path), "--root", str(self.root)]
        assert run(words) == 0
        return path


def make_rows(
    path: Path, *, rows: int = 300, tables: str = TABLES, first: int = 1, wal: bool = False
) -> None:
    """Make a SQLite database with rows in two tables."""
    with closing(sqlite3.connect(path)) as connection:
        if wal:
            connection.execute("PRAGMA journal_mode=WAL")
        connection.executescript(tables)
        add_rows(connection, rows, first)


def add_rows(connection: sqlite3.Connection, rows: int, first: int) -> None:
    """Commit rows: numbers from ``first`` on are in their values."""
    numbers = range(first, first + rows)
    for number in numbers:
        user = connection.execute(
            "INSERT INTO users (email) VALUES (?)", (f"u{number}@example.org",)
        ).lastrowid
        row = (user, f"Title {number} " + "and some more words of it " * 3)
        connection.execute("INSERT INTO recipes (user, title) VALUES (?, ?)", row)
    connection.commit()


@contextmanager
def holding(path: Path, *statements: str) -> Iterator[sqlite3.Connection]:
    """Yield a connection of an application that has the database open and ran statements."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)
        yield connection


def digests(path: Path) -> dict[str, str]:
    """Return hashes of all files of a database but ``-shm``, which holds locks only."""
    files = sorted(each for each in path.parent.glob(f"{path.name}*") if not each.name.endswith("-shm"))
    return {each.name: hashlib.sha256(each.read_bytes()).hexdigest() for each in files}


def flip(path: Path, place: int) -> None:
    """Change one byte of a file."""
    raw = bytearray(path.read_bytes())
    raw[place] ^= 0x01
    path.write_bytes(raw)


def cut(path: Path, share: float) -> None:
    """Keep the first part of a file."""
    os.truncate(path, int(path.stat().st_size * share))


def change_note(path: Path, **values: Any) -> None:
    """Write values into what is noted beside a backup."""
    note = path.with_name(path.name + ".json")
    note.write_text(json.dumps({**json.loads(note.read_text()), **values}))


def verdict(capsys: Any, path: Path, *words: str) -> Verdict:
    """Run ``handrail backup verify`` on a file; exit code 2 has no JSON, and its message is kept."""
    capsys.readouterr()
    root = ["--root", str(path.parent)]
    code = run(["backup", "verify", str(path), "--format", "json", *words, *root])
    said = capsys.readouterr()
    if code > 1:
        return Verdict(code, set(), said.err, {})
    data = json.loads(said.out)
    errors = [
        each["code"].removeprefix("backup.") for each in data["findings"] if each["severity"] == "error"
    ]
    return Verdict(code, set(errors), "\n".join(each["message"] for each in data["findings"]), data)


def started(*words: str, cwd: Path, env: Mapping[str, str] | None = None) -> "subprocess.Popen[bytes]":
    """Start handrail in a process of its own."""
    quiet = subprocess.DEVNULL
    return subprocess.Popen(
        [*RUN, *words], cwd=cwd, env={**os.environ, **(env or {})}, stdout=quiet, stderr=quiet
    )
