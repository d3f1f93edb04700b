-- case: history
CREATE TABLE t (id int);
-- case: migration
DO $$ BEGIN
  ASSERT (SELECT count(*) FROM t) = 0, 'rows left';
  IF EXISTS (SELECT 1 FROM t) THEN RAISE EXCEPTION 'not empty'; END IF;
END $$;
-- case: expect
