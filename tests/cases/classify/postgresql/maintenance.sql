-- case: history
CREATE TABLE t (id int);
CREATE INDEX t_id ON t (id);
-- case: migration
REINDEX TABLE t;
CLUSTER t USING t_id;
VACUUM FULL t;
VACUUM t;
-- case: expect
-- 1 maintenance t
-- 2 maintenance t
-- 3 maintenance t
-- 4 statement.other
