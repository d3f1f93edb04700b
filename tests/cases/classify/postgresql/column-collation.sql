-- case: history
CREATE TABLE t (a text, b text COLLATE "C");
-- case: migration
ALTER TABLE t ALTER COLUMN a TYPE text COLLATE "C";
ALTER TABLE t ALTER COLUMN b TYPE text;
-- case: expect
-- 1 column.collation.change t.a (none -> C)
-- 2 column.collation.change t.b (C -> none)
