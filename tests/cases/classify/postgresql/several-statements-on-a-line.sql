-- case: history
CREATE TABLE t (id int, a text, b text);
-- case: migration
ALTER TABLE t DROP COLUMN a; ALTER TABLE t
  DROP COLUMN b;
-- case: expect
-- 1 column.drop.optional t.a (text -> -) The column was optional before.
-- 1 column.drop.optional t.b (text -> -) The column was optional before.
