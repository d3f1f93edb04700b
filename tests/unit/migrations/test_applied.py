"""Where a database stands, by the table of each runner."""
# ruff: noqa: S608  # the texts of all these scripts stand in this file

from hashlib import sha256

import pytest

from handrail.commands.runner_history import Live, read_applied
from handrail.migrations.applied import Difference, Standing, compare_applied
from handrail.migrations.histories import read_migrations
from tests.deploys.cases import PRISMA, MemoryDatabase

UP = b"CREATE TABLE a (id INTEGER PRIMARY KEY);\n"


def standing(script: str, *paths: str, raw: bytes = UP) -> Standing:
    """Return where a database stands that a script makes, against migrations at ``paths``."""
    files = dict.fromkeys(paths, raw)
    held = read_applied(Live("sqlite", MemoryDatabase(script)))
    assert held.ledger is not None
    here = read_migrations(paths, files.__getitem__).migrations
    return compare_applied(held.ledger, here, files.__getitem__)


def said(found: Standing) -> tuple[list[str], list[str]]:
    """Return the names of what is pending, and the differences, in words."""
    return [each.name for each in found.pending], [f"{each.code} {each.name}" for each in found.differences]


PRISMA_PATHS = ("m/20250101_a/migration.sql", "m/20250102_b/migration.sql", "m/20250103_c/migration.sql")


def prisma(*rows: tuple[str, str, str, str]) -> str:
    """Return a script: (name, checksum, finished, rolled back), in the order they were started."""
    lines = [
        f"INSERT INTO _prisma_migrations VALUES ('{number}', '{checksum}', {finished}, '{name}', '', {back}, "
        f"'2025-01-{number:02}', 1);"
        for number, (name, checksum, finished, back) in enumerate(rows, 1)
    ]
    return f"{PRISMA};" + "".join(lines)


SUM = sha256(UP).hexdigest()
DONE, OPEN, BACK = ("'2025'", "NULL"), ("NULL", "NULL"), ("NULL", "'2025'")
PRISMA_CASES: dict[str, tuple[str, list[str], list[str]]] = {
    "nothing applied": (prisma(), ["20250101_a", "20250102_b", "20250103_c"], []),
    "one applied": (prisma(("20250101_a", SUM, *DONE)), ["20250102_b", "20250103_c"], []),
    "one failed": (
        prisma(("20250101_a", SUM, *DONE), ("20250102_b", SUM, *OPEN)),
        ["20250103_c"],
        ["failed 20250102_b"],
    ),
    "failed, taken back and done": (
        prisma(("20250101_a", SUM, *BACK), ("20250101_a", SUM, *DONE)),
        ["20250102_b", "20250103_c"],
        [],
    ),
    "done, and an open row as well": (
        prisma(("20250101_a", SUM, *OPEN), ("20250101_a", SUM, *DONE)),
        ["20250102_b", "20250103_c"],
        ["failed 20250101_a"],
    ),
    "failed, taken back and failed again": (
        prisma(("20250101_a", SUM, *BACK), ("20250101_a", SUM, *OPEN)),
        ["20250102_b", "20250103_c"],
        ["failed 20250101_a"],
    ),
    "edited": (
        prisma(("20250101_a", "f" * 64, *DONE)),
        ["20250102_b", "20250103_c"],
        ["edited 20250101_a"],
    ),
    "an edited one that was never applied": (
        prisma(("20250101_a", "f" * 64, *BACK)),
        ["20250101_a", "20250102_b", "20250103_c"],
        [],
    ),
    "unknown here": (
        prisma(("20250101_a", SUM, *DONE), ("20250101_z", SUM, *DONE)),
        ["20250102_b", "20250103_c"],
        ["unknown 20250101_z"],
    ),
    "unknown, and failed": (
        prisma(("20250101_z", SUM, *OPEN)),
        ["20250101_a", "20250102_b", "20250103_c"],
        ["failed 20250101_z"],
    ),
    "overtaken": (
        prisma(("20250103_c", SUM, *DONE)),
        ["20250101_a", "20250102_b"],
        ["overtaken 20250101_a", "overtaken 20250102_b"],
    ),
}


@pytest.mark.parametrize("name", PRISMA_CASES)
def test_prisma(name: str) -> None:
    script, pending, differences = PRISMA_CASES[name]
    assert said(standing(script, *PRISMA_PATHS)) == (pending, differences)


def test_prisma_says_what_was_marked_as_rolled_back() -> None:
    script = prisma(("20250101_a", SUM, *BACK), ("20250102_b", SUM, *BACK), ("20250102_b", SUM, *DONE))
    assert standing(script, *PRISMA_PATHS).rolled_back == ("20250101_a",)


