-- case: history
CREATE TABLE t (a int);
CREATE INDEX t_a ON t (a);
-- case: migration
DROP INDEX t_a;
CREATE INDEX t_a ON t USING hash (a);
-- case: expect
-- 2 index.create t.a (- -> a)
-- 2 index.drop t.a (a -> -)
