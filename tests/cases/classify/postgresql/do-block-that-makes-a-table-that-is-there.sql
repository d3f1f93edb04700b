-- case: history
CREATE TABLE t (id int);
-- case: migration
DO $$ BEGIN
  CREATE TABLE t (id int);
  DROP TABLE t;
EXCEPTION WHEN duplicate_table THEN NULL;
END $$;
-- case: expect
