"""What a repository shows of its stack."""

from typing import NamedTuple

import pytest

from handrail.policy.found import Found, find_stack
from handrail.policy.runners import DBMATE, FLYWAY, GOLANG_MIGRATE, PLAIN, PRISMA, Runner

POSTGRESQL = "CREATE TABLE a (id BIGSERIAL PRIMARY KEY);"
SQLITE = "CREATE TABLE a (id INTEGER PRIMARY KEY AUTOINCREMENT);"
MYSQL = "CREATE TABLE `a` (id INT AUTO_INCREMENT) ENGINE=InnoDB;"


def schema(provider: str) -> str:
    return f'generator client {{\n  provider = "x"\n}}\ndatasource db {{\n  provider = "{provider}"\n}}\n'


class Case(NamedTuple):
    """Files of a repository, and what they show."""

    files: dict[str, str]
    orm: str
    engine: str
    runner: Runner
    schema: str
    migrations: str
    folder: str
    names: str
    others: tuple[str, ...] = ()


CASES = {
    "nothing": Case(
        {}, "prisma", "sqlite", PRISMA, "prisma/schema.prisma", "prisma/migrations", "", "YYYYMMDD_HHMMSS"
    ),
    "prisma at the root": Case(
        {"prisma/schema.prisma": schema("postgresql")},
        *("prisma", "postgresql", PRISMA, "prisma/schema.prisma", "prisma/migrations", "", "YYYYMMDD_HHMMSS"),
    ),
    "prisma in a folder, with Prisma's own stamps": Case(
        {
            "app/prisma/schema.prisma": schema("mysql"),
            "app/prisma/migrations/20240101120000_init/migration.sql": MYSQL,
            "app/prisma/migrations/migration_lock.toml": 'provider = "mysql"',
        },
        *("prisma", "mysql", PRISMA, "app/prisma/schema.prisma", "app/prisma/migrations", "app"),
        "YYYYMMDDHHMMSS",
    ),
    "a schema outside of a folder called prisma": Case(
        {"packages/db/schema.prisma": schema("sqlite")},
        *("prisma", "sqlite", PRISMA, "packages/db/schema.prisma", "packages/db/migrations", "packages/db"),
        "YYYYMMDD_HHMMSS",
    ),
    "a schema of several files": Case(
        {"prisma/schema/schema.prisma": schema("sqlite"), "prisma/migrations/migration_lock.toml": ""},
        *("prisma", "sqlite", PRISMA, "prisma/schema/schema.prisma", "prisma/migrations", ""),
        "YYYYMMDD_HHMMSS",
    ),
    "two schemas: the nearest to the root": Case(
        {"b/c/schema.prisma": schema("sqlite"), "web/schema.prisma": schema("postgres")},
        *("prisma", "postgresql", PRISMA, "web/schema.prisma", "web/migrations", "web", "YYYYMMDD_HHMMSS"),
        ("b/c/schema.prisma",),
    ),
    "an engine that is not known": Case(
        {"prisma/schema.prisma": schema("mongodb")},
        *("prisma", "", PRISMA, "prisma/schema.prisma", "prisma/migrations", "", "YYYYMMDD_HHMMSS"),
    ),
    "golang-migrate, numbered": Case(
        {"db/migrations/000001_a.up.sql": POSTGRESQL, "db/migrations/000001_a.down.sql": "DROP TABLE a;"},
        *("none", "postgresql", GOLANG_MIGRATE, "db/migrations", "db/migrations", "", "NNNNNN"),
    ),
    "golang-migrate in a folder of another name": Case(
        {"store/schema/1_a.up.sql": SQLITE, "store/schema/2_b.up.sql": ""},
        *("none", "sqlite", GOLANG_MIGRATE, "store/schema", "store/schema", "", "N"),
    ),
    "dbmate, with its dump of the schema": Case(
        {"db/migrations/20240101120000_a.sql": f"-- migrate:up\n{POSTGRESQL}", "db/schema.sql": POSTGRESQL},
        *("none", "postgresql", DBMATE, "db/schema.sql", "db/migrations", "", "YYYYMMDDHHMMSS"),
    ),
    "Flyway, not the copy that a build made": Case(
        {
            "src/main/resources/db/migration/V1__Create_person.sql": MYSQL,
            "target/classes/db/migration/V1__Create_person.sql": MYSQL,
        },
        *("none", "mysql", FLYWAY, "src/main/resources/db/migration", "src/main/resources/db/migration", ""),
        "V<version>_",
    ),
    "a plain folder that shows no engine": Case(
        {"migrations/0001_a.sql": "CREATE TABLE a (id int);"},
        *("none", "", PLAIN, "migrations", "migrations", "", "NNNN"),
    ),
    "signs of two engines": Case(
        {"migrations/0001_a.sql": "PRAGMA x; SELECT $$1$$;"},
        *("none", "postgresql", PLAIN, "migrations", "migrations", "", "NNNN"),
    ),
    "as many signs of one engine as of another": Case(
        {"migrations/0001_a.sql": "PRAGMA x; SELECT a::text;"},
        *("none", "", PLAIN, "migrations", "migrations", "", "NNNN"),
    ),
    "queries are no migrations": Case(
        {"sql/queries.sql": POSTGRESQL},
        *("prisma", "sqlite", PRISMA, "prisma/schema.prisma", "prisma/migrations", "", "YYYYMMDD_HHMMSS"),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_stack_is_found(name: str) -> None:
    case = CASES[name]
    found: Found = find_stack(sorted(case.files), lambda path: case.files[path].encode())
    assert (found.orm, found.engine, found.runner.name) == (case.orm, case.engine, case.runner.name)
    assert (found.schema, found.migrations, found.folder) == (case.schema, case.migrations, case.folder)
    assert found.names.format == f"{case.names}_descriptive_name"
    assert found.others == case.others