@pytest.mark.parametrize(
    "checksum",
    [
        sha256(b"a\nb\n").hexdigest(),
        sha256(b"a\r\nb\r\n").hexdigest(),
        "".join(f"{byte:x}" for byte in sha256(b"a\nb\n").digest()),
    ],
    ids=["as it is", "other line ends", "as Prisma 2 wrote it"],
)
@pytest.mark.parametrize("raw", [b"a\nb\n", b"a\r\nb\r\n"], ids=["lf", "crlf"])
def test_a_checksum_of_prisma_does_not_see_line_ends(checksum: str, raw: bytes) -> None:
    script = prisma(("20250101_a", checksum, *DONE))
    assert standing(script, PRISMA_PATHS[0], raw=raw).differences == ()


FLYWAY = """
CREATE TABLE flyway_schema_history (installed_rank INT PRIMARY KEY, version TEXT, description TEXT, type TEXT,
  script TEXT, checksum INT, installed_by TEXT, installed_on TEXT, execution_time INT, success BOOLEAN);
"""
FLYWAY_SUM = -787013892
"""CRC-32 of the one line of UP, as a signed number of 32 bits: that is how Java keeps it."""


def flyway(*rows: tuple[object, ...]) -> str:
    """Return a script: (version, type, script, checksum, success), in the order of their ranks."""
    lines = []
    for rank, row in enumerate(rows, 1):
        version, kind, script, checksum, success = ("NULL" if each is None else repr(each) for each in row)
        values = f"{rank}, {version}, '', {kind}, {script}, {checksum}, '', '', 0, {success}"
        lines.append(f"INSERT INTO flyway_schema_history VALUES ({values});")
    return FLYWAY + "".join(lines)


V1 = ("1", "SQL", "V1__a.sql", FLYWAY_SUM, 1)
V2 = ("2", "SQL", "V2__b.sql", FLYWAY_SUM, 1)
V10 = ("10", "SQL", "V10__c.sql", FLYWAY_SUM, 1)
FLYWAY_CASES: dict[str, tuple[str, list[str], list[str]]] = {
    "one applied": (flyway(V1), ["V2__b", "V10__c", "R__views"], []),
    "all but the repeatable": (
        flyway(V1, V2, V10),
        ["R__views"],
        [],
    ),
    "a repeatable that did not change": (
        flyway(V1, V2, V10, (None, "SQL", "R__views.sql", FLYWAY_SUM, 1)),
        [],
        [],
    ),
    "a repeatable that changed runs again": (
        flyway(V1, V2, V10, (None, "SQL", "R__views.sql", 7, 1)),
        ["R__views"],
        [],
    ),
    "failed": (
        flyway(V1, ("2", "SQL", "V2__b.sql", FLYWAY_SUM, 0)),
        ["V10__c", "R__views"],
        ["failed V2__b"],
    ),
    "edited": (
        flyway(("1", "SQL", "V1__a.sql", -5, 1)),
        ["V2__b", "V10__c", "R__views"],
        ["edited V1__a"],
    ),
    "undone": (
        flyway(V1, V2, ("2", "UNDO_SQL", "U2__b.sql", 3, 1)),
        ["V2__b", "V10__c", "R__views"],
        [],
    ),
    "begun with a baseline": (
        flyway(("2", "BASELINE", "<< Flyway Baseline >>", None, 1)),
        ["V10__c", "R__views"],
        [],
    ),
    "overtaken": (
        flyway(V1, V10),
        ["V2__b", "R__views"],
        ["overtaken V2__b"],
    ),
    "unknown here": (
        flyway(V1, ("1.5", "SQL", "V1_5__x.sql", 3, 1)),
        ["V2__b", "V10__c", "R__views"],
        ["unknown V1_5__x.sql"],
    ),
    "a program of Java": (
        flyway(V1, ("1.5", "JDBC", "V1_5__x", None, 1)),
        ["V2__b", "V10__c", "R__views"],
        [],
    ),
}


@pytest.mark.parametrize("name", FLYWAY_CASES)
def test_flyway(name: str) -> None:
    script, pending, differences = FLYWAY_CASES[name]
    found = standing(script, "m/V1__a.sql", "m/V2__b.sql", "m/V10__c.sql", "m/R__views.sql")
    assert said(found) == (pending, differences)


@pytest.mark.parametrize("raw", [UP, UP.replace(b"\n", b"\r\n"), b"\xef\xbb\xbf" + UP, UP.rstrip()])
def test_a_checksum_of_flyway_sees_lines_and_nothing_else(raw: bytes) -> None:
    assert standing(flyway(V1), "m/V1__a.sql", raw=raw).differences == ()


