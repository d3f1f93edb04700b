-- case: history
CREATE TABLE t (a int CHECK (a > 0), b int);
-- case: migration
ALTER TABLE t DROP CONSTRAINT t_a_check;
ALTER TABLE t ADD CONSTRAINT small CHECK (a < 10 AND b IS NOT NULL);
ALTER TABLE t ADD CHECK (b IN (1, 2)) NOT VALID;
-- case: expect
-- 1 check.drop t (a > 0 -> -)
-- 2 check.add t (- -> a < 10 AND b IS NOT NULL)
-- 3 check.add t (- -> b IN (1, 2)) It is NOT VALID: the rows that are there are not looked at.
