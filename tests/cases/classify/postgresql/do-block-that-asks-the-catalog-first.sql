-- case: history
CREATE TABLE t (id int, a int);
-- case: migration
DO $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 't' AND column_name = 'b') THEN
    ALTER TABLE t ADD COLUMN b int;
  END IF;
  IF EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 't' AND column_name = 'a') THEN
    ALTER TABLE t DROP COLUMN a;
  END IF;
END $$;
-- case: expect
-- 3 column.add.optional t.b (- -> integer)
-- 6 column.drop.optional t.a (integer -> -) The column was optional before.
-- 6 column.rename.as_drop_add t.a (a -> b) One column was dropped and one of the same type added: the values do not move over.