GOLANG = "CREATE TABLE schema_migrations (version INTEGER, dirty BOOLEAN);"
GOLANG_CASES: dict[str, tuple[str, list[str], list[str]]] = {
    "nothing applied": (GOLANG, ["001_a", "002_b", "010_c"], []),
    "reached two": (f"{GOLANG} INSERT INTO schema_migrations VALUES (2, 0);", ["010_c"], []),
    "dirty at two": (
        f"{GOLANG} INSERT INTO schema_migrations VALUES (2, 1);",
        ["010_c"],
        ["failed 002_b"],
    ),
    "reached what is not here": (
        f"{GOLANG} INSERT INTO schema_migrations VALUES (7, 0);",
        ["010_c"],
        ["unknown 7"],
    ),
}


@pytest.mark.parametrize("name", GOLANG_CASES)
def test_golang_migrate(name: str) -> None:
    script, pending, differences = GOLANG_CASES[name]
    assert said(standing(script, "m/001_a.up.sql", "m/002_b.up.sql", "m/010_c.up.sql")) == (
        pending,
        differences,
    )


DBMATE = "CREATE TABLE schema_migrations (version TEXT PRIMARY KEY);"
DBMATE_CASES: dict[str, tuple[str, list[str], list[str]]] = {
    "one applied": (
        f"{DBMATE} INSERT INTO schema_migrations VALUES ('20250101000000');",
        ["20250102000000_b"],
        [],
    ),
    "overtaken": (
        f"{DBMATE} INSERT INTO schema_migrations VALUES ('20250102000000');",
        ["20250101000000_a"],
        ["overtaken 20250101000000_a"],
    ),
    "unknown here": (
        f"{DBMATE} INSERT INTO schema_migrations VALUES ('20250101000000'), ('20240101000000');",
        ["20250102000000_b"],
        ["unknown 20240101000000"],
    ),
}


@pytest.mark.parametrize("name", DBMATE_CASES)
def test_dbmate(name: str) -> None:
    script, pending, differences = DBMATE_CASES[name]
    found = standing(script, "m/20250101000000_a.sql", "m/20250102000000_b.sql")
    assert said(found) == (pending, differences)


def test_a_difference_says_where_its_script_lies() -> None:
    found = standing(prisma(("20250101_a", "f" * 64, *DONE), ("gone", SUM, *DONE)), *PRISMA_PATHS)
    assert found.differences == (
        Difference("edited", "20250101_a", PRISMA_PATHS[0]),
        Difference("unknown", "gone"),
    )


@pytest.mark.parametrize(
    ("script", "is_empty"), [("", True), ("CREATE TABLE orders (id INTEGER);", False)], ids=["empty", "other"]
)
def test_a_database_without_the_table_of_a_runner(script: str, is_empty: bool) -> None:
    held = read_applied(Live("sqlite", MemoryDatabase(script)))
    assert (held.ledger, held.is_empty, held.version) == (None, is_empty, "")


GOOSE = "CREATE TABLE goose_db_version (id INTEGER PRIMARY KEY, version_id INTEGER, is_applied INTEGER);"
GOOSE_PATHS = ("m/00001_a.sql", "m/00002_b.sql", "m/00003_c.sql")
GOOSE_CASES: dict[str, tuple[str, list[str], list[str]]] = {
    "nothing but its first row": ("(1, 0, 1)", ["00001_a", "00002_b", "00003_c"], []),
    "two applied": ("(1, 0, 1), (2, 1, 1), (3, 2, 1)", ["00003_c"], []),
    "one taken back": ("(1, 0, 1), (2, 1, 1), (3, 2, 1), (4, 2, 0)", ["00002_b", "00003_c"], []),
    "taken back and applied again": (
        "(1, 0, 1), (2, 1, 1), (3, 1, 0), (4, 1, 1)",
        ["00002_b", "00003_c"],
        [],
    ),
    "one that is not here": ("(1, 0, 1), (2, 7, 1)", ["00001_a", "00002_b", "00003_c"], ["unknown 7"]),
}


@pytest.mark.parametrize("name", GOOSE_CASES)
def test_goose(name: str) -> None:
    rows, pending, differences = GOOSE_CASES[name]
    script = f"{GOOSE} INSERT INTO goose_db_version VALUES {rows};"
    found = said(standing(script, *GOOSE_PATHS, raw=b"-- +goose Up\n" + UP))
    assert found == (pending, differences)
