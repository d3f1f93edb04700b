-- case: history
CREATE TABLE t (id int PRIMARY KEY);
-- case: migration
ALTER TABLE t ADD COLUMN a text;
UPDATE t SET a = 'x' WHERE id > 10;
ALTER TABLE t ALTER COLUMN a SET NOT NULL;
-- case: expect
-- 2 rows.update.some t.a
-- 3 column.add.required t.a (- -> text) It has no default, and the rows that are there get no value.
