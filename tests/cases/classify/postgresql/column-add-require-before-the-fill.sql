-- case: history
CREATE TABLE t (id int PRIMARY KEY);
-- case: migration
ALTER TABLE t ADD COLUMN a text;
ALTER TABLE t ALTER COLUMN a SET NOT NULL;
UPDATE t SET a = 'x';
-- case: expect
-- 3 column.add.required t.a (- -> text) It has no default, and the rows that are there get no value.
-- 3 rows.update.all t.a
