-- case: history
CREATE TABLE t (id int, a int);
-- case: migration
DO $$ BEGIN
  IF (SELECT count(*) FROM t) = 0 THEN
    ALTER TABLE t DROP COLUMN a;
  END IF;
END $$;
-- case: expect
-- 1 statement.opaque (- -> DO $$ BEGIN IF (SELECT count(*) FROM t) = 0 THEN ALTER TABLE t DROP COLUMN a; E…) a DO block is a program: it changes the schema under a condition
