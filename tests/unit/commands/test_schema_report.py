"""handrail schema-report: what it reads, what it says, and in which forms."""

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from handrail.adapters.sqlite import SqliteScratch
from handrail.commands.outcome import Outcome
from handrail.commands.schema_report import Openers, schema_report
from handrail.core.errors import HandrailError
from tests.fakes import CHECKOUT, MemoryFiles
from tests.minimal.builder import minimal_files

HEADER = b"SQLite format 3\0" + b"\0" * 84
PUBLISHED = json.loads((CHECKOUT / "docs" / "schemas" / "schema-report.schema.json").read_text())
CASES = sorted((CHECKOUT / "tests" / "cases" / "prisma").glob("*.prisma"))
TABLES = """
CREATE TABLE users(id INTEGER PRIMARY KEY, deleted_at TEXT);
CREATE TABLE notes(
    id INTEGER PRIMARY KEY, owner INTEGER REFERENCES users ON DELETE CASCADE, folder REFERENCES folders
);
CREATE TABLE folders(id INTEGER PRIMARY KEY, user_id INTEGER);
CREATE TABLE _prisma_migrations(id TEXT PRIMARY KEY);
CREATE TRIGGER gone BEFORE DELETE ON folders BEGIN SELECT 1; END;
"""


class Memory:
    """``ports.Database`` over a database in memory."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def rows(self, query: str) -> Sequence[tuple[Any, ...]]:
        return self.connection.execute(query).fetchall()


@pytest.fixture
def open_database() -> Iterator[Callable[[str], Memory]]:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(TABLES)
        yield lambda _: Memory(connection)


def no_database(path: str) -> Memory:
    raise AssertionError(path)


def report(path: str = "", form: str = "text", **files: bytes) -> Outcome:
    """Report on the minimal repository; ``schema`` is one more schema, ``risks`` the policy's risks."""
    places = {"schema": "a.prisma", "risks": "policies/risks.yaml"}
    there = minimal_files() | {places[name]: raw for name, raw in files.items()}
    return schema_report(MemoryFiles(there), Openers(no_database, SqliteScratch), path, form)


def of(schema: bytes, form: str = "text") -> Outcome:
    """Report on a schema."""
    return report("a.prisma", form, schema=schema)


def fact(schema: bytes) -> Any:
    """Return the report on a schema as data."""
    return json.loads(of(schema, "json").text)


def test_without_a_path_it_reads_the_schema_that_the_policy_names() -> None:
    outcome = report()
    assert outcome.code == 0
    assert outcome.text.startswith("Schema report of prisma/schema.prisma (sqlite)\n3 tables, 2 relations.\n")


@pytest.mark.parametrize(
    "line",
    [
        "  Note.owner -> User                        CASCADE, stated",
        "  Note.folder -> Folder                     SET NULL, Prisma's default",
        "S1 HIGH  Deep cascades",
        "  Deleting one row of User",
        "    deletes         Note",
        "    leaves behind   Folder.userId",
        "    empties         Note.folder",
        "    do              Restrict it.",
        "    patterns        add-required-column",
        "S2  Deletes that leave no trace",
        "  User, Note, Folder",
        "S3  Relations that state no delete rule",
        "  Note.folder",
    ],
)
def test_text_says_what_deleting_does(line: str) -> None:
    assert line in report().text.splitlines()


def test_words_and_levels_are_those_of_the_policy() -> None:
    risks = minimal_files()["policies/risks.yaml"].replace(b"severity: HIGH", b"severity: LOW")
    assert "S1 LOW  Deep cascades" in report(risks=risks).text
    files = {"a.prisma": minimal_files()["prisma/schema.prisma"]}
    text = schema_report(MemoryFiles(files), Openers(no_database, SqliteScratch), "a.prisma", "text").text
    assert "S1  Deletes that take rows of other tables along\n" in text


def test_all_text_fits_a_terminal() -> None:
    for case in CASES:
        text = of(case.read_bytes()).text
        assert max(map(len, text.splitlines())) <= 79


PAIR = b"""datasource db {
  provider     = "mysql"
  relationMode = "prisma"
}
model User {
  id    Int    @id
  notes Note[]
}
model Note {
  id     Int  @id
  userId Int
  user   User @relation(fields: [userId], references: [id], onDelete: Cascade)
}
"""


