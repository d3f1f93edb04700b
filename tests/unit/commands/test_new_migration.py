"""handrail new: the next migration of a history, and its way back, on files in memory and a real SQLite."""

import sqlite3
from collections.abc import Mapping

import pytest

from handrail.adapters.sqlite import SqliteScratch
from handrail.commands.down_draft import DraftWorld
from handrail.commands.new_migration import World, new_migration
from handrail.commands.outcome import Outcome
from handrail.core.errors import HandrailError
from tests.fakes import MemoryFiles, MemoryRepository, StoppingClock
from tests.minimal.builder import minimal_policies

HOME = "prisma/migrations"
POLICY = minimal_policies()


class Uncommitted(MemoryRepository):
    """``ports.Branch`` whose work tree holds some new files."""

    def __init__(self, new: tuple[str, ...] = ()) -> None:
        super().__init__({})
        self.new = new

    def head(self) -> str:
        """Return a commit."""
        return "c0ffee"

    def merge_base(self, revision: str) -> str:
        """Return the same."""
        return revision

    def changed(self, revision: str) -> Mapping[str, str]:
        """Return what is new."""
        assert revision == "c0ffee"
        return dict.fromkeys(self.new, "A")


def run(files: MemoryFiles, name: str = "", path: str = "", new: tuple[str, ...] = ()) -> Outcome:
    world = World(DraftWorld(files, SqliteScratch), Uncommitted(new), StoppingClock(()))
    return new_migration(world, name, path)


def project(scripts: Mapping[str, str], **edits: tuple[str, str]) -> MemoryFiles:
    """Return the minimal policy with a history; ``edits`` replace text of a policy file."""
    raw = dict(POLICY)
    for stem, (old, now) in edits.items():
        place = f"policies/{stem.replace('_', '-')}.yaml"
        assert old in raw[place].decode(), place
        raw[place] = raw[place].replace(old.encode(), now.encode())
    history = {f"{HOME}/{path}": text.encode() for path, text in scripts.items()}
    return MemoryFiles({**raw, **history})


PLAIN = {"database": ("orm: prisma", "orm: none")}


def test_prisma_makes_its_migration_itself() -> None:
    files = project({"20251126090000_a/migration.sql": "CREATE TABLE a (x INT);"})
    before = dict(files.files)
    outcome = run(files, "add notes")
    assert outcome.code == 0
    assert outcome.text.startswith("npx prisma migrate dev --create-only --name add_notes\n")
    assert "handrail new add_notes" in outcome.text
    assert "rename" not in outcome.text
    assert files.files == before


def test_where_stamps_have_an_underscore_the_folder_is_renamed() -> None:
    files = project({"20251126_090000_a/migration.sql": "CREATE TABLE a (x INT);"})
    assert "20261124_120000_add_notes" in run(files, "add_notes").text


def test_the_files_of_a_plain_history_are_written() -> None:
    files = project({"000001_create_a.up.sql": "", "000001_create_a.down.sql": ""}, **PLAIN, naming=RULES)
    outcome = run(files, "add_notes")
    assert outcome.text.splitlines() == [
        f"written  {HOME}/000002_add_notes.up.sql",
        f"written  {HOME}/000002_add_notes.down.sql",
        "Write the script, then draft its way back: handrail new add_notes",
    ]
    assert files.files[f"{HOME}/000002_add_notes.up.sql"].startswith(b"-- 000002_add_notes: ")


RULES = ("pattern: ", "pattern: ^\\d+_[a-z_]+$ # ")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "a migration needs a name"),
        ("update", "does not say what it changes"),
        ("fix", "does not say what it changes"),
        ("JIRA-123", "is not named by the rules"),
    ],
)
def test_a_name_that_says_nothing_or_breaks_the_rules_is_refused(name: str, said: str) -> None:
    files = project({"000001_create_a.up.sql": ""}, **PLAIN, naming=RULES)
    before = dict(files.files)
    with pytest.raises(HandrailError, match=said) as error:
        run(files, name)
    assert error.value.hint
    assert files.files == before


def test_nothing_is_overwritten() -> None:
    files = project(
        {"000001_create_a.up.sql": "", "000002_add_notes.down.sql": "ours"}, **PLAIN, naming=RULES
    )
    before = dict(files.files)
    with pytest.raises(HandrailError, match="is there already"):
        run(files, "add_notes")
    assert files.files == before


