-- case: history
CREATE TABLE t (id int);
CREATE MATERIALIZED VIEW old AS SELECT id FROM t;
-- case: migration
CREATE MATERIALIZED VIEW m AS SELECT id FROM t;
CREATE UNIQUE INDEX m_id ON m (id);
REFRESH MATERIALIZED VIEW CONCURRENTLY m;
DROP MATERIALIZED VIEW old;
-- case: expect
-- 1 view.create m (- -> m)
-- 2 statement.other
-- 3 maintenance m
-- 4 view.drop old (- -> old)
