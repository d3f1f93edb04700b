-- case: history
CREATE TABLE t (id int, a int);
-- case: migration
DO $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_class WHERE relname = 'u') THEN
    CREATE TABLE u (id int);
  ELSE
    DROP TABLE u;
  END IF;
END $$;
-- case: expect
-- 3 table.create u
