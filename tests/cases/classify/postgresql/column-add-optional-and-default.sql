-- case: history
CREATE TABLE t (id int PRIMARY KEY);
-- case: migration
ALTER TABLE t ADD COLUMN a text;
ALTER TABLE t ADD b text DEFAULT 'x' NOT NULL;
ALTER TABLE t ADD COLUMN c timestamptz NOT NULL DEFAULT now();
ALTER TABLE t ADD COLUMN d int DEFAULT NULL;
-- case: expect
-- 1 column.add.optional t.a (- -> text)
-- 2 column.add.default t.b (- -> text) The default is 'x'.
-- 3 column.add.default t.c (- -> timestamp with time zone) The default is now().
-- 4 column.add.optional t.d (- -> integer)
