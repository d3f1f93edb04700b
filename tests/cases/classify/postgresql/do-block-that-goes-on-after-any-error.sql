-- case: history
CREATE TABLE t (id int);
-- case: migration
DO $$ BEGIN
  ALTER TABLE t DROP COLUMN id;
EXCEPTION WHEN OTHERS THEN NULL;
END $$;
-- case: expect
-- 2 column.drop.optional t.id (integer -> -) The column was optional before.
