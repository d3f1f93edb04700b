-- case: history
CREATE TABLE t (id int, a text);
CREATE VIEW v AS SELECT id FROM t;
-- case: migration
DROP VIEW v;
ALTER TABLE t DROP COLUMN a;
CREATE VIEW v AS SELECT id FROM t;
-- case: expect
-- 2 column.drop.optional t.a (text -> -) The column was optional before.
