"""Histories of migrations, made by this file: the same files for Handrail and for its peers."""

import os
import shutil

import workloads

EACH = 10
"""Migrations about one table before the next one is created."""

_CREATE = """CREATE TABLE "t{n}" (
    "id" {serial} NOT NULL,
    "name" TEXT NOT NULL,
    "note" TEXT,
    "amount" INTEGER NOT NULL DEFAULT 0,
    "parentId" INTEGER,
    CONSTRAINT "t{n}_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "t{n}_parentId_fkey" FOREIGN KEY ("parentId") REFERENCES "t{p}"("id") ON DELETE CASCADE
);
"""
_POSTGRESQL = (
    _CREATE.replace("{serial}", "SERIAL"),
    'ALTER TABLE "t{n}" ADD COLUMN "title" TEXT;\n',
    'CREATE INDEX "t{n}_name_idx" ON "t{n}"("name");\n',
    'ALTER TABLE "t{n}" ADD COLUMN "kind" TEXT NOT NULL DEFAULT \'plain\', ALTER COLUMN "note" SET DEFAULT \'\';\n',
    'UPDATE "t{n}" SET "note" = \'\' WHERE "note" IS NULL;\nALTER TABLE "t{n}" ALTER COLUMN "note" SET NOT NULL;\n',
    'ALTER TABLE "t{n}" ALTER COLUMN "amount" SET DATA TYPE BIGINT;\n',
    'CREATE UNIQUE INDEX "t{n}_title_key" ON "t{n}"("title");\n',
    'ALTER TABLE "t{n}" RENAME COLUMN "title" TO "heading";\n',
    'DELETE FROM "t{n}" WHERE "amount" < 0;\n',
    'ALTER TABLE "t{n}" DROP COLUMN "kind";\n',
)
_REBUILD = """PRAGMA foreign_keys=OFF;
CREATE TABLE "new_t{n}" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "parentId" INTEGER,
    CONSTRAINT "t{n}_parentId_fkey" FOREIGN KEY ("parentId") REFERENCES "t{p}" ("id") ON DELETE SET NULL
);
INSERT INTO "new_t{n}" ("id", "name", "note", "parentId") SELECT "id", "name", coalesce("note", ''), "parentId" FROM "t{n}";
DROP TABLE "t{n}";
ALTER TABLE "new_t{n}" RENAME TO "t{n}";
PRAGMA foreign_keys=ON;
"""
_SQLITE = (
    _CREATE.replace("{serial} NOT NULL", "INTEGER NOT NULL"),
    'ALTER TABLE "t{n}" ADD COLUMN "title" TEXT;\n',
    'CREATE INDEX "t{n}_name_idx" ON "t{n}"("name");\n',
    'ALTER TABLE "t{n}" ADD COLUMN "kind" TEXT NOT NULL DEFAULT \'plain\';\n',
    'UPDATE "t{n}" SET "note" = \'\' WHERE "note" IS NULL;\n',
    'CREATE UNIQUE INDEX "t{n}_title_key" ON "t{n}"("title");\n',
    'ALTER TABLE "t{n}" RENAME COLUMN "title" TO "heading";\n',
    'DELETE FROM "t{n}" WHERE "amount" < 0;\n',
    'ALTER TABLE "t{n}" DROP COLUMN "kind";\n',
    _REBUILD,
)


HOME = "backend/prisma/migrations"
"""Where the shipped policy has them."""


def script(dialect: str, number: int) -> str:
    """Return migration ``number`` of a history, from 0."""
    texts = _POSTGRESQL if dialect == "postgresql" else _SQLITE
    table = number // EACH
    return texts[number % EACH].replace("{n}", str(table)).replace("{p}", str(max(table - 1, 0)))


def repository(folder: str, dialect: str, size: int) -> list[str]:
    """Lay down a repository with a history of ``size`` migrations, and return their paths in it."""
    shutil.copytree(os.path.join(workloads.CHECKOUT, "policies"), os.path.join(folder, "policies"))
    workloads.write(os.path.join(folder, HOME, "migration_lock.toml"), f'provider = "{dialect}"\n')
    return more(folder, dialect, 0, size)


def more(folder: str, dialect: str, first: int, end: int) -> list[str]:
    """Write migrations ``first`` to ``end`` of a history, and return their paths."""
    numbers = range(first, end)
    paths = [f"{HOME}/{20250101000000 + number}_made/migration.sql" for number in numbers]
    for number, path in zip(numbers, paths, strict=True):
        workloads.write(os.path.join(folder, path), script(dialect, number))
    return paths
