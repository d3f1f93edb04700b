-- case: history
CREATE TABLE t (a int, b int, c jsonb, d text);
CREATE INDEX t_b ON t (b);
-- case: migration
CREATE INDEX ON t (a);
CREATE INDEX CONCURRENTLY t_ab ON t (a DESC NULLS LAST, b);
CREATE INDEX t_c ON t USING gin (c jsonb_path_ops);
CREATE INDEX t_d ON ONLY t (lower(d)) INCLUDE (a) WHERE b > 0;
DROP INDEX t_b;
-- case: expect
-- 1 index.create t.a (- -> a)
-- 2 index.create t (- -> a, b)
-- 3 index.create t.c (- -> c)
-- 4 index.create t.lower(d) (- -> lower(d))
-- 5 index.drop t.b (b -> -)
