-- case: history
CREATE TABLE t (a text, b text GENERATED ALWAYS AS (lower(a)) STORED, c int);
-- case: migration
ALTER TABLE t DROP COLUMN a CASCADE;
-- case: expect
-- 1 column.drop.optional t.a (text -> -) The column was optional before.
-- 1 column.drop.optional t.b (text -> -) The column was optional before.
