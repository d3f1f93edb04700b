-- case: history
CREATE TABLE t (id int, a text NOT NULL, b text NOT NULL);
-- case: migration
ALTER TABLE t ADD COLUMN c text, ADD COLUMN d text;
UPDATE t SET (c, d) = (a, b);
ALTER TABLE t DROP COLUMN a, DROP COLUMN b;
-- case: expect
-- 2 column.null.allow t.c
-- 2 column.null.allow t.d
-- 2 column.rename t.a (a -> c)
-- 2 column.rename t.b (b -> d)
-- 2 rows.update.all t
