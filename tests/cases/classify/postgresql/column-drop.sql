-- case: history
CREATE TABLE t (id int PRIMARY KEY, a text, b text NOT NULL, c text NOT NULL DEFAULT 'x');
-- case: migration
ALTER TABLE t DROP COLUMN a;
ALTER TABLE t DROP b, DROP COLUMN c;
-- case: expect
-- 1 column.drop.optional t.a (text -> -) The column was optional before.
-- 2 column.drop.required t.b (text -> -) The column was required before.
-- 2 column.drop.required t.c (text -> -) The column was required before.
