-- case: history
CREATE TABLE t (id int PRIMARY KEY, a text);
-- case: migration
ALTER TABLE t DROP COLUMN a;
ALTER TABLE t ADD COLUMN a text;
-- case: expect
-- 2 column.type.recreate t.a (text -> text) The values were not all copied.
