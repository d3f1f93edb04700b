-- case: history
CREATE TABLE t (id int PRIMARY KEY);
-- case: migration
ALTER TABLE t ADD COLUMN a text;
UPDATE t SET a = 'x' WHERE a IS NULL;
ALTER TABLE t ALTER COLUMN a SET NOT NULL;
-- case: expect
-- 2 rows.update.some t.a
-- 3 column.add.default t.a (- -> text) The script fills it before it becomes required.
