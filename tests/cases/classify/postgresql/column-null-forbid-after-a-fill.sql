-- case: history
CREATE TABLE t (id int, a text);
-- case: migration
UPDATE t SET a = '' WHERE a IS NULL;
ALTER TABLE t ALTER COLUMN a SET NOT NULL;
-- case: expect
-- 1 rows.update.some t.a
-- 2 column.null.forbid t.a The script fills the rows first.
