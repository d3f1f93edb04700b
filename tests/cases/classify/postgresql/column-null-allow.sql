-- case: history
CREATE TABLE t (id int PRIMARY KEY, a text NOT NULL);
-- case: migration
ALTER TABLE t ALTER COLUMN a DROP NOT NULL;
-- case: expect
-- 1 column.null.allow t.a
