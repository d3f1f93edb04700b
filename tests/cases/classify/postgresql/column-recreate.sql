-- case: history
CREATE TABLE t (id int PRIMARY KEY, a text NOT NULL);
-- case: migration
ALTER TABLE t DROP COLUMN a,
ADD COLUMN     a int NOT NULL;
-- case: expect
-- 2 column.type.recreate t.a (text -> integer) The values were not all copied.