def test_a_stamp_after_now_is_gone_past_and_told() -> None:
    files = project({"20270101000000_create_a.sql": ""}, **PLAIN)
    assert "one second more" in run(files, "add_notes").text
    assert f"{HOME}/20270101000001_add_notes.sql" in files.files


# up script of the migration, in a schema of users(id, name) and posts(id, user_id); the draft, in order
BASE = (
    'CREATE TABLE "users" ("id" INTEGER PRIMARY KEY, "name" TEXT);'
    'CREATE TABLE "posts" ("id" INTEGER PRIMARY KEY, "user_id" INTEGER REFERENCES "users" ("id"));'
    'CREATE INDEX "posts_user" ON "posts" ("user_id");'
)
CERTAIN = {
    "table": "CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT);",
    "tables that need each other": (
        "CREATE TABLE lists (id INTEGER PRIMARY KEY);"
        "CREATE TABLE items (id INTEGER PRIMARY KEY, list_id INTEGER REFERENCES lists (id));"
        "CREATE UNIQUE INDEX items_list ON items (list_id);"
    ),
    "optional column": "ALTER TABLE users ADD COLUMN nickname TEXT;",
    "column with a default": "ALTER TABLE users ADD COLUMN servings INTEGER NOT NULL DEFAULT 2;",
    "column and its index": "ALTER TABLE users ADD COLUMN email TEXT; CREATE INDEX mail ON users (email);",
    "column that leads elsewhere": "ALTER TABLE users ADD COLUMN boss INTEGER REFERENCES users (id);",
    "column and its unique index": (
        "ALTER TABLE users ADD COLUMN email TEXT; CREATE UNIQUE INDEX one_email ON users (email);"
    ),
    "unique index": "CREATE UNIQUE INDEX one_name ON users (name);",
    "index": "CREATE INDEX by_name ON users (name);",
    "odd names": 'CREATE TABLE "a ""b"" -- c" ("d;e" TEXT); CREATE INDEX "f\'g" ON users (name);',
    "column renamed": "ALTER TABLE users RENAME COLUMN name TO full_name;",
    "table renamed": "ALTER TABLE posts RENAME TO articles;",
    "table and column renamed": (
        "ALTER TABLE posts RENAME TO articles; ALTER TABLE articles RENAME COLUMN user_id TO author_id;"
        "ALTER TABLE articles ADD COLUMN title TEXT; CREATE INDEX by_title ON articles (title);"
    ),
}


def drafted(up: str, **edits: tuple[str, str]) -> tuple[MemoryFiles, Outcome, str]:
    scripts = {"20251126090000_base/migration.sql": BASE, "20251127090000_next/migration.sql": up}
    files = project(scripts, **edits)
    outcome = run(files, path=f"{HOME}/20251127090000_next")
    return files, outcome, files.files.get(f"{HOME}/20251127090000_next/down.sql", b"").decode()


def schema_of(*scripts: str) -> list[tuple[object, ...]]:
    """Return tables, columns, indexes and foreign keys of a real database after the scripts."""
    with sqlite3.connect(":memory:") as database:
        for script in scripts:
            database.executescript(script)
        found: list[tuple[object, ...]] = []
        things = database.execute("SELECT type, name, tbl_name FROM sqlite_master ORDER BY 1, 2").fetchall()
        for kind, name, table in things:
            found.append((kind, name, table))
            quoted = name.replace("'", "''")
            for look in ("table_xinfo", "foreign_key_list", "index_xinfo"):
                rows = database.execute(f"PRAGMA {look}('{quoted}')").fetchall()
                found += [(name, look, *row) for row in rows]
    return found


@pytest.mark.parametrize("name", CERTAIN)
def test_a_draft_brings_the_schema_back(name: str) -> None:
    _, outcome, down = drafted(CERTAIN[name])
    assert outcome.code == 0, outcome.text
    assert schema_of(BASE, CERTAIN[name]) != schema_of(BASE)
    assert schema_of(BASE, CERTAIN[name], down) == schema_of(BASE)
    assert schema_of(BASE, CERTAIN[name], down, CERTAIN[name]) == schema_of(BASE, CERTAIN[name])


@pytest.mark.parametrize(
    ("up", "left"),
    [
        ("DROP INDEX posts_user;", "index.drop posts.user_id"),
        ("ALTER TABLE users DROP COLUMN name;", "column.drop.optional users.name"),
        ("UPDATE users SET name = '';", "rows.update.all users"),
        ("DROP TABLE posts;", "table.drop posts"),
    ],
)
def test_without_a_certain_inverse_nothing_is_written(up: str, left: str) -> None:
    _, outcome, down = drafted(up)
    assert (outcome.code, down) == (1, "")
    assert "none of its operations has a certain inverse" in outcome.text
    assert f"no certain inverse  line 1: {left}" in outcome.text


