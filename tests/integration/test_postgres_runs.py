"""What a statement does to those who use the tables meanwhile, as a real PostgreSQL shows it."""

import pytest

from handrail.ports import DatabaseCopy
from tests.integration.databases import prepare, run

KEY = "ADD CONSTRAINT k FOREIGN KEY (parent_id) REFERENCES parent"

LOCKS = {
    "ALTER TABLE child ADD a int": ("ACCESS EXCLUSIVE", "child", True, ""),
    "ALTER TABLE child ADD a int NOT NULL DEFAULT 1": ("ACCESS EXCLUSIVE", "child", True, ""),
    "ALTER TABLE child ADD a uuid DEFAULT gen_random_uuid()": ("ACCESS EXCLUSIVE", "child", True, "child"),
    "ALTER TABLE child ALTER age SET NOT NULL": ("ACCESS EXCLUSIVE", "child", True, ""),
    "ALTER TABLE child ALTER note DROP NOT NULL": ("ACCESS EXCLUSIVE", "child", True, ""),
    "ALTER TABLE child ALTER age TYPE bigint": ("ACCESS EXCLUSIVE", "child", True, "child"),
    "ALTER TABLE child ALTER name TYPE varchar(10)": ("ACCESS EXCLUSIVE", "child", True, "child"),
    "ALTER TABLE child ALTER name TYPE varchar(50)": ("ACCESS EXCLUSIVE", "child", True, ""),
    "ALTER TABLE child ALTER name TYPE text": ("ACCESS EXCLUSIVE", "child", True, ""),
    "ALTER TABLE child RENAME age TO years": ("ACCESS EXCLUSIVE", "child", True, ""),
    "ALTER TABLE child RENAME TO kid": ("ACCESS EXCLUSIVE", "child", True, ""),
    "ALTER TABLE child DROP age": ("ACCESS EXCLUSIVE", "child", True, ""),
    "ALTER TABLE child ADD CHECK (age > 0) NOT VALID": ("ACCESS EXCLUSIVE", "child", True, ""),
    f"ALTER TABLE child {KEY} NOT VALID": ("SHARE ROW EXCLUSIVE", "child parent", True, ""),
    f"ALTER TABLE child {KEY}": ("SHARE ROW EXCLUSIVE", "child parent", True, ""),
    "DROP TABLE child": ("ACCESS EXCLUSIVE", "child", True, ""),
    "TRUNCATE child": ("ACCESS EXCLUSIVE", "child", True, ""),
    "CREATE INDEX ON child (age)": ("SHARE", "child", True, ""),
    "CREATE TRIGGER t BEFORE UPDATE ON child EXECUTE FUNCTION suppress_redundant_updates_trigger()": (
        "SHARE ROW EXCLUSIVE", "child", True, "",
    ),
    "CREATE INDEX CONCURRENTLY ON child (age)": ("SHARE UPDATE EXCLUSIVE", "child", False, ""),
    "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS u ON public.child (age)": (
        "SHARE UPDATE EXCLUSIVE", "child", False, "",
    ),
    "REINDEX TABLE CONCURRENTLY child": ("SHARE UPDATE EXCLUSIVE", "child", False, ""),
    "VACUUM child": ("SHARE UPDATE EXCLUSIVE", "child", False, ""),
    "VACUUM (ANALYZE) child": ("SHARE UPDATE EXCLUSIVE", "child", False, ""),
    "VACUUM FULL child": ("ACCESS EXCLUSIVE", "child", True, "child"),
    "VACUUM (FULL) child": ("ACCESS EXCLUSIVE", "child", True, "child"),
    "CLUSTER child USING child_pkey": ("ACCESS EXCLUSIVE", "child", True, "child"),
    "UPDATE child SET age = 1": ("ROW EXCLUSIVE", "child", False, ""),
    "INSERT INTO child (id) SELECT 1000 + id FROM parent": ("ROW EXCLUSIVE", "child", False, ""),
    "SELECT * FROM child JOIN parent ON true LIMIT 1": ("ACCESS SHARE", "child parent", False, ""),
    "CREATE TABLE other (id int PRIMARY KEY)": ("", "", False, ""),
    "ALTER TYPE mood ADD VALUE 'bad'": ("", "", False, ""),
    "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1; SELECT 2'": ("", "", False, ""),
}  # fmt: skip


@pytest.mark.parametrize("statement", LOCKS)
def test_the_lock_of_a_statement(statement: str, copy: DatabaseCopy) -> None:
    (done,) = copy.run([(7, statement)], transaction=False)
    lock, locked, blocks, rewritten = LOCKS[statement]
    assert (done.line, done.text, done.error) == (7, statement, "")
    assert (done.lock, " ".join(done.locked), done.blocks_writes) == (lock, locked, blocks)
    assert " ".join(done.rewritten) == rewritten
    assert done.milliseconds > 0


@pytest.mark.parametrize("script", ["ALTER TABLE child VALIDATE CONSTRAINT k"])
def test_validating_lets_others_write(script: str, copy: DatabaseCopy) -> None:
    prepare(copy, f"ALTER TABLE child {KEY} NOT VALID;")
    (done,) = run(copy, script)
    assert (done.lock, done.locked, done.blocks_writes) == ("SHARE UPDATE EXCLUSIVE", ("child",), False)


