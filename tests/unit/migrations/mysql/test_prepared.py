"""SQL that a MySQL script puts together itself."""

import pytest

from tests.unit.migrations.mysql.world import folded, kinds, operations

THERE = "(SELECT COUNT(*) FROM information_schema.columns WHERE table_name = @t) > 0"
RUN = "PREPARE s FROM @s; EXECUTE s; DEALLOCATE PREPARE s"


def effects(script: str) -> list[str]:
    return [each for each in kinds(script) if not each.startswith("statement.other")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("'DROP TABLE posts'", ["table.drop posts"]),
        ("('DROP TABLE posts;')", ["table.drop posts"]),
        ("'SELECT 1'", []),
        ("CONCAT('ALTER TABLE ', @t, ' ADD ', @c, ' int')", ["column.add.optional users.age"]),
        (f"(SELECT IF({THERE}, 'SELECT 1', 'ALTER TABLE users ADD age int'))",
         ["column.add.optional users.age"]),
        (f'IF({THERE}, "ALTER TABLE users DROP name", "SELECT \'no\'")', ["column.drop.optional users.name"]),
        (f"(SELECT IF({THERE}, 'DO 0', CONCAT('ALTER TABLE ', @t, ' DROP name')))",
         ["column.drop.optional users.name"]),
        ("'ALTER TABLE users ADD x varchar(5) DEFAULT \\'a\\''", ["column.add.default users.x"]),
    ],
)  # fmt: skip
def test_a_text_that_can_be_known_is_read(text: str, expected: list[str]) -> None:
    assert effects(f"SET @t = 'users', @c := 'age'; SET @s = {text}; {RUN}") == expected


@pytest.mark.parametrize(
    "text",
    [
        "(SELECT sql_text FROM elsewhere)",
        "CONCAT('DROP TABLE ', @unknown)",
        "CONCAT('DROP TABLE ', DATABASE())",
        "IF(@x, 'DROP TABLE posts', 'DROP TABLE users')",
        "REPLACE('a', 'b', 'c')",
        "'DROP TABLE posts -- and so on'",
        "IF(1, 'SELECT 1')",
        "'FROBNICATE users'",
        "'EXECUTE s'",
        "'PREPARE s FROM @s'",
        "(" * 5000 + "'DROP TABLE posts'" + ")" * 5000,
    ],
    ids=lambda text: text[:40],
)
def test_a_text_that_cannot_be_known_is_opaque(text: str) -> None:
    assert effects(f"SET @s = {text}; {RUN}") == ["statement.opaque"]


def test_a_guarded_statement_with_nothing_to_do_is_none() -> None:
    script = f"SET @s = IF({THERE}, 'SELECT 1', 'ALTER TABLE users ADD name int'); {RUN}"
    found = operations(script)
    assert {each.kind for each in found} == {"statement.other"}
    assert any("there is a column name already" in fact for each in found for fact in each.facts)


def test_without_a_guard_it_is_opaque() -> None:
    assert effects(f"SET @s = 'ALTER TABLE users ADD name int'; {RUN}") == ["statement.opaque"]
    assert effects("EXECUTE never_prepared") == ["statement.opaque"]


def test_a_variable_that_is_set_again_forgets() -> None:
    assert effects(f"SET @s = 'DROP TABLE posts'; SET @s = now(); {RUN}") == ["statement.opaque"]
    _, step = folded("SET @s = 'DROP TABLE posts'", f"{RUN}")
    assert len(step.unread) == 1


def test_a_variable_may_come_from_a_select() -> None:
    assert effects(f"SELECT CONCAT('DROP TABLE ', 'posts') INTO @s; {RUN}") == ["table.drop posts"]


def test_the_line_is_that_of_the_execute() -> None:
    script = "SET @s = 'ALTER TABLE users\\n\\nDROP name';\nPREPARE s FROM @s;\nEXECUTE s;"
    assert [each.line for each in operations(script)] == [1, 2, 3]
