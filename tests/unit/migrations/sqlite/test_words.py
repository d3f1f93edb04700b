"""What a SQLite statement says: verbs, names, and what fuzzing found to break it."""

import pytest

from handrail.migrations.sqlite.words import Words, read_words

SAID = {
    "": Words(""),
    "CREATE TABLE IF NOT EXISTS main.a (b TEXT)": Words("create.table", "a"),
    'CREATE TEMP TABLE "a b" (c)': Words("create.table", "a b"),
    "CREATE VIRTUAL TABLE s USING fts5(t)": Words("create.virtual", "s"),
    "CREATE UNIQUE INDEX i ON t (a)": Words("create.index", "i", new="t"),
    "CREATE TRIGGER g AFTER INSERT ON t BEGIN SELECT 1; END": Words("create.trigger", "g", new="t"),
    "CREATE VIEW v AS SELECT 1": Words("create.view", "v"),
    "DROP TABLE IF EXISTS [a]": Words("drop.table", "a"),
    "DROP INDEX main.i": Words("drop.index", "i"),
    "ALTER TABLE a RENAME TO b": Words("alter.rename", "a", new="b"),
    "ALTER TABLE a RENAME COLUMN b TO c": Words("alter.rename_column", "a", "b", "c"),
    "ALTER TABLE a RENAME b TO c": Words("alter.rename_column", "a", "b", "c"),
    "ALTER TABLE main.a ADD COLUMN b TEXT": Words("alter.add_column", "a", new="b"),
    "ALTER TABLE a ADD b TEXT": Words("alter.add_column", "a", new="b"),
    "ALTER TABLE a DROP COLUMN b": Words("alter.drop_column", "a", new="b"),
    "INSERT INTO a VALUES (1)": Words("insert", "a"),
    "INSERT OR REPLACE INTO a VALUES (1)": Words("replace", "a"),
    "REPLACE INTO a VALUES (1)": Words("replace", "a"),
    "INSERT INTO a VALUES (1) ON CONFLICT DO UPDATE SET b = 1": Words("upsert", "a"),
    "INSERT INTO a VALUES (1) ON CONFLICT DO NOTHING": Words("insert", "a"),
    "INSERT INTO a SELECT * FROM b": Words("insert", "a", source="b"),
    "INSERT INTO a SELECT * FROM b WHERE c": Words("insert", "a", some=True, source="b"),
    "INSERT INTO a SELECT DISTINCT c FROM b": Words("insert", "a", some=True, source="b"),
    "INSERT OR IGNORE INTO a SELECT * FROM b": Words("insert", "a", some=True, source="b"),
    "UPDATE a SET b = (SELECT 1 WHERE 1)": Words("update", "a"),
    "UPDATE OR IGNORE a SET b = 1 WHERE c": Words("update", "a", some=True),
    "DELETE FROM a": Words("delete", "a"),
    "DELETE FROM a WHERE b IN (SELECT 1)": Words("delete", "a", some=True),
    "DELETE FROM a LIMIT 1": Words("delete", "a", some=True),
    "WITH x AS (SELECT 1 WHERE 1) DELETE FROM a": Words("delete", "a"),
    "WITH x AS (SELECT 1) SELECT * FROM x": Words("select"),
    "BEGIN IMMEDIATE": Words("begin"),
    "COMMIT": Words("end"),
    "PRAGMA foreign_keys = OFF": Words("pragma", "foreign_keys", new="OFF"),
    "VACUUM INTO 'x'": Words("vacuum", "INTO"),
    "ATTACH 'x' AS y": Words("attach", "x"),
}


@pytest.mark.parametrize("text", SAID)
def test_what_a_statement_says(text: str) -> None:
    said = read_words(text)
    assert said._replace(name=said.name.strip()) == SAID[text]


TORN = """
INSERT|INSERT OR|REPLACE|UPDATE|UPDATE OR|DELETE|WITH|ALTER|ALTER TABLE|CREATE|CREATE INDEX|DROP|PRAGMA
ALTER TABLE a RENAME|ALTER TABLE a RENAME b|ALTER TABLE a ADD|CREATE TRIGGER g ON|INSERT INTO a SELECT FROM
(|)|;|'|"|[|--|/*
"""


@pytest.mark.parametrize("text", TORN.strip().replace("\n", "|").split("|"))
def test_a_torn_statement_is_read_as_far_as_it_goes(text: str) -> None:
    assert isinstance(read_words(text), Words)
