-- case: history
CREATE TABLE t (id int);
-- case: migration
EXPLAIN DELETE FROM t;
EXPLAIN ANALYZE DELETE FROM t;
-- case: expect
-- 1 statement.other
-- 2 statement.opaque (- -> EXPLAIN ANALYZE DELETE FROM t) EXPLAIN ANALYZE runs the statement
