-- case: history
CREATE TABLE t (id int, a text);
-- case: migration
ALTER TABLE t DROP COLUMN a
-- case: expect
-- 1 column.drop.optional t.a (text -> -) The column was optional before.
