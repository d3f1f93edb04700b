-- case: history
CREATE TABLE t (id int);
CREATE TABLE u (id int);
-- case: migration
CREATE TABLE IF NOT EXISTS u AS SELECT id FROM t;
DROP TABLE t;
-- case: expect
-- 2 table.drop t
