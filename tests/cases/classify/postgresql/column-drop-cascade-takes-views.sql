-- case: history
CREATE TABLE t (id int PRIMARY KEY, a int);
CREATE VIEW v AS SELECT a FROM t;
CREATE VIEW w AS SELECT id FROM t;
-- case: migration
ALTER TABLE t DROP COLUMN a CASCADE;
-- case: expect
-- 1 column.drop.optional t.a (integer -> -) The column was optional before.
-- 1 view.drop v (- -> v)