def test_what_the_database_does_not_enforce_is_told() -> None:
    text = of(PAIR).text
    assert "CASCADE, stated; not enforced: relationMode prisma" in " ".join(text.split())
    assert "The database enforces none of them" in text
    assert "    deletes         Note" in text.splitlines()
    assert "not enforced: relationMode prisma" in of(PAIR, "markdown").text


def test_what_cannot_be_read_is_told_and_the_rest_is_reported() -> None:
    broken = PAIR.replace(b"model Note {\n", b"model Note {\n  !!!\n")
    for form in ("text", "markdown"):
        outcome = of(broken, form)
        assert outcome.code == 1
        assert "a.prisma:10:3" in outcome.text
    value = fact(broken)
    assert (value["unread"][0]["line"], len(value["relations"])) == (10, 1)


def test_a_folder_is_one_schema() -> None:
    user, note = PAIR.split(b"model Note", 1)
    files = {"db/user.prisma": user, "db/note.prisma": b"model Note" + note, "db/seed.sql": b"SELECT 1;"}
    outcome = schema_report(MemoryFiles(files), Openers(no_database, SqliteScratch), "./db/", "json")
    value = json.loads(outcome.text)
    assert value["files"] == ["db/note.prisma", "db/user.prisma"]
    assert value["relations"][0]["path"] == "db/note.prisma"


def test_a_database_is_read_by_its_tables(open_database: Callable[[str], Memory]) -> None:
    files = MemoryFiles({"app.db": HEADER})
    value = json.loads(schema_report(files, Openers(open_database, SqliteScratch), "app.db", "json").text)
    assert [table["name"] for table in value["tables"]] == ["users", "notes", "folders"]
    assert [(each["name"], each["origin"]) for each in value["relations"]] == [
        ("notes.owner", "stated"),
        ("notes.folder", "the database's default"),
    ]
    users, _, folders = value["tables"]
    assert (users["soft_delete"], users["leaves"]) == (True, ["folders.user_id"])
    assert (folders["logged"], folders["stopped_by"][0]["on_delete"]) == (True, "NO ACTION")
    assert value["risks"][1]["found"] == 1
    jsonschema.validate(value, PUBLISHED)


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("gone.prisma", "there is no schema at gone.prisma"),
        ("policies", "policies is no Prisma schema, no SQLite database and no history"),
        ("mkdocs.yml", "mkdocs.yml is no Prisma schema, no SQLite database and no history"),
    ],
)
def test_what_is_no_schema_is_refused(path: str, message: str) -> None:
    with pytest.raises(HandrailError, match=message) as caught:
        report(path)
    assert "schema.prisma" in caught.value.hint


def test_without_policy_and_path_there_is_nothing_to_read() -> None:
    with pytest.raises(HandrailError, match="there is no policy"):
        schema_report(MemoryFiles({}), Openers(no_database, SqliteScratch), "", "text")


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_json_is_what_its_schema_says(path: Path) -> None:
    jsonschema.validate(fact(path.read_bytes()), PUBLISHED)


def test_the_published_schema_leaves_nothing_unsaid() -> None:
    jsonschema.Draft202012Validator.check_schema(PUBLISHED)
    value = fact(PAIR)
    for key in value:
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({name: each for name, each in value.items() if name != key}, PUBLISHED)


def test_an_action_inside_the_chain_is_marked() -> None:
    text = (
        PAIR
        + b"""model Mark {
  id     Int  @id
  noteId Int
  note   Note @relation(fields: [noteId], references: [id], onDelete: Restrict)
  userId Int
  user   User @relation(fields: [userId], references: [id], onDelete: Cascade)
}
"""
    )
    text = text.replace(b"  notes Note[]\n", b"  notes Note[]\n  marks Mark[]\n")
    (user, _, _) = fact(text)["tables"]
    assert user["stopped_by"] == [{"name": "Mark.note", "on_delete": "RESTRICT", "inside": True}]
    assert "Mark.note (RESTRICT, unless its row goes first)" in of(text).text


