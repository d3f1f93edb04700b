-- case: history
CREATE TABLE t (id serial PRIMARY KEY);
-- case: migration
ALTER TABLE t ALTER COLUMN id TYPE bigint;
-- case: expect
-- 1 column.type.change t.id (integer -> bigint)
