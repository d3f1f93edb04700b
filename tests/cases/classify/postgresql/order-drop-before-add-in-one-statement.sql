-- case: history
CREATE TABLE t (id int, a text NOT NULL);
-- case: migration
ALTER TABLE t ADD COLUMN a int, DROP COLUMN a;
-- case: expect
-- 1 column.type.recreate t.a (text -> integer) The values were not all copied.
