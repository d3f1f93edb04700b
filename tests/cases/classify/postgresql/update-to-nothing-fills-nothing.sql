-- case: history
CREATE TABLE t (id int);
-- case: migration
ALTER TABLE t ADD COLUMN a int;
UPDATE t SET a = NULL;
UPDATE t SET a = DEFAULT;
ALTER TABLE t ALTER COLUMN a SET NOT NULL;
-- case: expect
-- 2 rows.update.all t.a
-- 3 rows.update.all t.a
-- 4 column.add.required t.a (- -> integer) It has no default, and the rows that are there get no value.
