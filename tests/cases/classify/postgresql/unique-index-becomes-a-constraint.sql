-- case: history
CREATE TABLE t (a int, b int);
-- case: migration
CREATE UNIQUE INDEX CONCURRENTLY b_once ON t (b);
ALTER TABLE t ADD CONSTRAINT t_b_key UNIQUE USING INDEX b_once;
-- case: expect
-- 2 unique.add t.b (- -> b)