def test_a_gap_stands_in_the_draft_and_is_told() -> None:
    _, outcome, down = drafted("CREATE INDEX by_name ON users (name);\nUPDATE users SET name = '';")
    assert outcome.code == 1
    assert "no certain inverse  line 2: rows.update.all users" in outcome.text
    assert "-- Not undone here: rows.update.all users. Write it, or say why not.\n" in down
    assert down.endswith('\nDROP INDEX "by_name";\n')


def test_what_was_tried_and_failed_is_not_written() -> None:
    _, outcome, down = drafted("ALTER TABLE users ADD COLUMN a TEXT; CREATE VIEW v AS SELECT a FROM users;")
    assert (outcome.code, down) == (1, "")
    assert "it was tried, and line" in outcome.text
    assert "no certain inverse  line 1: view.create v" in outcome.text


def test_an_old_sqlite_cannot_drop_the_column() -> None:
    _, outcome, down = drafted("ALTER TABLE users ADD COLUMN a TEXT;", database=OLD)
    assert (outcome.code, down) == (1, "")
    assert "no certain inverse  line 1: column.add.optional users.a" in outcome.text


OLD = ("version: ", 'version: "3.31" # ')


FIRST = {"000001_create_a.up.sql": "CREATE TABLE a (x INT);", "000001_create_a.down.sql": "DROP TABLE a;"}
NEW = (f"{HOME}/000002_add_notes.up.sql", f"{HOME}/000002_add_notes.down.sql")


@pytest.mark.parametrize("again", [{"name": "add_notes"}, {"path": NEW[0]}])
def test_a_down_script_that_is_as_it_was_made_is_filled_in(again: dict[str, str]) -> None:
    files = project(FIRST, **PLAIN, naming=RULES)
    run(files, "add_notes")
    files.files[NEW[0]] = b"CREATE TABLE notes (x INT);"
    outcome = run(files, **again, new=NEW)
    assert outcome.text.startswith(f"written  {NEW[1]}\n")
    assert b"DROP TABLE" in files.files[NEW[1]]


def test_where_nothing_is_certain_the_next_step_is_told() -> None:
    files = project(FIRST, **PLAIN, naming=RULES)
    run(files, "add_notes")
    files.files[NEW[0]] = b"DROP TABLE a;"
    outcome = run(files, "add_notes", new=NEW)
    assert outcome.code == 1
    assert f"Write {NEW[1]} yourself, or declare the change forward-only" in outcome.text


def test_a_down_script_that_is_there_stays() -> None:
    files, _, first = drafted(CERTAIN["index"])
    with pytest.raises(HandrailError, match="is there already"):
        run(files, path=f"{HOME}/20251127090000_next/migration.sql")
    assert files.files[f"{HOME}/20251127090000_next/down.sql"].decode() == first


def test_the_name_of_a_migration_that_is_not_committed_drafts_its_way_back() -> None:
    script = f"{HOME}/20251127090000_add_notes/migration.sql"
    files = project({"20251127090000_add_notes/migration.sql": CERTAIN["table"]})
    assert "npx prisma" in run(files, "add_notes").text  # committed: it is another one that is wanted
    outcome = run(files, "Add notes", new=(script,))
    assert outcome.text.startswith(f"written  {HOME}/20251127090000_add_notes/down.sql\n")


@pytest.mark.parametrize("path", ["prisma/schema.prisma", f"{HOME}/nothing", f"{HOME}"])
def test_what_is_no_migration_has_no_way_back(path: str) -> None:
    with pytest.raises(HandrailError, match="is no migration"):
        run(project({"20251127090000_a/migration.sql": ""}), path=path)


def test_a_single_file_has_no_place_for_a_down_script() -> None:
    files = project({"20251127090000_add_notes.sql": CERTAIN["table"]}, **PLAIN)
    with pytest.raises(HandrailError, match="no place for a down script"):
        run(files, path=f"{HOME}/20251127090000_add_notes.sql")


def test_a_policy_that_cannot_be_read_stops_it() -> None:
    with pytest.raises(HandrailError, match="there is no policy"):
        run(MemoryFiles({}), "add_notes")
