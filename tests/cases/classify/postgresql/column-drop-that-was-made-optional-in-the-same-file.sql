-- case: history
CREATE TABLE t (id int PRIMARY KEY, a text NOT NULL);
-- case: migration
ALTER TABLE t ALTER COLUMN a DROP NOT NULL;
ALTER TABLE t DROP COLUMN a;
-- case: expect
-- 2 column.drop.required t.a (text -> -) The column was required before.
