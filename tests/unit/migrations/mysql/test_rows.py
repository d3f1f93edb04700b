"""What MySQL statements do to rows, and which values they copy where."""

import pytest

from tests.unit.migrations.mysql.world import BEFORE, folded, kinds, operations, table


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("INSERT INTO users (id) VALUES (1), (2)", ["rows.insert users"]),
        ("INSERT IGNORE users SET id = 1", ["rows.insert users"]),
        ("INSERT INTO users (id) SELECT id FROM posts", ["rows.insert users"]),
        ("INSERT INTO users VALUES (1) ON DUPLICATE KEY UPDATE name = 'x'", ["rows.update.some users"]),
        ("REPLACE INTO users VALUES (1)", ["rows.update.some users", "rows.delete.some posts"]),
        ("UPDATE users SET name = 'x'", ["rows.update.all users"]),
        ("UPDATE LOW_PRIORITY IGNORE `db`.users AS u SET u.name = 'x'", ["rows.update.all users"]),
        ("UPDATE users SET name = 'x' WHERE id = 1", ["rows.update.some users"]),
        ("UPDATE users SET name = 'x' ORDER BY id LIMIT 5", ["rows.update.some users"]),
        ("UPDATE users SET name = (SELECT title FROM posts WHERE user_id = users.id LIMIT 1)",
         ["rows.update.all users"]),
        ("UPDATE users u JOIN posts p ON p.user_id = u.id SET p.title = u.name", ["rows.update.some posts"]),
        ("UPDATE users u, posts p SET p.title = u.name, u.name = '' WHERE p.user_id = u.id",
         ["rows.update.some posts", "rows.update.some users"]),
        ("DELETE FROM users", ["rows.delete.all users", "rows.delete.some posts"]),
        ("DELETE QUICK FROM `users`", ["rows.delete.all users", "rows.delete.some posts"]),
        ("DELETE FROM users WHERE id IN (SELECT user_id FROM posts)",
         ["rows.delete.some users", "rows.delete.some posts"]),
        ("DELETE FROM users LIMIT 5", ["rows.delete.some users", "rows.delete.some posts"]),
        ("DELETE u FROM users u JOIN posts p ON p.user_id = u.id",
         ["rows.delete.some users", "rows.delete.some posts"]),
        ("DELETE u.*, p.* FROM users u, posts p WHERE p.user_id = u.id",
         ["rows.delete.some users", "rows.delete.some posts"]),
        ("DELETE FROM p USING users u JOIN posts p ON p.user_id = u.id", ["rows.delete.some posts"]),
        ("DELETE FROM db.users AS u WHERE u.id = 1", ["rows.delete.some users", "rows.delete.some posts"]),
        ("WITH x AS (SELECT 1 AS a) DELETE FROM users WHERE id IN (SELECT a FROM x)",
         ["rows.delete.some users", "rows.delete.some posts"]),
        ("WITH x AS (SELECT 1) UPDATE users SET name = ''", ["rows.update.all users"]),
        ("DELETE FROM elsewhere", ["rows.delete.all elsewhere"]),
    ],
)  # fmt: skip
def test_what_happens_to_rows(script: str, expected: list[str]) -> None:
    assert kinds(script) == expected


def sources(column: str, *scripts: str) -> set[str]:
    """Return the columns, as table.column of BEFORE, whose values a column got."""
    tables = folded(BEFORE)[0].catalog.tables
    uids = {each.uid: f"{name}.{each.name}" for name, there in tables.items() for each in there.columns}
    name, part = column.split(".")
    found = table(name, BEFORE, *scripts).column(part)
    assert found is not None
    return {uids[each] for each in found.sources if each in uids}


NEW = "CREATE TABLE new (a int, b text); "
ADD = "ALTER TABLE users ADD new text; "


