-- case: history
CREATE TABLE t (id int PRIMARY KEY, name text);
-- case: migration
ALTER TABLE t DROP COLUMN name, ADD COLUMN age int;
-- case: expect
-- 1 column.add.optional t.age (- -> integer)
-- 1 column.drop.optional t.name (text -> -) The column was optional before.
