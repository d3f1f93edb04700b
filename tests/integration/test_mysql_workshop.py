"""Copies of a real MariaDB database: what is in them, and what they leave alone."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from handrail.adapters.workshops import open_workshop
from handrail.core.database import Problem, Schema, TableContent
from handrail.core.errors import HandrailError
from handrail.ports import DatabaseCopy
from tests.integration.databases import Silent, item, prepare, run
from tests.integration.mariadb import Server, Unavailable, running

EVERYTHING = """
CREATE TABLE `User` (id int AUTO_INCREMENT PRIMARY KEY, email varchar(40) UNIQUE, mood enum('good','bad'),
  `né e` varchar(9) CHARACTER SET latin1 NOT NULL DEFAULT 'x', years int, twice int AS (years * 2) STORED,
  raw blob, flags bit(5), money decimal(12,4), ratio float, big double, made timestamp NULL, j json,
  CHECK (years < 200));
CREATE TABLE log (k int, user_id int, CONSTRAINT owned FOREIGN KEY (user_id) REFERENCES `User` (id)
  ON DELETE CASCADE, KEY late (k, user_id));
CREATE TABLE only_unique (a int NOT NULL UNIQUE, b text);
CREATE TABLE `a``b; DROP` (`c d` int PRIMARY KEY);
CREATE VIEW names AS SELECT id, email FROM `User`;
CREATE TRIGGER noted BEFORE UPDATE ON `User` FOR EACH ROW SET NEW.mood = 'bad';
CREATE FUNCTION one() RETURNS int DETERMINISTIC RETURN 1;
CREATE PROCEDURE two(IN a int) BEGIN SELECT a; SELECT 2; END;
CREATE EVENT cleaned ON SCHEDULE EVERY 1 SECOND DO DELETE FROM log;
INSERT INTO `User` (email, `né e`, years, raw, flags, money, ratio, big, made, j) VALUES
  ('a@x', 'ü', 3, x'00ff', b'101', 1.2345, 0.1, 1e300, '2026-01-01 00:00:00', '{"a": 1}'),
  ('b@x', 'y', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO log VALUES (1, 1), (1, 1), (NULL, NULL);
INSERT INTO `a``b; DROP` VALUES (1);
"""


@pytest.fixture(scope="module")
def mariadb() -> Iterator[Server]:
    try:
        with running() as server:
            yield server
    except Unavailable as reason:
        pytest.skip(str(reason))


@pytest.fixture
def source(mariadb: Server) -> Iterator[str]:
    """Yield the name of a database; every other one has to be gone by the end."""
    name = mariadb.database()
    before = databases(mariadb)
    yield name
    assert databases(mariadb) == before


def databases(server: Server) -> set[str]:
    return {row[0] for row in server.run("", "SHOW DATABASES")}


def url(server: Server, database: str, who: str = "root") -> str:
    return f"mysql://{who}@localhost/{database}?socket={server.socket}"


def look(copy: DatabaseCopy) -> tuple[Schema, Mapping[str, TableContent]]:
    schema = copy.schema()
    return schema, copy.content(schema.tables.values())


def test_a_copy_a_copy_of_it_and_a_restored_backup_are_the_same(
    mariadb: Server, source: str, tmp_path: Path
) -> None:
    mariadb.play(source, EVERYTHING)
    with open_workshop("mysql", url(mariadb, source), Silent()) as workshop:
        copy = workshop.copy_source()
        expected = look(copy)
        workshop.take_backup(str(tmp_path / "b.sql"))
        assert look(copy.copy()) == expected
        assert look(workshop.restore(str(tmp_path / "b.sql"))) == expected
        workshop.take_backup(str(tmp_path / "c.sql"), copy)
        assert look(workshop.restore(str(tmp_path / "c.sql"))) == expected
    rows = {name: each.rows for name, each in expected[1].items()}
    assert rows == {"User": 2, "log": 3, "only_unique": 0, "a`b; DROP": 1}
    assert {each.filled for each in expected[1]["User"].columns.values()} == {0, 1, 2}


def test_what_the_schema_says(mariadb: Server, source: str) -> None:
    mariadb.play(source, EVERYTHING)
    with open_workshop("mysql", url(mariadb, source), Silent()) as workshop:
        schema = workshop.copy_source().schema()
    expected = {
        ("column", "User.id"): "int(11) NOT NULL auto_increment",
        ("column", "User.né e"): "varchar(9) latin1 latin1_swedish_ci NOT NULL DEFAULT 'x'",
        ("column", "User.twice"): "int(11) NULL STORED GENERATED AS (`years` * 2)",
        ("primary key", "User"): "id",
        ("index", "User.email"): "UNIQUE BTREE (email)",
        ("index", "log.late"): "BTREE (k, user_id)",
        ("foreign key", "log(user_id)"): "User(id) ON DELETE CASCADE ON UPDATE RESTRICT",
        ("check", "User: `years` < 200"): "check",
        ("trigger", "User.noted"): "BEFORE UPDATE SET NEW.mood = 'bad'",
        ("event", "cleaned"): "RECURRING 1 SECOND DELETE FROM log",
    }
    assert {key: schema.items.get(key) for key in expected} == expected
    assert item(schema, "view", "names").startswith("select `User`.`id`")
    assert "RETURN 1" in item(schema, "function", "one()")
    assert schema.tables["User"].key == ("id",)
    assert schema.tables["User"].generated == {"twice"}
    assert schema.tables["only_unique"].key == ("a",)
    assert schema.tables["log"].key == ()
    assert [tuple(link) for link in schema.tables["log"].links] == [(("user_id",), "User", "CASCADE")]


def test_values_are_exact_text(mariadb: Server, source: str) -> None:
    mariadb.play(source, EVERYTHING)
    with open_workshop("mysql", url(mariadb, source), Silent()) as workshop:
        copy = workshop.copy_source()
        columns = ["né e", "raw", "flags", "money", "ratio", "big", "made"]
        found = list(copy.rows(copy.schema().tables["User"], columns))
    assert found[1] == ("2", "y", None, None, None, None, None, None)
    key, name, raw, flags, money, ratio, big, made = found[0]
    assert (key, name, raw, flags, money, big) == ("1", "ü", "00FF", "5", "1.2345", "1e300")
    assert ratio is not None
    assert len(ratio) > len("0.1")
    assert made is not None


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE `User` SET `né e` = 'Ü'",
        "UPDATE `User` SET raw = x'00fe' WHERE id = 1",
        "UPDATE `User` SET ratio = 0.1000001 WHERE id = 1",
        "UPDATE `User` SET email = NULL WHERE id = 2",
        "UPDATE `User` SET email = CONCAT(email, ' ') WHERE id = 1",
        "DELETE FROM log LIMIT 1",
    ],
)
def test_a_changed_value_changes_the_hash(change: str, mariadb: Server, source: str) -> None:
    mariadb.play(source, EVERYTHING)
    with open_workshop("mysql", url(mariadb, source), Silent()) as workshop:
        copy = workshop.copy_source()
        prepare(copy, "DROP TRIGGER noted;", "mysql")
        before = look(copy)
        prepare(copy, change, "mysql")
        assert look(copy)[1] != before[1]


def test_a_statement_of_the_schema_ends_the_transaction(mariadb: Server, source: str) -> None:
    mariadb.play(source, "CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t VALUES (1);")
    with open_workshop("mysql", url(mariadb, source), Silent()) as workshop:
        copy = workshop.copy_source()
        script = (
            "DELETE FROM t;\nALTER TABLE t ADD a int;\n"
            "INSERT INTO t (id) VALUES (2);\nALTER TABLE nowhere ADD b int;"
        )
        done = run(copy, script, transaction=True, dialect="mysql")
        assert [(each.line, bool(each.error)) for each in done] == [
            (1, False),
            (2, False),
            (3, False),
            (4, True),
        ]
        assert copy.query("SELECT count(*) FROM t") == [
            ("1",)
        ]  # the last statement of the schema committed first
        assert "a" in copy.schema().tables["t"].columns


def test_rows_of_a_transaction_go_with_an_error(mariadb: Server, source: str) -> None:
    mariadb.play(source, "CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t VALUES (1);")
    with open_workshop("mysql", url(mariadb, source), Silent()) as workshop:
        copy = workshop.copy_source()
        done = run(copy, "DELETE FROM t;\nSELECT * FROM nowhere;", transaction=True, dialect="mysql")
        assert "doesn't exist" in done[-1].error
        assert copy.query("SELECT count(*) FROM t") == [("1",)]


def test_an_error_names_no_value_of_a_row(mariadb: Server, source: str) -> None:
    mariadb.play(source, "CREATE TABLE t (a varchar(20)); INSERT INTO t VALUES ('ann@x'), ('ann@x');")
    with open_workshop("mysql", url(mariadb, source), Silent()) as workshop:
        (done,) = run(workshop.copy_source(), "ALTER TABLE t ADD UNIQUE u (a);", dialect="mysql")
    assert done.error
    assert "ann@x" not in done.error


def test_orphans_and_broken_views_are_told(mariadb: Server, source: str) -> None:
    mariadb.play(source, EVERYTHING)
    with open_workshop("mysql", url(mariadb, source), Silent()) as workshop:
        copy = workshop.copy_source()
        assert copy.problems() == []
        prepare(copy, "SET foreign_key_checks = 0;\nINSERT INTO log VALUES (1, 99);\n"
                      "ALTER TABLE `User` DROP email;", "mysql")  # fmt: skip
        orphan, view = copy.problems()
    assert orphan == Problem("foreign-key", "log(user_id)", "1 row of log point at no row of User.")
    assert (view.code, view.name) == ("view-broken", "names")


def test_what_numbers_rows(mariadb: Server, source: str) -> None:
    mariadb.play(source, EVERYTHING)
    with open_workshop("mysql", url(mariadb, source), Silent()) as workshop:
        (counter,) = workshop.copy_source().counters()
    assert tuple(counter) == ("User", 3, 2, "User", "id")


def test_the_source_is_as_it_was_and_its_events_do_not_run_in_copies(mariadb: Server, source: str) -> None:
    mariadb.run("", "SET GLOBAL event_scheduler = ON")
    mariadb.play(source, EVERYTHING.replace("EVERY 1 SECOND", "EVERY 1 HOUR STARTS '2037-01-01'"))
    before = mariadb.run(source, "CHECKSUM TABLE `User`, log; SHOW CREATE EVENT cleaned")
    with open_workshop("mysql", url(mariadb, source), Silent()) as workshop:
        copy = workshop.copy_source()
        prepare(copy, "DROP TABLE log;\nDROP TABLE `User`;", "mysql")
        states = copy.query("SELECT status FROM information_schema.events WHERE event_schema = DATABASE()")
        assert states == [("DISABLED",)]
    assert mariadb.run(source, "CHECKSUM TABLE `User`, log; SHOW CREATE EVENT cleaned") == before


@pytest.mark.parametrize(
    ("harm", "reason"),
    [
        (lambda text: text[: len(text) * 6 // 10], "not whole"),
        (lambda text: text.replace("-- Host", "USE `mysql`;\n-- Host", 1), "names a database of its own"),
        (lambda text: text.replace("CREATE TABLE", "CREATE TABEL", 1), "failed: "),
    ],
)
def test_a_backup_that_is_no_good_is_refused(
    harm: "object", reason: str, mariadb: Server, source: str, tmp_path: Path
) -> None:
    assert callable(harm)
    mariadb.play(source, EVERYTHING)
    path = tmp_path / "b.sql"
    with open_workshop("mysql", url(mariadb, source), Silent()) as workshop:
        workshop.take_backup(str(path))
        path.write_text(harm(path.read_text()))
        with pytest.raises(HandrailError, match=reason):
            workshop.restore(str(path))
        with pytest.raises(HandrailError, match="is there already"):
            workshop.take_backup(str(path))


def test_an_address_leads_the_client_to_the_copy(mariadb: Server, source: str) -> None:
    mariadb.play(source, "CREATE TABLE t (id int);")
    with open_workshop("mysql", url(mariadb, source), Silent()) as workshop:
        env = {**os.environ, **workshop.copy_source().address()}
        done = subprocess.run(
            [mariadb.client, "-NBe", "SHOW TABLES"], env=env, capture_output=True, check=True
        )
    assert done.stdout == b"t\n"


def test_a_server_without_a_database_makes_empty_ones(mariadb: Server) -> None:
    with open_workshop("mysql", url(mariadb, ""), Silent()) as workshop:
        assert look(workshop.empty())[1] == {}
        with pytest.raises(HandrailError, match="no source database"):
            workshop.copy_source()


def test_without_a_server_nothing_is_rehearsed() -> None:
    with pytest.raises(HandrailError, match="not rehearsed"), open_workshop("mysql", "", Silent()):
        pass


def test_a_password_is_in_no_message_and_no_argument(mariadb: Server, source: str) -> None:
    mariadb.run("", "CREATE OR REPLACE USER ann IDENTIFIED BY 's3cret-\"p\\\\w'; GRANT ALL ON *.* TO ann")
    with open_workshop("mysql", url(mariadb, source, "ann:s3cret-%22p%5Cw"), Silent()) as workshop:
        copy = workshop.copy_source()
        assert "s3cret" not in f"{workshop.origin()} {copy.address()}"
    with (
        pytest.raises(HandrailError) as raised,
        open_workshop("mysql", url(mariadb, source, "ann:s3cret-wrong"), Silent()),
    ):
        pass
    assert "s3cret" not in str(raised.value)
    mariadb.run("", "DROP USER ann")


PROBE = """
import sys, time
from handrail.adapters.workshops import open_workshop
from tests.integration.databases import Silent
with open_workshop("mysql", sys.argv[1], Silent()) as workshop:
    print(workshop.copy_source().address()["MYSQL_DATABASE"], flush=True)
    time.sleep(60)
"""


def test_a_database_of_a_dead_run_goes_and_that_of_a_live_one_stays(mariadb: Server, source: str) -> None:
    address = url(mariadb, source)
    with subprocess.Popen([sys.executable, "-c", PROBE, address], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        name = process.stdout.readline().decode().strip()
        with open_workshop("mysql", address, Silent()):
            assert name in databases(mariadb)
        process.send_signal(signal.SIGKILL)
    assert name in databases(mariadb)
    with open_workshop("mysql", address, Silent()):
        assert name not in databases(mariadb)
