-- case: history
CREATE TABLE t (id int, a int);
-- case: migration
DO $$ BEGIN
  IF (SELECT count(*) FROM t) = 0 THEN
    ALTER TABLE t DROP COLUMN a;
  END IF;
END $$;
-- case: expect
-- 3 column.drop.optional t.a (integer -> -) The column was optional before. It stands under a condition that is known only when it runs.
