"""The front end for MySQL and MariaDB: what scripts do, and what is never lost."""

import pytest

from handrail.migrations.mysql.front_end import MysqlFrontEnd
from handrail.migrations.operations import Script
from tests.unit.migrations.mysql.world import BEFORE, USERS, folded, kinds, operations, table


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("DROP TABLE posts", ["table.drop posts"]),
        ("DROP TABLE IF EXISTS nothing", []),
        ("DROP TABLE nothing", ["table.drop nothing"]),
        ("RENAME TABLE users TO people", ["table.rename users"]),
        ("ALTER TABLE USERS RENAME people", ["table.rename users"]),
        ("ALTER TABLE users ADD age int", ["column.add.optional users.age"]),
        ("ALTER TABLE users ADD age int NOT NULL DEFAULT 0", ["column.add.default users.age"]),
        ("ALTER TABLE users ADD age int NOT NULL", ["column.add.required users.age"]),
        ("ALTER TABLE users DROP name", ["column.drop.optional users.name"]),
        ("ALTER TABLE users DROP COLUMN email", ["column.drop.required users.email"]),
        ("ALTER TABLE users CHANGE name nick varchar(80)", ["column.rename users.name"]),
        ("ALTER TABLE users RENAME COLUMN name TO nick", ["column.rename users.name"]),
        ("ALTER TABLE users MODIFY name varchar(80) NOT NULL", ["column.null.forbid users.name"]),
        ("ALTER TABLE users MODIFY email varchar(191)", ["column.null.allow users.email"]),
        ("ALTER TABLE users MODIFY id int unsigned AUTO_INCREMENT", []),
        ("ALTER TABLE users MODIFY id int unsigned NOT NULL", ["identity.change users.id"]),
        ("ALTER TABLE users MODIFY name text", ["column.type.change users.name"]),
        ("ALTER TABLE users MODIFY role enum('admin','user') NOT NULL", ["column.default.drop users.role"]),
        ("ALTER TABLE users MODIFY role enum('user') NOT NULL DEFAULT 'user'",
         ["enum.value.remove users.role"]),
        ("ALTER TABLE users MODIFY role enum('admin','user','x') NOT NULL DEFAULT 'user'",
         ["enum.value.add users.role"]),
        ("ALTER TABLE users ALTER role DROP DEFAULT", ["column.default.drop users.role"]),
        ("ALTER TABLE users ALTER COLUMN role SET DEFAULT 'admin'", ["column.default.change users.role"]),
        ("ALTER TABLE users DROP INDEX email", ["unique.drop users.email"]),
        ("DROP INDEX `email` ON users", ["unique.drop users.email"]),
        ("DROP INDEX posts_ibfk_1 ON posts", ["index.drop posts"]),
        ("ALTER TABLE posts DROP KEY IF EXISTS nothing", []),
        ("ALTER TABLE users ADD UNIQUE (name)", ["unique.add users.name"]),
        ("CREATE INDEX i ON users (name)", ["index.create users.name"]),
        ("ALTER TABLE posts DROP KEY by_user", ["index.drop posts.user_id"]),
        ("ALTER TABLE users DROP PRIMARY KEY, ADD PRIMARY KEY (email)", ["primary_key.change users"]),
        ("ALTER TABLE posts DROP FOREIGN KEY posts_ibfk_1", ["foreign_key.drop posts.user_id"]),
        ("ALTER TABLE posts DROP FOREIGN KEY posts_ibfk_1, ADD FOREIGN KEY (user_id) REFERENCES users (id)",
         ["foreign_key.on_delete.change posts.user_id"]),
        ("ALTER TABLE users ADD CHECK (name <> '')", ["check.add users"]),
        ("ALTER TABLE users CONVERT TO CHARACTER SET latin1", ["table.charset.change users"]),
        ("ALTER TABLE users ENGINE=MyISAM", ["table.option.change users"]),
        ("ALTER TABLE users ENGINE InnoDB", ["maintenance users"]),
        ("ALTER TABLE users FORCE", ["maintenance users"]),
        ("ALTER TABLE users AUTO_INCREMENT = 100", ["sequence.set users"]),
        ("ALTER TABLE users COMMENT 'x'", ["comment users"]),
        ("ALTER TABLE users ALGORITHM=INPLACE, LOCK=NONE, ADD x int", ["column.add.optional users.x"]),
        ("ALTER TABLE users DROP PARTITION a, b", ["partition.drop users"]),
        ("ALTER TABLE users TRUNCATE PARTITION a", ["table.truncate users"]),
        ("ALTER TABLE users EXCHANGE PARTITION a WITH TABLE x",
         ["partition.detach users", "partition.attach users"]),
        ("ALTER TABLE users REORGANIZE PARTITION a INTO (PARTITION b VALUES LESS THAN (1))",
         ["table.option.change users"]),
        ("ALTER TABLE users REBUILD PARTITION a", ["maintenance users"]),
        ("TRUNCATE users", ["table.truncate users"]),
        ("TRUNCATE TABLE `db`.`users`", ["table.truncate users"]),
        ("CREATE VIEW v AS SELECT 1", ["view.create v"]),
        ("CREATE OR REPLACE ALGORITHM=MERGE DEFINER=`a`@`b` SQL SECURITY INVOKER VIEW v AS SELECT 1",
         ["view.create v"]),
        ("CREATE TRIGGER t AFTER INSERT ON users FOR EACH ROW SET @a = 1", ["trigger.create users"]),
        ("CREATE PROCEDURE p() BEGIN DELETE FROM users; END", ["function.create p"]),
        ("CREATE DATABASE x", ["statement.other"]),
        ("DROP DATABASE x", ["database.drop"]),
        ("GRANT SELECT ON *.* TO 'a'@'b'", ["security.grant_role"]),
        ("GRANT SELECT ON x.* TO PUBLIC", ["security.grant_public"]),
        ("LOCK TABLES users WRITE", ["maintenance"]),
        ("OPTIMIZE TABLE users", ["maintenance"]),
        ("SET FOREIGN_KEY_CHECKS = 0", ["statement.other"]),
        ("START TRANSACTION; COMMIT", ["statement.other", "statement.other"]),
        ("SELECT 1", ["statement.other"]),
        ("WITH x AS (SELECT 1) SELECT * FROM x", ["statement.other"]),
        ("DROP PROCEDURE IF EXISTS p", []),
        ("DROP PROCEDURE p", ["function.drop p"]),
        ("DROP TRIGGER t", ["trigger.drop t"]),
        ("CREATE VIEW v AS SELECT 1; DROP VIEW V", []),
        ("LOAD DATA INFILE 'x' INTO TABLE users", ["rows.insert users"]),
        ("LOAD DATA INFILE 'x' REPLACE INTO TABLE users", ["rows.update.some users"]),
        ("ALTER IGNORE TABLE users ADD UNIQUE (name)", ["rows.delete.some users", "unique.add users.name"]),
        ("CREATE TABLE t (a int REFERENCES users (id))", ["statement.other t.a", "table.create t"]),
        ("-- nothing", []),
    ],
)  # fmt: skip
def test_what_a_script_does(script: str, expected: list[str]) -> None:
    assert kinds(script) == expected