def test_statements_each_on_their_own_keep_what_came_before_an_error(copy: DatabaseCopy) -> None:
    done = run(copy, "CREATE TABLE a (id int);\nCREATE TABLE a (id int);\nCREATE TABLE b (id int);")
    assert [(each.line, each.error) for each in done] == [(1, ""), (2, 'relation "a" already exists')]
    assert {"a"} == set(copy.schema().tables) - {"child", "parent"}


def test_a_transaction_around_all_goes_with_an_error(copy: DatabaseCopy) -> None:
    before = copy.schema()
    done = run(copy, "CREATE TABLE a (id int);\nALTER TABLE child DROP age;\nSELECT 1/0;", transaction=True)
    assert [each.error for each in done] == ["", "", "division by zero"]
    assert copy.schema() == before


def test_a_transaction_around_all_is_kept_without_one(copy: DatabaseCopy) -> None:
    done = run(copy, "CREATE TABLE a (id int);\nALTER TABLE child DROP age;", transaction=True)
    assert [(each.lock, each.locked) for each in done] == [("", ()), ("ACCESS EXCLUSIVE", ("child",))]
    assert "a" in copy.schema().tables


def test_a_table_made_in_the_transaction_is_nobody_elses(copy: DatabaseCopy) -> None:
    done = run(copy, "CREATE TABLE a (id int);\nALTER TABLE a ADD b int;", transaction=True)
    assert [each.lock for each in done] == ["", ""]


def test_what_cannot_run_in_a_transaction_fails_in_one(copy: DatabaseCopy) -> None:
    (done,) = run(copy, "CREATE INDEX CONCURRENTLY i ON child (age);", transaction=True)
    assert done.error == "CREATE INDEX CONCURRENTLY cannot run inside a transaction block"


def test_a_transaction_of_the_script_is_followed(copy: DatabaseCopy) -> None:
    done = run(copy, "BEGIN;\nCREATE TABLE a (id int);\nALTER TABLE child DROP age;\nROLLBACK;\nSELECT 1;")
    assert [each.error for each in done] == [""] * 5
    assert [each.lock for each in done] == ["", "", "ACCESS EXCLUSIVE", "", ""]
    assert "a" not in copy.schema().tables


def test_a_transaction_that_the_script_leaves_open_is_kept(copy: DatabaseCopy) -> None:
    run(copy, "BEGIN;\nCREATE TABLE a (id int);")
    assert "a" in copy.schema().tables


@pytest.mark.parametrize("transaction", [False, True])
def test_what_is_checked_at_the_end_is_refused_at_the_end(transaction: bool, copy: DatabaseCopy) -> None:
    prepare(copy, f"ALTER TABLE child {KEY} DEFERRABLE INITIALLY DEFERRED;")
    done = run(copy, "INSERT INTO child (id, parent_id) VALUES (200, 200);", transaction=transaction)
    assert done[-1].error == ('insert or update on table "child" violates foreign key constraint "k"')
    assert copy.query("SELECT count(*) FROM child") == [(100,)]


def test_a_procedure_that_commits_runs(copy: DatabaseCopy) -> None:
    prepare(
        copy,
        "CREATE PROCEDURE p() LANGUAGE plpgsql AS $$ BEGIN DELETE FROM child; COMMIT; END $$;\nCALL p();",
    )
    assert copy.query("SELECT count(*) FROM child") == [(0,)]


def test_an_error_says_what_the_server_says_and_no_value_of_a_row(copy: DatabaseCopy) -> None:
    prepare(copy, "UPDATE child SET name = 'ann@secret.example' WHERE id < 3;")
    (done,) = run(copy, "CREATE UNIQUE INDEX u ON child (name);")
    assert done.error == 'could not create unique index "u"'


def test_what_a_script_sets_ends_with_it(copy: DatabaseCopy) -> None:
    prepare(copy, "SET search_path TO nowhere;\nSET statement_timeout TO '1ms';")
    assert run(copy, "SELECT count(*) FROM child;")[0].error == ""


@pytest.mark.parametrize(
    "script",
    [
        "COPY child FROM STDIN",
        "SELECT '\ud800'",
        "\\connect other",
        "SELECT pg_terminate_backend(pg_backend_pid())",
    ],
)
def test_what_cannot_be_run_is_an_error_and_no_crash(script: str, copy: DatabaseCopy) -> None:
    done = list(copy.run([(1, script), (2, "SELECT 1")], transaction=False))
    assert len(done) == 1
    assert done[0].error
    assert copy.query("SELECT count(*) FROM child") == [(100,)]


def test_percent_signs_are_the_scripts_own(copy: DatabaseCopy) -> None:
    prepare(copy, "UPDATE child SET note = '100%s %% %(x)s' WHERE id = 1;")
    assert copy.query("SELECT note FROM child WHERE id = 1 AND note LIKE '100%'") == [("100%s %% %(x)s",)]
