-- case: history
CREATE TABLE t (id int, a int, b int, c int NOT NULL);
-- case: migration
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['a', 'b', 'c'] LOOP
    IF EXISTS (SELECT 1 FROM pg_attribute WHERE attrelid = 't'::regclass AND attname = name AND attnotnull) THEN
      CONTINUE;
    END IF;
    EXECUTE format('ALTER TABLE t ALTER COLUMN %I SET NOT NULL', name);
  END LOOP;
END $$;
-- case: expect
-- 8 column.null.forbid t.a
-- 8 column.null.forbid t.b
