-- case: history
CREATE TABLE t (id int);
-- case: migration
ALTER TABLE t ADD COLUMN a int;
DO $$ BEGIN
  IF (SELECT count(*) FROM t) > 5 THEN UPDATE t SET a = 1; END IF;
END $$;
ALTER TABLE t ALTER COLUMN a SET NOT NULL;
-- case: expect
-- 3 rows.update.all t.a It stands under a condition that is known only when it runs.
-- 5 column.add.required t.a (- -> integer) It has no default, and the rows that are there get no value.
