-- case: history
CREATE TABLE t (id int);
-- case: migration
COMMENT ON TABLE t IS 'DROP TABLE t';
COMMENT ON COLUMN t.id IS NULL;
SET lock_timeout = '5s';
SHOW lock_timeout;
SELECT 1;
CREATE STATISTICS st ON id, (id + 1) FROM t;
ANALYZE t;
NOTIFY done;
-- case: expect
-- 1 comment
-- 2 comment
-- 3 statement.other
-- 4 statement.other
-- 5 statement.other
-- 6 statement.other
-- 7 statement.other
-- 8 statement.other
