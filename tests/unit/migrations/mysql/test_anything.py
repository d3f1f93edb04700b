"""Whatever is in a script, the MySQL front end reads it to the end and says what it did not understand."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.migrations.mysql.front_end import MysqlFrontEnd
from handrail.migrations.net_effect import find_net_effect
from handrail.migrations.operations import Script
from handrail.migrations.tokens import tokens
from tests.unit.migrations.mysql.world import BEFORE, folded

STATE = folded(BEFORE)[0].save()

CASES = sorted((Path(__file__).resolve().parents[3] / "cases" / "mysql").glob("*.sql"))
WORDS = {each.text for case in CASES for each in tokens(case.read_text(encoding="utf-8"), "mysql")}
TROUBLE = (
    "'",
    '"',
    "`",
    "--",
    "/*",
    "*/",
    "/*!",
    "#",
    "\\",
    "\n",
    "\x00",
    "delimiter //",
    "(",
    ")",
    ",",
    ";",
    ".",
)
words = st.sampled_from(sorted(WORDS)) | st.sampled_from(TROUBLE)


@settings(max_examples=300)
@given(st.lists(words, max_size=25), st.sampled_from([" ", " ", ""]))
def test_anything_is_read_to_the_end(pieces: list[str], between: str) -> None:
    script = between.join(pieces)
    front_end = MysqlFrontEnd()
    front_end.load(STATE)
    step = front_end.apply(Script("a.sql", script))
    effect = find_net_effect(STATE.catalog, front_end.catalog, step.lines, "mysql")
    last = script.count("\n") + 1
    assert all(1 <= each.line <= last for each in (*step.operations, *effect))
    for table in front_end.catalog.tables.values():
        names = [each.name.lower() for each in table.columns]
        uids = [each.uid for each in table.columns]
        assert len(set(names)) == len(names)
        assert len({*uids, 0}) == len(uids) + 1
    opaque = [each for each in step.operations if each.kind == "statement.opaque"]
    assert len(opaque) == len(step.unread)


@given(st.lists(words, max_size=12))
def test_what_cannot_be_read_does_not_hide_what_follows(pieces: list[str]) -> None:
    hidden = {*TROUBLE[:12], "//", "CREATE", "BEGIN", "ALTER", "DELIMITER"}
    script = " ".join(each for each in pieces if each not in hidden)
    front_end = MysqlFrontEnd()
    step = front_end.apply(
        Script("a.sql", f"CREATE TABLE first (a int); {script}; CREATE TABLE last (a int);")
    )
    assert "last" in front_end.catalog.tables or any("last" in each.text for each in step.unread)


@pytest.mark.parametrize(
    "script",
    [
        "SELECT " + "(" * 100_000,
        "CREATE TABLE t (" + "(" * 100_000,
        "INSERT INTO users (id) SELECT " + "(" * 50_000 + "id" + ")" * 50_000 + " FROM users",
        "DROP TABLE " + ".".join(["a"] * 100_000),
        "CREATE TABLE t (" + ",".join(f"c{number} int" for number in range(20_000)) + ")",
        "ALTER TABLE users " + ",".join(f"ADD c{number} int" for number in range(20_000)),
        " ".join(("UPDATE users SET", *(["name = email,"] * 20_000), "name = email")),
        "CREATE PROCEDURE p() BEGIN " + "SELECT 1; " * 20_000,
        "`" * 100_001,
        "/*!" * 50_000,
        ";" * 100_000,
    ],
    ids=lambda script: script[:25],
)
def test_neither_depth_nor_length_matters(script: str) -> None:
    front_end, step = folded(BEFORE, "DROP TABLE posts;\n" + script)
    assert set(front_end.catalog.tables) == {"users"}
    assert all(each.line == 2 for each in step.unread)
