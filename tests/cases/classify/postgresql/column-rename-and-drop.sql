-- case: history
CREATE TABLE t (id int PRIMARY KEY, name text NOT NULL);
-- case: migration
ALTER TABLE t RENAME name TO unused;
ALTER TABLE t DROP unused;
-- case: expect
-- 1 column.drop.required t.name (text -> -) The column was required before.
