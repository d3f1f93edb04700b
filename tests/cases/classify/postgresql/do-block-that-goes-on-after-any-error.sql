-- case: history
CREATE TABLE t (id int);
-- case: migration
DO $$ BEGIN
  ALTER TABLE t DROP COLUMN id;
EXCEPTION WHEN OTHERS THEN NULL;
END $$;
-- case: expect
-- 1 statement.opaque (- -> DO $$ BEGIN ALTER TABLE t DROP COLUMN id; EXCEPTION WHEN OTHERS THEN NULL; END …) a DO block is a program: it goes on after any error