@pytest.mark.parametrize(
    "script",
    [
        "CALL p()",
        "EXECUTE s",
        "BEGIN NOT ATOMIC DROP TABLE users; END",
        "XA START 'a'",
        "SOURCE other.sql",
        "FROBNICATE users",
        "SET sql_mode = 'ANSI_QUOTES'",
        "CREATE FROBNICATE x y z",
        "CREATE TABLE t (a int, b frob)",
        "CREATE TABLE t (a int, a int)",
        "CREATE TABLE t (a int",
        "CREATE TABLE t",
        "CREATE TABLE t (a int) FROM users",
        "CREATE TEMPORARY TABLE t ALTER",
        "CREATE TABLE users (a int)",
        "CREATE TABLE t LIKE nothing",
        "CREATE INDEX i ON nothing (a)",
        "ALTER TABLE nothing DROP a",
        "ALTER TABLE users DROP nothing",
        "ALTER TABLE users DROP FOREIGN KEY nothing",
        "ALTER TABLE users MODIFY nothing int",
        "ALTER TABLE users RENAME COLUMN name TO email",
        "ALTER TABLE users RENAME posts",
        "ALTER TABLE users FROBNICATE",
        "ALTER TABLE users ADD",
        "ALTER TABLE users ADD x int WITH frob",
        "ALTER TABLE users DISCARD TABLESPACE",
        "ALTER TABLE users CONVERT PARTITION p TO TABLE x",
        "RENAME TABLE nothing TO x",
        "RENAME TABLE",
        "UPDATE",
        "UPDATE users",
        "DELETE FROM",
        "DELETE FROM WHERE a = 1",
        "WITH x AS (SELECT 1)",
        "DROP TABLE users posts",
        "DROP VIEW a b",
        "DROP frob FUNCTION f",
        "ALTER frob TABLE users DROP name",
        "ALTER TABLE users ALTER nothing DROP DEFAULT",
        "ALTER TABLE users RENAME COLUMN nothing TO x",
        "ALTER TABLE users RENAME KEY nothing TO x",
        "ALTER TABLE users DROP 'it never ends",
        "LOAD DATA",
    ],
)
def test_what_is_not_understood_is_opaque(script: str) -> None:
    front_end, step = folded(BEFORE, f"{script};")
    assert [each.kind for each in step.operations] == ["statement.opaque"]
    assert [each.line for each in step.unread] == [1]
    assert step.unread[0].reason
    assert front_end.catalog.tables == folded(BEFORE)[0].catalog.tables


