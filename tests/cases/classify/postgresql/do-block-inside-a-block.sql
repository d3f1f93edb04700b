-- case: history
CREATE TABLE t (id int);
-- case: migration
DO $$ BEGIN
  BEGIN
    ALTER TABLE t ADD COLUMN id int;
    ALTER TABLE t ADD COLUMN never int;
  EXCEPTION WHEN duplicate_column THEN RAISE NOTICE 'there already';
  END;
  ALTER TABLE t ADD COLUMN always int;
END $$;
-- case: expect
-- 7 column.add.optional t.always (- -> integer)
