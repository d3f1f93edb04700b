"""Dialects by name, by folder and by guess."""

import pytest

from handrail.migrations.dialects import dialect_in_path, dialect_named, guess_dialect, provider_in


@pytest.mark.parametrize(
    ("text", "dialect"),
    [
        ("CREATE TABLE a (id INTEGER PRIMARY KEY AUTOINCREMENT);", "sqlite"),
        ("PRAGMA foreign_keys=OFF;", "sqlite"),
        ("CREATE TABLE `a` (`id` integer PRIMARY KEY NOT NULL, `b` text);", "sqlite"),
        ("CREATE TABLE `a` (`id` text PRIMARY KEY NOT NULL);", "sqlite"),
        ("-- like `this`\nPRAGMA foreign_keys=OFF; -- AUTO_INCREMENT", "sqlite"),
        ("CREATE TABLE a (id SERIAL);", "postgresql"),
        ("ALTER TABLE a ADD b jsonb;", "postgresql"),
        ("DO $$ BEGIN END $$;", "postgresql"),
        ("ALTER TABLE a ALTER COLUMN b SET NOT NULL;", "postgresql"),
        ("CREATE TABLE a (b int) ENGINE=InnoDB;", "mysql"),
        ("CREATE TABLE `a` (`b` VARCHAR(191) NOT NULL);", "mysql"),
        ("CREATE TABLE a (b int unsigned auto_increment);", "mysql"),
        ("ALTER TABLE a MODIFY b int;", "mysql"),
        ("CREATE TABLE a (b int);", None),
        ("", None),
    ],
)
def test_signs(text: str, dialect: str | None) -> None:
    assert guess_dialect([text])[0] == dialect


def test_a_whole_history_votes_and_says_why() -> None:
    assert guess_dialect(["create table a (b int);", "alter table a add c  jsonb;"]) == (
        "postgresql",
        "jsonb",
    )
    assert guess_dialect([]) == (None, "")


def test_backticks_alone_are_one_vote_in_a_history() -> None:
    later = ["ALTER TABLE `a` ADD `b` text;"] * 9
    assert guess_dialect(["CREATE TABLE `a` (`id` integer PRIMARY KEY);", *later])[0] == "sqlite"
    assert guess_dialect(later)[0] == "mysql"


@pytest.mark.parametrize(
    ("folder", "dialect"),
    [
        ("internal/migrations/mysql", "mysql"),
        ("mysql/migrations/postgres", "postgresql"),
        ("db/MariaDB-scripts", "mysql"),
        ("db/pg", "postgresql"),
        ("migrations/sqlite3", "sqlite"),
        ("prisma/migrations", None),
        ("mysqlish", None),
        ("", None),
    ],
)
def test_folders(folder: str, dialect: str | None) -> None:
    assert dialect_in_path(folder) == dialect


@pytest.mark.parametrize(
    ("lock", "provider"),
    [
        ('# do not edit\nprovider = "sqlite"\n', "sqlite"),
        ("provider='postgresql'", "postgresql"),
        ('# provider = "mysql"\n', ""),
        ("", ""),
    ],
)
def test_the_provider_of_a_lock_file(lock: str, provider: str) -> None:
    assert provider_in(lock) == provider


def test_names_of_providers() -> None:
    assert [dialect_named(each) for each in ("MariaDB", "cockroachdb", "sqlserver")] == [
        "mysql",
        "postgresql",
        None,
    ]
