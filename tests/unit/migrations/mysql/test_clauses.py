"""Clauses of CREATE, ALTER and RENAME that few scripts have, each on a table of its own."""

import pytest

from handrail.migrations.operations import Unread
from handrail.migrations.tables import Index
from tests.unit.migrations.mysql.world import folded, kinds, table

T = "CREATE TABLE t (id int PRIMARY KEY, a int, b varchar(9), CONSTRAINT c CHECK (a > 0), KEY k (a));"


@pytest.mark.parametrize(
    ("clause", "found"),
    [
        ("ADD PARTITION (PARTITION p VALUES LESS THAN (9))", ["statement.other t"]),
        ("DROP PARTITION p, q", ["partition.drop t"]),
        ("TRUNCATE PARTITION p", ["table.truncate t"]),
        ("EXCHANGE PARTITION p WITH TABLE u", ["partition.detach t", "partition.attach t"]),
        (
            "EXCHANGE PARTITION p WITH TABLE u WITHOUT VALIDATION",
            ["partition.detach t", "partition.attach t"],
        ),
        ("PARTITION BY HASH (id) PARTITIONS 4", ["table.option.change t"]),
        ("REMOVE PARTITIONING", []),
        ("REBUILD PARTITION p", ["maintenance t"]),
        ("DISCARD TABLESPACE", ["statement.opaque"]),
        ("ALTER INDEX k INVISIBLE", ["statement.other t"]),
        ("ALTER CHECK c NOT ENFORCED", ["check.drop t"]),
        ("ALTER CONSTRAINT c NOT ENFORCED", ["check.drop t"]),
        ("ALTER CHECK gone NOT ENFORCED", ["statement.opaque"]),
        ("ALTER a SET INVISIBLE", ["statement.other t.a"]),
        ("ALTER a SET HIDDEN", ["statement.opaque"]),
        ("ALTER a SET DEFAULT 3", ["column.default.change t.a"]),
        ("ALTER COLUMN b DROP DEFAULT", []),
        ("ALTER gone SET DEFAULT 3", ["statement.opaque"]),
        ("RENAME INDEX k TO l", []),
        ("RENAME KEY gone TO l", ["statement.opaque"]),
        ("RENAME COLUMN a TO z", ["column.rename t.a"]),
        ("RENAME COLUMN gone TO z", ["statement.opaque"]),
        ("ADD COLUMN a int", ["statement.opaque"]),
        ("ADD COLUMN z int FIRST", ["column.add.optional t.z"]),
        ("ADD CONSTRAINT x FOOBAR (a)", ["statement.opaque"]),
        ("ADD UNIQUE KEY u (a DESC) USING BTREE VISIBLE COMMENT 'x'", ["unique.add t.a"]),
        ("ADD KEY ()", ["statement.opaque"]),
        ("ADD FULLTEXT INDEX f (b) WITH PARSER ngram", ["index.create t.b"]),
        ("ADD FOREIGN KEY (a) REFERENCES u (id) ON DELETE EXPLODE", ["statement.opaque"]),
        ("CONVERT TO CHARACTER SET latin1", ["table.charset.change t"]),
        ("CONVERT TO COLLATE x", ["statement.opaque"]),
        ("ENGINE = MyISAM", ["table.option.change t"]),
        ("DISABLE KEYS", []),
        ("AUTO_INCREMENT = 9", ["sequence.set t"]),
        ("FROBNICATE", ["statement.opaque"]),
    ],
)
def test_a_clause_of_alter_table(clause: str, found: list[str]) -> None:
    assert kinds(f"ALTER TABLE t {clause};", T) == found


@pytest.mark.parametrize(
    ("sql", "reason"),
    [
        ("RENAME TABLE t TO u, u TO", "the statement ends too early"),
        ("RENAME FOO t TO u", "what it renames is unknown"),
        ("RENAME TABLE", "it renames nothing"),
        ("RENAME TABLE gone TO u", "there is no table gone in the history so far"),
        ("ALTER TABLE gone ADD x int", "there is no table gone in the history so far"),
        ("CREATE INDEX i ON gone (a)", "there is no table gone in the history so far"),
        ("CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO DELETE FROM t", "it runs statements by the clock"),
    ],
)
def test_what_is_not_read_says_why(sql: str, reason: str) -> None:
    (unread,) = folded(T, f"{sql};")[1].unread
    assert isinstance(unread, Unread)
    assert reason in unread.reason


@pytest.mark.parametrize(
    ("part", "index"),
    [
        ("KEY k USING BTREE (a)", Index("k", ("a",))),
        ("KEY (a), KEY (a)", Index("a_2", ("a",))),
        ("UNIQUE INDEX u (a, b(3))", Index("u", ("a", "b"), unique=True)),
        ("FULLTEXT f (b)", Index("f", ("b",), method="fulltext")),
        ("INDEX e ((a + 1))", Index("e", ("(a + 1)",))),
        ("KEY k (a) KEY_BLOCK_SIZE = 4 INVISIBLE COMMENT 'x'", Index("k", ("a",))),
    ],
)
def test_a_key_of_a_new_table(part: str, index: Index) -> None:
    made = table("n", f"CREATE TABLE n (id int PRIMARY KEY, a int, b varchar(9), {part});").indexes[-1]
    assert made._replace(constraint=False) == index


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", ("a", "id", "z")),
        ("FIRST", ("z", "a", "id")),
        ("AFTER a", ("a", "z", "id")),
        ("AFTER id", ("a", "id", "z")),
    ],
)
def test_a_new_column_has_its_place(before: str, after: tuple[str, ...]) -> None:
    made = table("n", "CREATE TABLE n (a int, id int);", f"ALTER TABLE n ADD z int {before};")
    assert tuple(each.name for each in made.columns) == after


def test_tables_change_places() -> None:
    front_end, step = folded(T, "CREATE TABLE u (x int);", "RENAME TABLE t TO v, u TO t, v TO u;")
    tables = front_end.catalog.tables
    assert (step.unread, {name: len(each.columns) for name, each in tables.items()}) == ((), {"t": 1, "u": 3})


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        ("DROP TABLE gone", ["table.drop gone"]),
        ("DROP TABLE IF EXISTS gone", []),
        ("DROP VIEW gone", ["view.drop gone"]),
        ("DROP TRIGGER IF EXISTS gone", []),
        ("DROP INDEX k ON t", ["index.drop t.a"]),
        ("DROP INDEX gone ON t", ["index.drop t"]),
        ("DROP DATABASE d", ["database.drop"]),
        ("RENAME USER a TO b", ["statement.other"]),
        ("ALTER TABLE IF EXISTS gone ADD x int", []),
    ],
)
def test_what_is_dropped_and_known_or_not(sql: str, found: list[str]) -> None:
    assert kinds(f"{sql};", T) == found
