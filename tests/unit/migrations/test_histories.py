"""Migrations with their scripts, dialects and declarations."""

import pytest

from handrail.migrations.histories import Histories, read_migrations
from handrail.migrations.operations import Script
from handrail.migrations.quotes import Dialect

LOCK = "m/migration_lock.toml"
PLAIN = "create table a (b int);"


def read(files: dict[str, str], given: Dialect | None = None, engine: Dialect | None = None) -> Histories:
    return read_migrations(files, lambda path: files[path].encode("latin-1"), given, engine)


def test_prisma_with_a_down_script() -> None:
    found = read({"m/1/migration.sql": "a;", "m/1/down.sql": "b;", LOCK: 'provider = "sqlite"'})
    (one,) = found.migrations
    assert (one.name, one.path, one.folder, one.dialect) == ("1", "m/1/migration.sql", "m", "sqlite")
    assert (one.up, one.down) == (Script("m/1/migration.sql", "a;"), Script("m/1/down.sql", "b;"))
    assert (one.down_path, one.irreversible, one.transaction) == ("m/1/down.sql", "", True)
    assert found.findings == ()


def test_one_file_with_both_directions() -> None:
    text = "-- +goose NO TRANSACTION\n-- +goose Up\na;\n-- +goose Down\n-- irreversible: gone\n"
    (one,) = read({"m/1.sql": text}, given="mysql").migrations
    assert one.up == Script("m/1.sql", "-- +goose NO TRANSACTION\n\na;\n\n\n")
    assert one.down == Script("m/1.sql", "\n\n\n\n-- irreversible: gone\n")
    assert (one.down_path, one.irreversible, one.transaction) == ("m/1.sql", "gone", False)


def test_a_migration_without_a_down_script() -> None:
    (one,) = read({"m/1.sql": "-- migrate:up\na;"}, given="mysql").migrations
    assert (one.down, one.down_path) == (None, "")


@pytest.mark.parametrize(
    ("files", "given", "engine", "dialect", "codes"),
    [
        ({"m/1/migration.sql": PLAIN, LOCK: 'provider = "mysql"'}, "sqlite", "postgresql", "sqlite", []),
        ({"m/1/migration.sql": PLAIN, LOCK: 'provider = "mysql"'}, None, "postgresql", "mysql", []),
        ({"m/1/migration.sql": PLAIN, LOCK: ""}, None, "sqlite", "sqlite", []),
        ({"mysql/1.sql": PLAIN}, None, "postgresql", "mysql", []),
        ({"m/1.sql": "PRAGMA x;"}, None, "postgresql", "postgresql", []),
        ({"m/1.sql": PLAIN, "m/2.sql": "PRAGMA x;"}, None, None, "sqlite", ["migration.dialect-guessed"]),
        ({"m/1.sql": PLAIN}, None, None, "postgresql", ["migration.dialect-unknown"]),
    ],
)
def test_where_the_dialect_comes_from(
    files: dict[str, str], given: Dialect | None, engine: Dialect | None, dialect: Dialect, codes: list[str]
) -> None:
    found = read(files, given, engine)
    assert {each.dialect for each in found.migrations} == {dialect}
    assert [each.code for each in found.findings] == codes


def test_an_engine_that_nobody_reads_is_an_error() -> None:
    found = read({"m/1/migration.sql": PLAIN, LOCK: 'provider = "sqlserver"'}, engine="sqlite")
    assert found.migrations == ()
    assert [(each.code, each.severity) for each in found.findings] == [("migration.dialect-unknown", "error")]


def test_every_history_has_its_own_dialect() -> None:
    found = read({"mysql/1.sql": PLAIN, "postgres/1.sql": PLAIN})
    assert [(each.folder, each.dialect) for each in found.migrations] == [
        ("mysql", "mysql"),
        ("postgres", "postgresql"),
    ]


def test_a_binary_file_is_a_finding_and_no_migration() -> None:
    found = read({"m/1.sql": "\x00\x01\x02", "m/2.sql": PLAIN}, given="sqlite")
    assert [each.name for each in found.migrations] == ["2"]
    assert [(each.code, each.location.path) for each in found.findings] == [("migration.binary", "m/1.sql")]


def test_other_encodings_are_read_and_said() -> None:
    found = read({"m/1.sql": "select '\xe4';"}, given="sqlite")
    assert found.migrations[0].up.text == "select 'ä';"
    assert [each.code for each in found.findings] == ["migration.encoding"]


def test_a_declaration_without_a_reason_does_not_count() -> None:
    found = read({"m/1.up.sql": PLAIN, "m/1.down.sql": "\n-- irreversible:"}, given="sqlite")
    assert found.migrations[0].irreversible == ""
    (finding,) = found.findings
    assert (finding.code, finding.location.path, finding.location.line) == (
        "migration.no-reason",
        "m/1.down.sql",
        2,
    )


def test_nothing_to_read() -> None:
    assert read({}) == ((), ())
