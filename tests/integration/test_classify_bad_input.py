"""handrail classify on files that nobody should have committed: a finding or a result, never a crash."""

import json
from pathlib import Path

import pytest

from tests.minimal.builder import lay_down, minimal_files, run

HOME = "prisma/migrations"
GOOD = b'CREATE TABLE "kept" ("id" TEXT PRIMARY KEY);\n'
DIALECTS = ("sqlite", "postgresql", "mysql")
INPUTS = {
    "empty": b"",
    "comment": b"-- nothing\n",
    "no newline": GOOD.rstrip(),
    "NUL bytes": GOOD
    + b"-- a comment, long enough to make it text\n" * 9
    + b"\0;\n"
    + GOOD.replace(b"kept", b"two"),
    "binary": bytes(range(256)) * 40,
    "CRLF": GOOD.replace(b"\n", b"\r\n"),
    "BOM": b"\xef\xbb\xbf" + GOOD,
    "UTF-16": GOOD.decode().encode("utf-16"),
    "Latin-1": b"-- caf\xe9\n" + GOOD,
    "open string": GOOD + b"INSERT INTO kept VALUES ('a;\nDROP TABLE kept;\n",
    "open comment": GOOD + b"/* DROP TABLE kept;\n",
    "open quote": GOOD + b'ALTER TABLE "kept ADD x int;\n',
    "brackets": b"SELECT " + b"(" * 10_000 + b"1" + b")" * 10_000 + b";\n" + GOOD,
    "open brackets": b"CREATE TABLE t " + b"(" * 10_000 + b";\n" + GOOD,
    "many statements": b"SELECT 1;\n" * 20_000 + GOOD,
    "a long value": b"INSERT INTO x VALUES ('" + b"y" * 3_000_000 + b"');\n" + GOOD,
    "gibberish": b"FROBNICATE ALL THE THINGS;\n" + GOOD,
    "escapes": b'CREATE TABLE "\x1b[31mred\x07" (a int);\n',
    "annotations": b'CREATE TABLE "a::error::b%0A" (a int);\nDROP TABLE "a::error::b%0A";\n',
    "markdown": b'CREATE TABLE "a|b<script>`x`@you" (a int);\n',
}


@pytest.fixture
def team(tmp_path: Path) -> Path:
    """Return a repository without a schema beside its migrations."""
    return lay_down(tmp_path, {path: raw for path, raw in minimal_files().items() if ".prisma" not in path})


def put(team: Path, dialect: str, data: bytes, name: str = "20240101120000_make_it") -> None:
    """Write a history of one migration."""
    folder = team / HOME / name
    folder.mkdir(parents=True)
    (team / HOME / "migration_lock.toml").write_text(f'provider = "{dialect}"\n', encoding="utf-8")
    (folder / "migration.sql").write_bytes(data)


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("case", INPUTS)
def test_it_is_a_result_or_a_finding(team: Path, case: str, dialect: str) -> None:
    put(team, dialect, INPUTS[case])
    done = run(team, "classify", "--format", "json")
    assert done.code in (0, 1)
    assert done.err == ""
    value = json.loads(done.out)
    assert value["migrations"] or value["findings"]


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize(
    "case", ["NUL bytes", "Latin-1", "CRLF", "BOM", "UTF-16", "many statements", "gibberish", "a long value"]
)
def test_the_rest_is_read(team: Path, case: str, dialect: str) -> None:
    put(team, dialect, INPUTS[case])
    (migration,) = json.loads(run(team, "classify", "--format", "json").out)["migrations"]
    made = [each["table"] for each in migration["operations"] if each["kind"] == "table.create"]
    assert "kept" in made


@pytest.mark.parametrize("dialect", DIALECTS)
def test_what_nobody_knows_is_listed_and_high(team: Path, dialect: str) -> None:
    put(team, dialect, INPUTS["gibberish"])
    (migration,) = json.loads(run(team, "classify", "--format", "json").out)["migrations"]
    assert [each["line"] for each in migration["not_checked"]] == [1]
    assert "statement.opaque" in {each["kind"] for each in migration["operations"]}


def test_a_name_cannot_steer_the_terminal(team: Path) -> None:
    put(team, "sqlite", INPUTS["escapes"] + b'INSERT INTO x;\nDROP TABLE "\x1b[31mred\x07";\n')
    done = run(team, "classify")
    assert "\x1b" not in done.out
    assert "\x07" not in done.out


def test_a_name_cannot_add_an_annotation(team: Path) -> None:
    put(team, "sqlite", b"", "20240101110000_first")
    history = team / HOME / "20240101120000_second"
    history.mkdir()
    (history / "migration.sql").write_bytes(b'DROP TABLE "a\n::error::b";\n')
    done = run(team, "classify", "--format", "github")
    assert all(
        line.startswith(("::warning ", "::notice ", "::error file=")) for line in done.out.splitlines()
    )


def test_a_name_stays_inert_in_markdown(team: Path) -> None:
    put(team, "sqlite", b'CREATE TABLE "a|b<script>@you" (a int, b int);\n', "20240101110000_first")
    history = team / HOME / "20240101120000_second"
    history.mkdir()
    (history / "migration.sql").write_bytes(b'ALTER TABLE "a|b<script>@you" DROP COLUMN b;\n')
    out = run(team, "classify", "--format", "markdown").out
    assert "<script>" not in out.replace("\\<script\\>", "")
    assert "@you" not in out


def test_a_folder_in_place_of_a_script_and_a_script_that_may_not_be_read(team: Path) -> None:
    put(team, "sqlite", GOOD)
    (team / HOME / "20240102120000_folder" / "migration.sql").mkdir(parents=True)
    assert run(team, "classify").code in (0, 1)
    (team / "prisma" / "loop").symlink_to(team / "prisma")
    assert run(team, "classify", "prisma").code in (0, 1)
