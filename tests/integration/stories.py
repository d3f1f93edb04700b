"""States in which the person on call finds the database: healthy, half migrated, or with rows gone."""

import shutil
import sqlite3
from pathlib import Path
from typing import NamedTuple

from tests.integration.procedures import Block, run_block
from tests.integration.servers import Target

GOOD = "20251126_090000_add_recipe_notes"
SUSPECT = "20251203_141500_drop_user_nickname"

TABLES = """
CREATE TABLE "users" ("id" TEXT NOT NULL PRIMARY KEY, "email" TEXT NOT NULL);
CREATE TABLE "recipes" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "userId" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    CONSTRAINT "recipes_userId_fkey" FOREIGN KEY ("userId") REFERENCES "users" ("id") ON DELETE CASCADE
);
INSERT INTO "users" VALUES ('u-ann', 'ann@example.test'), ('u-ben', 'ben@example.test');
INSERT INTO "recipes" VALUES ('r-1', 'u-ann', 'Dal'), ('r-2', 'u-ann', 'Salad'), ('r-3', 'u-ben', 'Rice');
"""
HISTORY = """
CREATE TABLE "_prisma_migrations" (
    "id" VARCHAR(36) PRIMARY KEY NOT NULL,
    "checksum" VARCHAR(64) NOT NULL,
    "finished_at" {time},
    "migration_name" VARCHAR(255) NOT NULL,
    "logs" TEXT,
    "rolled_back_at" {time},
    "started_at" {time} NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "applied_steps_count" INTEGER NOT NULL DEFAULT 0
);
"""
TIME = {"sqlite": "DATETIME", "postgresql": "TIMESTAMPTZ"}
ATTEMPT = """
INSERT INTO "_prisma_migrations" ("id", "checksum", "migration_name", "started_at", "finished_at", "logs")
VALUES ('{name}', 'c', '{name}', '{started}', {finished}, {logs});
"""
HALF = {
    "sqlite": 'CREATE TABLE "new_users" ("id" TEXT NOT NULL PRIMARY KEY);',
    "postgresql": """
        CREATE TABLE "new_users" ("id" TEXT NOT NULL PRIMARY KEY);
        ALTER TABLE "recipes" ADD CONSTRAINT "half" CHECK ("title" <> '') NOT VALID;
    """,
}
DOWN = {
    "sqlite": 'DROP TABLE "new_users";\n',
    "postgresql": 'ALTER TABLE "recipes" DROP CONSTRAINT "half";\nDROP TABLE "new_users";\n',
}
CASCADE = """DELETE FROM "recipes" WHERE "userId" = 'u-ann';"""
LOOK = {
    "prisma": 'SELECT * FROM "recipes" ORDER BY 1; SELECT migration_name FROM _prisma_migrations;',
    "none": 'SELECT * FROM "recipes" ORDER BY 1;',
}
TAKE_BACKUP = {
    "sqlite": """sqlite3 "$DB" ".backup 'before-deploy.db'" && sqlite3 before-deploy.db .sha3sum""",
    "postgresql": """
        pg_dump -Fc -f before-deploy.db -d "$DATABASE_URL"
        tables="SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
        psql -XAtq "$DATABASE_URL" -c "$tables" |
          while read -r t; do psql -XAtq "$DATABASE_URL" -c "COPY \\"$t\\" TO STDOUT" | LC_ALL=C sort; done |
          sha256sum | cut -d ' ' -f 1
    """,
}


class Story(NamedTuple):
    """A database in some state. ``before`` is what ``look`` printed when the backup was taken."""

    target: Target
    blanks: dict[str, str]
    look: Block
    before: str
    mark: Block


def sql(text: str) -> Block:
    """Return ``text`` as a block of SQL."""
    return Block("story", None, "sql", text, None)


def attempt(name: str, started: str, *, fine: bool) -> Block:
    """Return the row that Prisma writes for one run of a migration."""
    finished, logs = (f"'{started}'", "NULL") if fine else ("NULL", "'no such column'")
    return sql(ATTEMPT.format(name=name, started=started, finished=finished, logs=logs))


def healthy(target: Target, orm: str = "prisma") -> Story:
    """Return a migrated database with a backup and nothing wrong. Only Prisma leaves a history in it."""
    run_block(sql(TABLES), target)
    if orm == "prisma":
        run_block(sql(HISTORY.format(time=TIME[target.engine])), target)
        run_block(attempt(GOOD, "2025-11-26 09:10:00", fine=True), target)
    backup = Block("story", None, "shell", TAKE_BACKUP[target.engine], None)
    content_hash = run_block(backup, target).strip()
    folder = target.folder / "prisma" / "migrations" / SUSPECT
    folder.mkdir(parents=True)
    (folder / "migration.sql").write_text(HALF[target.engine], encoding="utf-8")
    (folder / "down.sql").write_text(DOWN[target.engine], encoding="utf-8")
    blanks = {
        "DATABASE FILE": target.env.get("DB", ""),
        "POSTGRESQL ADDRESS": target.env.get("DATABASE_URL", "") + "?schema=public",
        "BACKUP FILE": "before-deploy.db",
        "CONTENT HASH": content_hash,
        "MIGRATION": SUSPECT,
        "DOWN SCRIPT": f"prisma/migrations/{SUSPECT}/down.sql",
        "CASE FOLDER": "case",
        "TABLE": '"recipes"',
        "COLUMNS": '"id", "title"',
    }
    look = sql(LOOK[orm])
    mark = sql(
        'UPDATE "_prisma_migrations" SET "rolled_back_at" = CURRENT_TIMESTAMP WHERE "finished_at" IS NULL;'
    )
    return Story(target, blanks, look, run_block(look, target), mark)


def half_applied(target: Target, orm: str = "prisma") -> Story:
    """Return a database in which the suspect stopped midway."""
    story = healthy(target, orm)
    run_block(sql(HALF[target.engine]), target)
    if orm == "prisma":
        run_block(attempt(SUSPECT, "2025-12-03 14:20:00", fine=False), target)
    return story


def lost_rows(target: Target) -> Story:
    """Return a database in which a cascade took rows; on SQLite the loss is still in the WAL."""
    story = healthy(target)
    loss = CASCADE + attempt(SUSPECT, "2025-12-03 14:20:00", fine=True).run
    if target.engine == "sqlite":
        leave_in_wal(Path(target.env["DB"]), loss)
    else:
        run_block(sql(loss), target)
    return story


def leave_in_wal(file: Path, script: str) -> None:
    """Run ``script`` so that its effect is in ``file``-wal only, as after a crash."""
    parts = [file.with_name(file.name + suffix) for suffix in ("", "-wal")]
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.executescript(script)
    for part in parts:
        shutil.copy(part, part.with_name(f"{part.name}.crashed"))
    connection.close()
    for part in parts:
        part.with_name(f"{part.name}.crashed").replace(part)