def test_one_clause_is_opaque_and_the_others_are_read() -> None:
    found = operations("ALTER TABLE users\n ADD x int,\n FROB y z,\n DROP name;\nDROP TABLE posts;")
    assert [(each.kind, each.line) for each in found] == [
        ("column.add.optional", 2), ("statement.opaque", 3), ("column.drop.optional", 4), ("table.drop", 5),
    ]  # fmt: skip


def test_lines_are_those_of_the_clause_and_of_the_part() -> None:
    script = (
        "CREATE TABLE likes (\n p bigint,\n FOREIGN KEY (p)\n REFERENCES posts (id) ON DELETE CASCADE\n);"
    )
    _, step = folded(BEFORE, script)
    assert step.lines == {("likes", ""): 1, ("likes", "p"): 2, ("likes", "likes_ibfk_1"): 3}


def test_a_key_that_is_stated_anew_has_the_line_of_the_new_one() -> None:
    key = "CONSTRAINT posts_ibfk_1 FOREIGN KEY (user_id) REFERENCES users (id)"
    script = f"CALL drop_it();\nALTER TABLE posts ADD {key};"
    found = [(each.kind, each.line) for each in operations(script)]
    assert found == [("statement.opaque", 1), ("foreign_key.on_delete.change", 2)]


def test_skipped_lines_count() -> None:
    front_end = MysqlFrontEnd()
    step = front_end.apply(Script("a.sql", "\nCALL p()", skipped=10))
    assert step.unread[0].line == 12


def test_a_new_table_takes_anything() -> None:
    script = "INSERT INTO users VALUES (1); UPDATE users SET name = ''; DELETE FROM users; TRUNCATE users;"
    assert kinds(f"{USERS} {script}", before="") == ["table.create users"]


def test_modify_restates_everything() -> None:
    before = "CREATE TABLE t (a int NOT NULL DEFAULT 1 COMMENT 'x', KEY (a));"
    column = table("t", before, "ALTER TABLE t MODIFY a bigint").column("a")
    assert column is not None
    assert (column.type, column.required, column.default) == ("bigint", False, "")
    assert column.uid == table("t", before).columns[0].uid


