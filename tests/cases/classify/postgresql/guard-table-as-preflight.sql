-- case: history
CREATE TABLE t (id int, a text);
-- case: migration
CREATE TEMP TABLE guard (n int CHECK (n = 0));
INSERT INTO guard SELECT count(*) FROM t WHERE a IS NOT NULL;
DROP TABLE guard;
ALTER TABLE t DROP COLUMN a;
-- case: expect
-- 4 column.drop.optional t.a (text -> -) The column was optional before.
