-- case: history
CREATE TABLE t (id int);
-- case: migration
DO $$
BEGIN
  ALTER TABLE t ADD COLUMN a int NOT NULL;
  DELETE FROM t;
END
$$;
-- case: expect
-- 3 column.add.required t.a (- -> integer) It has no default, and the rows that are there get no value.
-- 4 rows.delete.all t