def test_markdown_has_a_picture_and_the_same_as_a_table() -> None:
    text = report(form="markdown").text
    assert '```mermaid\nflowchart LR\n  t1["User"]\n  t2["Note"]\n' in text
    assert "\n  t1 -->|deletes| t2\n" in text
    assert "\n  t1 -.-|leaves| t3\n" in text
    assert "| User | Note | \u2013 | \u2013 | Folder.userId |" in text
    assert "| Note.folder | Folder | SET NULL | Prisma's default |" in text


def test_names_of_a_database_stay_names_in_markdown() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(
            'CREATE TABLE "a|b`"(id INTEGER PRIMARY KEY);'
            'CREATE TABLE "x""];@me"(id INTEGER PRIMARY KEY, p REFERENCES "a|b`" ON DELETE CASCADE);'
        )
        files = MemoryFiles({"app.db": HEADER})
        text = schema_report(
            files, Openers(lambda _: Memory(connection), SqliteScratch), "app.db", "markdown"
        ).text
    assert 't1["a#124;b#96;"]' in text
    assert 't2["x#34;#93;#59;#64;me"]' in text
    assert '| a\\|b\\` | x"\\];@<!-- -->me |' in text


def test_a_picture_that_nobody_could_read_is_not_drawn() -> None:
    children = "".join(
        f"model C{n} {{\n id Int @id\n uId Int\n u U @relation(fields: [uId], references: [id])\n}}\n"
        for n in range(301)
    )
    lists = "".join(f" c{n} C{n}[]\n" for n in range(301))
    text = f"model U {{\n id Int @id\n{lists}}}\n{children}".encode()
    outcome = of(text, "markdown")
    assert "```mermaid" not in outcome.text
    assert "| C300.u | U | RESTRICT |" in outcome.text


def test_a_join_table_is_no_danger_of_its_own() -> None:
    first = b"model A {\n id Int @id\n deletedAt DateTime?\n bs B[]\n}\n"
    text = first + first.replace(b"bs B", b"as A").replace(b"model A", b"model B")
    value = fact(text)
    assert [risk["found"] for risk in value["risks"]] == [2, 0, 0]
    assert {each["origin"] for each in value["relations"]} == {"Prisma's join table"}


def test_circles_are_told_with_what_goes_round() -> None:
    up = b' up A? @relation("t", fields: [upId], references: [id], onDelete: Cascade)\n'
    text = b"model A {\n id Int @id\n upId Int?\n" + up + b' all A[] @relation("t")\n}\n'
    assert fact(text)["cycles"] == [{"tables": ["A"], "cascades": True}]
    assert "Circle: A (and deletes go round)" in of(text).text
    assert "- A: deletes go round" in of(text, "markdown").text


def test_a_schema_of_nothing_is_a_report_of_nothing() -> None:
    outcome = of(b"")
    assert outcome.code == 0
    assert outcome.text.count("This schema shows none.") == 3


UP = """
CREATE TABLE users (id TEXT PRIMARY KEY);
CREATE TABLE notes (id TEXT PRIMARY KEY, userId TEXT REFERENCES users (id) ON DELETE CASCADE);
"""


def report_on(files: dict[str, bytes], path: str) -> str:
    """Return the report on a history."""
    return schema_report(MemoryFiles(files), Openers(no_database, SqliteScratch), path, "text").text


def test_the_schema_that_migrations_make() -> None:
    later = b"DROP TABLE notes; CREATE TABLE lists (id TEXT, userId TEXT); PRAGMA user_version = 1;"
    lock = b'provider = "sqlite"\n'
    first = {"m/1_init/migration.sql": UP.encode(), "m/migration_lock.toml": lock}
    assert "notes.userId -> users" in report_on(first, "m")
    said = report_on({**first, "m/2_lists/migration.sql": later}, "m/")
    assert "notes" not in said
    assert "Orphan: lists.userId looks like a reference to users" in said


def test_several_histories_are_not_one_schema() -> None:
    files = {"a/1.up.sql": b"SELECT 1;", "b/1.up.sql": b"SELECT 1;", "policies/x": b""}
    with pytest.raises(HandrailError, match="there are several histories in"):
        report_on({f"m/{path}": raw for path, raw in files.items()}, "m")
