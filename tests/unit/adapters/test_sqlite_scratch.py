"""The SQLite that judges what a script does."""

from handrail.adapters.sqlite import SqliteScratch

FILL = "EXPLAIN UPDATE a SET n = (SELECT id FROM other LIMIT 1)"
SCRIPT = (
    "PRAGMA foreign_keys=ON",
    "CREATE TABLE other (id TEXT PRIMARY KEY)",
    "CREATE TABLE parent (id TEXT, n TEXT, pk TEXT PRIMARY KEY)",
    "CREATE TABLE a (s TEXT PRIMARY KEY, c TEXT)",
    "ALTER TABLE a ADD COLUMN n TEXT NULL REFERENCES other(id)",
    FILL,
    "CREATE TABLE t (s TEXT PRIMARY KEY, c TEXT, n TEXT, FOREIGN KEY (c, n) REFERENCES parent(id, n))",
    "DROP TABLE a",
    "ALTER TABLE t RENAME TO a",
)


def test_a_statement_is_judged_anew_when_its_tables_are_others() -> None:
    scratch = SqliteScratch()
    assert [scratch.run(each) for each in SCRIPT] == [""] * len(SCRIPT)
    assert "foreign key mismatch" in scratch.run(FILL)
