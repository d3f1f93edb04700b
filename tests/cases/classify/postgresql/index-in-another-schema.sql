-- case: history
CREATE SCHEMA s;
CREATE TABLE s.t (a int);
CREATE INDEX t_a ON s.t (a);
CREATE TABLE u (a int);
CREATE INDEX u_a ON u (a);
-- case: migration
DROP INDEX s.t_a, public.u_a;
-- case: expect
-- 1 index.drop s.t.a (a -> -)
-- 1 index.drop u.a (a -> -)
