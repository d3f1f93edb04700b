-- case: history
CREATE TABLE t (a int PRIMARY KEY, b text UNIQUE, c text);
CREATE UNIQUE INDEX c_once ON t (c);
-- case: migration
ALTER TABLE t DROP CONSTRAINT t_b_key;
DROP INDEX CONCURRENTLY IF EXISTS c_once;
-- case: expect
-- 1 unique.drop t.b (b -> -)
-- 2 unique.drop t.c (c -> -)
