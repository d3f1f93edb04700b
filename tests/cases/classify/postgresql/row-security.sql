-- case: history
CREATE TABLE t (id int);
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON t USING (true);
-- case: migration
CREATE POLICY more ON t FOR SELECT USING (id > 0);
ALTER TABLE t FORCE ROW LEVEL SECURITY;
DROP POLICY own ON t;
ALTER TABLE t NO FORCE ROW LEVEL SECURITY;
ALTER TABLE t DISABLE ROW LEVEL SECURITY;
-- case: expect
-- 1 statement.other
-- 2 statement.other
-- 3 policy.drop t
-- 4 security.rls_disable t
-- 5 security.rls_disable t