def test_a_dropped_column_leaves_its_indexes_behind() -> None:
    made = table("t", "CREATE TABLE t (a int, b int, KEY ab (a, b), KEY b (b), PRIMARY KEY (b, a));"
                      "ALTER TABLE t DROP b")  # fmt: skip
    assert [(each.name, each.columns) for each in made.indexes] == [("ab", ("a",))]
    assert made.primary_key == ("a",)


@pytest.mark.parametrize(
    ("script", "names"),
    [
        ("CREATE TABLE t (a int, b int, KEY (a), KEY (a, b), UNIQUE (b))", ["a", "a_2", "b"]),
        ("CREATE TABLE t (a int UNIQUE, KEY a (a))", ["a"]),
        ("CREATE TABLE t (a int, FOREIGN KEY (a) REFERENCES x (a), FOREIGN KEY (a) REFERENCES y (a))",
         ["t_ibfk_1", "t_ibfk_2"]),
        ("CREATE TABLE t (a int, FOREIGN KEY k (a) REFERENCES x (a))", ["k"]),
        ("CREATE TABLE t (a int, CONSTRAINT c FOREIGN KEY k (a) REFERENCES x (a))", ["c"]),
        ("CREATE TABLE t (a int CHECK (a > 1), CHECK (a > 2))", ["t_chk_1", "t_chk_2"]),
    ],
)  # fmt: skip
def test_keys_without_a_name_get_the_one_that_mysql_gives(script: str, names: list[str]) -> None:
    made = table("t", script)
    found = [each.name for each in made.indexes] + [each.name for each in made.foreign_keys]
    assert found + [each.name for each in made.checks] == names


@pytest.mark.parametrize(
    ("clause", "on_delete", "stated"),
    [
        ("", "NO ACTION", False),
        ("ON UPDATE CASCADE", "NO ACTION", False),
        ("ON DELETE NO ACTION", "NO ACTION", True),
        ("ON DELETE SET NULL", "SET NULL", True),
        ("MATCH FULL ON UPDATE CASCADE ON DELETE RESTRICT", "RESTRICT", True),
    ],
)
def test_actions_of_foreign_keys(clause: str, on_delete: str, stated: bool) -> None:
    made = table("t", USERS, f"CREATE TABLE t (a int, FOREIGN KEY (a) REFERENCES Users (id) {clause})")
    (key,) = made.foreign_keys
    assert (key.table, key.on_delete, key.stated) == ("users", on_delete, stated)


def test_names_mean_the_same_in_any_case_and_keep_their_own() -> None:
    front_end, step = folded(BEFORE, "ALTER TABLE USERS DROP NAME, ADD KEY (Email); DROP TABLE Posts")
    assert step.unread == ()
    assert list(front_end.catalog.tables) == ["users"]
    assert front_end.catalog.tables["users"].indexes[-1].columns == ("email",)


def test_temporary_tables_do_not_stay() -> None:
    front_end, step = folded(BEFORE, "CREATE TEMPORARY TABLE x (a int); INSERT INTO x VALUES (1);")
    assert (set(front_end.catalog.tables), step.operations) == ({"users", "posts"}, ())


def test_saved_and_loaded_it_goes_on() -> None:
    first, _ = folded(BEFORE)
    second = MysqlFrontEnd()
    second.load(first.save())
    for each in (first, second):
        each.apply(Script("b.sql", "ALTER TABLE Users ADD x int; CREATE TABLE t (a int)"))
    assert set(second.catalog.tables) == {"users", "posts", "t"}
    uids = [column.uid for each in second.catalog.tables.values() for column in each.columns]
    assert len(uids) == len(set(uids))
    assert second.catalog.tables["users"].column("x") is not None


def test_earlier_catalogs_do_not_change() -> None:
    front_end, _ = folded(BEFORE)
    before = front_end.catalog
    front_end.apply(Script("b.sql", "DROP TABLE posts; ALTER TABLE users DROP name"))
    assert set(before.tables) == {"users", "posts"}
    assert before.tables["users"].column("name") is not None