@pytest.mark.parametrize(
    ("first", "script", "column", "expected"),
    [
        (ADD, "UPDATE users SET new = name", "users.new", {"users.name"}),
        (ADD, "UPDATE users u SET u.new = CONCAT(u.name, ' ', LOWER(`email`))", "users.new",
         {"users.name", "users.email"}),
        (ADD, "UPDATE users SET new = 'name', name = NULL", "users.new", set()),
        (ADD, "UPDATE users u JOIN posts p ON p.user_id = u.id SET u.new = p.title", "users.new",
         {"posts.title"}),
        (ADD, "UPDATE users SET new = (SELECT p.title FROM posts p WHERE p.user_id = users.id)", "users.new",
         {"posts.title", "posts.user_id", "users.id"}),
        (NEW, "INSERT INTO new (b, a) SELECT name, id FROM users", "new.b", {"users.name"}),
        (NEW, "INSERT INTO new SELECT id, name FROM users", "new.a", {"users.id"}),
        (NEW, "INSERT INTO new SELECT u.id, COALESCE(u.name, u.email) AS n FROM users AS u", "new.b",
         {"users.name", "users.email"}),
        (NEW, "INSERT INTO new (b) SELECT name FROM users UNION ALL SELECT title FROM posts", "new.b",
         {"users.name", "posts.title"}),
        (NEW, "INSERT INTO new (b) (SELECT DISTINCT name FROM users)", "new.b", {"users.name"}),
        (NEW, "INSERT INTO new (b) SELECT x.n FROM (SELECT name AS n FROM users) x", "new.b",
         {"users.name"}),
        (NEW, "INSERT INTO new (b) WITH x AS (SELECT name AS n FROM users) SELECT n FROM x", "new.b",
         {"users.name"}),
        (NEW, "INSERT INTO new (b) SELECT 'name' FROM users", "new.b", set()),
        ("", "CREATE TABLE new AS SELECT * FROM users", "new.email", {"users.email"}),
        ("", "CREATE TABLE new AS SELECT u.*, 1 AS x FROM users u", "new.email", {"users.email"}),
        ("", "CREATE TABLE new (n text) SELECT UPPER(name) n FROM users", "new.n", {"users.name"}),
        ("CREATE TABLE new LIKE users", "INSERT INTO new TABLE users", "new.name", {"users.name"}),
        (NEW, "CREATE TEMPORARY TABLE t AS SELECT name FROM users; INSERT INTO new (b) SELECT name FROM t",
         "new.b", {"users.name"}),
    ],
)  # fmt: skip
def test_where_values_come_from(first: str, script: str, column: str, expected: set[str]) -> None:
    assert sources(column, first, script) == expected


@pytest.mark.parametrize(
    ("first", "script", "filled"),
    [
        (ADD, "UPDATE users SET new = name", True),
        (ADD, "UPDATE users SET new = name WHERE new IS NULL", True),
        (ADD, "UPDATE users u SET u.new = name WHERE u.new IS NULL", True),
        (ADD, "UPDATE users SET new = name WHERE id = 1", False),
        (ADD, "UPDATE users SET new = name WHERE id = 1 AND new IS NULL", False),
        (ADD, "", False),
        ("", "ALTER TABLE users ADD new text DEFAULT ('x')", True),
    ],
)
def test_whether_old_rows_have_a_value(first: str, script: str, filled: bool) -> None:
    column = table("users", BEFORE, first, script).column("new")
    assert column is not None
    assert column.filled is filled


@pytest.mark.parametrize(
    ("query", "whole"),
    [
        ("SELECT id, name FROM users", True),
        ("SELECT id, name FROM users ORDER BY id", True),
        ("TABLE users", True),
        ("SELECT id, name FROM users WHERE id > 1", False),
        ("SELECT id, name FROM users LIMIT 1", False),
        ("SELECT DISTINCT id, name FROM users", False),
        ("SELECT u.id, p.title FROM users u JOIN posts p ON p.user_id = u.id", False),
        ("SELECT 1, 'x'", False),
    ],
)
def test_whether_all_rows_of_a_table_were_copied(query: str, whole: bool) -> None:
    front_end, _ = folded(BEFORE, f"{NEW}INSERT INTO new {query}")
    tables = front_end.catalog.tables
    assert (tables["users"].uid in tables["new"].sources) is whole


REBUILD = (
    "CREATE TABLE new_users (id int unsigned PRIMARY KEY AUTO_INCREMENT, email varchar(191) NOT NULL,"
    " role enum('admin','user') NOT NULL DEFAULT 'user', UNIQUE KEY email (email))"
    " ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;\n"
    "INSERT INTO new_users SELECT id, email, role FROM users;\n"
    "DROP TABLE users;\nRENAME TABLE new_users TO users;"
)


def test_a_rebuild_is_its_net_effect() -> None:
    assert [(each.kind, each.column) for each in operations(REBUILD)] == [("column.drop.optional", "name")]


def test_a_rebuild_gives_columns_that_it_leaves_out_their_default() -> None:
    before = "CREATE TABLE t (a int);"
    script = (
        "ALTER TABLE t RENAME old; CREATE TABLE t (id int PRIMARY KEY AUTO_INCREMENT, a int, b int NOT NULL,"
        " c timestamp NOT NULL DEFAULT now()); INSERT INTO t (a) SELECT a FROM old; DROP TABLE old;"
    )
    found = kinds(script, before)
    assert [each for each in found if ".add" in each] == [
        "column.add.default t.id", "column.add.required t.b", "column.add.default t.c",
    ]  # fmt: skip


def test_a_swap_of_columns_is_a_change_of_type() -> None:
    script = (
        "ALTER TABLE users ADD name2 text;\nUPDATE users SET name2 = name;\n"
        "ALTER TABLE users DROP name;\nALTER TABLE users CHANGE name2 name text;"
    )
    found = [each.kind for each in operations(script)]
    assert found == ["rows.update.all", "column.type.change"]


def test_a_very_long_insert_is_read_at_its_head_only() -> None:
    values = ", ".join(f"({number}, 'a;b')" for number in range(20_000))
    found = operations(" ".join(("INSERT INTO users (id, name) VALUES", values, ";\nDROP TABLE posts;")))
    assert [(each.kind, each.line) for each in found] == [("rows.insert", 1), ("table.drop", 2)]
