"""A healthy database with a migration beside it, for the commands of checklists and guide."""

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
INSERT INTO "_prisma_migrations" ("id", "checksum", "migration_name", "started_at", "finished_at")
VALUES ('{name}', 'c', '{name}', '{started}', '{started}');
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


def sql(text: str) -> Block:
    """Return ``text`` as a block of SQL."""
    return Block("story", None, "sql", text, None)


def healthy(target: Target, orm: str = "prisma") -> None:
    """Make a migrated database with nothing wrong. Only Prisma leaves a history in it."""
    run_block(sql(TABLES), target)
    if orm == "prisma":
        run_block(sql(HISTORY.format(time=TIME[target.engine])), target)
        run_block(sql(ATTEMPT.format(name=GOOD, started="2025-11-26 09:10:00")), target)
    folder = target.folder / "prisma" / "migrations" / SUSPECT
    folder.mkdir(parents=True)
    (folder / "migration.sql").write_text(HALF[target.engine], encoding="utf-8")
    (folder / "down.sql").write_text(DOWN[target.engine], encoding="utf-8")
