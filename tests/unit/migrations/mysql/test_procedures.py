"""What a CALL does: the body of its procedure."""

import pytest

from tests.unit.migrations.mysql.world import kinds

THERE = "EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = t AND column_name = c)"
RUN = "PREPARE s FROM @s; EXECUTE s; DEALLOCATE PREPARE s;"


def effects(
    body: str, call: str = "CALL p('users', 'name')", head: str = "(IN t varchar(64), IN c text)"
) -> list[str]:
    made = f"DELIMITER //\nCREATE PROCEDURE p{head}\nBEGIN\n{body}\nEND //\nDELIMITER ;\n"
    return [
        each for each in kinds(f"{made}{call};\nDROP PROCEDURE p;") if not each.startswith("statement.other")
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("DROP TABLE posts;", ["table.drop posts"]),
        ("begin drop table posts; end;", ["table.drop posts"]),
        (f"IF {THERE} THEN ALTER TABLE users DROP name; END IF;", ["column.drop.optional users.name"]),
        ("IF 1 THEN ALTER TABLE users DROP COLUMN gone; END IF;", []),
        (f"IF {THERE} THEN SET @s = CONCAT('ALTER TABLE ', t, ' DROP ', c); {RUN} ELSE SELECT 1; END IF;",
         ["column.drop.optional users.name"]),
        ("DECLARE n int; SELECT 1 INTO n; IF n = 0 THEN IF 1 THEN DROP TABLE posts; END IF; END IF;",
         ["table.drop posts"]),
        ("DECLARE CONTINUE HANDLER FOR SQLEXCEPTION BEGIN END; ALTER TABLE users ADD name int;", []),
        ("IF 1 THEN SELECT 1; ELSEIF 2 THEN DROP TABLE posts; END IF;", ["table.drop posts"]),
        ("SELECT IF(1, 2, 3); DELETE FROM posts;", ["rows.delete.all posts"]),
    ],
)  # fmt: skip
def test_its_statements_are_read(body: str, expected: list[str]) -> None:
    assert effects(body) == expected


@pytest.mark.parametrize(
    "body",
    [
        "WHILE 1 DO DROP TABLE posts; END WHILE;",
        "again: LOOP DROP TABLE posts; LEAVE again; END LOOP;",
        "CASE 1 WHEN 1 THEN DROP TABLE posts; END CASE;",
        "IF 1 THEN DROP TABLE posts; ELSE DROP TABLE users; END IF;",
        "IF 1 THEN DROP TABLE posts; ELSEIF 2 THEN SELECT 1; ELSE DELETE FROM users; END IF;",
        "DECLARE EXIT HANDLER FOR SQLEXCEPTION ROLLBACK; DROP TABLE posts;",
        "IF 1; DROP TABLE posts; END IF;",
        "DROP TABLE posts; END IF;",
        "CALL p(t, c);",
        "FROBNICATE users;",
        f"IF 1 THEN SET @s = 'DROP TABLE posts'; ELSE SET @s = 'DELETE FROM users'; END IF; {RUN}",  # noqa: S608
        f"SET t = DATABASE(); SET @s = CONCAT('DROP TABLE ', t); {RUN}",
        f"SELECT name INTO t FROM users; SET @s = CONCAT('DROP TABLE ', t); {RUN}",  # noqa: S608
    ],
)
def test_what_is_not_followed_is_opaque(body: str) -> None:
    assert effects(body) == ["statement.opaque"]


@pytest.mark.parametrize(
    "call", ["CALL p", "CALL p()", "CALL p(DATABASE(), 'name')", "CALL q('users', 'name')"]
)
def test_a_value_or_a_body_that_nobody_knows_is_opaque(call: str) -> None:
    body = f"SET @s = CONCAT('ALTER TABLE ', t, ' DROP ', c); {RUN}"
    assert effects(body, call) == ["statement.opaque"]


def test_a_procedure_of_an_earlier_script_is_known() -> None:
    before = "CREATE TABLE posts (id int); CREATE PROCEDURE `Drop it`() BEGIN DROP TABLE `posts`; END;"
    assert kinds("CALL `drop it`()", before) == ["table.drop posts"]


def test_parameters_are_forgotten_behind_the_call() -> None:
    assert "statement.opaque" in effects(
        "SELECT 1;", f"CALL p('users', 'name'); SET @s = CONCAT('DROP TABLE ', t); {RUN}"
    )


def test_reading_the_same_body_again_and_again_has_an_end() -> None:
    body = "CREATE PROCEDURE p() BEGIN " + "SELECT 1; " * 1_000 + "END;"
    found = kinds(body + "CALL p();" * 100)
    assert found.count("statement.opaque") > 50
