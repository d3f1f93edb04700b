-- case: history
CREATE SCHEMA a;
CREATE TABLE a.t (x int NOT NULL);
CREATE TABLE t (x int);
-- case: migration
ALTER TABLE a.t DROP COLUMN x;
ALTER TABLE public.t ADD COLUMN y int;
-- case: expect
-- 1 column.drop.required a.t.x (integer -> -) The column was required before.
-- 2 column.add.optional t.y (- -> integer)
